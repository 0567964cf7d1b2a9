"""What the report says of the site's own search: sentences and rows, before any markup."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from auditor.model.reasons import sentence
from auditor.model.report import Report
from auditor.model.search import Hit
from auditor.model.sitesearch import (
    FEWEST_PAIRS,
    Cause,
    Coverage,
    FailedQuery,
    Family,
    Mend,
    Robustness,
    SearchFigures,
    SearchQuality,
    SearchQuery,
    Variant,
)
from auditor.model.vocabulary import Viewport
from auditor.reporting.words import DASH, Words

ROWS = (
    "all", "confirmed", "unconfirmed", "known", "anchor", "page", "pdf", "service", "said", "partly", "unsaid",
)  # fmt: skip
_CERTAIN = 0.05
"""The usual level: a difference that chance alone makes in less than one of twenty cases."""


@dataclass(frozen=True)
class Missed:
    """What was asked and not found, of one question or one page."""

    title: str
    """The task's question, or the page's title."""
    is_question: bool
    confirmed: bool
    target: str
    target_title: str
    queries: Sequence[FailedQuery]


@dataclass(frozen=True)
class Deed:
    """One thing to do, and what it would mend."""

    mend: Mend
    title: str
    places: Sequence[tuple[str, str]]
    """What was typed, and the address of the page that should come up."""


class SearchView:
    """The searches of a report, as its pages need them."""

    least = FEWEST_PAIRS
    """Pairs from which a kind of variant has figures."""

    def __init__(self, report: Report, words: Words) -> None:
        self._words = words
        self._language = report.language
        self._questions = {task.id: task.question for task in report.findability.tasks} if report.findability else {}
        self.quality: SearchQuality | None = report.search_quality

    @property
    def tested(self) -> bool:
        """Whether anything is known of what the search finds."""
        return bool(self.quality and "all" in self.quality.strata)

    def lead(self) -> str:
        """For how many queries the right page came up, and where the fault lies of those for which it did not."""
        told = self.quality
        if told is None or not self.tested:
            return ""
        words = self._words
        found = [one for one in told.held if _is_said(one)]
        failed = [one for one in told.failed if _is_said(one.query)]
        total = len(found) + len(failed)
        blame = {mend: sum(one.mend is mend for one in failed) for mend in Mend}
        parts = [
            words("searches.lead", total, found=len(found), total=total),
            *(words(f"searches.lead_{mend}", number) for mend, number in blame.items() if number),
        ]
        return " ".join(parts)

    def guessed(self) -> str:
        """For how many questions nobody has confirmed the answer; empty if all are."""
        told = self.quality
        queries = (*told.held, *(one.query for one in told.failed)) if told else ()
        tasks = {one.task for one in queries if one.family is Family.TASK and not one.confirmed}
        return self._words("searches.guessed", len(tasks)) if tasks else ""

    def why_not(self) -> str:
        """Why nothing is known; empty if something is."""
        if self.tested:
            return ""
        key = self.quality.untested if self.quality else "unknown"
        return self._words.known(f"searches.untested.{key or 'unread'}", self._words("searches.untested.unread"))

    def phone(self) -> str:
        """What is known of the phone."""
        told = self.quality.phone if self.quality else None
        if told is None:
            return self._words("searches.phone.unknown")
        if told.untested:
            return self._words("searches.phone.untested", reason=sentence(told.untested, self._language))
        if told.alike:
            return self._words("searches.phone.same", told.compared)
        return self._words(
            "searches.phone.differs",
            len(told.differing),
            asked=told.asked,
            lost=len(told.lost),
        )

    def _shown_on(self) -> Iterator[tuple[str, Mapping[str, SearchFigures], Sequence[Robustness]]]:
        """Where figures hold, and the figures."""
        told = self.quality
        if told is None:
            return
        desktop, phone = (self._words.viewport(one) for one in (Viewport.DESKTOP, Viewport.PHONE))
        if told.phone and told.phone.alike:
            yield self._words.joined((desktop, phone)), told.strata, told.robustness
            return
        yield desktop, told.strata, told.robustness
        if told.phone and not told.phone.untested:
            yield phone, told.phone.strata, told.phone.robustness

    @property
    def split(self) -> bool:
        """Whether desktop and phone have figures of their own."""
        return len(list(self._shown_on())) > 1

    def caption(self, key: str) -> str:
        """What a table is called, and where its figures hold if that is the same for all."""
        where = [where for where, _, _ in self._shown_on()]
        return (
            self._words(key)
            if len(where) > 1
            else self._words("searches.held_on", what=self._words(key), where="".join(where))
        )

    def rows(self) -> Iterator[tuple[str, str, SearchFigures]]:
        """Name of each stratum, where it was seen, and its figures."""
        shown = list(self._shown_on())
        for name in ROWS:
            for where, strata, _ in shown:
                if name in strata:
                    yield self._words(f"searches.stratum.{name}"), where, strata[name]

    def robustness(self) -> Iterator[tuple[str, Robustness]]:
        """Where each kind of variant was typed, and what it costs."""
        shown = list(self._shown_on())
        for kind in Variant:
            for where, _, rows in shown:
                yield from ((where, row) for row in rows if row.variant is kind)

    def deeds(self) -> Sequence[Deed]:
        """What to do, what helps most searches first."""
        groups: dict[tuple[Mend, str], dict[tuple[str, str], None]] = {}
        for one in self.quality.failed if self.quality else ():
            if one.mend and one.cause and _is_said(one.query):
                words = self._words.joined(one.words[:3]) or one.query.text
                groups.setdefault((one.mend, _told(one.mend, one.cause)), {})[words, one.target] = None
        ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
        return [
            Deed(mend, self._words(f"searches.deed.{mend}.{cause}"), tuple(found)) for (mend, cause), found in ordered
        ]

    @cached_property
    def missed(self) -> Sequence[Missed]:
        """What was not found, question by question, then page by page."""
        groups: dict[str, list[FailedQuery]] = {}
        for one in self.quality.failed if self.quality else ():
            if not _is_said(one.query):
                continue
            groups.setdefault(one.query.task or one.target or one.query.text, []).append(one)
        return [self._missed(key, queries) for key, queries in groups.items()]

    @property
    def loose(self) -> Sequence[FailedQuery]:
        """Words drawn from pages' texts that did not bring up their pages. Nobody would mend a page for these."""
        return [one for one in self.quality.failed if not _is_said(one.query)] if self.quality else []

    def _missed(self, key: str, queries: Sequence[FailedQuery]) -> Missed:
        first = queries[0]
        return Missed(
            title=self._questions.get(key, "") or first.target_title or first.query.text,
            is_question=bool(first.query.task),
            confirmed=first.query.confirmed,
            target=first.target,
            target_title=first.target_title,
            queries=queries,
        )

    def stood(self, one: FailedQuery) -> str:
        """Where the right page stood."""
        if one.nothing:
            return self._words("searches.nothing")
        if one.rank is None:
            return self._words("searches.not_there")
        return self._words("searches.stood", rank=one.rank)

    def reference(self, one: FailedQuery) -> str:
        """Where the search for comparison has it."""
        if one.reference_rank is None:
            return self._words("searches.reference_none")
        return self._words("searches.reference", rank=one.reference_rank)

    def advice(self, one: FailedQuery) -> str:
        """What to do about it."""
        if one.mend is None or one.cause is None:
            return self._words("searches.no_advice")
        said = self._words.joined(f"”{word}”" for word in one.words[:4]) or f"”{one.query.text}”"
        return self._words(f"searches.advice.{one.mend}.{_told(one.mend, one.cause)}", words=said)

    def came(self, hit: Hit) -> str:
        """What a hit is called."""
        return hit.title or hit.url

    def kept(self, row: Robustness) -> str:
        """How much of the base's value is left."""
        return DASH if row.kept is None else self._words.percent(min(1.0, row.kept))

    def too_few(self, row: Robustness) -> str:
        """That there are too few pairs for a figure; empty if there are enough."""
        return "" if row.mrr is not None else self._words("searches.too_few", least=FEWEST_PAIRS)

    def trend(self) -> str:
        """How the same queries did in the run before; empty if there is nothing to compare."""
        trend = self.quality.trend if self.quality else None
        if trend is None:
            return ""
        change = "same"
        if trend.p < _CERTAIN:
            change = "better" if trend.after > trend.before else "worse"
        return self._words(
            f"searches.trend.{change}",
            trend.queries,
            before=self._words.decimal(trend.before),
            after=self._words.decimal(trend.after),
            p=self._words.decimal(trend.p),
        )

    def coverage(self, row: Coverage) -> str:
        """How many of one kind came up."""
        total = row.found + len(row.missing) + row.unknown
        return self._words("searches.coverage_value", total, found=row.found, total=total)

    def not_tested(self) -> Sequence[tuple[str, int, Sequence[str]]]:
        """Reason, number and some of the queries of which nothing is known."""
        groups: dict[str, list[str]] = {}
        for one in self.quality.not_tested if self.quality else ():
            groups.setdefault(sentence(one.reason, self._language), []).append(one.query.text)
        return [(reason, len(texts), texts[:5]) for reason, texts in groups.items()]


def _is_said(query: SearchQuery) -> bool:
    """Whether people say it so; words drawn from a text by chance are none that anybody said."""
    return query.family is not Family.KNOWN


def _told(mend: Mend, cause: Cause) -> str:
    """The key of the advice: some causes make no difference to what the page should say."""
    if mend is Mend.PAGE and cause in (Cause.COMPOUND, Cause.INFLECTION, Cause.SPELLING, Cause.NOT_INDEXED):
        return str(Cause.TITLE)
    if mend is Mend.SEARCH and cause is Cause.TITLE:
        return str(Cause.ORDER)
    return str(cause)
