"""What meta elements ask of the browser: reloading, and how far a page may be enlarged."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

from auditor.model.page import Document

_REFRESH = re.compile(r"\s*(\d+)(?:\.[\d.]*)?(?:\s*[;,]\s*(.*)|\s+(.*)|\s*)$", re.DOTALL)
_PAIR = re.compile(r"([^\s,;=]+)\s*=\s*([^\s,;=]*)")
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)")


@dataclass(frozen=True)
class Refresh:
    """The page reloads, or goes elsewhere, by itself."""

    element: Tag
    seconds: int


def refresh(document: Document) -> Refresh | None:
    """The first meta element that makes the page reload, after HTML's rules for reading it; None if there is none."""
    for tag in document.tree.find_all("meta", attrs={"http-equiv": re.compile(r"^\s*refresh\s*$", re.IGNORECASE)}):
        if match := _REFRESH.match(str(tag.get("content") or "")):
            return Refresh(tag, int(match[1]))
    return None


@dataclass(frozen=True)
class Zoom:
    """What one meta element says of enlarging."""

    element: Tag
    scalable: bool | None
    """Whether people may enlarge; None if it does not say."""
    most: float | None
    """How many times at the most; None if it does not say, or says what browsers leave out."""


def zooms(document: Document) -> Iterator[Zoom]:
    """The meta elements that say something of enlarging, read as browsers do (CSS Device Adaptation, 10)."""
    for tag in document.tree.find_all("meta", attrs={"name": re.compile(r"^\s*viewport\s*$", re.IGNORECASE)}):
        says = {key.lower(): value.lower() for key, value in _PAIR.findall(str(tag.get("content") or ""))}
        if "user-scalable" in says or "maximum-scale" in says:
            yield Zoom(tag, _scalable(says.get("user-scalable")), _most(says.get("maximum-scale")))


def _scalable(value: str | None) -> bool | None:
    if value is None:
        return None
    if match := _NUMBER.match(value):
        return abs(float(match[0])) >= 1
    return value in ("yes", "device-width", "device-height")


def _most(value: str | None) -> float | None:
    if value is None:
        return None
    if match := _NUMBER.match(value):
        return float(match[0]) if float(match[0]) >= 0 else None
    return {"yes": 1.0, "device-width": 10.0, "device-height": 10.0}.get(value, 0.1)
