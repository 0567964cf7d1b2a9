"""What the page about the development over all runs has to say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, log10

from markupsafe import Markup

from auditor.model.finding import IssueState
from auditor.model.report import RunRow
from auditor.model.score import whole
from auditor.model.trend import Measure, ScoreChange
from auditor.model.vocabulary import Area, Viewport
from auditor.reporting import charts
from auditor.reporting.words import DASH, Words

RUNS = 30
VIEWS = (Viewport.PHONE, Viewport.DESKTOP)
PARTS = ("content", "pages", "rules", "engine", "blocked")
STATES = (
    IssueState.NEW,
    IssueState.REOPENED,
    IssueState.OPEN,
    IssueState.FIXED,
    IssueState.NOT_RETESTED,
    IssueState.GONE,
)
_FIGURES: Mapping[str, Mapping[Measure, Viewport | None]] = {
    "coverage": {Measure.COVERAGE_PHONE: Viewport.PHONE, Measure.COVERAGE_DESKTOP: Viewport.DESKTOP},
    "tasks": {Measure.TASKS_PHONE: Viewport.PHONE, Measure.TASKS_DESKTOP: Viewport.DESKTOP},
    "search": {Measure.SEARCH_SUCCESS: None},
    "critical": {Measure.CRITICAL: None},
    "serious": {Measure.SERIOUS: None},
    "moderate": {Measure.MODERATE: None},
    "minor": {Measure.MINOR: None},
    "lix": {Measure.LIX: None},
    "contacts": {Measure.CONTACTS: None},
}
_MINUS = "\N{MINUS SIGN}"
_FELT = 0.05
"""Points: a smaller change of a score would be told as none."""


@dataclass(frozen=True)
class Figure:
    """One chart of figures, with the column heads of its table."""

    name: str
    measures: Mapping[Measure, Viewport | None]
    picture: Markup


class TrendView:
    """The last runs of a site, as a page about the development needs them."""

    def __init__(self, runs: Sequence[RunRow], words: Words, changes: Sequence[ScoreChange] = ()) -> None:
        """Takes what is shown.

        Args:
            runs: oldest first.
            words: of the page's language.
            changes: what the changes of score since the last run but one consist of.
        """
        self.words = words
        self.runs = runs[-RUNS:]
        self._changes = changes

    def curve(self, area: Area) -> Markup:
        """The curves of the scores of *area*."""
        lines = [charts.Curve(viewport, [_score(run, area, viewport) for run in self.runs]) for viewport in VIEWS]
        told = "; ".join(self._curve_told(line) for line in lines)
        label = self.words("chart.curve", area=self.words.area(area), told=told)
        return charts.curves(lines, (number for number, _ in self.breaks), label=label)

    def _curve_told(self, line: charts.Curve) -> str:
        values = [value for value in line.values if value is not None]
        view = self.words.viewport(line.viewport)
        if not values:
            return self.words("chart.curve_none", viewport=view)
        first, last = self.words.score(values[0]), self.words.score(values[-1])
        return self.words("chart.curve_part", viewport=view, first=first, last=last)

    def run_score(self, run: RunRow, area: Area, viewport: Viewport) -> str:
        """A run's score as a reader is told it."""
        return self.words.score(_score(run, area, viewport))

    def problems(self) -> Markup:
        """The number of problems of each run as a line so small that it fits beside a name."""
        counts = [run.findings for run in self.runs]
        label = self.words("chart.problems", first=self.words.number(counts[0]), last=self.words.number(counts[-1]))
        return charts.spark(counts, label=label)

    @property
    def broken(self) -> Sequence[str]:
        """What changed between two runs besides the site, one sentence each."""
        return [
            self.words("history.changed", date=self.words.date(self.runs[number].started_at), what=what)
            for number, what in self.breaks
        ]

    @cached_property
    def breaks(self) -> Sequence[tuple[int, str]]:
        """Number of a run, and what changed before it besides the site."""
        return list(_breaks(self.runs, self.words))

    @property
    def rejudged(self) -> int:
        """How many earlier runs were judged again by the rules of the last."""
        last = self.runs[-1].versions.get("catalogue") if self.runs else ""
        return sum(run.one_yardstick and run.versions.get("catalogue") != last for run in self.runs)

    @cached_property
    def figures(self) -> Sequence[Figure]:
        """The charts of what any run knows."""
        return [
            Figure(name, measures, self._picture(name, measures))
            for name, measures in _FIGURES.items()
            if any(measure in run.measures for run in self.runs for measure in measures)
        ]

    def _picture(self, name: str, measures: Mapping[Measure, Viewport | None]) -> Markup:
        told = {measure: [run.measures.get(measure) for run in self.runs] for measure in measures}
        known = [value for values in told.values() for value in values if value is not None]
        top = 1.0 if next(iter(measures)).is_share else _round_top(max(known))
        label = self.words(
            "chart.figure",
            name=self.words(f"trend.figure.{name}"),
            told="; ".join(self._told(viewport, told[measure], measure) for measure, viewport in measures.items()),
        )
        lines = [charts.Curve(viewport, told[measure]) for measure, viewport in measures.items()]
        levels = {0.0: "0", top / 2: self._level(top / 2, top), top: self._level(top, top)}
        return charts.curves(lines, (number for number, _ in self.breaks), label=label, levels=levels)

    def _level(self, value: float, top: float) -> str:
        if top == 1.0:
            return str(round(100 * value))
        return self.words.number(value) if value == round(value) else ""

    def _told(self, viewport: Viewport | None, values: Sequence[float | None], measure: Measure) -> str:
        known = [value for value in values if value is not None]
        if not known:
            return self.words("chart.curve_none", viewport=self.words.viewport(viewport))
        first, last = self.value(measure, known[0]), self.value(measure, known[-1])
        if viewport is None:
            return self.words("chart.figure_part", first=first, last=last)
        return self.words("chart.curve_part", viewport=self.words.viewport(viewport), first=first, last=last)

    def value(self, measure: Measure, value: float | None) -> str:
        """A figure as a reader is told it; a dash if it is not known."""
        if value is None:
            return DASH
        if measure.is_share:
            return self.words.percent(value)
        return self.words.number(value)

    @property
    def changes(self) -> Sequence[ScoreChange]:
        """Scores that are not what they were in the run before."""
        return [change for change in self._changes if abs(change.after - change.before) >= _FELT or self._moved(change)]

    def _moved(self, change: ScoreChange) -> bool:
        return any(abs(getattr(change, part)) >= _FELT for part in PARTS)

    def points(self, value: float) -> str:
        """A difference of points with its sign and one decimal."""
        told = f"{abs(value):.1f}".replace(".", self.words("decimal_sign"))
        if not any(letter in "123456789" for letter in told):
            return "0"
        return ("+" if value > 0 else _MINUS) + told

    def score(self, value: float) -> str:
        """A score with one decimal, so that differences can be read; 100 and 0 only of what is exactly that."""
        if whole(value) in (0, 100):
            return str(whole(value))
        return f"{min(99.9, max(0.1, value)):.1f}".replace(".", self.words("decimal_sign"))

    @property
    def followed(self) -> bool:
        """Whether any run knows what became of its findings."""
        return any(run.states for run in self.runs)


def _score(run: RunRow, area: Area, viewport: Viewport) -> float | None:
    return next((one.every.value for one in run.scores if (one.area, one.viewport) == (area, viewport)), None)


def _round_top(value: float) -> float:
    """A round number at or above *value*: 1, 2, 4 or 10 times a power of ten, at least 4."""
    if value <= 4:
        return 4.0
    power = 10.0 ** ceil(log10(value) - 1)
    return next(top for factor in (1, 2, 4, 6, 8, 10) if (top := factor * power) >= value)


def _breaks(runs: Sequence[RunRow], words: Words) -> Iterator[tuple[int, str]]:
    for number, (earlier, later) in enumerate(pairwise(runs), 1):
        before, after = earlier.versions, later.versions
        same = earlier.one_yardstick and later.one_yardstick
        changed = [
            words(
                "history.change",
                what=words.known(f"version.{name}", name),
                before=before.get(name) or DASH,
                after=after.get(name) or DASH,
            )
            for name in sorted({*before, *after})
            if before.get(name) != after.get(name) and not (same and name == "catalogue")
        ]
        if changed:
            yield number, words.joined(changed)
