"""What was typed into the site's own search, what came up, and what that comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.model.findability import Interval
from auditor.model.search import Hit


class Family(StrEnum):
    """Where a query comes from."""

    TASK = "task"
    """A phrasing of a task."""
    KNOWN = "known"
    """Words drawn from a page's text that its title does not hold (Azzopardi, de Rijke & Balog 2007)."""
    ANCHOR = "anchor"
    """What another page calls the page."""
    TITLE = "title"
    """The page's own title: tells whether the search knows the page at all, and is in no other figure."""


class Variant(StrEnum):
    """How a query differs from its base."""

    INFLECTION = "inflection"
    """Another form of the word: bidraget for bidrag."""
    JOINED = "joined"
    """Two words written as one: föreningsbidrag for bidrag förening."""
    SPLIT = "split"
    """A compound said in two words: bidrag förening for föreningsbidrag."""
    APART = "apart"
    """A compound written apart by mistake: förenings bidrag."""
    SYNONYM = "synonym"
    TYPO = "typo"
    """One typing error that makes no other word."""
    FOLDED = "folded"
    """Without å, ä and ö."""
    QUESTION = "question"
    """As a whole question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """What is typed, and what should come up."""

    text: str
    family: Family
    grades: Mapping[str, int]
    """Canonical address → how well it answers: 3 answers, 2 nearly, 1 leads to the answer."""
    variant: Variant | None = None
    """None for a base query."""
    base: str = ""
    """The query that it is a variant of; empty for a base query."""
    task: str = ""
    """Id of the task; empty if it comes from no task."""
    confirmed: bool = False
    """Whether a person named the addresses; for queries made from pages, the page itself is the answer."""
    kind: str = "page"
    """Of the best answer: page, pdf or service."""
    overlap: float = 0.0
    """Share of the stems of query and title that both hold (Jaccard), for the best answer."""

    @property
    def answers(self) -> tuple[str, ...]:
        """The addresses that answer."""
        return tuple(url for url, grade in self.grades.items() if grade >= ANSWERS)


ANSWERS = 3
"""The grade from which an address answers."""


@dataclass(frozen=True, kw_only=True)
class SearchPlan:
    """What is typed in one run."""

    queries: tuple[SearchQuery, ...] = ()
    """In the order in which they are asked."""
    without: tuple[str, ...] = ()
    """Questions of tasks for which no page was found that may answer; nothing is typed for them."""
    varied: bool = False
    """Variants of what the first queries found are among the queries, as far as there are any."""
    seed: int = 0


@dataclass(frozen=True, kw_only=True)
class SearchFigures:
    """Figures over the queries of one stratum."""

    queries: int
    success: Mapping[int, float]
    """Share of queries with an answer among the first 1, 3, 5 and 10 hits."""
    mrr: Interval
    """Mean of 1/rank of the first answer among the first ten hits."""
    ndcg: float
    """nDCG@10 over grades 0 to 3."""
    nothing: float
    """Share of queries for which the search said that there is nothing."""
    reference_mrr: float
    """The same mean for our own search over the same pages."""

    @property
    def gap(self) -> float:
        """How much better our own search does: what the site's search loses of what the pages allow."""
        return self.reference_mrr - self.mrr.value


FEWEST_PAIRS = 5
"""Pairs from which a kind of variant has figures: with five, all of them worse, chance is ruled out at the usual level
(sign test, one-sided: 1/2⁵ = 0.03); with four it is not."""


@dataclass(frozen=True, kw_only=True)
class Robustness:
    """What one kind of variant costs, told by pairs of a query that finds an answer and a variant of it."""

    variant: Variant
    pairs: int
    base_mrr: float | None
    """Of the queries; this and the other figures are None if there are fewer than `FEWEST_PAIRS` pairs."""
    mrr: float | None
    """Of their variants."""
    reference_mrr: float | None
    """Of our own search on the variants."""
    interval: Interval | None = None
    """The variants' mean with its 95 percent interval, over pairs."""
    example: str = ""
    base_example: str = ""
    """A variant that lost most, and its base."""

    @property
    def kept(self) -> float | None:
        """Share of the base's MRR that is left; None if there are too few pairs."""
        return self.mrr / self.base_mrr if self.mrr is not None and self.base_mrr else None


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """How many of the answers of one kind the search knows of."""

    kind: str
    found: int
    """Came up for any query, or for their own title."""
    missing: tuple[str, ...]
    """Asked for by their own title and did not come up."""
    unknown: int = 0
    """Never came up and were not asked for by title."""


class Mend(StrEnum):
    """Where the fault of a failed query lies."""

    SEARCH = "search"
    """Our own search finds the page by the same words: the site's search could."""
    PAGE = "page"
    """Our own search does not find it either: the page does not say what people ask for."""


