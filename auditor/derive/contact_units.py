"""Which unit a telephone number or mailbox of a page's content belongs to."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.derive.answers import is_read
from auditor.derive.sitepaths import has_segment
from auditor.derive.wording import plain, words
from auditor.model.site import Given, PageSummary, Site

_PERSON = re.compile(r"^[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?\s+(?:[a-z]{2,3}\s+)?[A-ZÅÄÖÉ][a-zåäöéü]{2,}$")
_PART = re.compile(r"[,:;–(]|\s-\s|\bpå\s*$")
_LONGEST_NAME = 5
_VERBS = ("kontakta", "ring", "skriv", "mejla", "hör", "vänd", "fråga", "contact", "call", "write", "ask")


@dataclass(frozen=True)
class UnitContact:
    """A number or mailbox that a page gives for a unit."""

    page: PageSummary
    unit: str
    """Its name in plain words."""
    name: str
    """Its name as written."""
    kind: str
    value: str
    shown: str


def unit_contacts(
    site: Site, units: Sequence[str], roles: Sequence[str], special: Sequence[str], dated_segments: Sequence[str]
) -> Iterator[UnitContact]:
    """What pages give for units, where it is clear that it is the unit's own and its usual one.

    Numbers in header or footer (the switchboard's) are left out, and so are those with a person, a title or a word for
    a special purpose between the unit and the number.
    """
    common = _frame_values(site)
    for page in site.pages:
        if not is_read(page) or page.query is not None or has_segment(page.url, dated_segments):
            continue
        for statement in page.statements:
            if statement.kind in ("phone", "mail") and statement.value not in common:
                name = _unit_of(statement, units, roles, special)
                if name:
                    yield UnitContact(page, plain(name), name, statement.kind, statement.value, statement.shown)


def _frame_values(site: Site) -> frozenset[str]:
    spread = Counter(
        found.value for page in site.pages for found in page.contacts if found.in_frame and not found.in_main
    )
    return frozenset(spread)


def _unit_of(statement: Given, units: Sequence[str], roles: Sequence[str], special: Sequence[str]) -> str:
    """The unit's name as the nearest label that holds one gives it; empty if anything stands between."""
    for label in statement.labels:
        said = words(label)
        if _PERSON.match(label) or any(stem in word for word in said for stem in (*roles, *special)):
            return ""
        part = next((piece.strip() for piece in _PART.split(label) if _names_unit(piece, units)), "")
        if part:
            return _name(part, units)
    return ""


def _names_unit(text: str, units: Sequence[str]) -> bool:
    return any(stem in word for word in words(text) for stem in units)


def _name(part: str, units: Sequence[str]) -> str:
    """*part* if it is short, else the one word in it that names the unit («ring Föreningsservice»)."""
    said = part.split()
    if len(said) <= _LONGEST_NAME and said[0][:1].isupper() and not said[0].lower().startswith(_VERBS):
        return part
    named = [word.strip(".,:;") for word in said if word[:1].isupper() and _names_unit(word, units)]
    return named[0] if len(named) == 1 else ""
