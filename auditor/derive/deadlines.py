"""Last days to apply that a page gives."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from auditor.derive.dates import MONTH, find_dates
from auditor.derive.readability import split_sentences
from auditor.derive.surroundings import content_blocks
from auditor.model.facts import Block, Facts

_WORDING = re.compile(
    r"(?:\bsenast(?:\s+(?:är|den|till|kl\.?|klockan|på|måndag|tisdag|onsdag|torsdag|fredag|lördag|söndag)(?:en)?)*"
    r"|\bsista\s+(?:ansöknings|anmälnings|inlämnings|svars)?dag(?:en)?\b[^.!?]{0,40}?"
    r"|\bsista\s+datum\b[^.!?]{0,30}?|\bdeadline\b[^.!?]{0,30}?"
    r"|\b(?:no\s+later\s+than|last\s+day\s+(?:to|for)[^.!?]{0,30}?|apply\s+by|submitted\s+by|closes(?:\s+on)?))"
    r"[\s:–-]*(?:\b(?:den|on|the|till|\w+dag(?:en)?(?:\s+den)?|kl\.?\s*\d{1,2}[.:]\d\d)\s+)*$",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"\b(?:ansöknings|anmälnings)(?:tid|period)(?:en)?\b[^.!?]{0,60}?(?:[-–]|till(?:\s+och\s+med)?|t\.?\s?o\.?\s?m\.?|fram\s+till)"
    r"\s*(?:den\s+)?$",
    re.IGNORECASE,
)
_OPEN_UNTIL = re.compile(
    rf"\b(?:ansök|sök|komplettera|lämna|skicka)\w*\b(?:(?!\b(?:från|för|under|som|om|gäller)\b)[^.!?]){{0,80}}?"
    rf"\b(?:(?:fram\s+)?till(?:\s+och\s+med)?|t\.?\s?o\.?\s?m\.?)\s*(?:den\s+)?$"
    rf"|\bansök\w*\b[^.!?]{{0,60}}\bmellan\s+(?:den\s+)?\d{{1,2}}\s+{MONTH}(?:\s+(?:19|20)\d\d)?\s+och\s+(?:den\s+)?$",
    re.IGNORECASE,
)
"""«Komplettera ansökan till den …», «göra ansökan mellan … och …»; not «för verksamhet till och med …»."""
_NUMBER = re.compile(r"\d")
"""What every full date has; most sentences have none."""
_NOT_A_DEADLINE = re.compile(
    r"senast\s+(?:uppdater|ändr|granska|publicer|revider)|besluta[dt]|antag(?:en|et|its)|\bvar\b|\bskulle\b|löpte\s+ut|gick\s+ut"
    r"|\bhade\b|\bpassera[td]|\bwas\b|\bwere\b",
    re.IGNORECASE,
)
_YEARLESS = re.compile(
    rf"(?:senast|sista\s+\w*dag(?:en)?|deadline)[\s:–-]*(?:är\s+|den\s+)?\d{{1,2}}(?:\s+{MONTH}|/\d{{1,2}})(?!\s*[-./]?\s*(?:19|20)\d\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Deadline:
    """A last day, with the block and sentence it stands in."""

    day: date
    block: Block
    sentence: str


def deadlines(facts: Facts, words: Sequence[str]) -> Iterator[Deadline]:
    """Full dates that the content gives as last days: «senast 31 mars 2018» in a sentence about applying.

    Args:
        facts: the rendering.
        words: stems that show that something is to be applied for or handed in; they stand in the sentence or in the
            heading above.
    """
    heading = ""
    for block in content_blocks(facts):
        if block.kind == "heading":
            heading = block.text
            continue
        for sentence in split_sentences(block.text):
            if not _NUMBER.search(sentence) or _NOT_A_DEADLINE.search(sentence):
                continue
            if not _holds(f"{sentence} {heading}", words):
                continue
            for found in find_dates(sentence):
                before = sentence[max(0, found.begin - 110) : found.begin]
                if any(pattern.search(before) for pattern in (_WORDING, _PERIOD, _OPEN_UNTIL)):
                    yield Deadline(found.day, block, sentence)


def yearless_deadline(text: str) -> bool:
    """Whether *text* gives a last day that comes every year («senast 31 mars»)."""
    return bool(_YEARLESS.search(text))


def latest_date(text: str) -> date | None:
    """The latest full date in *text*."""
    return max((found.day for found in find_dates(text)), default=None)


def _holds(text: str, stems: Sequence[str]) -> bool:
    lowered = text.lower()
    return bool(_any_of(tuple(stems)).search(lowered))


@cache
def _any_of(stems: tuple[str, ...]) -> re.Pattern[str]:
    """Matches a word that begins with one of *stems*, or that ends with one and an ending of what is done."""
    listed = "|".join(map(re.escape, stems))
    return re.compile(rf"\b(?:{listed})|(?:{listed})(?:ning|an|ingar)" if stems else r"(?!)")
