"""Checks of the area search: is each order in which hits can be shown the order that it is called?

What an answer should be is not known, but how two answers differ is: that is metamorphic testing (Chen, Cheung and Yiu,
1998; for search, Zhou, Xiang and Chen, IEEE TSE 2016).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from auditor.derive.collation import Arrangement, arrangement, first_break
from auditor.derive.search_lists import Lists, lists, target_of, unasked
from auditor.derive.search_probes import Purpose
from auditor.model.outcome import Outcome, Value, cant_tell, failed, passed, untested
from auditor.model.search import Answer, Order
from auditor.model.site import Site

_TITLES = {Order.TITLE: False, Order.TITLE_BACK: True}
_DATES = {Order.DATE: False, Order.DATE_BACK: True}
_MOST_DATED = 0.8


@dataclass(frozen=True)
class _Said:
    """What is to be said of one order: a message, or that it is right."""

    message: str = ""
    sure: bool = True
    values: Mapping[str, Value] | None = None


def sort_order_right(site: Site, *, least: int = 5) -> Iterator[Outcome]:
    """Hits stand in the order that was asked for.

    Args:
        site: the whole site; its search was asked the same in every order that it offers.
        least: how many hits a list must have to be judged; one order of 120 is right by chance with five.
    """
    yield from unasked(site)
    for found in lists(site.search, Purpose.LISTS):
        for order, answer in found.ordered.items():
            target = target_of(answer)
            if answer.untested:
                yield untested(target, answer.untested)
            elif len(answer.addresses) < least:
                yield untested(target, f"search-few-hits|{least}")
            elif (said := _said_of(order, answer, found, site)).message:
                say = failed if said.sure else cant_tell
                yield say(
                    target, said.message, cause=f"{order}:{said.message}", query=found.query, **(said.values or {})
                )
            else:
                yield passed(target)


def _said_of(order: Order, answer: Answer, found: Lists, site: Site) -> _Said:
    if order in _TITLES:
        said = _by_title(answer, back=_TITLES[order])
    elif order in _DATES:
        said = _by_date(answer, site, back=_DATES[order])
    else:
        return _relevance(answer, found, site)
    if said.message and said.sure and found.first and found.first.addresses == answer.addresses:
        return _Said("no_effect", values={"order": answer.called(order)})
    return said


def _by_title(answer: Answer, *, back: bool) -> _Said:
    titles = [hit.title for hit in answer.hits]
    found = arrangement(titles, back=back)
    if found is Arrangement.SWEDISH:
        return _Said()
    one, other = first_break(titles, back=back) or ("", "")
    message = {Arrangement.CODE_POINT: "code_point", Arrangement.FOLDED: "folded"}.get(found, "unsorted")
    return _Said(message, values={"one": one, "other": other})


def _by_date(answer: Answer, site: Site, *, back: bool) -> _Said:
    shown = [hit.day for hit in answer.hits]
    own = [_own_days(hit.url, site) for hit in answer.hits]
    known = [(day, days) for day, days in zip(shown, own, strict=True) if day and days]
    foreign = sum(day not in days for day, days in known)
    values: dict[str, Value] = {"known": len(known), "foreign": foreign}
    if sum(map(bool, shown)) >= _MOST_DATED * len(shown):
        days = [day for day in shown if day]
        if len(known) >= 3 and foreign * 2 > len(known):
            return _Said("index_date", values=values)
        if len(set(days)) < 2:
            return _Said("undated", sure=False)
        if wrong := _first_wrong(days, back):
            return _Said("date_unsorted", values={"one": wrong[0], "other": wrong[1]})
        return _Said()
    days = [max(days) for days in own if days]
    if len(days) < _MOST_DATED * len(own) or len(set(days)) < 2:
        return _Said("undated", sure=False)
    if wrong := _first_wrong(days, back):
        return _Said("own_unsorted", sure=False, values={"one": wrong[0], "other": wrong[1]})
    return _Said()


def _first_wrong(days: Sequence[str], back: bool) -> tuple[str, str] | None:
    return next(((one, other) for one, other in pairwise(days) if (one > other if back else one < other)), None)


def _own_days(url: str, site: Site) -> frozenset[str]:
    """The days that a page or document gives as its own; empty if it gives none, or is not known."""
    page, document = site.page(url), site.documents.get(url)
    found = {site.modified.get(url, "")[:10]}
    if page is not None:
        found |= {page.updated, page.modified}
    if document is not None:
        found.add(document.created)
    return frozenset(filter(None, found))


def _relevance(answer: Answer, found: Lists, site: Site) -> _Said:
    """By relevance is not by title or date: a list that is one of those, and rightly so, is sorted by that."""
    for order, other in found.ordered.items():
        if order is Order.RELEVANCE or other.untested or other.addresses != answer.addresses:
            continue
        if not _said_of(order, other, found, site).message:
            return _Said("relevance_same", values={"order": answer.called(order)})
    return _Said()


def same_hits(site: Site) -> Iterator[Outcome]:
    """The same question gives the same hits in every order.

    Lists that were not read to their end, or that lose hits, are not compared.

    Args:
        site: the whole site; its search was asked the same in every order that it offers.
    """
    yield from unasked(site)
    for found in lists(site.search, Purpose.LISTS):
        whole = [answer for answer in found.whole if not found.loses(answer)]
        if len(whole) < 2:
            continue
        first, *others = whole
        for answer in others:
            missing = [url for url in first.addresses if url not in set(answer.addresses)]
            added = [url for url in answer.addresses if url not in set(first.addresses)]
            if missing or added:
                yield failed(
                    target_of(answer),
                    "differs",
                    cause="differs",
                    query=found.query,
                    missing=len(missing),
                    added=len(added),
                    example=(missing or added)[0],
                )
            else:
                yield passed(target_of(answer))
