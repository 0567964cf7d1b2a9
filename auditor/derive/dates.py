"""Dates as Swedish municipal pages write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_ENGLISH = {"may": 5, "oct": 10}
_MONTH = (
    r"(?:jan(?:uari|uary)?|feb(?:r(?:uari|uary)?)?|mar(?:s|ch)?|apr(?:il)?|maj|may|june?|juni|july?|juli|aug(?:usti|ust)?"
    r"|sep(?:t(?:ember)?)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DATE = re.compile(
    rf"(?<!\d)(?:(?P<y1>(?:19|20)\d\d)-(?P<m1>\d\d)-(?P<d1>\d\d)(?!\d)"
    rf"|(?P<d2>\d{{1,2}})\s+(?P<m2>{_MONTH})\s+(?P<y2>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<d3>\d{{1,2}})[./](?P<m3>\d{{1,2}})[-. ]?(?P<y3>(?:19|20)\d\d)(?!\d))",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:(?:sidan|artikeln|innehållet|denna sida|page)\s+)?(?:senast\s+|last\s+)?"
    r"(?:uppdaterad(?:es)?|ändrad(?:es)?|granskad(?:es)?|publicera(?:d|t|des)|publiceringsdatum|updated|reviewed|published)"
    r"(?:\s+senast)?(?:\s+den)?(?:\s+av\s+[\w\s]{1,40}?)?\s*[:.,]?\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FoundDate:
    """A date in a text, with where it stands."""

    day: date
    begin: int
    end: int


def find_dates(text: str) -> Iterator[FoundDate]:
    """All full dates in *text*, in order; impossible ones (31 February) are left out."""
    for match in _DATE.finditer(text):
        groups = match.groupdict()
        year = groups["y1"] or groups["y2"] or groups["y3"]
        month = groups["m1"] or groups["m3"] or month_number(groups["m2"])
        day = groups["d1"] or groups["d2"] or groups["d3"]
        try:
            yield FoundDate(date(int(year), int(month), int(day)), match.start(), match.end())
        except ValueError:
            continue


def month_number(name: str) -> int:
    """1 for januari, jan. or January; 12 for december. *name* must be a month's name."""
    start = name.lower()[:3]
    return _ENGLISH.get(start) or _MONTHS.index(start) + 1


def updated_date(text: str) -> date | None:
    """The date that a page's text gives as its own («Senast uppdaterad: 14 mars 2022»), the last one if several."""
    own = [found.day for found in find_dates(text) if _UPDATED.search(text[max(0, found.begin - 80) : found.begin])]
    return own[-1] if own else None
