"""The text of a document in lines, as its blocks part it, without knowledge of styles."""

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag
from bs4.element import NavigableString

_LEFT_OUT = frozenset(
    ("script", "style", "template", "noscript", "nav", "footer", "select", "svg", "textarea", "iframe", "button")
)
_ROLES = frozenset(("navigation", "contentinfo", "search", "banner"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_INLINE = frozenset((
    *("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "dfn", "em", "font", "i", "img", "kbd", "label", "mark"),
    *("q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
))  # fmt: skip
_CELLS = frozenset(("td", "th"))
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text."""

    text: str
    level: int = 0
    """Of a heading; 0 for other text."""


def text_lines(part: Tag) -> list[Line]:
    """The lines of *part*: one for each block, row of a table or piece between line breaks; menus are left out."""
    lines: list[Line] = []
    pieces: list[str] = []

    def end(level: int = 0) -> None:
        text = " ".join("".join(pieces).split())
        pieces.clear()
        if text:
            lines.append(Line(text, level))

    def walk(tag: Tag, depth: int) -> None:
        for child in tag.children:
            if isinstance(child, NavigableString):
                if type(child) is NavigableString:
                    pieces.append(str(child))
            elif isinstance(child, Tag) and depth < _DEEPEST and not _is_left_out(child):
                if child.name == "br":
                    end()
                elif child.name in _INLINE:
                    walk(child, depth + 1)
                elif child.name in _CELLS:
                    walk(child, depth + 1)
                    pieces.append(" \u00a0 ")
                else:
                    end()
                    walk(child, depth + 1)
                    end(int(child.name[1]) if child.name in _HEADINGS else 0)

    walk(part, 0)
    end()
    return lines


def _is_left_out(tag: Tag) -> bool:
    return tag.name in _LEFT_OUT or tag.get("role") in _ROLES or tag.has_attr("hidden")


def with_headings(lines: list[Line]) -> Iterator[tuple[int, Line, str]]:
    """Index, line and the heading above it, for every line that is no heading."""
    heading = ""
    for index, line in enumerate(lines):
        if line.level:
            heading = line.text
        else:
            yield index, line, heading


def under_headings(lines: list[Line]) -> Iterator[tuple[Line, tuple[str, ...]]]:
    """Each line that is no heading, with the headings that it stands under, nearest first, but for the main heading."""
    over: list[Line] = []
    for line in lines:
        if line.level:
            over = [*(one for one in over if one.level < line.level), line]
        else:
            yield line, tuple(one.text for one in reversed(over) if one.level > 1)
