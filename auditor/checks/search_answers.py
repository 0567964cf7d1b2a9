"""Checks of the area search: what the search answered, beside other answers and beside the site itself."""

from collections import Counter
from collections.abc import Collection, Iterator

from auditor.derive.search_lists import Lists, lists, target_of, unasked
from auditor.derive.search_pairs import pairs
from auditor.derive.search_probes import Purpose
from auditor.model.outcome import Outcome, Value, cant_tell, failed, passed, untested
from auditor.model.search import Answer
from auditor.model.site import Site

_GONE = (404, 410)
_SHOWN = 5


def pages_whole(site: Site) -> Iterator[Outcome]:
    """Page after page of results, each hit is shown once and none is lost.

    Args:
        site: the whole site.
    """
    yield from unasked(site)
    for found in lists(site.search, Purpose.LISTS):
        for answer in _of(found):
            shown = Counter((hit.url, hit.title) for hit in answer.hits)  # hits may be parts of one page
            twice = [url for (url, _), times in shown.items() if times > 1]
            if twice:
                yield failed(
                    target_of(answer),
                    "repeated",
                    cause="repeated",
                    query=found.query,
                    times=len(twice),
                    example=twice[0],
                )
            elif answer.complete and found.loses(answer):
                yield failed(
                    target_of(answer),
                    "lost",
                    cause="lost",
                    query=found.query,
                    shown=len(answer.addresses),
                    count=answer.count or 0,
                )
            elif answer.complete and len(answer.pages) > 1:
                yield passed(target_of(answer))


def hit_count_true(site: Site) -> Iterator[Outcome]:
    """There are as many hits as the search says.

    A number that says of itself that it is not exact is passed over, and so is a list that was not read to its end.

    Args:
        site: the whole site.
    """
    yield from unasked(site)
    for found in lists(site.search, Purpose.LISTS):
        answer = found.first
        if answer is None or answer.untested or answer.count is None or answer.approximate or not answer.complete:
            continue
        shown = len(answer.addresses)
        values: dict[str, Value] = {"query": found.query, "count": answer.count, "shown": shown}
        if answer.count in (shown, len(found.union), len(answer.hits)):
            yield passed(target_of(answer))
        elif shown > answer.count or (len(found.whole) > 1 and found.agree):
            yield failed(target_of(answer), "wrong", cause="wrong", **values)
        else:
            yield cant_tell(target_of(answer), "unreached", cause="unreached", **values)


def filters_right(site: Site) -> Iterator[Outcome]:
    """What is chosen to narrow the hits leaves a part of them, and as many as it says.

    Args:
        site: the whole site.
    """
    yield from unasked(site)
    for found in lists(site.search, Purpose.LISTS):
        for answer in found.narrowed:
            if answer.untested:
                yield untested(target_of(answer), answer.untested)
            elif found.first and found.first.complete and not found.first.untested:
                yield from _narrowed(answer, found.first, found.union)


def _narrowed(answer: Answer, first: Answer, all_hits: Collection[str]) -> Iterator[Outcome]:
    label = answer.question.choice
    said = next((choice.count for choice in first.choices if choice.label == label), None)
    outside = [url for url in answer.addresses if url not in all_hits]
    values = {"query": first.question.query, "choice": label}
    if outside:
        yield failed(target_of(answer), "outside", cause="outside", number=len(outside), example=outside[0], **values)
    elif said is not None and answer.complete and said not in (len(answer.addresses), len(answer.hits), answer.count):
        yield failed(target_of(answer), "count", cause="count", said=said, shown=len(answer.addresses), **values)
    elif said is not None and first.count == len(first.addresses) == len(answer.addresses) != said:
        yield failed(target_of(answer), "no_effect", cause="no_effect", **values)
    else:
        yield passed(target_of(answer))


