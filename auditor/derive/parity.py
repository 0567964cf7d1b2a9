"""What one viewport shows and another lacks: texts and destinations, compared by what they say, not by their place."""

import re
from collections.abc import Iterable

from auditor.derive.urls import canonical
from auditor.model.facts import Block, Control, Element, Facts, Link

_WORD = re.compile(r"[^\W_]+")
_SHINGLE = 3
# A block that was cut at a few hundred characters may end in the middle of a word.
_CUT = 290


def words_of(text: str) -> list[str]:
    """The words of *text*, without case, soft hyphens and punctuation."""
    return _WORD.findall(text.replace("\xad", "").casefold())


class Reachable:
    """Everything that a rendering says, at rest or after opening what hides it."""

    def __init__(self, facts: Facts) -> None:
        pieces = [facts.text]
        pieces += [block.text for block in facts.blocks if block.reachable]
        pieces += [heading.text for heading in facts.headings if heading.reachable]
        pieces += [f"{link.name} {link.text}" for link in facts.links if link.reachable]
        pieces += [f"{control.name} {control.text}" for control in facts.controls if control.reachable]
        listed = [words_of(piece) for piece in pieces]
        self._running = "\n".join(f" {' '.join(words)} " for words in listed)
        self._words = {block.selector: frozenset(words_of(block.text)) for block in facts.blocks if block.reachable}
        self._shingles = {shingle for words in listed for shingle in _shingles(words)}

    def says(self, text: str, share: float) -> bool:
        """Whether *text* can be read here: word for word, or at least *share* of its three-word sequences."""
        words = words_of(text)
        if len(text) > _CUT:
            words = words[:-1]
        if not words or f" {' '.join(words)} " in self._running:
            return True
        wanted = _shingles(words)
        return bool(wanted) and sum(item in self._shingles for item in wanted) >= share * len(wanted)

    def shows_most_of(self, block: Block) -> bool:
        """Whether the same element is here with at least half of *block*'s words; a heading with any of them.

        What a heading lacks then is a button in it («copy the address»).
        """
        words, here = frozenset(words_of(block.text)), self._words.get(block.selector, frozenset())
        return bool(here) and here <= words if block.kind == "heading" else 2 * len(words & here) >= len(words) > 0


def _shingles(words: list[str]) -> list[tuple[str, ...]]:
    return [tuple(words[begin : begin + _SHINGLE]) for begin in range(len(words) - _SHINGLE + 1)]


def main_blocks(facts: Facts) -> tuple[Block, ...]:
    """The visible blocks of the main content; without a main landmark all that stand in no landmark around the page."""
    marked = any("main" in block.regions for block in facts.blocks)
    around = {"navigation", "search"} if marked else {"navigation", "search", "banner", "contentinfo", "dialog"}
    return tuple(block for block in facts.blocks if block.visible and not around.intersection(block.regions))


def replaced(block: Block, there: Facts, here: Facts) -> bool:
    """Whether something that only *there* shows stands near *block* *here*: in the same parent or grandparent.

    It may say the same in other words (a short text for phones, the slide of the moment); only a person can tell.
    """
    around = _around(block.selector)
    hidden_here = {item.selector for item in here.blocks if not item.visible}
    return any(
        item.visible and item.selector in hidden_here and around & _around(item.selector) for item in there.blocks
    )


def _around(selector: str) -> set[str]:
    parent = selector.rpartition(" > ")[0]
    return {parent, parent.rpartition(" > ")[0]} - {""}


def destinations(links: Iterable[Link]) -> set[str]:
    """Where *links* lead: canonical addresses without fragment."""
    return {destination(link) for link in links}


def destination(link: Link) -> str:
    """Where *link* leads: its canonical address, without fragment and without a trailing slash or index file."""
    address = canonical(link.href.partition("#")[0])
    return re.sub(r"(/index\.html?|/)$", "", address)


def unopened(facts: Facts) -> tuple[Control, ...]:
    """Visible controls that say that they open something, or say nothing at all, and brought nothing to light."""
    lists: tuple[Iterable[Element], ...] = (facts.links, facts.blocks, facts.headings, facts.fields, facts.controls)
    worked = {toggle for items in lists for item in items for toggle in item.revealed_by}
    return tuple(
        item
        for item in facts.controls
        if item.visible and item.selector not in worked and (item.expanded is False or not item.native or not item.name)
    )
