"""Which pages a site says that it has."""

import codecs
import contextlib
import gzip
import io
import re
import zlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from lxml import etree

from auditor.gather.http import HttpClient

_MAX_FILES = 50
_MAX_ADDRESSES = 50_000
_MAX_UNPACKED = 50_000_000
_PIECE = 65_536
_BARE_AMPERSAND = re.compile(rb"&(?!#?\w+;)")
_CUT_ADDRESS = re.compile(rb"<(?:\w+:)?loc>[^<]*\Z")


def parse_sitemap(body: bytes) -> tuple[list[str], list[str]]:
    """(addresses of pages, addresses of further sitemaps) in a sitemap, packed with gzip or not, or a plain list.

    Broken XML gives what could be read before the fault.
    """
    if body[:2] == b"\x1f\x8b":
        body = _unpacked(body)
    body = body.removeprefix(codecs.BOM_UTF8)
    wide = body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and not body.lstrip().startswith(b"<"):
        lines = body.decode("utf-8", errors="replace").split()
        return [line for line in lines if line.startswith(("http://", "https://"))][:_MAX_ADDRESSES], []
    if not wide:
        body = _BARE_AMPERSAND.sub(b"&amp;", _CUT_ADDRESS.sub(b"", body))
    pages: list[str] = []
    maps: list[str] = []
    try:
        for _, element in etree.iterparse(
            io.BytesIO(body), events=("end",), resolve_entities=False, no_network=True, recover=True, huge_tree=False
        ):
            name = etree.QName(element).localname
            if name == "loc" and element.text:
                parent = element.getparent()
                inside = etree.QName(parent).localname if parent is not None else ""
                if inside in ("url", "sitemap"):
                    (maps if inside == "sitemap" else pages).append(element.text.strip())
            elif name in ("url", "sitemap"):
                element.clear()
            if len(pages) >= _MAX_ADDRESSES:
                break
    except etree.XMLSyntaxError:
        pass
    return pages, maps


def _unpacked(body: bytes) -> bytes:
    unpacked = bytearray()
    with gzip.GzipFile(fileobj=io.BytesIO(body)) as packed, contextlib.suppress(OSError, EOFError, zlib.error):
        while len(unpacked) < _MAX_UNPACKED and (piece := packed.read(_PIECE)):
            unpacked += piece
    return bytes(unpacked)


async def load_sitemaps(client: HttpClient, start: str, named: Iterable[str]) -> list[str]:
    """Addresses that the site's sitemaps hold: those *named* by robots.txt, else /sitemap.xml; indexes are followed."""
    parts = urlsplit(start)
    waiting = list(named) or [f"{parts.scheme}://{parts.netloc}/sitemap.xml"]
    seen: set[str] = set()
    found: list[str] = []
    while waiting and len(seen) < _MAX_FILES and len(found) < _MAX_ADDRESSES:
        address = waiting.pop(0)
        if address in seen or not address.startswith(("http://", "https://")):
            continue
        seen.add(address)
        status, body = await client.body(address)
        if status == 200:
            pages, maps = parse_sitemap(body)
            found += pages
            waiting += maps
    return found[:_MAX_ADDRESSES]