def index_fresh(site: Site) -> Iterator[Outcome]:
    """Hits lead to pages that exist, and pages are found by their own titles.

    Args:
        site: the whole site.
    """
    yield from unasked(site)
    gone: dict[str, Answer] = {}
    for answer in site.search.answers:
        for hit in answer.hits:
            if _status(hit.url, site) in _GONE:
                gone.setdefault(hit.url, answer)
    for url, answer in gone.items():
        yield failed(target_of(answer), "gone", cause="gone", query=answer.question.query, url=url)
    for answer in site.search.of(Purpose.TITLE):
        if answer.untested:
            yield untested(target_of(answer), answer.untested)
        elif answer.rank(answer.question.expects) is not None:
            yield passed(target_of(answer))
        elif answer.complete:
            expected = answer.question.expects[0]
            page = site.page(expected)
            day = page.updated if page else ""
            values = {"query": answer.question.query, "url": expected, "day": day or "–"}
            yield failed(target_of(answer), "missing", cause="missing", **values)
        else:
            yield untested(target_of(answer), "search-cut")


def _status(url: str, site: Site) -> int:
    page = site.page(url)
    known = site.statuses.get(url)
    return page.status if page else known.status if known else 0


def documents_found(site: Site) -> Iterator[Outcome]:
    """Documents are found by their own titles.

    Args:
        site: the whole site.
    """
    yield from unasked(site)
    asked = [answer for answer in site.search.of(Purpose.DOCUMENT) if not answer.untested]
    any_document = any(hit.document is not None for answer in site.search.answers for hit in answer.hits)
    for answer in asked:
        expected = answer.question.expects[0]
        if answer.rank(answer.question.expects) is not None:
            yield passed(target_of(answer))
        elif answer.complete:
            message = "missing" if any_document else "ignored"
            yield failed(target_of(answer), message, cause=message, query=answer.question.query, url=expected)
        else:
            yield untested(target_of(answer), "search-cut")


def inflections_found(site: Site, *, least: int = 3, share: float = 0.5) -> Iterator[Outcome]:
    """Another form of a word finds the same page.

    Args:
        site: the whole site.
        least: how many pairs of forms must have been judged.
        share: the part of the pairs that must be found; one stemmer takes other forms together than the next.
    """
    yield from _tried(site, Purpose.INFLECTION, least, share)


def compounds_found(site: Site, *, least: int = 2, share: float = 0.5) -> Iterator[Outcome]:
    """A compound is found by the words that it is made of.

    Args:
        site: the whole site.
        least: how many compounds must have been judged.
        share: the part of them that must be found.
    """
    yield from _tried(site, Purpose.COMPOUND, least, share)


def any_word_found(site: Site, *, least: int = 2, share: float = 0.5) -> Iterator[Outcome]:
    """Pages that hold some of the words are found, if none holds all of them.

    Args:
        site: the whole site.
        least: how many pairs of words must have been judged.
        share: the part of them that must give hits.
    """
    yield from _tried(site, Purpose.ANY_WORD, least, share)


def _tried(site: Site, purpose: Purpose, least: int, share: float) -> Iterator[Outcome]:
    """One outcome for each pair; all pass if enough of them are found, since no search finds every form."""
    yield from unasked(site)
    found = pairs(site.search, purpose)
    for answer in found.untested:
        yield untested(target_of(answer), answer.untested or "search-cut")
    if found.judged < least:
        return
    good = len(found.found) >= share * found.judged
    for answer in (*found.found, *(found.missed if good else ())):
        yield passed(target_of(answer))
    for answer in () if good else found.missed[:_SHOWN]:
        values = {"query": answer.question.query, "beside": answer.question.beside, "url": answer.question.expects[0]}
        yield failed(target_of(answer), "missed", cause="missed", **values)


def _of(found: Lists) -> tuple[Answer, ...]:
    answers = (*((found.first,) if found.first else ()), *found.ordered.values())
    return tuple(answer for answer in answers if not answer.untested)
