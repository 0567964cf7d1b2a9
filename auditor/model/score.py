"""Scores: shares of pages, never without their coverage."""

from dataclasses import dataclass

from auditor.model.vocabulary import Area, Viewport

FORMULA_VERSION = "1"


def whole(value: float) -> int:
    """*value* (0 to 100) as a whole number, in which only a real 0 is 0 and only a real 100 is 100."""
    if value in (0, 100):
        return int(value)
    return min(99, max(1, round(value)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTally:
    """How one rule came out in one viewport: numbers of rendered pages."""

    rule: str
    viewport: Viewport
    passed: int = 0
    failed: int = 0
    cant_tell: int = 0
    untested: int = 0

    @property
    def tested(self) -> int:
        """Pages where the rule was applicable and gave an answer."""
        return self.passed + self.failed

    @property
    def share(self) -> float | None:
        """Pages passed ÷ pages applicable and tested; None if there are none."""
        return self.passed / self.tested if self.tested else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The weighted mean of rule shares, with how much of what was applicable could be tested."""

    value: float | None
    """0 to 100; None where nothing was tested."""
    coverage: float
    """0 to 1: tested ÷ (tested + could not tell + untested), weighted as the score; 0 where nothing was tested."""
    rules: int
    """Rules that had at least one page tested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaScore:
    """One area in one viewport: all rules, and apart those with a requirement and those of good practice."""

    area: Area
    viewport: Viewport
    every: Score
    requirement: Score
    good_practice: Score
