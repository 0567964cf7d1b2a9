"""A page of search results: what it says about the search, and its hits."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from auditor.derive.parity import words_of
from auditor.model.facts import Element, Facts, Link
from auditor.model.page import Rendering

_NUMBER = r"(?P<n>\d[\d\s\xa0.]*|en|ett|one)"
_COUNTS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:visar|showing)\s+(?:\w+\s+)?\d+\s*(?:[-–]|till|to)\s*\d+\s+(?:av|of)\s+(?:totalt\s+|cirka\s+|ca\s+|about\s+)?{_NUMBER}",
        rf"(?<![\w.,-])\d+\s*[-–]\s*\d+\s+(?:av|of)\s+(?:totalt\s+|cirka\s+|ca\s+|about\s+)?{_NUMBER}",
        rf"(?:visar|showing)\s+\d+\s+(?:av|of)\s+{_NUMBER}",
        rf"(?<![\w.,-]){_NUMBER}\s*(?:st(?:ycken|\.)?\s+)?(?:sök)?träff(?:ar)?\b",
        rf"(?<![\w.,-]){_NUMBER}\s*(?:st(?:ycken|\.)?\s+)?(?:sök)?resultat\b",
        rf"(?<![\w.,-]){_NUMBER}\s+(?:search\s+)?(?:results?|hits?|match(?:es)?)\b",
        rf"(?<![\w.,-]){_NUMBER}\s+matching\s+(?:documents?|pages?|results?)\b",
        rf"(?:antal\s+)?(?:sök)?(?:träffar|resultat|hits|results)\s*(?:[:(]|är)\s*{_NUMBER}",
        rf"(?:hittade|fann|gav|found)\s+(?:totalt\s+|cirka\s+|ca\s+|about\s+)?{_NUMBER}\s+(?:sid(?:a|or)|dokument|pages?)\b",
    )
)
_ZERO = re.compile(
    r"(?<![\w.,-])(?:0|noll)\s+(?:st\s+)?(?:sök)?(?:träffar|resultat|sidor|results|hits|matches|pages)\b", re.IGNORECASE
)
_REGRET = frozenset({"tyvärr", "dessvärre", "sorry", "unfortunately"})
_NUMBER_IN_STEP = re.compile(r":nth-of-type\(\d+\)|\d+")
_ID_OR_NUMBER = re.compile(r"#(?:[\w-]|\\.)+|:nth-of-type\(\d+\)|\d+")
_PAGING = re.compile(
    r"(?:sida\s*)?\d+|(?:visa\s+)?(?:nästa|föregående|första|sista|fler|next|previous|first|last|more)\b.{0,30}|[«»‹›<>…\s]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Hits:
    """The largest group of links that look alike in the main content of a page of results."""

    links: tuple[Link, ...]
    marked_up: bool
    """Each stands in a list item, a table row, an article, or goes with a heading."""
    about_query: bool
    """Most of them, or the texts around them, hold a word that was searched for."""


def hits_of(rendering: Rendering, ignored: Iterable[str] = ()) -> Hits | None:
    """The hits of a page of results, if they can be recognised.

    Links are grouped by the shape of their selectors. Paging, and what *ignored* names (orders to sort by) is left
    out. A single link counts only if it is marked up and tells of what was searched for.
    """
    skip = frozenset(" ".join(words_of(word)) for word in ignored)
    facts = rendering.facts
    marked = any("main" in link.regions for link in facts.links)
    links = [link for link in facts.links if link.visible and _may_be_hit(link, marked, skip, rendering.url)]
    # Where each hit has an id of its own, selectors begin with it, and only their ends are alike.
    for names in (_NUMBER_IN_STEP, _ID_OR_NUMBER):
        groups: dict[tuple[str, bool], dict[str, Link]] = defaultdict(dict)
        for link in links:
            groups[names.sub("*", link.selector), link.in_heading].setdefault(link.href, link)
        found = [_judged(tuple(group.values()), rendering.query or "") for group in groups.values()]
        sure = [hits for hits in found if _is_convincing(hits)]
        if sure:
            return max(sure, key=lambda hits: (hits.about_query, hits.marked_up, len(hits.links)))
    return None


def _is_convincing(hits: Hits) -> bool:
    if hits.about_query:
        return hits.marked_up or len(hits.links) >= 3
    return hits.marked_up and len(hits.links) >= 2 and any(_has_teaser(link) for link in hits.links)


def _has_teaser(link: Link) -> bool:
    return link.in_heading or len(link.context) > len(link.text) + 30


def _may_be_hit(link: Link, marked: bool, skip: frozenset[str], url: str) -> bool:
    if (marked and "main" not in link.regions) or {"navigation", "search", "banner", "contentinfo"} & set(link.regions):
        return False
    if link.fragment_found is not None or not link.href.startswith(("http", "file:")) or not link.name:
        return False
    if _PAGING.fullmatch(link.name.strip()) or " ".join(words_of(link.name)) in skip:
        return False
    return _path(link.href) != _path(url)


def _path(url: str) -> str:
    """*url* without its parameters and fragment."""
    return re.split(r"[?#]", url, maxsplit=1)[0]


def _judged(links: tuple[Link, ...], query: str) -> Hits:
    wanted = [word for word in words_of(query) if len(word) > 2]
    telling = sum(any(_tells(link, word) for word in wanted) for link in links)
    return Hits(
        links=links,
        marked_up=all(link.item or link.in_heading for link in links),
        about_query=bool(wanted) and telling * 2 > len(links),
    )


def _tells(link: Link, word: str) -> bool:
    return word in f"{link.name} {link.context}".casefold()


def is_paging_name(name: str) -> bool:
    """Whether a link or button of this name leads to further hits: a number, an arrow, «Nästa», «Visa fler»."""
    return bool(name.strip()) and bool(_PAGING.fullmatch(name.strip()))


def told_count(text: str) -> int | None:
    """The number of hits that *text* tells; None if it tells none. Words for one count as 1."""
    for pattern in _COUNTS:
        if match := pattern.search(text):
            digits = re.sub(r"\D", "", match["n"])
            return int(digits) if digits else 1
    return None


def says_nothing_found(text: str, phrases: Iterable[str]) -> bool:
    """Whether *text* tells that the search found nothing, by one of *phrases* or by the number nought.

    The words of regret that may stand in between are passed over.
    """
    running = " ".join(word for word in text.casefold().split() if word not in _REGRET)
    return bool(_ZERO.search(running)) or any(phrase.casefold() in running for phrase in phrases)


def is_blank(facts: Facts) -> bool:
    """Whether hardly anything stands in the main content: results come by other ways, or not at all."""
    return len(words_of(facts.main_text)) < 3


def may_be_elsewhere(facts: Facts) -> bool:
    """Whether results may stand where the in-page pass does not look: in a visible frame."""
    return any(frame.visible and frame.box.height > 100 for frame in facts.frames)


def echoes(rendering: Rendering, words: Iterable[str]) -> bool | None:
    """Whether the page repeats the query: True, False, or None if the words stand there but perhaps by chance.

    A field's value counts; above the first hit also a text with a word about searching within 60 characters of the
    query, or with quotation marks around it. A nonsense word cannot stand there by chance.
    """
    facts, query = rendering.facts, _plain(rendering.query or "")
    if any(_plain(field.value) == query for field in facts.fields if field.reachable):
        return True
    if query not in _plain(facts.text):
        return False
    if rendering.hits_expected is False:
        return True
    quoted = re.escape(query)
    about = "|".join(re.escape(word.casefold()) for word in words)
    near = rf"(?:\b(?:{about})\b[^.?!]{{0,60}}?|[\"”“'’»«‘])\s*{quoted}\s*(?:[\"”“'’»«]|\b)"
    after = rf"\b{quoted}\b[^.?!]{{0,20}}\b(?:{about})\b"
    said = _said_above_hits(rendering)
    return True if any(re.search(near, text) or re.search(after, text) for text in said) else None


def _said_above_hits(rendering: Rendering) -> list[str]:
    hits = hits_of(rendering)
    top = min((link.box.y for link in hits.links), default=0.0) if hits else float("inf")
    items: tuple[Element, ...] = (*rendering.facts.blocks, *rendering.facts.headings, *rendering.facts.live_regions)
    return [_plain(item.text) for item in items if item.visible and item.box.bottom <= top + 1]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
