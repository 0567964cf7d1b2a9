"""Checks of pages beside each other: do they say the same, and is one thing said in one place?"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from auditor.derive.answers import is_read
from auditor.derive.fees import Fee, fees
from auditor.derive.grants import Told, told_of_grants
from auditor.derive.likeness import alike
from auditor.derive.premises import PremisesWords
from auditor.derive.sitepaths import has_segment, is_paging, same_place
from auditor.derive.urls import path_of
from auditor.derive.wording import plain
from auditor.model.outcome import Outcome, Value, cant_tell, failed, passed
from auditor.model.site import PageSummary, Site

_FEW_WORDS = 60
_UNIFORM, _MANY = 0.8, 10
"""A sitemap that gives one day for so large a share of so many pages tells when it was made, not when they changed."""


def near_duplicate(
    site: Site, *, dated_segments: tuple[str, ...], least: float = 0.6, surely: float = 0.85
) -> Iterator[Outcome]:
    """No two pages have nearly the same text.

    Args:
        site: the whole site.
        dated_segments: steps of addresses with news and minutes, which repeat themselves.
        least: from which share of common runs of words two pages are looked at, if they have the same heading.
        surely: from which share their texts are nearly the same.
    """
    pages = [page for page in site.pages if _may_compete(page, dated_segments)]
    told: set[str] = set()
    pairs = sorted(alike([page.sketch for page in pages], least), key=lambda pair: -pair[2])
    for first, second, share in pairs:
        one, other = sorted((pages[first], pages[second]), key=lambda page: (page.depth, len(page.url), page.url))
        same_name = plain(one.main_heading) == plain(other.main_heading)
        if other.url in told or _are_one(one, other) or not (same_name or share >= surely):
            continue
        told.add(other.url)
        values: dict[str, Value] = {"other": path_of(one.url), "share": round(100 * share)}
        if same_name and share >= surely:
            yield failed(other.target(), "same", cause=one.url, **values)
        else:
            yield cant_tell(other.target(), "like", cause=one.url, **values)
    for page in pages:
        if page.url not in told:
            yield passed(page.target())


def _may_compete(page: PageSummary, dated_segments: Sequence[str]) -> bool:
    fitting = is_read(page) and page.query is None and not page.noindex and page.words >= _FEW_WORDS
    return fitting and not has_segment(page.url, dated_segments) and not is_paging(page.url)


def _are_one(one: PageSummary, other: PageSummary) -> bool:
    """Whether two pages are one to visitors and searches: the same place, or one names the other as the right one."""
    return (
        same_place(one.url, other.url)
        or one.final_url == other.final_url
        or (bool(other.canonical) and same_place(other.canonical, one.canonical or one.url))
        or (bool(one.canonical) and same_place(one.canonical, other.url))
    )


def date_agreement(site: Site, *, days: int = 31, long_after: int = 365) -> Iterator[Outcome]:
    """The day on which a page says that it was updated agrees with the sitemap, or with the server's answer.

    Args:
        site: the whole site.
        days: so much later than the sitemap's day the page's may be.
        long_after: so much earlier it may be: a page is published anew for many reasons.
    """
    given = [day for day in site.modified.values() if day]
    often = Counter(given).most_common(1)
    if often and len(given) >= _MANY and often[0][1] >= _UNIFORM * len(given):
        return
    for page in site.pages:
        if is_read(page) and page.updated and page.updated_by == "updated":
            listed = site.modified.get(page.url, "")
            yield from _agreement(page, listed, days, long_after)


def _agreement(page: PageSummary, listed: str, days: int, long_after: int) -> Iterator[Outcome]:
    shown = date.fromisoformat(page.updated)
    values = {"shown": page.updated, "listed": listed or page.modified}
    other = _day(listed or page.modified)
    if other is None:
        return
    if shown - other > timedelta(days=days):
        yield failed(page.target(), "later", **values) if listed else cant_tell(page.target(), "header", **values)
    elif listed and other - shown > timedelta(days=long_after):
        yield cant_tell(page.target(), "earlier", **values)
    else:
        yield passed(page.target())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def contradiction(
    site: Site,
    *,
    grants: tuple[str, ...],
    help_words: tuple[str, ...],
    other_errands: tuple[str, ...],
    premises: tuple[str, ...],
    common_premises: tuple[str, ...],
    fee_kinds: tuple[str, ...],
    fee_words: tuple[str, ...],
    dated_segments: tuple[str, ...],
) -> Iterator[Outcome]:
    """Pages that give the last day for a grant, its amount per something, or the price of premises, give the same.

    Args:
        site: the whole site.
        grants: ends of words that name a grant.
        help_words: ends of words that may name one.
        other_errands: stems of what a last day may be for besides applying.
        premises: ends of words that name premises.
        common_premises: what many premises are called, and what stands before a name.
        fee_kinds: stems that tell prices of the same premises apart.
        fee_words: words that say no more than that it is a price.
        dated_segments: steps of addresses with news and minutes, which were right once.
    """
    pages = [page for page in site.pages if _is_current(page, dated_segments)]
    of: dict[tuple[str, str], list[Told]] = defaultdict(list)
    for page in pages:
        for told in told_of_grants(page, (*grants, *help_words), other_errands):
            of[told.grant, told.about].append(told)
    for (grant, about), group in sorted(of.items()):
        if len(group) < 2:
            continue
        for told in group:
            against = next((other for other in group if told.contradicts(other)), None)
            if against is None:
                yield passed(told.page.target())
                continue
            values = {
                "grant": grant,
                "here": told.shown,
                "there": against.shown,
                "other": path_of(against.page.url),
            }
            cause = f"{about} {grant}"
            if told.same_words(against):
                yield failed(told.page.target(), about, cause=cause, **values)
            else:
                yield cant_tell(told.page.target(), f"{about}_unsure", cause=cause, **values)
    yield from _contradicting_fees(pages, PremisesWords(premises, common_premises, fee_kinds, fee_words))


def _contradicting_fees(pages: Sequence[PageSummary], known: PremisesWords) -> Iterator[Outcome]:
    of: dict[tuple[str, str, frozenset[str]], list[Fee]] = defaultdict(list)
    for page in pages:
        for fee in fees(page, known):
            of[fee.thing, fee.unit, fee.kinds].append(fee)
    for (thing, unit, kinds), group in sorted(of.items(), key=lambda item: (item[0][:2], sorted(item[0][2]))):
        for fee in group if len(group) > 1 else ():
            against = [other for other in group if fee.contradicts(other)]
            surely = next((other for other in against if fee.surely(other)), None)
            if not against:
                yield passed(fee.page.target())
            elif surely or (unit and kinds):
                other = surely or against[0]
                told = {"thing": thing, "here": fee.shown, "there": other.shown, "other": path_of(other.page.url)}
                cause = f"fee {thing} {unit} {' '.join(sorted(kinds))}"
                judge, message = (failed, "fee") if surely else (cant_tell, "fee_unsure")
                yield judge(fee.page.target(), message, cause=cause, **told)


def _is_current(page: PageSummary, dated_segments: Sequence[str]) -> bool:
    return is_read(page) and page.query is None and not has_segment(page.url, dated_segments)
