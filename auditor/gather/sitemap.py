"""Which pages a site says that it has."""

import codecs
import contextlib
import gzip
import io
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree

from auditor.gather.http import HttpClient

_MAX_FILES = 50
_MAX_ADDRESSES = 50_000
_MAX_UNPACKED = 50_000_000
_PIECE = 65_536
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w+;)")
_CUT_ADDRESS = re.compile(rb"<(?:\w+:)?loc>[^<]*\Z")


_DAY = re.compile(r"(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)")


@dataclass(frozen=True)
class Entry:
    """A page that a sitemap names."""

    url: str
    modified: str = ""
    """The day on which the sitemap says that it changed last, ISO 8601; empty if it does not say, or only a year."""


@dataclass
class Sitemap:
    """What one sitemap holds."""

    entries: list[Entry] = field(default_factory=list)
    maps: list[str] = field(default_factory=list)
    """Addresses of further sitemaps."""


def parse_sitemap(body: bytes) -> Sitemap:
    """The pages and further sitemaps in a sitemap, packed with gzip or not, or a plain list.

    Broken XML gives what could be read before the fault.
    """
    if body[:2] == b"\x1f\x8b":
        body = _unpacked(body)
    body = body.removeprefix(codecs.BOM_UTF8)
    wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and not body.lstrip().startswith(b"<"):
        lines = body.decode("utf-8", errors="replace").split()
        named = [line for line in lines if line.startswith(("http://", "https://"))]
        return Sitemap([Entry(line) for line in named[:_MAX_ADDRESSES]])
    if not wide:
        body = _BARE_AMPERSAND.sub(b"&amp;", _CUT_ADDRESS.sub(b"", body))
    found = Sitemap()
    try:
        for _, element in etree.iterparse(
            io.BytesIO(body), events=("end",), resolve_entities=False, no_network=True, recover=True, huge_tree=False
        ):
            name = etree.QName(element).localname
            if name == "loc" and element.text:
                parent = element.getparent()
                inside = etree.QName(parent).localname if parent is not None else ""
                if inside == "sitemap":
                    found.maps.append(element.text.strip())
                elif inside == "url":
                    found.entries.append(Entry(element.text.strip()))
            elif name in ("url", "sitemap"):
                if name == "url" and found.entries and (day := _changed(element)):
                    found.entries[-1] = Entry(found.entries[-1].url, day)
                element.clear()
            if len(found.entries) >= _MAX_ADDRESSES:
                break
    except etree.XMLSyntaxError:
        pass
    return found


def _changed(entry: etree._Element) -> str:
    """The day in a url element's lastmod."""
    for child in entry:
        if isinstance(child.tag, str) and etree.QName(child).localname == "lastmod" and child.text:
            match = _DAY.match(child.text.strip())
            return match[0] if match else ""
    return ""


def _unpacked(body: bytes) -> bytes:
    unpacked = bytearray()
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed, contextlib.suppress(OSError, EOFError, zlib.error):
        while len(unpacked) < _MAX_UNPACKED and (piece := packed.read(_PIECE)):
            unpacked += piece
    return bytes(unpacked)


async def load_sitemaps(client: HttpClient, start: str, named: Iterable[str]) -> list[Entry]:
    """What the site's sitemaps hold: those *named* by robots.txt, else /sitemap.xml; indexes are followed."""
    parts = urlsplit(start)
    waiting = list(named) or [f"{parts.scheme}://{parts.netloc}/sitemap.xml"]
    seen: set[str] = set()
    found: list[Entry] = []
    while waiting and len(seen) < _MAX_FILES and len(found) < _MAX_ADDRESSES:
        address = waiting.pop(0)
        if address in seen or not address.startswith(("http://", "https://")):
            continue
        seen.add(address)
        status, body = await client.body(address)
        if status == 200:
            sitemap = parse_sitemap(body)
            found += sitemap.entries
            waiting += sitemap.maps
    return found[:_MAX_ADDRESSES]
