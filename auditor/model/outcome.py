"""Outcomes of rules, and the words in which a check speaks.

A check yields one outcome per target. Yielding nothing means that the rule is inapplicable (ACT's definition). The
engine says ``untested``, when an artifact is missing or a check raised; a rule about the whole site says it of one of
many artifacts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias, runtime_checkable

from auditor.model.facts import Box, Element
from auditor.model.vocabulary import OutcomeKind, Viewport

Value: TypeAlias = str | int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What one outcome is about: an element of a page, a page, or (without a URL) the site."""

    url: str = ""
    viewport: Viewport | None = None
    """None if it holds whatever the viewport."""
    selector: str = ""
    text: str = ""
    html: str = ""
    box: Box | None = None
    state: str = ""
    """What was open, as `auditor.model.state.State.key` tells it; empty for the page at rest."""


@runtime_checkable
class Located(Protocol):
    """Anything that has an address: a page, a rendering, a document."""

    @property
    def url(self) -> str: ...


Subject: TypeAlias = Element | Located | Target | None
"""What a check may name as target: an element, something with a URL, a ready target, or None for the whole scope."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a rule says of one target."""

    kind: OutcomeKind
    target: Target
    message: str = ""
    """Key of one of the card's messages; for untested the reason itself."""
    values: Mapping[str, Value] = field(default_factory=dict)
    """What the message's placeholders stand for."""
    cause: str = ""
    """What outcomes of one cause have in common, if the check knows it (the broken address, for example)."""


def target_of(subject: Subject, *, url: str = "", viewport: Viewport | None = None) -> Target:
    """The target that *subject* stands for, on page *url* in *viewport* if it does not say so itself."""
    if isinstance(subject, Target):
        return subject
    if isinstance(subject, Element):
        return Target(
            url=url,
            viewport=viewport,
            selector=subject.selector,
            text=subject.name or subject.text,
            html=subject.html,
            box=subject.box,
        )
    if isinstance(subject, Located):
        return Target(url=subject.url, viewport=getattr(subject, "viewport", None) or viewport)
    return Target(url=url, viewport=viewport)


def passed(subject: Subject = None) -> Outcome:
    """The expectation holds for *subject*."""
    return Outcome(kind=OutcomeKind.PASSED, target=target_of(subject))


def dismissed(subject: Subject) -> Outcome:
    """The rule does not apply to *subject*, and says so because axe thinks otherwise; else a check keeps silent."""
    return Outcome(kind=OutcomeKind.INAPPLICABLE, target=target_of(subject))


def failed(subject: Subject, message: str, *, cause: str = "", **values: Value) -> Outcome:
    """The expectation does not hold for *subject*; *message* names one of the card's messages."""
    return Outcome(kind=OutcomeKind.FAILED, target=target_of(subject), message=message, values=values, cause=cause)


def cant_tell(subject: Subject, message: str, *, cause: str = "", **values: Value) -> Outcome:
    """A person must judge *subject*; *message* names one of the card's messages."""
    return Outcome(kind=OutcomeKind.CANT_TELL, target=target_of(subject), message=message, values=values, cause=cause)


def untested(subject: Subject, reason: str) -> Outcome:
    """*subject* could not be tested; *reason* is one of `auditor.model.reasons`, with its detail.

    Only for rules about the whole site, where one of many artifacts may be missing. For all others the engine says it.
    """
    return Outcome(kind=OutcomeKind.UNTESTED, target=target_of(subject), message=reason)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """What one rule says of one page, in one viewport or in all; or of the site."""

    rule: str
    url: str
    """Empty for the site."""
    viewport: Viewport | None
    kind: OutcomeKind
    passed: int = 0
    """How many targets passed."""
    outcomes: tuple[Outcome, ...] = ()
    """All outcomes but the passed ones."""
