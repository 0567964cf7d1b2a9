"""What a page says for sure: last days, amounts per something, and whom one reaches where."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from auditor.derive.contacts import find_mailboxes
from auditor.derive.dates import MONTH, month_number
from auditor.derive.dom import main_of
from auditor.derive.price_lists import priced_cells, priced_sentences, validity
from auditor.derive.readability import split_sentences
from auditor.derive.telephone import find_phones
from auditor.derive.text_lines import Line, text_lines, with_headings
from auditor.derive.wording import words
from auditor.model.page import Document
from auditor.model.site import Given

_MOST = 60
_LABELS, _LONGEST_LABEL = 4, 90
_LAST_DAY = re.compile(
    r"\b(?:senast|sista\s+(?:(?:ansöknings|anmälnings|inlämnings)?dag(?:en|ar|arna)?|datum)|ansöknings(?:dag|datum|tid|period)\w*"
    r"|deadline|no\s+later\s+than)\b",
    re.IGNORECASE,
)
_OWN_DATE = re.compile(r"senast\s+(?:uppdater|ändr|granska|publicer|revider)", re.IGNORECASE)
_DAY = re.compile(
    rf"(?<![\d/.-])(?:(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?!\d)"
    rf"|(?P<day>\d{{1,2}})(?::e)?\s+(?P<name>{MONTH})(?:\s+(?P<year>(?:19|20)\d\d))?"
    rf"|(?P<day2>\d{{1,2}})/(?P<month2>\d{{1,2}})(?:[-/ ](?P<year2>(?:19|20)\d\d))?)(?![\d/])",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    rf"\b(?:redovisnings|verksamhets)?perioden?\s+(?:den\s+)?"
    rf"\d{{1,2}}(?:\s+{MONTH}|/\d{{1,2}})\s*(?:[-–]|till(?:\s+och\s+med)?|t\.?\s?o\.?\s?m\.?)\s*(?:den\s+)?"
    rf"\d{{1,2}}(?:\s+{MONTH}|/\d{{1,2}})",
    re.IGNORECASE,
)
"""For what time one applies, which is no last day."""
_AMOUNT = re.compile(
    r"(?<![\d.,])(?P<value>\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,6})(?:[.,](?P<rest>\d\d))?\s*(?:kr\b|kronor\b|:-)"
    r"\s*(?:/|per\s+)\s*(?P<unit>[a-zåäö]{2,})",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\d\s*(?:kr\b|kronor\b|sek\b|:-)|\b(?:tio|hundra|tusen)\s+kronor\b", re.IGNORECASE)
_GENERIC = (
    *(
        "telefon",
        "telefonnummer",
        "tel",
        "tfn",
        "mobil",
        "epost",
        "e",
        "post",
        "mejl",
        "mail",
        "kontakt",
        "ring",
        "skriv",
    ),
    *(
        "adress",
        "besöksadress",
        "postadress",
        "nummer",
        "växel",
        "phone",
        "email",
        "contact",
        "eller",
        "på",
        "till",
        "via",
    ),
    *("oss", "vår", "er", "den", "du", "kan", "också", "och", "me", "us", "or"),
)
"""What stands before numbers and names nobody."""


def statements(document: Document) -> Iterator[Given]:
    """The first statements of the main content, in the order in which they stand."""
    main = main_of(document)
    if main is None:
        return
    lines = text_lines(main)
    yield from islice(_statements(lines), _MOST)
    yield from priced_cells(main)
    yield from priced_sentences(main, lines)
    yield from validity(lines)


def _statements(lines: list[Line]) -> Iterator[Given]:
    for index, line, heading in with_headings(lines):
        for sentence in split_sentences(line.text):
            yield from _days(sentence, heading)
            for match in _AMOUNT.finditer(sentence):
                yield _amount(match, sentence, heading)
        yield from _contacts(lines, index, heading)


def last_days(text: str) -> list[Given]:
    """The last days that a running text gives, without headings."""
    return [found for sentence in split_sentences(text) for found in _days(sentence, "")]


def amounts(text: str) -> list[Given]:
    """The amounts per something that a running text gives, without headings."""
    return [_amount(match, line, "") for line in split_sentences(text) for match in _AMOUNT.finditer(line)]


def gives_money(text: str) -> bool:
    """Whether *text* gives an amount of money, in whatever way."""
    return bool(_MONEY.search(text))


def _days(sentence: str, heading: str) -> Iterator[Given]:
    wording = _LAST_DAY.search(sentence)
    if not wording or _OWN_DATE.search(sentence):
        return
    for match in _DAY.finditer(_PERIOD.sub(lambda period: " " * len(period[0]), sentence), wording.end()):
        if value := _day(match):
            yield Given(
                kind="day", value=value, shown=match[0].rstrip("."), sentence=sentence[:300], labels=_named(heading)
            )


def _day(match: re.Match[str]) -> str:
    """The day as ISO 8601, with two dashes for a year that is not told; empty if there is no such day."""
    if match["iso"]:
        return match["iso"]
    month = month_number(match["name"]) if match["name"] else int(match["month2"])
    day = int(match["day"] or match["day2"])
    year = match["year"] or match["year2"] or "-"
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else ""


def _amount(match: re.Match[str], sentence: str, heading: str) -> Given:
    whole = int(re.sub(r"\D", "", match["value"]))
    rest = f",{match['rest']}" if match["rest"] and match["rest"] != "00" else ""
    value = f"{whole}{rest}/{match['unit'].lower()[:6]}"
    return Given(kind="amount", value=value, shown=match[0], sentence=sentence[:300], labels=_named(heading))


def _contacts(lines: Sequence[Line], index: int, heading: str) -> Iterator[Given]:
    text = lines[index].text
    found = [("phone", phone.value, phone.shown) for phone in find_phones(text, _before(lines, index))]
    found += [("mail", box.lower(), box) for box in find_mailboxes(text)]
    for kind, value, shown in found:
        before = text[: max(0, text.find(shown))]
        labels = [label for label in (_tail(before), *_short_lines(lines, index), *_named(heading)) if label]
        yield Given(kind=kind, value=value, shown=shown, sentence=before[-200:], labels=tuple(labels[:_LABELS]))


def _before(lines: Sequence[Line], index: int) -> str:
    return lines[index - 1].text if index else ""


def _tail(before: str) -> str:
    """The last words before a number on its own line, without «Telefon:» and the like."""
    tail = " ".join(before.strip(" :–-,").split()[-8:])[-_LONGEST_LABEL:]
    return "" if _is_generic(tail) else tail


def _short_lines(lines: Sequence[Line], index: int) -> Iterator[str]:
    """Short lines before, nearest first, as contact cards have them; up to the heading above."""
    for line in reversed(lines[max(0, index - 4) : index]):
        if line.level or len(line.text) > _LONGEST_LABEL:
            return
        if not _is_generic(line.text) and "@" not in line.text and not any(char.isdigit() for char in line.text):
            yield line.text


def _named(heading: str) -> tuple[str, ...]:
    return (heading[:_LONGEST_LABEL],) if heading and not _is_generic(heading) else ()


def _is_generic(text: str) -> bool:
    """Whether *text* has nothing but words that stand before any number («Telefon:», «Kontakta oss på»)."""
    return all(word.startswith("kontakt") or word in _GENERIC for word in words(text))
