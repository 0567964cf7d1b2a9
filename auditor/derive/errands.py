"""Pages on which an association does an errand: applying for a grant, booking premises, being approved."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.derive.scope import leads_to_system
from auditor.derive.surroundings import content_links, content_text
from auditor.derive.wording import plain, words
from auditor.model.page import Rendering

_AGES = re.compile(r"(?<![\d-])\d{1,2}\s?[-–]\s?\d{2}\s?(?:år|years)\b", re.IGNORECASE)
_PER_UNIT = re.compile(
    r"\d\s*(?:kr\b|kronor|:-)\s*(?:/|per\s+)\s*(?:deltag\w+|sammankomst|medlem|aktivitet\w*|tillfälle|participant|member)",
    re.IGNORECASE,
)
_DEADLINE = re.compile(
    r"sista\s+(?:ansöknings|inlämnings)?dag|ansökningsda|ansökningstid|ansökningsperiod|senast\s+(?:den\s+)?\d{1,2}\b|deadline",
    re.IGNORECASE,
)
_PRICE = re.compile(r"\d\s*(?:kr\b|kronor|:-)\s*(?:/|per\s+)\s*(?:h\b|tim\w*|dag|kväll|natt|hour)", re.IGNORECASE)


@dataclass(frozen=True)
class ErrandWords:
    """Words by which such pages are known; lower-case stems."""

    grants: Sequence[str]
    """Ends of words that name a grant («bidrag»)."""
    help: Sequence[str]
    """Ends of words that may name a grant, or other help («stöd»)."""
    booking: Sequence[str]
    """Words for booking and hiring."""
    premises: Sequence[str]
    """Parts of words that name premises («hall»)."""
    booking_process: Sequence[str]
    """Phrases of the booking process («lediga tider»)."""
    approval: Sequence[str]
    """Phrases for being approved or registered as an association."""
    associations: Sequence[str]
    """Stems for associations («förening»)."""


def errand_of(rendering: Rendering, heading: str, known: ErrandWords) -> str:
    """grant, booking or approval if the page is about that for associations, by at least two marks; else empty.

    The first mark is the page's main heading, the others stand in its content. Titles are not looked at: they often
    carry the section's name.
    """
    text = content_text(rendering.facts)
    said = plain(text)
    if not _is_for_associations(heading, text, known.associations):
        return ""
    named = words(heading)
    marks = {
        "grant": _grant_marks(rendering, text, said, named, known),
        "booking": _booking_marks(rendering, text, said, named, known) if _begins(named, known.booking) else 0,
        "approval": _approval_marks(said, known) if _holds(plain(heading), known.approval) else 0,
    }
    best = max(marks, key=lambda kind: marks[kind])
    return best if marks[best] >= 2 else ""


def _is_for_associations(heading: str, text: str, stems: Sequence[str]) -> bool:
    """Whether the heading speaks of associations, or the text does so twice; housing associations do not count."""
    starts = tuple(stems)
    in_text = sum(word.startswith(starts) for word in words(text))
    return in_text >= 2 or any(stem in heading.lower() for stem in stems)


def _ends(named: Sequence[str], stem: str) -> bool:
    """Whether a word is *stem* or a compound that ends in it: «Aktivitetsbidrag», «lokalbidraget»."""
    return any(word.endswith((stem, f"{stem}et", f"{stem}en")) for word in named)


def _begins(named: Sequence[str], stems: Sequence[str]) -> bool:
    return any(word.startswith(tuple(stems)) or word.endswith("bokning") for word in named)


def _holds(said: str, phrases: Sequence[str]) -> bool:
    return any(f" {plain(phrase)}" in f" {said}" for phrase in phrases)


def _grant_marks(rendering: Rendering, text: str, said: str, named: Sequence[str], known: ErrandWords) -> int:
    """The heading and what else tells; «stöd» in a heading may be any help, so that it is no mark by itself."""
    if not any(_ends(named, stem) for stem in (*known.grants, *known.help)):
        return 0
    return any(_ends(named, stem) for stem in known.grants) + sum(
        (
            bool(_DEADLINE.search(text)),
            bool(_AGES.search(text)),
            bool(_PER_UNIT.search(text)),
            _holds(said, known.approval),
            any(_hands_off(rendering)),
        )
    )


def _booking_marks(rendering: Rendering, text: str, said: str, named: Sequence[str], known: ErrandWords) -> int:
    premises = any(stem in word for word in (*named, *words(text)) for stem in known.premises)
    if not premises:
        return 0
    return 1 + sum((_holds(said, known.booking_process), bool(_PRICE.search(text)), any(_hands_off(rendering))))


def _approval_marks(said: str, known: ErrandWords) -> int:
    return 1 + sum(f" {plain(phrase)}" in f" {said}" for phrase in known.approval)


def _hands_off(rendering: Rendering) -> Iterator[bool]:
    return (leads_to_system(link.href, rendering.url) for link in content_links(rendering.facts))
