"""What shows while the pointer rests on something."""

from dataclasses import dataclass

from auditor.model.facts import Element


@dataclass(frozen=True, slots=True, kw_only=True)
class Hover(Element):
    """An element that brings something to light while the pointer rests on it."""

    content: str
    """The beginning of what came to light."""
    floats: bool
    """It is laid over other content."""
    hoverable: bool
    """It stays while the pointer moves onto it."""
    dismissible: bool
    """Escape takes it away while the pointer rests."""
