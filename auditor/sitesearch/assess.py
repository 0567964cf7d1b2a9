"""What a site's answers come to: figures, what fails and why, what the search does not know."""

from collections import defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from auditor.findability.figures import bootstrap
from auditor.model.search import Answer
from auditor.model.sitesearch import (
    FEWEST_PAIRS,
    Coverage,
    FailedQuery,
    Family,
    PhoneSearch,
    Robustness,
    SearchFigures,
    SearchQuality,
    SearchQuery,
    Trend,
    UntestedQuery,
    Variant,
)
from auditor.sitesearch.diagnose import WITHIN, diagnose
from auditor.sitesearch.figures import DEPTH, Scored, randomisation, scored, summed
from auditor.sitesearch.index import ReferenceSearch
from auditor.sitesearch.phone import set_beside
from auditor.text.analyzer import Analyzer

_REFERENCE_DEPTH = 20
_SHOWN = 3
GONE = (404, 410)
SAID, UNSAID = 0.5, 0.0
"""Overlap of query and title, from which its words are the title's, and up to which they are none of it."""


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the figures are made from."""

    queries: Sequence[SearchQuery]
    answers: Mapping[str, Answer]
    """By the text of the query."""
    phone: Mapping[str, Answer] = field(default_factory=dict)
    """The same on a phone, of those queries that were asked there."""
    phone_untested: str = ""
    """Why the search cannot be asked on a phone, as a reason's key; empty if it can."""
    search: ReferenceSearch
    analyzer: Analyzer
    place: Callable[[str], str]
    """Address of a hit → that of the page which it leads to."""
    status: Callable[[str], int | None]
    """HTTP status of an address; None if it is not known."""
    known: Container[str]
    """Addresses of pages and documents that the run looked at."""
    before: Mapping[str, float]
    """Query → reciprocal rank in the run before; empty if there is none."""
    seed: int


@dataclass(frozen=True)
class _Judged:
    query: SearchQuery
    answer: Answer
    hits: tuple[str, ...]
    site: Scored
    reference: Scored
    reference_hits: tuple[str, ...]
    is_open: bool
    """What comes before the guessed answer may be the answer; see `may_answer`."""

    @property
    def nothing(self) -> bool:
        return not self.hits

    @property
    def rank(self) -> int | None:
        return _rank(self.hits, self.query)

    @property
    def holds(self) -> bool:
        """Whether an answer stands among the first hits."""
        return self.rank is not None and self.rank <= WITHIN

    @property
    def reference_rank(self) -> int | None:
        return _rank(self.reference_hits, self.query)


def _rank(hits: Sequence[str], query: SearchQuery) -> int | None:
    return next((place for place, url in enumerate(hits, 1) if url in query.answers), None)


def assess_search(evidence: Evidence) -> SearchQuality:
    """Everything that the answers come to. What was not answered is told apart, and in no figure."""
    judged = list(_judged(evidence, evidence.answers))
    bases = _bases(judged)
    reciprocal = {one.query.text: round(one.site.reciprocal, 4) for one in bases}
    coverage = tuple(_coverage(evidence, judged))
    unindexed = {url for kind in coverage for url in kind.missing}
    failed = [one for one in bases if not one.holds]
    failed.sort(key=lambda one: (one.query.family is not Family.TASK, not one.query.confirmed))
    strata, robustness = _strata_of(judged, evidence.seed), tuple(_robustness(judged, evidence.seed))
    return SearchQuality(
        strata=strata,
        robustness=robustness,
        coverage=coverage,
        stale=tuple(_stale(evidence, judged)),
        looked_at=len({url for one in judged for url in one.hits[:DEPTH] if evidence.status(url) is not None}),
        failed=tuple(_failed(one, evidence, unindexed) for one in failed),
        held=tuple(one.query for one in bases if one.holds),
        not_tested=(
            *_untested(evidence),
            *(UntestedQuery(query=one.query, reason="search-hits-unknown") for one in judged if one.is_open),
        ),
        trend=compared(evidence.before, reciprocal, evidence.seed),
        phone=_on_phone(evidence, judged, strata, robustness),
        asked=len({one.query.text for one in judged}),
        reciprocal=reciprocal,
        seed=evidence.seed,
    )


