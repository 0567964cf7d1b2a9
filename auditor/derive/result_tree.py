"""The snapshot of a page of results as a tree: what elements say, look like and belong to."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

_INLINE_TAGS = "a abbr b bdi cite code data dfn em font i kbd mark q s samp small span strong sub sup time u var wbr"
_INLINE = frozenset(_INLINE_TAGS.split())
_STATE = re.compile(
    r"\d|^(?:active|current|selected|first|last|odd|even|aktiv|vald|sista|hover|focus|is-|has-)", re.IGNORECASE
)
_ROLES = {"header": "banner", "footer": "contentinfo", "nav": "navigation", "aside": "complementary", "main": "main"}
_SECTIONS = frozenset({"article", "aside", "main", "nav", "section"})


def parse(html: str) -> BeautifulSoup:
    """The tree of a snapshot, or of any page."""
    tree = BeautifulSoup(html, "lxml")
    for tag in tree.find_all(["script", "style", "noscript", "template", "svg"]):
        tag.decompose()
    return tree


def text_of(tag: Tag) -> str:
    """What *tag* says: words of one line together, blocks apart, white space collapsed."""
    return " ".join("".join(_pieces(tag)).split())


def _pieces(tag: Tag) -> Iterator[str]:
    for child in tag.children:
        if isinstance(child, Tag):
            inline = child.name in _INLINE
            if not inline:
                yield " "
            if child.name == "img":
                yield str(child.get("alt") or "")
            elif child.name != "option":
                yield from _pieces(child)
            if not inline:
                yield " "
        elif type(child) is NavigableString:
            yield str(child)


def name_of(tag: Tag) -> str:
    """What a link, button or field is called: its label, or what it says."""
    for key in ("aria-label", "data-name"):
        if value := str(tag.get(key) or "").strip():
            return value
    if tag.name == "input":
        return _label(tag) or str(tag.get("value") or "")
    return text_of(tag) or str(tag.get("title") or "").strip()


def _label(field: Tag) -> str:
    around = field.find_parent("label")
    if around is not None:
        return text_of(around)
    identifier = field.get("id")
    label = _root(field).find("label", attrs={"for": identifier}) if identifier else None
    return text_of(label) if label is not None else ""


def _root(tag: Tag) -> Tag:
    return tag if tag.parent is None else list(tag.parents)[-1]


def signature(tag: Tag) -> str:
    """Tag and lasting class names: what elements that repeat have in common."""
    kept = sorted({name for name in many(tag, "class") if not _STATE.search(name)})
    return ".".join((tag.name, *kept[:4]))


def regions(tag: Tag) -> frozenset[str]:
    """Landmark roles around *tag*, its own among them."""
    found = set()
    lineage = [tag, *(parent for parent in tag.parents)]
    for place, one in enumerate(lineage):
        role = str(one.get("role") or "") if one.name != "[document]" else ""
        implied = _ROLES.get(one.name, "")
        if one.name in ("header", "footer") and any(above.name in _SECTIONS for above in lineage[place + 1 :]):
            implied = ""
        if role or implied:
            found.add(role or implied)
    return frozenset(found)


def place_of(url: str) -> str:
    """Host and path of *url*: what pages of results have in common."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    return f"{parts.netloc}{parts.path}".rstrip("/")


def number_of(tag: Tag) -> int | None:
    """The number by which the snapshot knows what can be pressed; None if it cannot."""
    value = str(tag.get("data-n") or "")
    return int(value) if value.isdecimal() else None


def many(tag: Tag, key: str) -> list[str]:
    """The values of an attribute that may hold several."""
    value = tag.get(key)
    return str(value).split() if isinstance(value, str) else list(value or [])
