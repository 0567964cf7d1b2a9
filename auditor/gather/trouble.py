"""What a page did that ends the look at it, as a reason that `auditor.model.reasons` can tell."""

import re

from playwright.async_api import Error as PlaywrightError

_LENGTH = 200
_LEFT = ("context was destroyed", "find context", "navigated or closed", "by another navigation", "detached")
_UNCONNECTED = ("ERR_SOCKS_CONNECTION_FAILED", "ERR_SOCKS_CONNECTION_HOST_UNREACHABLE")
_KNOWN = {
    "crashed": "crashed",
    "ERR_TOO_MANY_REDIRECTS": "redirect-loop",
    "ERR_CONNECTION_REFUSED": "refused",
    "ERR_NAME_NOT_RESOLVED": "no-host",
    "ERR_CERT": "certificate",
    "ERR_SSL": "certificate",
    "ERR_EMPTY_RESPONSE": "cut-off",
    "ERR_CONNECTION_RESET": "cut-off",
    "ERR_CONNECTION_CLOSED": "cut-off",
    "ERR_INCOMPLETE_CHUNKED": "cut-off",
    "ERR_CONTENT_LENGTH_MISMATCH": "cut-off",
    **dict.fromkeys(_UNCONNECTED, "refused"),
    "has been closed": "closed",
    **dict.fromkeys(_LEFT, "left"),
}
_PROTOCOL = re.compile(r"^Protocol error (?:\([\w.]+\): )?")
_CALLS = ("Page.", "Frame.", "CDPSession.", "Browser", "ElementHandle.", "JSHandle.")


class Misbehaved(Exception):
    """The page did something that ends the look at it. Its text is the reason."""


ODD_ANSWERS = (Misbehaved, PlaywrightError, LookupError, TypeError, ValueError, AttributeError)
"""What can be raised over a page whose scripts answer in the browser's place."""


def reason_of(error: Exception) -> str:
    """Why the look at a page ended, given what was raised."""
    if isinstance(error, Misbehaved):
        return str(error)
    if not isinstance(error, PlaywrightError):
        return "odd-answer"
    text = plain(error)
    return next((reason for sign, reason in _KNOWN.items() if sign in text), f"failed-to-load|{text}")


def is_unconnected(error: PlaywrightError) -> bool:
    """Whether the browser's way out made no connection; it knows why."""
    return any(sign in error.message for sign in _UNCONNECTED)


def plain(error: Exception) -> str:
    """One line of what went wrong, without the call log."""
    text = error.message if isinstance(error, PlaywrightError) else str(error).partition("|")[2] or str(error)
    line = (text.splitlines() or [""])[0]
    line = line.partition(": ")[2] if line.startswith(_CALLS) else line
    return _PROTOCOL.sub("", line)[:_LENGTH]
