"""Sends a message by SMTP."""

import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from auditor.errors import NotifyError
from auditor.model.nightly import MailConfig
from auditor.notify.message import Message


def send_mail(message: Message, config: MailConfig) -> str:
    """Sends *message* to all that *config* names.

    Returns:
        Whom the server refused, in a line, if it took the message for others; else nothing.

    Raises:
        NotifyError: it could not be sent to anybody.
    """
    where = f"mail {config.host}:{config.port}"
    try:
        password = config.password_file.read_text(encoding="utf-8").strip() if config.password_file else ""
    except (OSError, UnicodeDecodeError) as error:
        raise NotifyError(f"{where}: the password in {config.password_file} cannot be read") from error
    try:
        with _connected(config) as server:
            if config.user:
                server.login(config.user, password)
            refused = server.send_message(_composed(message, config))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise NotifyError(f"{where}: {_plain(error)}") from error
    return f"{where}: refused for {', '.join(refused)}" if refused else ""


def _connected(config: MailConfig) -> smtplib.SMTP:
    secure = ssl.create_default_context()
    if config.security == "tls":
        return smtplib.SMTP_SSL(config.host, config.port, timeout=config.timeout, context=secure)
    server = smtplib.SMTP(config.host, config.port, timeout=config.timeout)
    if config.security == "starttls":
        try:
            server.starttls(context=secure)
        except BaseException:
            server.close()
            raise
    return server


def _composed(message: Message, config: MailConfig) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = config.sender
    mail["To"] = ", ".join(config.to)
    mail["Subject"] = message.subject
    mail["Date"] = format_datetime(datetime.fromisoformat(message.moment))
    mail["Message-ID"] = make_msgid(idstring=message.id, domain=config.sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    return mail


def _plain(error: Exception) -> str:
    """What went wrong, on one line and without what the server was told."""
    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error.decode("utf-8", "replace") if isinstance(error.smtp_error, bytes) else error.smtp_error
        return f"the server answered {error.smtp_code} {' '.join(str(said).split())[:200]}"
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"refused for {', '.join(error.recipients)}"
    if isinstance(error, TimeoutError):
        return "no answer in time"
    told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return " ".join(told.split())[:200] or type(error).__name__
