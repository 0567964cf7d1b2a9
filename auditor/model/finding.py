"""Findings: outcomes of one rule with one cause, grouped for people, and how they relate to the run before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.model.outcome import Target, Value
from auditor.model.traits import Traits
from auditor.model.vocabulary import OutcomeKind, Viewport


class IssueState(StrEnum):
    """What became of a finding since the run before."""

    NEW = "new"
    OPEN = "open"
    FIXED = "fixed"
    REOPENED = "reopened"
    NOT_RETESTED = "not retested"
    GONE = "gone with its page"


LIVE = (IssueState.NEW, IssueState.OPEN, IssueState.REOPENED)
"""States of what the run itself saw."""
ENDED = (IssueState.FIXED, IssueState.GONE)
"""States of what is no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One target of a finding."""

    target: Target
    message: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Everything that one rule found with one cause."""

    key: str
    """Recognises the finding in another run: hash of rule, kind and cause."""
    rule: str
    kind: OutcomeKind
    """failed or cantTell."""
    cause: str
    """The normalised target, or what the check named as cause."""
    places: frozenset[tuple[str, Viewport | None]]
    """Pages and viewports where it was seen."""
    count: int
    """Number of targets."""
    occurrences: tuple[Occurrence, ...]
    """The first targets, from as many pages as possible."""
    issue: str = ""
    """Id of the issue that it is, once that is known."""
    traits: Traits = Traits()
    """What a later run recognises it by, however its pages were rebuilt."""

    @property
    def id(self) -> str:
        """What it is called in all runs; its key, as long as it belongs to no issue."""
        return self.issue or self.key

    @property
    def pages(self) -> tuple[str, ...]:
        """The pages where it was seen, in order."""
        return tuple(sorted({url for url, _ in self.places}))

    @property
    def viewports(self) -> tuple[Viewport, ...]:
        """The viewports where it was seen; both if the viewport does not matter."""
        seen = {viewport for _, viewport in self.places}
        if None in seen:
            seen |= {Viewport.PHONE, Viewport.DESKTOP}
        return tuple(viewport for viewport in Viewport if viewport in seen)
