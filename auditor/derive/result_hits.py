"""The list of hits on a page of results of a site that was never seen: a pattern that repeats, and tells of the words.

Elements are grouped by what they look like (tag, classes) and where they stand (those around them), as in Liu, Grossman
and Zhai, Mining data records in web pages (KDD 2003), but for whole elements, or runs that each begin with a heading or
term. Of all groups the most telling one is taken, and with it what stands among its elements and differs by its class
alone (a hit in a title, a pinned one). What was taken on one page of a search is recognised on the others, even where a
single hit is left.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote_plus

from bs4 import Tag

from auditor.derive.dates import find_dates
from auditor.derive.documents import document_type
from auditor.derive.parity import words_of
from auditor.derive.result_tree import many, place_of, regions, signature, text_of
from auditor.derive.results import is_paging_name
from auditor.derive.urls import canonical
from auditor.model.facts import Link
from auditor.model.search import Hit

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_STARTS = frozenset({*_HEADINGS, "dt"})
_ITEMS = frozenset({"li", "article", "tr", "dt", "dd"})
_OUTSIDE = frozenset({"banner", "contentinfo", "navigation", "search", "tablist", "toolbar", "menu", "complementary"})
_LEVELS = 3
_TEXT = 1000
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_STAMP = 40
"""Letters of a date with its label: «Publicerad: 14 september 2022»."""
_LABEL = re.compile(
    r"(?:uppdaterad|uppdaterat|publicerad|publicerat|ändrad|ändrat|granskad|datum|updated|published|modified|date)"
    r"\W*(?:datum|den|senast|on)?\W*$",
    re.IGNORECASE,
)
_TEASER = 25
"""Letters that a record says besides its title if it has a teaser, or a date and a type."""


@dataclass(frozen=True)
class Record:
    """One element, or run of elements, that repeats."""

    parts: tuple[Tag, ...]
    link: Tag
    in_heading: bool

    @property
    def href(self) -> str:
        return str(self.link["href"])

    @property
    def text(self) -> str:
        return " ".join(text_of(part) for part in self.parts)

    @property
    def title(self) -> str:
        """What the link says; of one around a whole card, what the card's heading says."""
        heading = self.link.find(_HEADINGS)
        return (text_of(heading) if isinstance(heading, Tag) else "") or text_of(self.link)


@dataclass(frozen=True)
class Found:
    """The hits of a page, and the pattern that they follow."""

    records: tuple[Record, ...] = ()
    pattern: str = ""


def find_hits(
    body: Tag,
    address: str,
    query: str,
    *,
    pattern: str = "",
    selector: str = "",
    anywhere: bool = False,
) -> Found:
    """The hits in *body*; none if no group of elements is convincing.

    Args:
        body: the page.
        address: its address.
        query: what was searched for.
        pattern: the pattern that the hits of this search followed before; empty if none is known.
        selector: what matches one hit, from the site file; then nothing is guessed.
        anywhere: look for hits in header, footer and menus too, for only what came by typing is taken for one.
    """
    if selector:
        chosen = [record for tag in body.select(selector) if (record := _record((tag,), address))]
        return Found(tuple(chosen), "given")
    groups, wider = _groups(body, address, frozenset() if anywhere else _OUTSIDE)
    if pattern in wider:
        return Found(tuple(wider[pattern]), pattern)
    if pattern in groups:
        return _widened(groups[pattern], pattern, wider, query)
    scores = {key: score for key, records in groups.items() if (score := _score(records, query, fresh=anywhere))}
    if not scores:
        return Found()
    best = max(scores, key=lambda key: scores[key])
    among = [key for key in scores if _wide(key) == _wide(best)]
    largest = max(among, key=lambda key: (len(groups[key]), scores[key]))
    return _widened(groups[largest], largest, wider, query)


def _widened(records: Sequence[Record], pattern: str, wider: Mapping[str, Sequence[Record]], query: str) -> Found:
    """*records* of *pattern*, with those that only their classes tell from them."""
    more, own = wider[_wide(pattern)], {id(record.parts[0]) for record in records}
    added = [record for record in more if id(record.parts[0]) not in own]
    if added and all(_is_alike(record, records, query) for record in added):
        return Found(tuple(more), _wide(pattern))
    return Found(tuple(records), pattern)


def _wide(pattern: str) -> str:
    """The pattern of all elements with the tag of *pattern* that stand where it does."""
    chain, _, kind = pattern.rpartition(" > ")
    return f"{chain} > {kind.partition('.')[0]}*"


def _is_alike(record: Record, others: Sequence[Record], query: str) -> bool:
    """Whether *record* may be one more of *others*: built like most, and of the same class or about the query."""
    most = len(others) / 2
    if record.in_heading != (sum(one.in_heading for one in others) > most):
        return False
    if sum(map(_has_teaser, others)) > most and not _has_teaser(record):
        return False
    shared = set(many(record.parts[0], "class")) & set(many(others[0].parts[0], "class"))
    return bool(shared) or _tells(record, query)


def hits_from(found: Found, query: str, page: int, before: int) -> tuple[Hit, ...]:
    """The hits as they are kept: *page* is that of results, *before* the number of hits on the pages before."""
    hits: list[Hit] = []
    for record in found.records:
        hit = _hit(record, query)
        hits.append(replace(hit, page=page, place=before + len(hits) + 1))
    return tuple(hits)


def _hit(record: Record, query: str) -> Hit:
    return Hit(
        url=_without_words(canonical(record.href), query),
        title=record.title,
        text=record.text[:_TEXT],
        day=_day(record),
        document=document_type(Link(selector="", tag="a", href=record.href)),
    )


