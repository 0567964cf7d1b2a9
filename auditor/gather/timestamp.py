"""Asks a service to sign when something was there (RFC 3161); needs the extra ``auditor[timestamp]``."""

import httpx

from auditor.errors import GatherError
from auditor.gather.trouble import plain

_SECONDS = 30.0
_QUERY, _REPLY = "application/timestamp-query", "application/timestamp-reply"


def signed_time(data: bytes, service: str) -> bytes:
    """The service's answer about *data*, DER-encoded; openssl ts -verify checks it.

    Raises:
        GatherError: the extra is not installed, or the service did not sign.
    """
    try:
        from rfc3161_client import TimestampRequestBuilder, decode_timestamp_response
    except ImportError as error:
        raise GatherError(
            "timestamp: a package is missing; install it with: pip install 'auditor[timestamp]'"
        ) from error
    request = TimestampRequestBuilder().data(data).build()
    try:
        answer = httpx.post(service, content=request.as_bytes(), headers={"content-type": _QUERY}, timeout=_SECONDS)
        answer.raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise GatherError(f"timestamp: {service} did not answer as it should ({plain(error)})") from error
    try:
        signed = decode_timestamp_response(answer.content)
        imprint = signed.tst_info.message_imprint.message
    except ValueError as error:
        raise GatherError(f"timestamp: {service} gave no timestamp ({plain(error)})") from error
    if imprint != request.message_imprint.message:
        raise GatherError(f"timestamp: {service} signed something else than what it was given")
    return answer.content
