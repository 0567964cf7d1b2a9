"""States of a page besides the one at rest: a menu open, a dialog shown."""

from dataclasses import dataclass
from enum import StrEnum

from auditor.model.access import Access
from auditor.model.axe import AxeResult
from auditor.model.facts import Facts

STATES = "states"
"""In the place of a rule's id: says of a page and viewport that its states were looked at."""
STATE_CAUSE = "in state: "
"""How the cause of a finding begins that was seen only while something was open."""


class StateKind(StrEnum):
    """What is open."""

    MENU = "menu"
    SEARCH = "search"
    DIALOG = "dialog"
    FOLD = "fold"
    """An accordion, or details."""
    BANNER = "banner"
    """The cookie banner, before it was answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One thing of a page that was opened, and what it showed."""

    kind: StateKind
    opener: str
    """Selector of what opens it; of itself, for a banner."""
    name: str = ""
    """What the opener is called."""
    roots: tuple[str, ...] = ()
    """Selectors of what came to light, outermost elements only."""
    axe: AxeResult | None = None
    """What axe says of it, and of nothing else on the page; without what it says of the page at rest too."""
    facts: Facts | None = None
    """Elements of what came to light, as they show then; None where that was not looked at."""
    access: Access = Access()

    @property
    def key(self) -> str:
        """How outcomes tell of it: the kind, with the name where there may be many of that kind."""
        named = self.name and self.kind in (StateKind.FOLD, StateKind.DIALOG)
        return f"{self.kind}|{self.name}" if named else str(self.kind)
