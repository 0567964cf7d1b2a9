"""A rule: normative text, the check that decides it, and texts for people."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.model.outcome import Outcome
from auditor.model.vocabulary import Area, Language, OutcomeKind, Scope, Severity, Viewport

OVERRULED = "overruled"
"""Key of the message that says why a card overrules axe; also the message of the outcomes that it took back."""


@dataclass(frozen=True, kw_only=True)
class RuleText:
    """A rule in one language, for people who edit pages."""

    title: str
    """What should hold, as a short statement."""
    why: str = ""
    """Markdown: who is hurt, and how."""
    repair: str = ""
    """Markdown: how to mend it."""
    messages: Mapping[str, str] = field(default_factory=dict)
    """Message key → sentence with {placeholders}."""


@dataclass(frozen=True, kw_only=True)
class ExampleFile:
    """One page of a test case."""

    html: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What the fence's info line says besides: query, hits, status, depth, sitemap, hub, task, robots."""


@dataclass(frozen=True, kw_only=True)
class Example:
    """A test case of a card: one page, or a small site."""

    title: str
    expected: OutcomeKind
    files: Mapping[str, ExampleFile]
    """Path → page; a single page stands under /."""
    line: int
    """Where it begins in the card."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of the catalogue."""

    id: str
    """<area>/<slug>, the card's path; axe's rules are axe/<id>."""
    area: Area
    severity: Severity
    requirements: tuple[str, ...] = ()
    """External criteria with their standard's version; empty for good practice."""
    recommendation: bool = False
    """The requirements are not yet, or not, part of the standard that the law points to."""
    scope: Scope
    viewports: tuple[Viewport, ...] = (Viewport.PHONE, Viewport.DESKTOP)
    needs: str = ""
    """Name of the artifact of a rendering without which the check has nothing to say: pages outside its sample give no
    result."""
    states: bool = False
    """What the check says of an element rests on that element alone, so that it also judges what menus, dialogs and the
    like bring to light."""
    dated: bool = False
    """The check compares what a page says with the day of the audit."""
    check: Callable[[Any], Iterable[Outcome]] | None = None
    """The check with the card's options filled in. None for axe's rules, which are artifacts already."""
    texts: Mapping[Language, RuleText]
    examples: tuple[Example, ...] = ()
    card: Path | None = None
    source: str = ""
    """Where the code is: module:function, or axe-core's version."""
    options: Mapping[str, Any] = field(default_factory=dict)
    act: tuple[str, ...] = ()
    """Ids of W3C's ACT rules that this rule decides."""
    beyond: tuple[str, ...] = ()
    """Criteria of level AAA that a failure touches besides. No law asks for them, so they count nowhere; W3C's mapping
    of an ACT rule may name them."""
    overrules: tuple[str, ...] = ()
    """axe's rules whose question this rule answers in their place, because they are known to answer it wrongly. The
    message ``overruled`` says why."""
    covers: tuple[str, ...] = ()
    """Rules of axe that see some of the same faults: where both find the same element, this rule alone tells of it."""
    replaces: tuple[str, ...] = ()
    """Rules of axe that see the same fault: they are left out, so that one cause is one finding."""

    @property
    def good_practice(self) -> bool:
        """No external requirement stands behind it."""
        return not self.requirements

    def text(self, language: Language) -> RuleText:
        """The rule's text in *language*, or in English where that is missing."""
        return self.texts.get(language) or self.texts[Language.ENGLISH]