def _without_words(url: str, query: str) -> str:
    """*url* without parameters that only carry what was searched for, so that the page can mark it («?highlight=»)."""
    head, mark, given = url.partition("?")
    kept = [pair for pair in given.split("&") if unquote_plus(pair.partition("=")[2]).casefold() != query.casefold()]
    return canonical(head + mark + "&".join(kept)) if kept else head


def _day(record: Record) -> str:
    """The date that a record shows as its own; empty if it shows none, or several of which none is set apart.

    A teaser may hold dates too: so a time element goes first, then a date that stands alone or with a few words.
    """
    stamped = [str(tag.get("datetime"))[:10] for part in record.parts for tag in _tags(part, "time")]
    if days := [day for day in stamped if _ISO.fullmatch(day)]:
        return max(days)
    for part in record.parts:
        for tag in [part, *part.find_all(True)]:
            text = text_of(tag)
            alone = next(find_dates(text), None) if len(text) <= _STAMP else None
            if alone:
                return alone.day.isoformat()
    text = record.text
    found = list(find_dates(text))
    labelled = [one for one in found if _LABEL.search(text[max(0, one.begin - _STAMP) : one.begin])]
    chosen = labelled or (found if len({one.day for one in found}) == 1 else [])
    return max((one.day.isoformat() for one in chosen), default="")


def _tags(part: Tag, name: str) -> list[Tag]:
    return [part] if part.name == name else list(part.find_all(name))


def _groups(
    body: Tag, address: str, outside: Collection[str]
) -> tuple[dict[str, list[Record]], dict[str, list[Record]]]:
    """Pattern → records in the page's order, without those in landmarks *outside*; the same whatever their classes."""
    groups: dict[str, list[Record]] = defaultdict(list)
    wider: dict[str, list[Record]] = defaultdict(list)
    for parent in [body, *body.find_all(True)]:
        children = [child for child in parent.children if isinstance(child, Tag)]
        if not children or regions(parent).intersection(outside):
            continue
        lineage = [parent, *list(parent.parents)[: _LEVELS - 1]]
        chain = " > ".join(signature(one) for one in reversed(lineage))
        for kind, parts in (*_elements(children), *_runs(children)):
            record = _record(parts, address)
            if record is not None:
                key = f"{chain} > {kind}"
                groups[key].append(record)
                wider[_wide(key)].append(record)
    return groups, wider


def _elements(children: list[Tag]) -> Iterator[tuple[str, tuple[Tag, ...]]]:
    for child in children:
        if child.name not in _STARTS and child.name not in ("dd", "option", "label", "button", "select"):
            yield signature(child), (child,)


def _runs(children: list[Tag]) -> Iterator[tuple[str, tuple[Tag, ...]]]:
    """Runs of siblings that each begin with a heading or term, up to the next one of its kind."""
    starts = [place for place, child in enumerate(children) if child.name in _STARTS and child.find("a", href=True)]
    for index, begin in enumerate(starts):
        kind = children[begin].name
        end = next((place for place in starts[index + 1 :] if children[place].name <= kind), len(children))
        stop = next(
            (place for place in range(begin + 1, end) if children[place].name in ("nav", "form", "footer")), end
        )
        yield f"{kind}+", tuple(children[begin:stop])


def _record(parts: tuple[Tag, ...], address: str) -> Record | None:
    """A record of *parts*, if it holds a link that leads away from the results and was not seen before the search."""
    links = [
        tag for part in parts for tag in _tags(part, "a") if not tag.has_attr("data-seen") and _leads_away(tag, address)
    ]
    if not links:
        return None
    headed = [link for link in links if link.find_parent(_STARTS) or link.find(_STARTS)]
    link = next((one for one in headed if text_of(one)), None) or next((one for one in links if text_of(one)), None)
    if link is None:
        return None
    several = len({str(one["href"]).partition("#")[0] for one in headed}) > 1  # a hit may list parts of its page
    return None if several else Record(parts, link, bool(headed))


def _leads_away(tag: Tag, address: str) -> bool:
    href = str(tag.get("href") or "")
    if not href.startswith(("http://", "https://", "file:")) or is_paging_name(text_of(tag)):
        return False
    same_page = place_of(href) == place_of(address)
    return not (same_page and ("?" in href or href.split("#")[0] == address.split("#")[0]))


def _score(records: list[Record], query: str, *, fresh: bool) -> float:
    """How much a group looks like hits for *query*; 0 if it is not convincing. What is *fresh* came by typing.

    The weights are our own; tried on the markup of Swedish platforms, Sphinx, MkDocs and on lists of our own.
    """
    different = len({record.href for record in records})
    if different * 2 <= len(records):
        return 0.0
    telling = telling_share(records, query)
    headed = sum(record.in_heading for record in records) / len(records)
    teasers = sum(map(_has_teaser, records)) / len(records)
    listed = records[0].parts[0].name in _ITEMS
    about = telling >= 0.5
    marked = headed >= 0.8 or listed
    by_form = marked and different >= 2 and teasers >= 0.5
    convincing = (marked or different >= 3) if about or fresh else by_form
    if not convincing:
        return 0.0
    inside = "main" in regions(records[0].parts[0])
    return 4 * telling + 3 * headed + 2 * teasers + 2 * inside + listed + 0.2 * min(different, 10)


def telling_share(records: Sequence[Record], query: str) -> float:
    """The part of *records* that holds a word of *query*; 0 if there are none."""
    return sum(_tells(record, query) for record in records) / len(records) if records else 0.0


def _tells(record: Record, query: str) -> bool:
    """Whether a record holds a word of *query*, or its beginning."""
    wanted = [word[: max(4, len(word) - 3)] for word in words_of(query) if len(word) > 2]
    text = record.text.casefold()
    return any(word in text for word in wanted)


def _has_teaser(record: Record) -> bool:
    return len(record.text) > len(text_of(record.link)) + _TEASER
