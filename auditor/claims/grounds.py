"""What speaks for and against a claim."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from auditor.model.outcome import Target, Value


class Holding(StrEnum):
    """Whether a condition holds."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing that was seen: a page, a link, a number."""

    target: Target
    message: str = ""
    """Key of a sentence; empty if the target says it all."""
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a run says of one condition."""

    kind: str
    """Which condition: rule, share, page, …"""
    holding: Holding
    label: str = ""
    """What is asked, in the register's words."""
    message: str = ""
    """Key of the sentence that tells the figures, or why it cannot be known."""
    values: Mapping[str, Value] = field(default_factory=dict)
    speaks_for: tuple[Item, ...] = ()
    speaks_against: tuple[Item, ...] = ()
    parts: tuple["Ground", ...] = ()


def all_of(holdings: Sequence[Holding]) -> Holding:
    """Several conditions that should all hold: some of them is in part, and what is unknown decides nothing alone."""
    known = {holding for holding in holdings if holding is not Holding.UNKNOWN}
    if not known:
        return Holding.UNKNOWN
    if known == {Holding.NO}:
        return Holding.NO
    return Holding.YES if known == {Holding.YES} and Holding.UNKNOWN not in holdings else Holding.PARTLY


def any_of(holdings: Sequence[Holding]) -> Holding:
    """Several conditions of which one is enough."""
    for best in (Holding.YES, Holding.PARTLY, Holding.UNKNOWN):
        if best in holdings:
            return best
    return Holding.NO


def opposite(holding: Holding) -> Holding:
    """What the denial of a condition comes to."""
    return {Holding.YES: Holding.NO, Holding.NO: Holding.YES}.get(holding, holding)