def _on_phone(
    evidence: Evidence,
    desktop: Sequence[_Judged],
    strata: Mapping[str, SearchFigures],
    robustness: tuple[Robustness, ...],
) -> PhoneSearch:
    """What is known of the phone: its own figures if a list differs there, else those of the desktop."""
    beside = set_beside(evidence.answers, evidence.phone, evidence.place)
    if reason := evidence.phone_untested or beside.untested:
        return PhoneSearch(compared=beside.compared, asked=beside.asked, untested=reason)
    told = PhoneSearch(compared=beside.compared, differing=beside.differing, asked=beside.asked)
    if told.alike:
        return replace(told, strata=strata, robustness=robustness)
    judged = list(_judged(evidence, evidence.phone))
    held = {one.query.text for one in _bases(desktop) if one.holds}
    return replace(
        told,
        strata=_strata_of(judged, evidence.seed),
        robustness=tuple(_robustness(judged, evidence.seed)),
        lost=tuple(_failed(one, evidence, ()) for one in _bases(judged) if not one.holds and one.query.text in held),
    )


def _bases(judged: Iterable[_Judged]) -> list[_Judged]:
    """What the figures are about: neither variants nor pages' own titles, nor what is open."""
    told = (one for one in judged if not one.is_open)
    return [one for one in told if one.query.family is not Family.TITLE and one.query.variant is None]


def _strata_of(judged: Sequence[_Judged], seed: int) -> dict[str, SearchFigures]:
    chance = np.random.default_rng([seed, 2])
    bases = _bases(judged)
    return {
        name: figures
        for name, kept in _strata(bases)
        if (figures := _figures([one for one in bases if kept(one.query)], chance)) is not None
    }


def may_answer(query: SearchQuery, hits: Sequence[str], known: Container[str]) -> bool:
    """Whether a page that nobody looked at may answer *query*, whose answer is guessed from the pages in *known*.

    That is so if such a page stands among the first ten *hits*, before the guessed answer. Then it cannot be said how
    the search does for the query; what a person confirmed is no guess.
    """
    before = hits[: (_rank(hits, query) or DEPTH + 1) - 1][:DEPTH]
    return not query.confirmed and any(url not in known for url in before)


def _judged(evidence: Evidence, answers: Mapping[str, Answer]) -> Iterator[_Judged]:
    for query in evidence.queries:
        answer = answers.get(query.text)
        if answer is None or answer.untested:
            continue
        hits = tuple(evidence.place(hit.url) for hit in answer.hits)
        reference = tuple(url for url, _ in evidence.search.search(query.text, _REFERENCE_DEPTH))
        yield _Judged(
            query,
            answer,
            hits,
            scored(hits, query.grades),
            scored(reference, query.grades),
            reference,
            is_open=may_answer(query, [url for url in hits if evidence.status(url) not in GONE], evidence.known),
        )


def _untested(evidence: Evidence) -> Iterator[UntestedQuery]:
    for query in evidence.queries:
        answer = evidence.answers.get(query.text)
        if answer is None or answer.untested:
            yield UntestedQuery(query=query, reason=answer.untested if answer else "query-not-asked")


def _strata(bases: Sequence[_Judged]) -> Iterator[tuple[str, Callable[[SearchQuery], bool]]]:
    yield "all", lambda query: True
    yield "confirmed", lambda query: query.family is Family.TASK and query.confirmed
    yield "unconfirmed", lambda query: query.family is Family.TASK and not query.confirmed
    yield "known", lambda query: query.family is Family.KNOWN
    yield "anchor", lambda query: query.family is Family.ANCHOR
    if len({one.query.kind for one in bases}) > 1:
        yield "page", lambda query: query.kind == "page"
        yield "pdf", lambda query: query.kind == "pdf"
        yield "service", lambda query: query.kind == "service"
    yield "said", lambda query: query.overlap > SAID
    yield "partly", lambda query: UNSAID < query.overlap <= SAID
    yield "unsaid", lambda query: query.overlap <= UNSAID


def _figures(judged: Sequence[_Judged], chance: np.random.Generator) -> SearchFigures | None:
    nothing = sum(one.nothing for one in judged)
    return summed([one.site for one in judged], [one.reference for one in judged], nothing, chance)


def _robustness(judged: Sequence[_Judged], seed: int) -> Iterator[Robustness]:
    chance = np.random.default_rng([seed, 5])
    bases = {one.query.text: one for one in _bases(judged)}
    for kind in Variant:
        varied = [one for one in judged if one.query.variant is kind and one.query.base in bases]
        pairs = [(base, one) for one in varied if (base := bases[one.query.base]).site.reciprocal > 0]
        if not varied:
            continue
        enough = len(pairs) >= FEWEST_PAIRS
        lost = sorted(pairs, key=lambda pair: pair[1].site.reciprocal - pair[0].site.reciprocal)[:1]
        interval = bootstrap([one.site.reciprocal for _, one in pairs], chance) if enough else None
        yield Robustness(
            variant=kind,
            pairs=len(pairs),
            base_mrr=float(np.mean([base.site.reciprocal for base, _ in pairs])) if enough else None,
            mrr=interval.value if interval else None,
            reference_mrr=float(np.mean([one.reference.reciprocal for _, one in pairs])) if enough else None,
            interval=interval,
            example="".join(one.query.text for _, one in lost),
            base_example="".join(base.query.text for base, _ in lost),
        )


