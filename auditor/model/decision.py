"""What people decide about issues: accepted, no fault, not to be mended, or in somebody's hands.

A decision never takes a finding away: it is shown with the finding, and scores are told with and without those that are
set aside.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DecisionKind(StrEnum):
    """What was decided."""

    ACCEPTED = "accepted"
    """A fault, which is known and borne for the time being."""
    FALSE_POSITIVE = "false-positive"
    """No fault: the rule is mistaken here."""
    WONT_FIX = "wont-fix"
    """A fault, which will not be mended."""
    ASSIGNED = "assigned"
    """Somebody is mending it. It counts as before."""
    WITHDRAWN = "withdrawn"
    """What was decided before no longer holds."""


class Fault(StrEnum):
    """Why something is no decision."""

    NOBODY = "nobody"
    """Who decided is missing."""
    NO_REASON = "no-reason"
    """What sets a finding aside needs one."""
    NO_ASSIGNEE = "no-assignee"
    ASSIGNEE = "assignee"
    """Somebody is named to mend what nobody is to mend."""
    OVER = "over"
    """It ends before it begins."""


class UnsoundDecision(ValueError):
    """Something that is no decision."""

    def __init__(self, fault: Fault, told: str) -> None:
        super().__init__(told)
        self.fault = fault


_SET_ASIDE = (DecisionKind.ACCEPTED, DecisionKind.FALSE_POSITIVE, DecisionKind.WONT_FIX)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision about one issue.

    Raises:
        UnsoundDecision: who or why is missing, an assignee is missing or out of place, or it ends before it begins.
    """

    issue: str
    """Id of the issue."""
    kind: DecisionKind
    who: str
    """Who decided."""
    when: str
    """ISO 8601: a day, or a moment in UTC."""
    why: str = ""
    until: str = ""
    """The last day on which it holds, ISO 8601; empty if it has no end."""
    assignee: str = ""
    """Who mends it; for what is assigned only."""
    source: str = ""
    """File and line, for what stands in a file; empty for what the history holds."""

    def __post_init__(self) -> None:
        if not self.who.strip():
            raise UnsoundDecision(Fault.NOBODY, "who decided is missing")
        if self.kind in _SET_ASIDE and not self.why.strip():
            raise UnsoundDecision(Fault.NO_REASON, f"a finding that is {self.kind} needs a reason (why)")
        if (self.kind is DecisionKind.ASSIGNED) is not bool(self.assignee.strip()):
            if self.kind is DecisionKind.ASSIGNED:
                raise UnsoundDecision(Fault.NO_ASSIGNEE, "to whom it is assigned is missing")
            raise UnsoundDecision(Fault.ASSIGNEE, f"nobody mends what is {self.kind}")
        if self.until and date.fromisoformat(self.until) < date.fromisoformat(self.when[:10]):
            raise UnsoundDecision(
                Fault.OVER, f"it ends ({self.until}) before the day on which it was decided ({self.when[:10]})"
            )

    def in_force(self, today: date) -> bool:
        """Whether it holds on *today*: it is not withdrawn, and its last day has not passed."""
        return self.kind is not DecisionKind.WITHDRAWN and not self.expired(today)

    def expired(self, today: date) -> bool:
        """Whether its last day has passed."""
        return bool(self.until) and date.fromisoformat(self.until) < today

    def sets_aside(self, today: date) -> bool:
        """Whether it holds on *today* and says that the finding is not to be acted on."""
        return self.kind in _SET_ASIDE and self.in_force(today)


def standing(recorded: Iterable[Decision], filed: Sequence[Decision] = ()) -> Mapping[str, Decision]:
    """Issue → the decision about it that stands; what was withdrawn is left out, what has expired is not.

    Args:
        recorded: from the history, in the order in which they were made, whatever the clock said.
        filed: from a file of the team, in the file's order.

    Between the history and the file the later day or moment wins, and the history where they are equal.
    """
    latest = {decision.issue: decision for decision in recorded}
    for issue, decision in {decision.issue: decision for decision in filed}.items():
        if issue not in latest or latest[issue].when < decision.when:
            latest[issue] = decision
    return {issue: latest[issue] for issue in sorted(latest) if latest[issue].kind is not DecisionKind.WITHDRAWN}
