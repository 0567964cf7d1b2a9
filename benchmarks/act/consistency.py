"""How consistent a tool is with an ACT rule, by W3C's definition (Understanding ACT Consistency).

Consistent: no example that should pass, or that the rule does not apply to, is reported as failed; no failed example is
reported as passed or inapplicable; nothing is untested; at least one failed example is reported as failed; and the tool
names every success criterion that the rule fails, and none that it does not touch. Partially consistent: the first two
hold, and not everything is cantTell or untested. What people are asked about (cantTell) breaks neither.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from auditor.model.vocabulary import OutcomeKind

_CLEARED = (OutcomeKind.PASSED, OutcomeKind.INAPPLICABLE)
_OPEN = (OutcomeKind.CANT_TELL, OutcomeKind.UNTESTED)


class Consistency(StrEnum):
    """W3C's words, best first."""

    CONSISTENT = "consistent"
    PARTIAL = "partially consistent"
    INCONSISTENT = "inconsistent"
    UNTESTED = "untested"


@dataclass(frozen=True)
class Answer:
    """What a tool said of one example."""

    expected: OutcomeKind
    outcome: OutcomeKind

    @property
    def false_positive(self) -> bool:
        """A fault is reported where there is none."""
        return self.expected in _CLEARED and self.outcome is OutcomeKind.FAILED

    @property
    def false_negative(self) -> bool:
        """A fault is reported as none."""
        return self.expected is OutcomeKind.FAILED and self.outcome in _CLEARED

    @property
    def found(self) -> bool:
        """A fault is reported as one."""
        return self.expected is OutcomeKind.FAILED and self.outcome is OutcomeKind.FAILED


def consistency(answers: Iterable[Answer], *, criteria_right: bool = True) -> Consistency:
    """The consistency of a tool that gave *answers* to the examples of one rule.

    Args:
        answers: one per example; none means that the tool has nothing to say of the rule.
        criteria_right: whether the tool names the success criteria that it should.
    """
    given = list(answers)
    if not any(answer.outcome is not OutcomeKind.UNTESTED for answer in given):
        return Consistency.UNTESTED
    if any(answer.false_positive or answer.false_negative for answer in given):
        return Consistency.INCONSISTENT
    complete = all(answer.outcome is not OutcomeKind.UNTESTED for answer in given)
    if complete and criteria_right and any(answer.found for answer in given):
        return Consistency.CONSISTENT
    if all(answer.outcome in _OPEN for answer in given):
        return Consistency.INCONSISTENT
    return Consistency.PARTIAL


def criteria_right(reported: Collection[str], required: Collection[str], secondary: Collection[str]) -> bool:
    """Whether all of the *required* criteria are reported, and none but these and the *secondary* ones."""
    return set(required) <= set(reported) <= {*required, *secondary}


def combined(outcomes: Sequence[OutcomeKind]) -> OutcomeKind:
    """What several rules of a tool say of one example together; untested if none of them ran."""
    return OutcomeKind.combine(list(outcomes)) if outcomes else OutcomeKind.UNTESTED
