"""Outcomes → scores.

Formula, version 1. The share of a rule is the number of rendered pages where it passed ÷ those where it was applicable
and tested. A score is the mean of the shares of an area's rules, weighted by severity (10, 7, 3, 1), times 100.
cantTell and untested weigh nothing in the score and lower its coverage.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from auditor.model.outcome import RuleResult
from auditor.model.score import AreaScore, RuleTally, Score
from auditor.model.vocabulary import Area, OutcomeKind, Severity, Viewport

COLUMNS = (Viewport.PHONE, Viewport.DESKTOP)
_COLUMNS_OF: Mapping[Viewport | None, tuple[Viewport, ...]] = {
    Viewport.PHONE: (Viewport.PHONE,),
    Viewport.DESKTOP: (Viewport.DESKTOP,),
    Viewport.NARROW: (Viewport.PHONE,),
    None: COLUMNS,
}


class Weighed(Protocol):
    """What scoring must know of a rule."""

    @property
    def area(self) -> Area: ...

    @property
    def severity(self) -> Severity: ...

    @property
    def good_practice(self) -> bool: ...


Counts = Counter[tuple[str, Viewport, OutcomeKind]]
"""Rule, column and outcome → number of rendered pages."""


def count(results: Iterable[RuleResult]) -> Counts:
    """Numbers of pages per rule, viewport and outcome.

    A result without viewport counts in both columns, one at 320 pixels in the phone's.
    """
    counts: Counts = Counter()
    for result in results:
        for column in _COLUMNS_OF[result.viewport]:
            counts[result.rule, column, result.kind] += 1
    return counts


def counts_of(tally: Mapping[tuple[str, Viewport | None, OutcomeKind], int]) -> Counts:
    """The same numbers from those of the results: rule, viewport and outcome → how many there are."""
    counts: Counts = Counter()
    for (rule, viewport, kind), number in tally.items():
        for column in _COLUMNS_OF[viewport]:
            counts[rule, column, kind] += number
    return counts


def tallies(counts: Counts) -> Iterator[RuleTally]:
    """One tally per rule and viewport that has anything but inapplicable pages, in order."""
    for rule, viewport in sorted({(rule, viewport) for rule, viewport, _ in counts}):
        tally = RuleTally(
            rule=rule,
            viewport=viewport,
            passed=counts[rule, viewport, OutcomeKind.PASSED],
            failed=counts[rule, viewport, OutcomeKind.FAILED],
            cant_tell=counts[rule, viewport, OutcomeKind.CANT_TELL],
            untested=counts[rule, viewport, OutcomeKind.UNTESTED],
        )
        if tally.tested or tally.cant_tell or tally.untested:
            yield tally


def area_scores(rules: Mapping[str, Weighed], counted: Iterable[RuleTally]) -> Iterator[AreaScore]:
    """The scores of every area in both viewports, tested or not."""
    known = [tally for tally in counted if tally.rule in rules]
    for area in Area:
        for viewport in COLUMNS:
            here = [tally for tally in known if tally.viewport is viewport and rules[tally.rule].area is area]
            yield AreaScore(
                area=area,
                viewport=viewport,
                every=score(rules, here),
                requirement=score(rules, (tally for tally in here if not rules[tally.rule].good_practice)),
                good_practice=score(rules, (tally for tally in here if rules[tally.rule].good_practice)),
            )


def score(rules: Mapping[str, Weighed], counted: Iterable[RuleTally]) -> Score:
    """The weighted mean of the shares of *counted*, with its coverage."""
    points = weights = covered = applicable = 0.0
    tested = 0
    for tally in counted:
        weight = rules[tally.rule].severity.weight
        pages = tally.tested + tally.cant_tell + tally.untested
        applicable += weight
        covered += weight * tally.tested / pages
        if tally.share is not None:
            tested += 1
            points += weight * tally.share
            weights += weight
    return Score(
        value=100 * points / weights if weights else None,
        coverage=covered / applicable if applicable else 0.0,
        rules=tested,
    )
