"""Links to documents, and what they say of the file's type."""

import re
from urllib.parse import unquote, urlsplit

from auditor.model.facts import Link

_TYPES = {
    "pdf": "pdf", "doc": "word", "docx": "word", "dot": "word", "dotx": "word", "odt": "odt", "rtf": "rtf",
    "xls": "excel", "xlsx": "excel", "xlsm": "excel", "ods": "ods", "ppt": "powerpoint", "pptx": "powerpoint",
    "ppsx": "powerpoint", "odp": "odp",
}  # fmt: skip
_NAMES = {
    "pdf": r"pdf", "word": r"word|docx?|dotx?", "excel": r"excel|xlsx?|xlsm|kalkylblad|kalkylark",
    "powerpoint": r"power\s?point|pptx?|ppsx", "odt": r"odt|opendocument", "rtf": r"rtf", "ods": r"ods|opendocument",
    "odp": r"odp|opendocument",
}  # fmt: skip
_ANY_NAME = "|".join(_NAMES.values())
_STORE = re.compile(r"/download/18\.[0-9a-f]{6,}/|/contentassets/[0-9a-f]{32}/", re.IGNORECASE)
_ENDING = re.compile(r"\.([a-z0-9]{2,5})$", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[a-zåäö0-9).])(?=[A-ZÅÄÖ])")
"""Where a template sets what it adds right after the link's own text: «RegelverkPdf, 344.5 kB»."""
_SIZE = re.compile(
    r"\d\s?(?:[kmg]i?b|byte|bytes|kilobyte|megabyte)(?![a-zåäö])|\d\s+sid(?:a|or)\b|\d\s+pages\b", re.IGNORECASE
)
_CLASS_MARK = re.compile(rf"(?:^|[\s_\"/-])(?:{_ANY_NAME})(?:[\s_\"/.-]|$)", re.IGNORECASE)


def document_type(link: Link) -> str | None:
    """What kind of document *link* leads to: pdf, word, excel, …; empty if it is a stored file of unknown kind.

    None if it leads to no document. SiteVision and Optimizely keep files in stores whose addresses need no ending.
    """
    try:
        parts = urlsplit(link.href)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", "file"):
        return None
    path = unquote(parts.path).rstrip("/")
    ending = _ENDING.search(path)
    if ending and ending[1].lower() in _TYPES:
        return _TYPES[ending[1].lower()]
    return "" if _STORE.search(path) and not ending else None


def says_type(link: Link, kind: str) -> bool:
    """Whether the link's name or title, the text close around it, or the heading above says the file's type."""
    pattern = re.compile(
        rf"(?<![^\W_])(?:{_NAMES.get(kind, _ANY_NAME)})(?:er|en|erna|-?(?:fil|format|dokument)\w*)?(?![^\W_])",
        re.IGNORECASE,
    )
    return bool(pattern.search(_GLUED.sub(" ", _near(link))))


def says_size(link: Link) -> bool:
    """Whether the link's name or title, the text close around it, or the heading above says the file's size."""
    return bool(_SIZE.search(_near(link)))


def _near(link: Link) -> str:
    title = re.search(r'\stitle="([^"]*)"', link.html)
    return " ".join((link.name, link.text, title[1] if title else "", link.context, link.heading))


def shows_type(link: Link) -> bool:
    """Whether the link's class tells a type, so that a style sheet may set an icon beside it; none is read aloud."""
    marks = re.search(r'\sclass="([^"]*)"', link.html)
    return bool(marks and _CLASS_MARK.search(f" {marks[1]} "))
