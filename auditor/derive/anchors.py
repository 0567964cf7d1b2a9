"""Places on a page that a fragment can lead to."""

import re
import zlib
from bisect import bisect_left
from html import unescape
from urllib.parse import unquote

from auditor.model.page import Document

_NAMED = re.compile(r"""\s(?:id|name)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_MOST = 5000
"""A page with more such places is not summarised; its fragments are not judged."""


def anchors_of(document: Document | None) -> tuple[int, ...] | None:
    """Checksums of every id and name in *document*'s markup, in order; None if there is no document, or too many.

    Names are taken of all elements, not of links alone, and also from comments: what is too much here can only hide a
    broken fragment, never invent one.
    """
    if document is None:
        return None
    found = {checksum(unescape("".join(groups))) for groups in _NAMED.findall(document.html)}
    return tuple(sorted(found)) if len(found) <= _MOST else None


def checksum(name: str) -> int:
    """CRC-32 of *name*: small enough to keep for every place of a site."""
    return zlib.crc32(name.encode(errors="replace"))


def holds(anchors: tuple[int, ...], fragment: str) -> bool:
    """Whether *fragment*, as written or decoded, is among *anchors* (in order); the top of a page always is."""
    decoded = unquote(fragment)
    return decoded.lower() in ("", "top") or any(_is_among(anchors, checksum(name)) for name in (fragment, decoded))


def _is_among(anchors: tuple[int, ...], value: int) -> bool:
    index = bisect_left(anchors, value)
    return index < len(anchors) and anchors[index] == value
