"""What is followed over all runs of a site: figures, and what a change of score consists of."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from auditor.model.vocabulary import Area, OutcomeKind, Severity, Viewport


class Measure(StrEnum):
    """A figure of a run. Its name is also what the history keeps it by."""

    COVERAGE_PHONE = "coverage.phone"
    """Share of what was applicable that could be tested, all areas together, 0 to 1."""
    COVERAGE_DESKTOP = "coverage.desktop"
    CRITICAL = "issues.critical"
    """Number of failed issues of this severity."""
    SERIOUS = "issues.serious"
    MODERATE = "issues.moderate"
    MINOR = "issues.minor"
    TASKS_PHONE = "tasks.phone"
    """Share of the tasks that at least half of the simulated visitors find, 0 to 1."""
    TASKS_DESKTOP = "tasks.desktop"
    SEARCH_SUCCESS = "search.success"
    """Mean share of simulated visitors that find by the site's search alone, on a desktop, 0 to 1."""
    LIX = "lix"
    """Median readability of the pages (Björnsson 1968)."""
    CONTACTS = "contacts"
    """Number of distinct ways to the municipality that the pages for associations give."""

    @property
    def is_share(self) -> bool:
        """Whether it is a share of 1, told in percent."""
        return self.partition(".")[0] in ("coverage", "tasks", "search")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleMark:
    """What a rule was in a run: enough to score its results, and to tell whether it changed."""

    area: Area
    severity: Severity
    good_practice: bool
    digest: str
    """Of its card, options and check."""
    of_engine: bool = False
    """It belongs to axe-core, not to the catalogue."""


Cell: TypeAlias = tuple[str, str, Viewport | None]
"""Rule, page and viewport."""
Table: TypeAlias = Mapping[Cell, OutcomeKind]


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """All that a run said."""

    results: Table
    rules: Mapping[str, RuleMark]
    pages: Mapping[str, bool]
    """Page → whether it could be looked at. Pages that answered that they are gone are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreChange:
    """Why one area's score in one viewport is not what it was; the parts sum to the whole."""

    area: Area
    viewport: Viewport
    before: float
    after: float
    content: float = 0.0
    """Pages that both runs looked at say something else."""
    pages: float = 0.0
    """Pages came or went."""
    rules: float = 0.0
    """Rules came, went or were changed."""
    engine: float = 0.0
    """axe-core, the browser or the program judges the same pages otherwise."""
    blocked: float = 0.0
    """What could not be tested in one of the runs."""
