"""A page of results, read from its snapshot: hits, their number, and what one can do with them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bs4 import Tag

from auditor.derive.result_controls import Controls, Press, find_controls
from auditor.derive.result_hits import Found, find_hits, hits_from, telling_share
from auditor.derive.result_selectors import NO_SELECTORS, ResultSelectors
from auditor.derive.result_tree import parse, place_of, text_of
from auditor.derive.result_words import SearchWords
from auditor.derive.results import says_nothing_found, told_count
from auditor.model.search import Choice, Hit, Order

_ABOUT = re.compile(
    r"\b(?:cirka|ca|omkring|ungefär|drygt|nästan|över|mer än|fler än|minst|about|approximately|more than|over|at least)"
    r"\.?\s+\d|\d\s*\+",
    re.IGNORECASE,
)

_TELLING = 0.5
"""Share of hits over a page that tell of the words; from it on, what the page itself says of finding nothing is passed
over."""


@dataclass(frozen=True)
class ResultPage:
    """What one page of results shows."""

    hits: tuple[Hit, ...]
    pattern: str
    """The pattern that the hits follow; empty if none were recognised."""
    count: int | None
    approximate: bool
    says_nothing: bool
    controls: Controls

    @property
    def recognised(self) -> bool:
        """Whether it is known what was found: some hits, or nothing."""
        return bool(self.hits) or self.says_nothing or self.count == 0

    @property
    def orders(self) -> Mapping[Order, Press]:
        return self.controls.orders

    @property
    def choices(self) -> Mapping[Choice, Press]:
        return self.controls.choices


def read_result_page(
    html: str,
    address: str,
    query: str,
    words: SearchWords,
    *,
    pattern: str = "",
    overlay: bool = False,
    selectors: ResultSelectors = NO_SELECTORS,
    page: int = 1,
    before: int = 0,
) -> ResultPage:
    """What a page of results shows.

    Args:
        html: its snapshot, or its markup; links that were seen before the search are marked with data-seen.
        address: where it stands.
        query: what was searched for.
        words: words by which it is recognised.
        pattern: the pattern that hits of this search followed before; empty if none is known.
        overlay: hits lie over the page, be it over its header.
        selectors: what the site file says of it.
        page: which page of results it is, 1 for the first.
        before: how many hits the pages before showed.
    """
    tree = parse(html)
    body = tree.body or tree
    found = find_hits(body, address, query, pattern=pattern, selector=selectors.hit, anywhere=overlay)
    text = (
        _around(body, found, overlay) if not selectors.count else " ".join(map(text_of, body.select(selectors.count)))
    )
    count = told_count(text)
    telling = overlay and telling_share(found.records, query) >= _TELLING
    nothing = says_nothing_found(text, words.nothing) and not count and not telling
    if nothing or count == 0:
        found = Found()
    inside = {id(part) for record in found.records for part in record.parts}
    forms = {
        place_of(str(form.get("action"))) for form in body.select("form[role=search], [role=search] form, search form")
    }
    return ResultPage(
        hits=hits_from(found, query, page, before),
        pattern=found.pattern,
        count=0 if nothing and count is None else count,
        approximate=bool(count and _ABOUT.search(text)),
        says_nothing=nothing,
        controls=find_controls(body, address, words, inside, others=forms - {""}, given=selectors, anywhere=overlay),
    )


def _around(body: Tag, found: Found, everywhere: bool) -> str:
    """What the main content says besides the hits; the whole page if hits (may) stand outside the main content."""
    inside = {id(part) for record in found.records for part in record.parts}
    main = body.find("main") or body.find(None, {"role": "main"})
    holder = main if isinstance(main, Tag) else body
    if everywhere or (inside and not any(id(tag) in inside for tag in holder.find_all(True))):
        holder = body
    return " ".join(_said(holder, inside).split())


def _said(tag: Tag, left_out: Collection[int]) -> str:
    if id(tag) in left_out:
        return " "
    if not any(id(inner) in left_out for inner in tag.find_all(True)):
        return f" {text_of(tag)} "
    return " ".join(_said(child, left_out) if isinstance(child, Tag) else str(child) for child in tag.children)
