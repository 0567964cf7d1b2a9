"""Posts a message as JSON."""

import re

import httpx

from auditor.errors import NotifyError
from auditor.model.nightly import WebhookConfig
from auditor.notify.message import Message

_ERRNO = re.compile(r"\[Errno -?\d+\] ")


def post_webhook(message: Message, config: WebhookConfig) -> str:
    """Posts *message*: ``text`` for chat services, ``id``, ``moment`` and ``data`` for programs. Redirects are refused.

    Raises:
        NotifyError: it was not taken.
    """
    where = f"webhook {config.url.host}"
    headers = {"User-Agent": "auditor", "Idempotency-Key": message.id}
    if config.token_file:
        try:
            headers["Authorization"] = f"Bearer {config.token_file.read_text(encoding='ascii').strip()}"
        except (OSError, UnicodeDecodeError) as error:
            raise NotifyError(f"{where}: the token in {config.token_file} cannot be read") from error
    body = {"id": message.id, "moment": message.moment, "text": f"{message.subject}\n\n{message.text}", **message.data}
    try:
        answer = httpx.post(str(config.url), json=body, headers=headers, timeout=config.timeout)
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as error:
        told = _ERRNO.sub("", " ".join(str(error).split()))[:200]
        raise NotifyError(f"{where}: {told or type(error).__name__}") from error
    if not answer.is_success:
        raise NotifyError(f"{where}: it answered {answer.status_code}")
    return ""
