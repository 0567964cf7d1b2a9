"""A document's main content as lines of text: what stands between two block elements is one line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag
from bs4.element import Comment, NavigableString

from auditor.derive.dom import main_of
from auditor.model.page import Document

_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "button", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
        "svg", "time", "tt", "u", "var", "wbr",
    }
)  # fmt: skip
_SKIPPED = frozenset({"script", "style", "template", "noscript", "svg", "select", "nav", "head"})
_SPACE = re.compile(r"\s+")
_SHORT_HEADING = 80


@dataclass(frozen=True)
class Line:
    """One line of text."""

    text: str
    level: int = 0
    """1 to 6 for a heading; 7 for a short line that is bold as a whole; 0 for others."""
    links: tuple[tuple[str, str], ...] = ()
    """Address as written and text of each link in it."""
    item: bool = False
    """Stands in a list item or a table cell."""
    writable: bool = False
    """A text area or field stands in it or beside it."""


def lines_of(document: Document) -> list[Line]:
    """The lines of the main content in order, without menus; those that styles may hide are among them.

    Parts of a line that markup splits («<b>del</b>vis») are joined as a browser shows them.
    """
    main = main_of(document)
    return [line for line in _walk(main, 0, item=False) if line.text or line.writable] if main else []


def _walk(tag: Tag, level: int, *, item: bool) -> Iterator[Line]:
    """The lines of *tag*: runs of inline content, and what its block elements hold."""
    run: list[Tag | NavigableString] = []
    for node in tag.children:
        if isinstance(node, Tag) and node.name in _SKIPPED:
            continue
        if isinstance(node, Tag) and (node.name == "br" or not _is_inline(node)):
            yield from _finished(run, level, item)
            run = []
            if node.name in ("textarea", "input"):
                if node.get("type") not in ("hidden", "search", "submit", "button"):
                    yield Line("", writable=True)
            elif node.name != "br":
                yield from _walk(node, _level(node) or level, item=item or node.name in ("li", "td", "th", "dd"))
        elif isinstance(node, (Tag, NavigableString)) and not isinstance(node, Comment):
            run.append(node)
    yield from _finished(run, level, item)


def _is_inline(tag: Tag) -> bool:
    """Whether *tag* stands within a line: an inline element in which no block stands."""
    return tag.name in _INLINE and tag.find(lambda inner: inner.name not in _INLINE) is None


def _level(tag: Tag) -> int:
    if re.fullmatch(r"h[1-6]", tag.name):
        return int(tag.name[1])
    if tag.get("role") == "heading":
        level = str(tag.get("aria-level") or "2")
        return int(level) if level.isdigit() and 1 <= int(level) <= 6 else 2
    return 0


def _finished(run: list[Tag | NavigableString], level: int, item: bool) -> Iterator[Line]:
    text = _SPACE.sub(" ", "".join(_text(node) for node in run).replace("\xad", "").replace("\u200b", "")).strip()
    if not text:
        return
    links: list[tuple[str, str]] = []
    for node in run:
        if isinstance(node, Tag):
            tags = [node] if node.name == "a" else node.find_all("a")
            links += [(str(tag.get("href") or ""), _SPACE.sub(" ", tag.get_text()).strip()) for tag in tags]
    parts = [node for node in run if _text(node).strip()]
    bold = all(isinstance(node, Tag) and node.name in ("b", "strong") for node in parts)
    is_bold_heading = not level and not item and bold and len(text) <= _SHORT_HEADING and not text.endswith(".")
    yield Line(text, level or (7 if is_bold_heading else 0), tuple(links), item)


def _text(node: Tag | NavigableString) -> str:
    if isinstance(node, Tag):
        return str(node.get("alt") or "") if node.name == "img" else node.get_text()
    return str(node)
