"""Short bold or large lines that title the text below them without being headings."""

import re
from collections.abc import Collection
from itertools import pairwise

from auditor.derive.outline import is_content, is_inside
from auditor.derive.wording import plain, words
from auditor.model.facts import Block, Facts

_ENDS = re.compile(r"[.,;:!…)”\"]$")
_CONTACT = re.compile(r"\S@\S|\b0\d{1,3}[\s–-]?\d{2,}")
_NO_TITLE = re.compile(r"@|\d{2}[-\s.]?\d{2}|https?:|\bkr\b|^\W*\d[\d\s.,:–-]*$", re.IGNORECASE)
_LARGER = 1.15
_MUCH_LARGER = 1.4
"""How much larger than the text below counts as a title beside, or without, bold type; axe's rule p-as-heading uses the
same two."""
_GAP = 60
"""Pixels between a title and its text at the most."""
_MOST_WORDS = 10
_FEWEST_WORDS_BELOW = 8


def visual_headings(facts: Facts, emphasis: Collection[str]) -> tuple[Block, ...]:
    """Texts that look like headings of what stands below them, where that is sure.

    One bold line may be emphasis; two of them that each title a text, or one that is larger too, are headings. Lines
    right below a heading are subtitles or labels, unless there are others further down.

    Args:
        facts: what one viewport shows.
        emphasis: bold words that ask for attention and title nothing («observera»).
    """
    found = [
        (before, block, below)
        for before, (block, below) in zip((None, *facts.blocks), pairwise(facts.blocks), strict=False)
        if _titles(block, below, emphasis) and not _is_lead(before, block, facts) and not _is_pressed(block, facts)
    ]
    among_text = [block for before, block, _ in found if before is not None and before.kind != "heading"]
    if not among_text:
        return ()
    if len(found) > 1:
        return tuple(block for _, block, _ in found)
    return tuple(block for _, block, below in found if block.font_size >= _LARGER * below.font_size)


def _titles(block: Block, below: Block, emphasis: Collection[str]) -> bool:
    """Whether *block* is short, set off, and stands right above a longer text or a list that is not set off."""
    if block.kind != "text" or block.tag not in ("p", "div", "span") or not (block.visible and below.visible):
        return False
    named = words(block.text)
    stands_out = block.bold or block.font_size >= _MUCH_LARGER * below.font_size > 0
    if not stands_out or not 1 <= len(named) <= _MOST_WORDS or len(block.lines) > 1:
        return False
    if (
        _ENDS.search(block.text)
        or _NO_TITLE.search(block.text)
        or plain(block.text) in emphasis
        or _is_name(block.text)
    ):
        return False
    if _CONTACT.search(below.text):
        return False
    goes_with = below.kind == "list" or (
        below.kind == "text"
        and not below.bold
        and below.words >= _FEWEST_WORDS_BELOW
        and not below.text[:1].islower()
        and below.tag in ("p", "div")
    )
    near = -2 <= below.box.y - block.box.bottom <= _GAP and abs(below.box.x - block.box.x) < 2
    same = block.selector.rpartition(" > ")[0] == below.selector.rpartition(" > ")[0]
    return goes_with and near and same and is_content(block) and is_content(below)


def _is_name(text: str) -> bool:
    """Whether every word begins with a capital, as in names of people and associations; Swedish headings do not."""
    named = [word for word in text.split() if word[:1].isalpha()]
    return len(named) > 1 and all(word[:1].isupper() for word in named)


def _is_lead(before: Block | None, block: Block, facts: Facts) -> bool:
    """Whether *block* follows the main heading, as a lead does, or is itself what the page has in its place."""
    if before is not None and before.kind == "heading" and before.level == 1:
        return True
    above = [heading for heading in facts.headings if heading.visible and heading.box.y < block.box.y]
    return not any("main" in heading.regions or heading.level == 1 for heading in above)


def _is_pressed(block: Block, facts: Facts) -> bool:
    """Whether *block* is, or lies in, a link or a control: a card or an accordion."""
    parts = (*facts.links, *facts.controls)
    return any(
        part.selector == block.selector or is_inside(block, part) or is_inside(part, block)
        for part in parts
        if part.visible
    )