def _coverage(evidence: Evidence, judged: Sequence[_Judged]) -> Iterator[Coverage]:
    """Per kind of answer, what came up for any query, and what did not come up for its own title."""
    seen = {url for one in judged for url in one.hits}
    titles = {url for one in judged if one.query.family is Family.TITLE for url in one.query.answers}
    of_kind: dict[str, set[str]] = defaultdict(set)
    kinds = {document.url: document.kind for document in evidence.search.documents}
    for one in judged:
        for url in one.query.answers:
            if url in kinds:
                of_kind[kinds[url]].add(url)
    for kind, urls in sorted(of_kind.items()):
        missing = tuple(sorted(url for url in urls & titles if url not in seen))
        found = len(urls & seen)
        yield Coverage(kind=kind, found=found, missing=missing, unknown=len(urls) - found - len(missing))


def never_seen(queries: Iterable[SearchQuery], answers: Mapping[str, Answer], place: Callable[[str], str]) -> list[str]:
    """Answers to the *queries* that were asked, which came up for none of them: to be asked for by their titles."""
    seen = {place(hit.url) for answer in answers.values() for hit in answer.hits}
    wanted = dict.fromkeys(
        url
        for query in queries
        if (answer := answers.get(query.text)) is not None and not answer.untested
        for url in query.answers
    )
    return [url for url in wanted if url not in seen]


def fruitful(
    queries: Iterable[SearchQuery],
    answers: Mapping[str, Answer],
    place: Callable[[str], str],
    known: Container[str],
) -> frozenset[str]:
    """Texts of the *queries* that brought up an answer among the first ten hits, with nothing unknown before it."""
    found = []
    for query in queries:
        answer = answers.get(query.text)
        hits = [place(hit.url) for hit in answer.hits[:DEPTH]] if answer else []
        if _rank(hits, query) and not may_answer(query, hits, known):
            found.append(query.text)
    return frozenset(found)


def _stale(evidence: Evidence, judged: Sequence[_Judged]) -> Iterator[tuple[str, str, int]]:
    told = set()
    for one in judged:
        for url in one.hits[:DEPTH]:
            status = evidence.status(url)
            if status in GONE and url not in told:
                told.add(url)
                yield one.query.text, url, int(status)


def _failed(one: _Judged, evidence: Evidence, unindexed: Collection[str]) -> FailedQuery:
    documents = [document for document in evidence.search.documents if document.url in one.query.answers]
    best = min(documents, key=lambda document: _place_of(document.url, one.reference_hits), default=None)
    why = (
        diagnose(
            one.query,
            best,
            evidence.analyzer,
            rank=one.rank,
            reference_rank=one.reference_rank,
            unindexed=unindexed,
        )
        if best
        else None
    )
    return FailedQuery(
        query=one.query,
        rank=one.rank,
        reference_rank=one.reference_rank,
        came=tuple(replace(hit, text="", title=hit.title[:200]) for hit in one.answer.hits[:_SHOWN]),
        nothing=one.nothing,
        mend=why.mend if why else None,
        cause=why.cause if why else None,
        words=why.words if why else (),
        target=best.url if best else next(iter(one.query.answers), ""),
        target_title=best.title if best else "",
    )


def _place_of(url: str, hits: Sequence[str]) -> int:
    return hits.index(url) if url in hits else len(hits)


def compared(before: Mapping[str, float], after: Mapping[str, float], seed: int) -> Trend | None:
    """How the queries that two runs share did in both; None if they share none.

    Args:
        before: query → reciprocal rank, in the earlier run.
        after: the same in the later one.
        seed: of the exchanges.
    """
    both = sorted(before.keys() & after.keys())
    if not both:
        return None
    first, second = [before[text] for text in both], [after[text] for text in both]
    return Trend(
        queries=len(both),
        before=float(np.mean(first)),
        after=float(np.mean(second)),
        p=randomisation(first, second, np.random.default_rng([seed, 3])),
    )
