"""What the pages of the HTML report have to say: choices and sentences, before any markup."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from typing import Any

from markupsafe import Markup

from auditor.model.figures import FigureKind
from auditor.model.finding import IssueState
from auditor.model.report import (
    Change,
    CriterionState,
    PageRow,
    Place,
    Report,
    ReportFinding,
    Requirement,
    RuleRow,
    Untested,
)
from auditor.model.score import AreaScore, Score
from auditor.model.vocabulary import Area, OutcomeKind, Viewport
from auditor.reporting import charts
from auditor.reporting.trend_view import TrendView
from auditor.reporting.words import Words

COLUMNS = (Viewport.PHONE, Viewport.DESKTOP)
FIRST = 5
_TOLD_REASONS = 2


@dataclass(frozen=True)
class Lane:
    """One area in one viewport, as the dot plot shows it."""

    viewport: Viewport
    picture: Markup
    tested: bool


@dataclass(frozen=True)
class ScoreRow:
    """One line of a table of scores."""

    label: str
    viewport: Viewport
    score: Score
    before: Score | None


@dataclass(frozen=True)
class FigureRow:
    """How one figure is spread over the pages; nothing here is passed or failed."""

    kind: FigureKind
    viewport: Viewport
    pages: int
    median: float
    ninth: float
    """Nine pages of ten have at most this."""
    highest: float
    page: PageRow
    """The first page with the highest value."""


class View:
    """A report, seen as its pages need it."""

    def __init__(self, report: Report, words: Words) -> None:
        self.report = report
        self.words = words
        self.scores = _by_place(report.scores)
        self.previous = _by_place(report.previous_scores)
        self.numbers = {page.url: number for number, page in enumerate(report.pages, 1)}
        self.findings = {finding.key: finding for finding in report.findings}
        self.failed = report.failed
        self.judge = [finding for finding in report.findings if finding.kind is not OutcomeKind.FAILED]
        self.aside = [finding for finding in self.failed if finding.set_aside]
        self.first = most_harmful((finding for finding in self.failed if not finding.set_aside), FIRST)
        self.trend = TrendView(report.history, words, report.score_changes)
        self.without = _by_place(report.scores_without)
        self.partial = report.run_state != "complete"
        self.tested_pages = sum(page.rendered and not page.is_handoff for page in report.pages)

    @property
    def compares(self) -> bool:
        """There was a run before."""
        return bool(self.report.previous_at)

    @cached_property
    def places_on(self) -> Mapping[tuple[str, str], list[Place]]:
        """Finding's key and page's address → the places of the finding there."""
        found: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for finding in self.report.findings:
            for place in finding.places:
                found[finding.key, place.url].append(place)
        return found

    def score(self, area: Area, viewport: Viewport) -> Score | None:
        """The score over all rules, if anything was tested."""
        found = self.scores.get((area, viewport))
        return found.every if found and found.every.value is not None else None

    def lead(self) -> str:
        """The answer in one or two sentences."""
        words = self.words
        if not self.tested_pages:
            return words("lead.nothing")
        pages = words("count.pages", self.tested_pages)
        if not self.failed:
            return words("lead.clear", self.tested_pages, pages=pages)
        return words("lead.tested", self.tested_pages, pages=pages, findings=words("count.findings", len(self.failed)))

    def changes(self) -> str:
        """What is new, fixed, back and not tested again since the run before."""
        words, report = self.words, self.report
        if not self.compares:
            return words("lead.first") if self.tested_pages else ""
        states = Counter(finding.state for finding in self.failed) + Counter(change.state for change in report.changes)
        order = (IssueState.NEW, IssueState.REOPENED, IssueState.FIXED, IssueState.NOT_RETESTED, IssueState.GONE)
        parts = [words(f"lead.{state.name.lower()}", states[state]) for state in order if states[state]]
        day = words.date(report.previous_at)
        if not parts:
            return words("lead.same", date=day)
        return words("lead.since", date=day, changes=", ".join(parts))

    def tasks(self) -> str:
        """How many tasks simulated visitors find, per viewport; empty if none was simulated."""
        told = self.report.findability
        lead = " ".join(
            self.words(
                "tasks.lead",
                told.tested(viewport),
                found=told.found(viewport),
                tested=told.tested(viewport),
                view=self.words(f"at.{viewport}"),
            )
            for viewport in (COLUMNS if told else ())
            if told and told.tested(viewport)
        )
        guessed = self._guessed
        return f"{lead} {self.words('tasks.guessed', guessed)}" if lead and guessed else lead

    def decided(self) -> str:
        """How many findings decisions set aside; empty if none."""
        return self.words("lead.aside", len(self.aside)) if self.aside else ""

    @property
    def _guessed(self) -> int:
        told = self.report.findability
        return sum(bool(task.views) and not task.confirmed for task in told.tasks) if told else 0

    def guessed_tasks(self) -> str:
        """What the figures come to over the tasks whose answers a person confirmed, if not all are."""
        told = self.report.findability
        sure = [task for task in told.tasks if task.confirmed and task.views] if told else []
        if not self._guessed or not sure:
            return ""
        words = self.words
        shares = [
            words("tasks.at_share", share=words.percent(sum(found) / len(found)), view=words(f"at.{view}"))
            for view in COLUMNS
            if (found := [seen.navigation.found for task in sure if (seen := task.view(view))])
        ]
        return words("tasks.confirmed_only", len(sure), shares=words.joined(shares))

    def judgements(self) -> str:
        """How many questions are left to people."""
        return self.words("lead.judge", len(self.judge)) if self.judge else ""

    def range(self) -> str:
        """The lowest and the highest area, on the phone if it was tested, else on the desktop."""
        for viewport, key in ((Viewport.PHONE, "lead.range"), (Viewport.DESKTOP, "lead.range_desktop")):
            values = {area: score.value for area in Area if (score := self.score(area, viewport))}
            told = {area: value for area, value in values.items() if value is not None}
            if len(told) > 1:
                low, high = min(told, key=lambda area: told[area]), max(told, key=lambda area: told[area])
                return self.words(
                    key,
                    low=self.words.area(low),
                    high=self.words.area(high),
                    low_score=self.words.score(told[low]),
                    high_score=self.words.score(told[high]),
                )
        return ""

    def lanes(self, area: Area) -> list[Lane]:
        """The two lines of *area* in the dot plot."""
        return [self._lane(area, viewport) for viewport in COLUMNS]

    def _lane(self, area: Area, viewport: Viewport) -> Lane:
        words = self.words
        score = self.score(area, viewport)
        value = score.value if score else None
        earlier = self.previous.get((area, viewport)) if score else None
        before = earlier.every.value if earlier else None
        told = words.score(value) if score else words("dash_means")
        said: dict[str, Any] = {"area": words.area(area), "viewport": words.viewport(viewport), "value": told}
        label = (
            words("chart.lane", **said)
            if before is None
            else words("chart.lane_before", before=words.score(before), **said)
        )
        picture = charts.lane(viewport, value, before, told=told, label=label)
        return Lane(viewport, picture, score is not None)

    def coverage(self, area: Area) -> str:
        """How much of *area* could be tested; said once if it is the same in both viewports."""
        words = self.words
        told = {
            viewport: words("start.coverage", percent=words.percent(score.coverage)) if score else words("dash_means")
            for viewport in COLUMNS
            for score in [self.score(area, viewport)]
        }
        if len(set(told.values())) == 1:
            return told[COLUMNS[0]]
        return ", ".join(f"{text} {words(f'at.{viewport}')}" for viewport, text in told.items())

    def score_rows(self, area: Area) -> Iterator[ScoreRow]:
        """All rules, requirements and good practice apart, in each viewport."""
        for part in ("every", "requirement", "good_practice"):
            for viewport in COLUMNS:
                now, before = self.scores.get((area, viewport)), self.previous.get((area, viewport))
                if now:
                    earlier = getattr(before, part) if before else None
                    yield ScoreRow(self.words(f"score.{part}"), viewport, getattr(now, part), earlier)

    def in_area(self, area: Area) -> "AreaView":
        """What the page of *area* shows."""
        rules = [row for row in self.report.rules if row.area is area]
        return AreaView(
            figures=list(self.figures(area)),
            failed=[finding for finding in self.failed if finding.area is area],
            judge=[finding for finding in self.judge if finding.area is area],
            changes=[change for change in self.report.changes if change.area is area],
            held=[row for row in rules if _tested(row) and not any(tally.failed for tally in row.tallies)],
            untested=[row for row in rules if not _tested(row) and any(tally.untested for tally in row.tallies)],
        )

    def figures(self, area: Area) -> Iterator[FigureRow]:
        """How each figure of *area* is spread over the pages: median and ninth decile (nearest rank), highest."""
        for kind in FigureKind:
            for viewport in COLUMNS:
                found = [
                    (figure.value, -number)
                    for number, page in enumerate(self.report.pages)
                    for figure in page.figures
                    if figure.kind is kind and figure.viewport is viewport
                ]
                if found and kind.area is area:
                    values = sorted(value for value, _ in found)
                    highest, number = max(found)
                    yield FigureRow(
                        kind=kind,
                        viewport=viewport,
                        pages=len(values),
                        median=values[ceil(0.5 * len(values)) - 1],
                        ninth=values[ceil(0.9 * len(values)) - 1],
                        highest=highest,
                        page=self.report.pages[-number],
                    )

    def what(self, what: str) -> str:
        """*what* of an Untested or a page's untested part, as a reader understands it."""
        words = self.words
        viewport, _, part = what.partition(":")
        if part and viewport in set(Viewport):
            name = words.known(f"what.{part}", part)
            return words("what.part", part=name, viewport=words.viewport(Viewport(viewport)))
        return words.known(f"what.{what}", self.rule_titles.get(what, what))

    @cached_property
    def rule_titles(self) -> Mapping[str, str]:
        """Rule → title."""
        return {row.rule: row.title for row in self.report.rules}

    def untested_line(self) -> Sequence[str]:
        """The first things that were not tested, whole pages before their parts, as short texts."""
        ordered: Iterable[Untested] = sorted(self.report.untested, key=lambda one: (one.what != "page", -one.count))
        shown = list(ordered)[:_TOLD_REASONS]
        told = [f"{self.what(one.what)} ({self.words.number(one.count)}): {one.reason}" for one in shown]
        return [text if number else text[:1].upper() + text[1:] for number, text in enumerate(told)]

    def counts(self, page: PageRow) -> tuple[int, int]:
        """How many failed findings *page* has, and how many that a person must judge."""
        known = [self.findings[key] for key in page.findings if key in self.findings]
        failed = sum(finding.kind is OutcomeKind.FAILED for finding in known)
        return failed, len(known) - failed

    def criterion_counts(self) -> Iterator[tuple[CriterionState, int]]:
        """How many criteria are in each state."""
        states = Counter(row.state for row in self.report.criteria)
        yield from ((state, states[state]) for state in CriterionState)

    def requirement(self, one: Requirement) -> str:
        """For example: WCAG 2.1, 1.4.10 Dynamisk anpassning (nivå AA)."""
        level = f" ({self.words('finding.level', level=one.level)})" if one.level else ""
        return f"{one.standard}, {one.number} {one.name}".strip() + level


@dataclass(frozen=True)
class AreaView:
    """What the page of one area lists."""

    figures: Sequence[FigureRow]
    failed: Sequence[ReportFinding]
    judge: Sequence[ReportFinding]
    changes: Sequence[Change]
    held: Sequence[RuleRow]
    untested: Sequence[RuleRow]


def _by_place(scores: Iterable[AreaScore]) -> Mapping[tuple[Area, Viewport], AreaScore]:
    return {(score.area, score.viewport): score for score in scores}


def _tested(row: RuleRow) -> bool:
    return any(tally.tested for tally in row.tallies)


def most_harmful(findings: Iterable[ReportFinding], number: int) -> list[ReportFinding]:
    """At most *number* of *findings*, most harmful first, and only one about the same elements.

    Two rules may find fault with one element; who mends it does so once.
    """
    chosen: dict[tuple[str, ...], ReportFinding] = {}
    for finding in sorted(findings, key=lambda finding: -finding.harm):
        elements = tuple(sorted({f"{place.url} {place.html.split('>')[0]}" for place in finding.places if place.html}))
        chosen.setdefault(elements or (finding.key,), finding)
    return list(chosen.values())[:number]