class Cause(StrEnum):
    """Why a query failed, as far as can be told."""

    NOT_INDEXED = "not-indexed"
    """The page comes up for no query, not even for its own title."""
    SYNONYM = "synonym"
    """The page uses another word for it, which stands in the list of related words."""
    COMPOUND = "compound"
    """The page has the word as part of a compound, or the other way round."""
    INFLECTION = "inflection"
    """The page has the word in another form only."""
    SPELLING = "spelling"
    """The query is misspelled or typed without å, ä and ö."""
    ORDER = "order"
    """The page has the very words, but others are put before it."""
    NO_WORD = "no-word"
    """A word of the query does not stand on the page at all."""
    TITLE = "title"
    """The words stand in the page's text but not in its title."""


@dataclass(frozen=True, kw_only=True)
class FailedQuery:
    """A query whose answer does not stand among the first five hits."""

    query: SearchQuery
    rank: int | None
    """Place of the first answer on the site's first page of hits, from 1; None if it is not there."""
    reference_rank: int | None
    """The same in our own search, among twenty."""
    came: tuple[Hit, ...]
    """What stands first instead, at most three."""
    nothing: bool
    """The search said that there is nothing."""
    mend: Mend | None
    """None if the page that answers was not looked at, so that nothing can be told."""
    cause: Cause | None
    words: tuple[str, ...] = ()
    """The words of the query that the cause is about."""
    target: str = ""
    """Address of the page that should have come up: of several, the one that our own search puts first."""
    target_title: str = ""


@dataclass(frozen=True, kw_only=True)
class UntestedQuery:
    """A query of which nothing is known."""

    query: SearchQuery
    reason: str
    """A reason's key and detail."""


@dataclass(frozen=True, kw_only=True)
class Trend:
    """How the same queries did in the run before."""

    queries: int
    before: float
    """MRR@10 of the run before, over the queries of both."""
    after: float
    p: float
    """Share of random exchanges between the runs with at least this difference (paired randomisation, two-sided)."""


@dataclass(frozen=True, kw_only=True)
class PhoneSearch:
    """How the search does on a phone: some queries are asked there too, and all if their lists of hits differ."""

    compared: int = 0
    """Queries of the sample whose lists could be set beside each other."""
    differing: tuple[str, ...] = ()
    """Of these, the ones that have other hits among the first ten, or in another order."""
    asked: int = 0
    """Different queries that were answered on a phone."""
    strata: Mapping[str, SearchFigures] = field(default_factory=dict)
    """As for the desktop; the very same figures if no list differs."""
    robustness: tuple[Robustness, ...] = ()
    lost: tuple[FailedQuery, ...] = ()
    """What a desktop has among the first five hits and a phone has not."""
    untested: str = ""
    """Why nothing is known of the phone, as a reason's key and detail; empty if something is."""

    @property
    def alike(self) -> bool:
        """Whether the sample showed the same lists, so that the desktop's figures hold for the phone."""
        return not self.untested and not self.differing


@dataclass(frozen=True, kw_only=True)
class SearchQuality:
    """How the site's own search does."""

    strata: Mapping[str, SearchFigures] = field(default_factory=dict)
    """all; confirmed and unconfirmed (tasks); known, anchor; page, pdf, service (what answers); said, partly, unsaid
    (whether the query's words are the title's)."""
    robustness: tuple[Robustness, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    stale: tuple[tuple[str, str, int], ...] = ()
    """Hits among the first ten that lead nowhere: query, address, status."""
    looked_at: int = 0
    """Different hits of which it is known whether they lead somewhere."""
    failed: tuple[FailedQuery, ...] = ()
    """Tasks first; confirmed ones before others."""
    held: tuple[SearchQuery, ...] = ()
    """Base queries whose answer stands among the first five."""
    not_tested: tuple[UntestedQuery, ...] = ()
    without: tuple[str, ...] = ()
    """Questions of tasks for which no page was found that may answer; nothing was typed for them."""
    trend: Trend | None = None
    phone: PhoneSearch | None = None
    """All else is about the desktop. None if the phone was not thought of, in runs of earlier versions."""
    asked: int = 0
    """Different queries that were answered."""
    reciprocal: Mapping[str, float] = field(default_factory=dict)
    """Base query → 1/rank of its first answer among ten hits, 0 if there is none: what runs are compared by."""
    ranking: str = "BM25"
    """How our own search ranked: BM25, or with an embedding of sentences besides. Gaps of runs compare only where it is
    the same."""
    dictionary: str = ""
    """What our own search knew words from; empty for the site's own words."""
    seed: int = 0
    untested: str = ""
    """Why nothing was asked, as a reason's key: off, absent, no-search, interrupted, no-questions."""
