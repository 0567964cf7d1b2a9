"""What axe-core answered, as artifacts."""

from dataclasses import dataclass

from auditor.model.facts import Box

FOUND, LOOK = "axe", "axe-look"
"""Keys of the two messages that outcomes of axe's rules have: what is wrong, and what a person must look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AxeNode:
    """One element that an axe rule is about."""

    target: tuple[str, ...]
    """CSS selectors, one per frame from the outermost inwards; shadow DOM paths are joined by ' >>> '."""
    html: str = ""
    summary: str = ""
    """axe's own summary of what failed, in English."""
    box: Box | None = None
    place: str = ""
    """The selector that facts have of the same element, or of the outermost frame around it; empty in shadow trees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AxeFinding:
    """A rule that axe failed, or could not decide."""

    id: str
    impact: str
    nodes: tuple[AxeNode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AxeResult:
    """One run of axe over one rendering, all frames together."""

    version: str
    violations: tuple[AxeFinding, ...] = ()
    incomplete: tuple[AxeFinding, ...] = ()
    passes: tuple[str, ...] = ()
    inapplicable: tuple[str, ...] = ()
    skipped_frames: tuple[str, ...] = ()
    """Frames that did not answer; what is in them is untested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AxeRule:
    """What axe says of one of its rules."""

    id: str
    help: str
    description: str
    help_url: str
    impact: str
    tags: tuple[str, ...]
    enabled: bool
    act_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AxeEngine:
    """The axe-core in use: its version and the rules that it knows."""

    version: str
    rules: tuple[AxeRule, ...]
