"""Dates as Swedish municipal pages write them, and the dates that a page gives as its own."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from auditor.model.facts import Facts

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH = {"may": 5, "oct": 10}
MONTH = (
    r"(?:jan(?:uari|uary)?|feb(?:r(?:uari|uary)?)?|mar(?:s|ch)?|apr(?:il)?|maj|may|june?|juni|july?|juli|aug(?:usti|ust)?"
    r"|sep(?:t(?:ember)?)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<![\d/.-])(?:(?P<y1>{_YEAR})-(?P<m1>\d\d)-(?P<d1>\d\d)(?![\d-])"
    rf"|(?P<d2>\d{{1,2}})(?::[ae]|\.|(?:st|nd|rd|th)\b)?\s+(?:of\s+)?(?P<m2>{MONTH}),?\s+(?P<y2>{_YEAR})(?!\d)"
    rf"|(?P<m4>{MONTH})\s+(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y4>{_YEAR})(?!\d)"
    rf"|(?P<d3>\d{{1,2}})[./](?P<m3>\d{{1,2}})[-. ]?(?P<y3>{_YEAR})(?!\d))",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<!\d)(?P<y>\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)")
_MONTH_YEAR = re.compile(rf"(?<!\d\s)\b(?P<m>{MONTH})\s+(?P<y>{_YEAR})(?!\d)", re.IGNORECASE)
_RELATIVE = re.compile(r"i ?dag\b|i ?går\b|today|yesterday|för \d+ \w+ sedan|\d+ \w+ ago", re.IGNORECASE)

_SUBJECT = r"(?:sidan|artikeln|innehållet|denna sida|webbsidan|texten|informationen|nyheten|this page|page|article)"
_UPDATED = r"uppdater(?:ad(?:es)?|at|ing|ingsdatum)|ändr(?:ad(?:es)?|at|ing|ingsdatum)|updated?|modified"
_REVIEWED = r"(?:fakta)?granska[dt](?:es)?|kontrollera[dt](?:es)?|reviewed"
_PUBLISHED = r"publicera(?:d|t|des)|publicering(?:sdatum)?|published"
_LABEL = re.compile(
    rf"(?P<lead>^\W*|(?<=\d)\s+|[|·•–—;,.()/-]\s*|\b{_SUBJECT}\s+(?:är\s+|blev\s+|was\s+)?|\b(?=(?:senaste?|last)\s))"
    rf"(?P<last>(?:senaste?|last)\s+)?"
    rf"(?:(?P<updated>{_UPDATED})|(?P<reviewed>{_REVIEWED})|(?P<published>{_PUBLISHED}))\b(?:\s+senast)?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\W*(?:(?:av|by)\s+[^\d:.|]{1,60})?[\s:.,(–-]*(?:(?:den|on|datum|kl\.?|klockan)\s+)?(?:\w+day,?\s+|\w+dag(?:en)?\s+(?:den\s+)?)?"
    r"(?:\d{1,2}[.:]\d\d,?\s+)?",
    re.IGNORECASE,
)
_DECISION = re.compile(
    r"§|antag(?:en|et|its)|beslut|fullmäktige|kommunstyrelsen|nämnden|författning|\bSFS\b|\blag(?:en)?\b|dokument|utskrift",
    re.IGNORECASE,
)
_SHORT_LINE, _LIST_LENGTH = 120, 3
"""Longer lines are running text, whose «ändrad» is about something else; more stamps of a kind are a list."""


@dataclass(frozen=True)
class FoundDate:
    """A date in a text, with where it stands."""

    day: date
    begin: int
    end: int


class StampKind(StrEnum):
    """What a page says happened on the date; the first are the stronger."""

    UPDATED = "updated"
    REVIEWED = "reviewed"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Stamp:
    """A date that a page gives as its own («Senast uppdaterad: 14 mars 2022»)."""

    kind: StampKind
    day: date | None
    """None if no date could be read after the label."""
    text: str
    relative: bool = False
    """Told in relation to today («i går»), so that it can be read but not compared."""

    @property
    def readable(self) -> bool:
        return self.day is not None or self.relative


def find_dates(text: str) -> Iterator[FoundDate]:
    """All full dates in *text*, in order; impossible ones (31 February) are left out."""
    for match in _DATE.finditer(text):
        groups = match.groupdict()
        year = groups["y1"] or groups["y2"] or groups["y3"] or groups["y4"]
        name = groups["m2"] or groups["m4"]
        month = month_number(name) if name else groups["m1"] or groups["m3"]
        day = groups["d1"] or groups["d2"] or groups["d3"] or groups["d4"]
        found = _made(int(year), int(month), int(day))
        if found:
            yield FoundDate(found, match.start(), match.end())


def month_number(name: str) -> int:
    """1 for januari, jan. or January; 12 for december. *name* must be a month's name."""
    start = name.lower()[:3]
    return _ENGLISH.get(start) or _MONTHS.index(start) + 1


