"""What a finding is recognised by in another run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Layer(StrEnum):
    """How a target is recognised, the surest way first."""

    ELEMENT = "element"
    """The same thing on the same page."""
    TEXT = "text"
    """The same thing, on whatever page: a list that moved on, a page that moved."""
    PLACE = "place"
    """The same kind of thing on the same page, where it says nothing that would tell it from others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What a finding is recognised by; see `auditor.derive.traits`."""

    named: bool = False
    """The check named the cause: then its words say what the finding is about."""
    cause: str = ""
    """The named cause without what drifts."""
    layers: Mapping[Layer, tuple[int, ...]] = field(default_factory=dict)
    """The smallest prints of each layer, in ascending order."""
