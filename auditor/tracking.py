"""Findings of two runs → what became of each.

Nothing is fixed that was not tested again: *fixed* needs each page and viewport of the earlier finding to have been
judged by the same rule in the later run. A page that is gone takes its findings with it; all else is not retested.
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
    """Finding key → what became of it, for the findings of both runs.

    Args:
        before: findings of the earlier run.
        after: findings of the later run.
        judged: the later run's result of a rule on a page.
        gone: pages of the earlier run that the later one asked for and that answered 404 or 410.
        earlier: keys of all findings in the runs before *before*; one that comes back is reopened.
        unasked: addresses that the later run's pages link to and that it did not ask for: a finding whose cause is
            such an address cannot be fixed.
    """
    old: Mapping[str, Finding] = {finding.key: finding for finding in before}
    states: dict[str, IssueState] = {}
    for finding in after:
        if finding.key in old:
            states[finding.key] = IssueState.OPEN
        else:
            states[finding.key] = IssueState.REOPENED if finding.key in earlier else IssueState.NEW
    for key, finding in old.items():
        if key not in states:
            states[key] = _ended(finding, judged, gone, unasked)
    return states


def _ended(finding: Finding, judged: Judged, gone: Collection[str], unasked: Collection[str]) -> IssueState:
    remaining = [(url, viewport) for url, viewport in finding.places if url not in gone]
    if not remaining:
        return IssueState.GONE
    if finding.cause in unasked:
        return IssueState.NOT_RETESTED
    if finding.cause.startswith(STATE_CAUSE) and any(judged(STATES, *place) not in _ANSWERS for place in remaining):
        return IssueState.NOT_RETESTED
    answered = all(judged(finding.rule, url, viewport) in _ANSWERS for url, viewport in remaining)
    return IssueState.FIXED if answered else IssueState.NOT_RETESTED