def page_stamps(facts: Facts) -> tuple[Stamp, ...]:
    """The dates that the page shows as its own, in the order in which they stand.

    A label counts at the beginning of a line or sentence, with «senast», or with the page as its subject («Sidan
    uppdaterades»); not in running text, in decisions («Senast ändrad av fullmäktige») or in lists of entries.
    """
    found = [stamp for line in facts.stamps for stamp in _stamps_of(line, facts)]
    often = {kind for kind, count in Counter(stamp.kind for stamp in found).items() if count > _LIST_LENGTH}
    own = [stamp for stamp in found if stamp.kind not in often or re.match(_SUBJECT, stamp.text, re.IGNORECASE)]
    return tuple(dict.fromkeys(own))


def shown_update(facts: Facts) -> Stamp | None:
    """The stamp that says how fresh the page is: its latest update or review, else its publishing."""
    stamps = page_stamps(facts)
    for kinds in ((StampKind.UPDATED, StampKind.REVIEWED), (StampKind.PUBLISHED,)):
        dated = [stamp for stamp in stamps if stamp.kind in kinds and stamp.day]
        if dated:
            return max(dated, key=lambda stamp: stamp.day or date.min)
    return next((stamp for stamp in stamps if stamp.readable), stamps[0] if stamps else None)


def _stamps_of(entry: str, facts: Facts) -> Iterator[Stamp]:
    line, _, following = entry.partition("\n")
    if _DECISION.search(line):
        return
    after_stamp = False
    for match in _LABEL.finditer(line):
        rest = line[match.end() :]
        bare = not rest.strip(" :.–-")
        owned = bool(match["last"]) or bool(re.search(_SUBJECT, match["lead"], re.IGNORECASE))
        set_apart = match.start() == 0 or after_stamp or bool(re.search(r"[|·•]", match["lead"]))
        if not owned and not (set_apart and len(line) <= _SHORT_LINE):
            continue
        stamp = _read(match, f"{rest} {following}" if bare else rest, facts)
        if stamp.readable:
            after_stamp = True
            yield stamp
        elif len(line) <= _SHORT_LINE and (rest.strip().startswith(":") or (bare and owned)):
            yield stamp


def _read(match: re.Match[str], tail: str, facts: Facts) -> Stamp:
    """The stamp whose label is *match*, with the date that *tail* begins with, if it does."""
    kind = StampKind(next(kind for kind in StampKind if match[kind]))
    between = _BETWEEN.match(tail)
    at = tail[between.end() :] if between else tail
    day = _day_at(at) or _element_day(at, facts)
    text = match.string[match.start() : match.start() + 100].strip(" |·•–-,.;")
    return Stamp(kind, day, text, relative=day is None and bool(_RELATIVE.match(at)))


def _day_at(text: str) -> date | None:
    """The date that *text* begins with."""
    found = next(find_dates(text[:60]), None)
    if found and found.begin == 0:
        return found.day
    if match := _SHORT.match(text):
        return _made(2000 + int(match["y"]), int(match["m"]), int(match["d"]))
    if match := _MONTH_YEAR.match(text):
        return _made(int(match["y"]), month_number(match["m"]), 28)
    return None


def _element_day(text: str, facts: Facts) -> date | None:
    """The date of the time element whose text *text* begins with, if its attribute tells more than its text."""
    for item in facts.dates:
        if item.text and text.startswith(item.text) and (match := re.match(r"(\d{4})-(\d\d)-(\d\d)", item.value)):
            return _made(int(match[1]), int(match[2]), int(match[3]))
    return None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
