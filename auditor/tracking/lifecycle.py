"""Findings of two runs → what became of each.

Nothing is fixed that was not tested again: *fixed* needs each page and viewport of the earlier finding to have been
judged by the same rule in the later run. A page that is gone takes its findings with it; all else is not retested.
Where an issue is still seen in some places, those that were not tested again stay owed to it.
"""

from collections.abc import Callable, Collection, Mapping

from auditor.model.finding import Finding, IssueState
from auditor.model.state import STATE_CAUSE, STATES
from auditor.model.vocabulary import OutcomeKind, Viewport

Judged = Callable[[str, str, Viewport | None], OutcomeKind | None]
"""Rule, page and viewport → that rule's result in the later run; None if there is none."""

_ANSWERS = frozenset({OutcomeKind.PASSED, OutcomeKind.FAILED, OutcomeKind.INAPPLICABLE})


def track(
    before: Collection[Finding],
    after: Collection[Finding],
    judged: Judged,
    gone: Collection[str],
    earlier: Collection[str] = (),
    unasked: Collection[str] = (),
) -> dict[str, IssueState]:
    """Issue → what became of it, for the findings of both runs.

    Args:
        before: findings of the earlier run, under the addresses that their pages have in the later one.
        after: findings of the later run, each with the issue that it is.
        judged: the later run's result of a rule on a page.
        gone: pages of the earlier run that the later one asked for and that answered 404 or 410.
        earlier: issues of the runs before *before*; one that comes back is reopened.
        unasked: addresses that the later run's pages link to and that it did not ask for: a finding whose cause is
            such an address cannot be fixed.
    """
    old: Mapping[str, Finding] = {finding.id: finding for finding in before}
    states: dict[str, IssueState] = {}
    for finding in after:
        if finding.id in old:
            states[finding.id] = IssueState.OPEN
        else:
            states[finding.id] = IssueState.REOPENED if finding.id in earlier else IssueState.NEW
    for issue, finding in old.items():
        if issue not in states:
            states[issue] = _ended(finding, judged, gone, unasked)
    return states


def owed(before: Finding, judged: Judged, gone: Collection[str]) -> frozenset[tuple[str, Viewport | None]]:
    """Places of an earlier finding that the later run did not answer for, and that are not gone."""
    opened = before.cause.startswith(STATE_CAUSE)
    return frozenset(
        place
        for place in before.places
        if place[0] not in gone
        and (judged(before.rule, *place) not in _ANSWERS or (opened and judged(STATES, *place) not in _ANSWERS))
    )


def _ended(finding: Finding, judged: Judged, gone: Collection[str], unasked: Collection[str]) -> IssueState:
    if all(url in gone for url, _ in finding.places):
        return IssueState.GONE
    if finding.cause in unasked or owed(finding, judged, gone):
        return IssueState.NOT_RETESTED
    return IssueState.FIXED
