"""Lists of links as they stand on a page, and whether their order helps to find something in them."""

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from auditor.model.facts import Box, Facts, Link

_ITEM = re.compile(r"(?P<list>.+) > (?:li|article)(?::nth-of-type\(\d+\))?")
_OUTSIDE = frozenset({"banner", "contentinfo", "search", "dialog"})
_ALPHABET = "abcdefghijklmnopqrstuvwxyzåäö"
_NEARLY = 0.9
_DATED = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2}\s+[a-zåäö]{3,9}\s+(?:19|20)\d\d\b|\b\d{1,2}/\d{1,2}\b", re.IGNORECASE
)


@dataclass(frozen=True)
class LinkList:
    """The visible links of one list, one for each item."""

    selector: str
    links: tuple[Link, ...]

    @property
    def box(self) -> Box:
        """The area that the links take up."""
        left, top = min(link.box.x for link in self.links), min(link.box.y for link in self.links)
        right = max(link.box.right for link in self.links)
        return Box(left, top, right - left, max(link.box.bottom for link in self.links) - top)

    @property
    def is_ordered(self) -> bool:
        """Whether one can tell where to look: by the alphabet, in either Swedish manner, or by dates."""
        names = [_sort_key(link.name or link.text) for link in self.links]
        rising = sum(one <= other for one, other in pairwise(names))
        falling = sum(one >= other for one, other in pairwise(names))
        if max(rising, falling) >= _NEARLY * (len(names) - 1):
            return True
        return sum(bool(_DATED.search(link.context)) for link in self.links) >= _NEARLY * len(names)


def _sort_key(text: str) -> tuple[int, ...]:
    """Letters only, with w as v and accents as they sort in Swedish; numbers before letters."""
    folded = text.casefold().translate(str.maketrans("éèüáàwæø", "eeyaaväö"))
    return tuple(
        _ALPHABET.find(letter) + 30 if letter in _ALPHABET else int(letter)
        for letter in folded
        if letter in _ALPHABET or letter in "0123456789"
    )


def link_lists(facts: Facts) -> tuple[LinkList, ...]:
    """Lists whose items hold links to other pages, outside header, footer and search; items of sublists apart."""
    lists: dict[str, dict[str, Link]] = defaultdict(dict)
    for link in facts.links:
        if not link.visible or link.fragment_found is not None or not (link.name or link.text):
            continue
        found = _ITEM.fullmatch(link.item)
        if found and _OUTSIDE.isdisjoint(link.regions):
            lists[found["list"]].setdefault(link.item, link)
    return tuple(LinkList(selector, tuple(items.values())) for selector, items in lists.items())
