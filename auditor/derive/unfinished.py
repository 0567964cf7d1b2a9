"""Pages that were published before they were written."""

from collections.abc import Sequence

from bs4 import Tag

from auditor.derive.dom import main_of
from auditor.derive.surroundings import content_blocks, content_links
from auditor.derive.wording import plain
from auditor.model.facts import Facts
from auditor.model.page import Document

_CARRIERS = ("iframe", "video", "audio", "object", "embed", "canvas", "svg", "picture", "table", "form")
"""Elements that may be a page's content without a word of text."""
_SMALL = 60
"""Pixels: smaller images are icons."""


def unfinished_phrase(facts: Facts, phrases: Sequence[str], alone: Sequence[str]) -> str:
    """The sentence in which the page says that it is not finished, as written; empty if it says no such thing.

    Args:
        facts: the rendering.
        phrases: what such pages say of themselves, anywhere in a block.
        alone: what counts only if it is all that a block says («Under uppbyggnad»), and nearly all of the page.
    """
    blocks = content_blocks(facts)
    for block in blocks:
        said = plain(block.text)
        if any(phrase in said for phrase in phrases):
            return block.text[:120]
    texts = [block for block in blocks if block.kind != "heading"]
    if len(texts) <= 2:
        return next((block.text for block in blocks if plain(block.text) in alone), "")
    return ""


def is_bare(facts: Facts, document: Document | None) -> bool:
    """Whether the content has nothing but its few words: no link, image, field, button, embedded or hidden part."""
    if content_links(facts) or any("main" in item.regions for item in facts.mentions):
        return False
    if any(item.in_main and item.box.width > _SMALL and item.box.height > _SMALL for item in facts.images):
        return False
    if any(item.in_main for item in (*facts.fields, *facts.controls)) or facts.frames:
        return False
    main = main_of(document) if document else None
    return main is None or not any(_carries(tag) for tag in main.find_all(True))


def _carries(tag: Tag) -> bool:
    return tag.name in _CARRIERS or "-" in tag.name or tag.has_attr("data-src")
