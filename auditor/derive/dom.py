"""Elements of a document that was not rendered: selectors and texts without knowledge of styles."""

import re
from functools import lru_cache

from bs4 import Tag

from auditor.model.facts import Element
from auditor.model.page import Document

_GENERATED_ID = re.compile(r"\d{3,}|[0-9a-f]{8,}|^(ember|react|radix|:r)", re.IGNORECASE)
_PLAIN_ID = re.compile(r"[A-Za-zÅÄÖåäö_][\w-]*")
_SPECIAL = re.compile(r"[^\w-]")
_SPACE = re.compile(r"\s+")


def clean(text: str, limit: int = 300) -> str:
    """*text* with white space collapsed, cut at *limit* characters."""
    return _SPACE.sub(" ", text).strip()[:limit]


def selector_of(tag: Tag) -> str:
    """A CSS selector that matches *tag* alone; the same form as the in-page pass gives."""
    identifier = tag.get("id")
    if isinstance(identifier, str) and _PLAIN_ID.fullmatch(identifier) and len(identifier) < 60:
        root = _root(tag)
        if not _GENERATED_ID.search(identifier) and len(root.find_all(id=identifier, limit=2)) == 1:
            return f"#{identifier}"
    parent = tag.parent
    name = _SPECIAL.sub(r"\\\g<0>", tag.name)
    if parent is None or parent.name == "[document]":
        return name
    same = list(parent.find_all(tag.name, recursive=False))
    step = name if len(same) == 1 else f"{name}:nth-of-type({_position(same, tag)})"
    return f"{selector_of(parent)} > {step}"


def _position(siblings: list[Tag], tag: Tag) -> int:
    return next(index for index, sibling in enumerate(siblings, start=1) if sibling is tag)


def _root(tag: Tag) -> Tag:
    root = tag
    while root.parent is not None:
        root = root.parent
    return root


def element(tag: Tag) -> Element:
    """*tag* as the target of an outcome."""
    start = str(tag).split(">", 1)[0] + ">"
    return Element(selector=selector_of(tag), tag=tag.name, text=clean(tag.get_text(" ")), html=clean(start))


@lru_cache(maxsize=1)
def main_of(document: Document) -> Tag | None:
    """The main content: main, role=main, else body. Several rules ask for that of one page after another."""
    tree = document.tree
    return tree.find("main") or tree.find(None, {"role": "main"}) or tree.body


def _is_hidden(tag: Tag) -> bool:
    return tag.name in ("script", "style", "template", "noscript") or tag.has_attr("hidden")
