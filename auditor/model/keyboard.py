"""What somebody meets who goes through a page with the keyboard alone."""

from dataclasses import dataclass
from enum import StrEnum

from auditor.model.facts import Element


class Indicator(StrEnum):
    """How a page shows where the focus is."""

    STYLE = "style"
    """The element itself looks different."""
    AROUND = "around"
    """Something around it, in it or beside it looks different."""
    CARET = "caret"
    """A field's text cursor."""
    PIXELS = "pixels"
    """Pictures of the page with and without focus differ, though the styles that were compared do not."""
    NONE = "none"
    """Nothing changes: neither styles nor pictures."""
    UNSURE = "unsure"
    """No style changes, and pictures cannot tell: the page moves, or too many kinds of element were left to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop(Element):
    """An element that took the focus."""

    walked: bool = True
    """Reached with the Tab key; otherwise it was given the focus as one of its kind, beyond where the walk ended."""
    indicator: Indicator = Indicator.STYLE
    hidden: bool = False
    """Nothing of it could be seen, even while it had focus."""
    tab_index: int = 0
    covered: float = 0.0
    """Share of it, 0 to 1, that lay under content that stays in view; taken at fifteen points."""
    covered_by: str = ""
    """Selector of what covered it."""
    in_view: bool = True
    """Within the viewport while it had focus."""
    scroll: float = 0.0
    """How far the page was scrolled down then, CSS pixels."""
    fixed: bool = False
    """Stands in an area that stays in view itself."""
    dialog: bool = False
    """Stands in a dialog."""
    inner: bool = False
    """Stands in a shadow tree; the selector is that of the element around it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap(Element):
    """An element that the Tab key does not lead away from, or one of a few among which it goes round."""

    members: tuple[str, ...] = ()
    """Selectors of all among which the focus goes round."""
    backwards: bool = False
    """Shift and Tab leads out of it."""
    escape: bool = False
    """Escape, then Tab, leads out of it."""
    dialog: bool = False
    """Stands in a dialog, which may keep the focus while it is open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipLink(Element):
    """A link within the page among its first three stops, and what came of following it."""

    href: str
    """The attribute as written."""
    found: bool
    """Its target exists."""
    rendered: bool = False
    """Its target is displayed."""
    in_view: bool = False
    """The target could be seen after the link was followed."""
    moved: bool = False
    """The next press of Tab went on in the target or after it."""
    landed: str = ""
    """Selector of what had focus after that press."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyboard:
    """A walk through a page with the Tab key."""

    stops: tuple[Stop, ...] = ()
    """Each element once: those that were walked to in the order of the first visit, then one of each further kind."""
    expected: int = 0
    """Elements of the page that can take the focus, by its markup."""
    complete: bool = True
    """The walk came to the end of the page."""
    traps: tuple[Trap, ...] = ()
    skip: SkipLink | None = None
    shortcuts: tuple[str, ...] | None = None
    """Characters that change the page when pressed alone while nothing has the focus; None if that was not tried, or
    cannot be told."""

    @property
    def walked(self) -> tuple[Stop, ...]:
        """The stops that the Tab key led to, in its order."""
        return tuple(stop for stop in self.stops if stop.walked)
