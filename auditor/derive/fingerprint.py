"""Fingerprints of answers that stay the same while only what differs from visit to visit does."""

import hashlib
import re

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_TAG = re.compile(r"<(input|meta|script|style|link|form|body|html)\b[^>]*>", re.IGNORECASE)
_SCRIPT = re.compile(r"(<script\b[^>]*>)(.*?)(</script>)", re.IGNORECASE | re.DOTALL)
_NONCE = re.compile(r"""\bnonce\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_HIDDEN = re.compile(r"""\btype\s*=\s*["']?hidden\b""", re.IGNORECASE)
_VALUE = re.compile(r"""\b(?:value|content)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)""", re.IGNORECASE)
_TOKEN_NAME = re.compile(
    r"""\b(?:name|id|property)\s*=\s*["']?[^"'\s>]*(?:csrf|xsrf|token|nonce|viewstate|eventvalidation|session|request-?id)""",
    re.IGNORECASE,
)
_SECRET = re.compile(r"\b(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{20,}\b={0,2}")
_MOMENT = re.compile(
    r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d:?\d\d)?\b|\b\d{10,}(?:\.\d+)?\b"
)
_VISITS = re.compile(
    r"\b(antal (?:besök|besökare|visningar|sidvisningar)|besökare nr|visad|visits?|views?)\s*:?\s*\d[\d\s.,]*",
    re.IGNORECASE,
)


def fingerprint(body: bytes, *, html: bool) -> str:
    """SHA-256 of *body* without what a server writes anew at every visit.

    In HTML these are comments, nonces, hidden fields and meta elements that hold tokens, long random words and moments
    in scripts, and counters of visits. Text that people read, dates included, counts in full: a page that is looked at
    once too often costs a second, one that is looked at too seldom costs a wrong finding.

    Args:
        body: what the server answered, decoded from its transfer coding.
        html: it is a page; everything else counts byte by byte.
    """
    if html:
        body = _settled(body.decode("utf-8", "replace")).encode()
    return hashlib.sha256(body).hexdigest()


def _settled(text: str) -> str:
    text = _COMMENT.sub("", text)
    text = _SCRIPT.sub(lambda found: found[1] + _MOMENT.sub("", _SECRET.sub("", found[2])) + found[3], text)
    return _VISITS.sub(r"\1", _TAG.sub(lambda found: _settled_tag(found[0]), text))


def _settled_tag(tag: str) -> str:
    tag = _NONCE.sub("nonce", tag)
    name = tag[1:5].lower()
    if _TOKEN_NAME.search(tag) and (name == "meta" or (name == "inpu" and _HIDDEN.search(tag))):
        return _VALUE.sub("", tag)
    return tag
