"""All sites and all their runs, as the overview shows them."""

from dataclasses import dataclass

from auditor.model.decision import Decision
from auditor.model.finding import IssueState
from auditor.model.report import RunRow
from auditor.model.vocabulary import Area, OutcomeKind, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run of one site."""

    id: str
    started_at: str
    state: str
    pages: int
    problems: int
    new: int
    back: int
    fixed: int
    """Mended, or gone with their pages."""
    not_retested: int
    first: bool
    """There is no run before it to compare with."""
    report: str
    """The report's start page, relative to the overview's folder; empty if there is none."""
    thin: bool
    """Its pages and pictures are forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLine:
    """One issue as the last run left it."""

    id: str
    rule: str
    title: str
    """What should hold."""
    cause: str
    area: Area
    severity: Severity
    kind: OutcomeKind
    state: IssueState
    first_seen: str
    pages: int
    page: str
    """Its page in the last report, relative to the overview's folder; empty if there is none."""
    decision: Decision | None = None
    """What stands, expired or not."""


@dataclass(frozen=True, kw_only=True)
class SiteLines:
    """One site."""

    key: str
    name: str
    folder: str
    """Name of its folder within the overview's."""
    runs: tuple[RunLine, ...]
    """Those that came to results, newest first."""
    unfinished: str = ""
    """When a run began that came to no end; empty if the newest did."""
    issues: tuple[IssueLine, ...] = ()
    """Failed ones of the last run: new, open, back, not retested and mended; worst first."""
    history: tuple[RunRow, ...] = ()
    """The last runs with their scores, oldest first; by the rules of the last one where that was worked out."""

    @property
    def last(self) -> RunLine | None:
        """The newest run that came to results."""
        return self.runs[0] if self.runs else None

    def of_state(self, *states: IssueState) -> tuple[IssueLine, ...]:
        """The issues in any of *states*."""
        return tuple(issue for issue in self.issues if issue.state in states)
