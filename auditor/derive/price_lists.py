"""What pages say that things cost: cells of price lists, and sentences with one amount."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import islice

from bs4 import Tag

from auditor.derive.dom import clean
from auditor.derive.readability import split_sentences
from auditor.derive.text_lines import Line, text_lines, under_headings
from auditor.model.site import Given

_MOST = 80
_LONGEST = 120
_NUMBER = r"(?P<value>\d{1,3}(?:[ \u00a0.]\d{3})+|\d{1,6})(?:[.,](?P<rest>\d\d))?"
_CURRENCY = r"(?:kr\b\.?|kronor\b|sek\b|:-)"
_CELL = re.compile(
    rf"{_NUMBER}\s*(?P<currency>{_CURRENCY})?\s*(?P<unit>(?:/|per\s)\s*[\wåäö /]{{1,25}})?\s*\*{{0,3}}", re.IGNORECASE
)
_PER_TIME = re.compile(
    r"(?:/|per)\s*(?:h|tim|timm?[ea]|dag|dygn|kväll|vecka|månad|tillfälle|gång|hour|day)\b", re.IGNORECASE
)
_NAMES_PRICES = re.compile(r"tax|avgift|pris|hyr|kostnad|\b(?:fee|price|rent)", re.IGNORECASE)
_SAID = re.compile(rf"(?<![\d.,–-]){_NUMBER}\s*{_CURRENCY}", re.IGNORECASE)
_NOT_EXACT = re.compile(
    r"(?:\b(?:från|ca|cirka|omkring|upp till|högst|minst|max|mellan|under|över)|[-–])\s*$|^\s*[-–]\s*\d",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"\b(?:gäller|gällande|giltig\w*|ny[at]?\s+(?:tax|avgift|pris)\w*|(?:tax|avgift|pris)\w*(?:\s+\w+){0,4}\s+från|valid)\b",
    re.IGNORECASE,
)
_DECIDED = re.compile(r"antag(?:en|na|et)|beslut|fastställ|upphör|t\.?\s?o\.?\s?m\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_YEARS = 4
_NAMES_MONEY = re.compile(r"\b(?:kr|kronor|sek)\b", re.IGNORECASE)


def priced_cells(main: Tag) -> Iterator[Given]:
    """Amounts in tables with a row of headings: the row's label, the column's, and what stands over them.

    That is what heads a group of rows (empty if nothing does), the corner of the table, the caption with the heading
    right above, and the headings above that. Tables with other merged cells are left out: which heading
    belongs to which cell would be a guess.
    """
    yield from islice((cell for table in main.find_all("table") for cell in _cells(table)), _MOST)


def _cells(table: Tag) -> Iterator[Given]:
    rows = [row.find_all(["th", "td"], recursive=False) for row in table.find_all("tr")]
    rows = [row for row in rows if row]
    if len(rows) < 2 or table.find("table"):
        return
    heads = [_text(cell) for cell in rows[0]]
    if any(_is_merged(cell) for row in rows for cell in row if not _spans(row, len(heads))):
        return
    if any(_amount(head) for head in heads):
        return
    above = _above(table)
    is_of_prices = bool(_NAMES_PRICES.search(" ".join((*heads, *above))))
    groups: list[str] = []
    grouping = False
    for row in rows[1:]:
        texts = [_text(cell) for cell in row]
        if texts[0] and not any(texts[1:]) and (len(texts) == len(heads) > 1 or _spans(row, len(heads))):
            groups = [texts[0], *groups] if grouping else [texts[0]]
            grouping = True
            continue
        grouping = False
        if len(texts) != len(heads):
            continue
        first = next((index for index, text in enumerate(texts) if _amount(text)), len(texts))
        label = ", ".join(text for text in texts[:first] if text)
        for head, text in list(zip(heads, texts, strict=True))[first:]:
            match = _amount(text)
            if not match or not label:
                continue
            unit = match["unit"] or ""
            is_price = bool(match["currency"] or _NAMES_MONEY.search(" ".join((head, *above))))
            if is_price or (is_of_prices and _PER_TIME.match(unit)):
                yield Given(
                    kind="fee",
                    value=_value(match),
                    shown=text,
                    labels=(
                        label[:_LONGEST],
                        f"{head} {unit}".strip()[:_LONGEST],
                        " | ".join(groups)[:_LONGEST],
                        heads[0][:_LONGEST],
                        *(text[:_LONGEST] for text in above),
                    ),
                )


def _spans(row: Sequence[Tag], columns: int) -> bool:
    """Whether *row* is one cell across the whole table: it heads the rows below."""
    return len(row) == 1 and columns > 1 and str(row[0].get("colspan") or "").strip() == str(columns)


def _is_merged(cell: Tag) -> bool:
    return any(str(cell.get(name) or "1").strip() not in ("0", "1") for name in ("colspan", "rowspan"))


def _amount(text: str) -> re.Match[str] | None:
    return _CELL.fullmatch(text)


def _text(cell: Tag) -> str:
    return clean(cell.get_text(" "), _LONGEST)


def _above(table: Tag) -> tuple[str, ...]:
    """The caption with the heading right above, since one often says what the other leaves out; then the headings
    that those stand under, but for the main heading."""
    caption = table.find("caption")
    headings: list[str] = []
    level = 7
    for heading in table.find_all_previous(["h1", "h2", "h3", "h4", "h5", "h6"]):
        if isinstance(heading, Tag) and int(heading.name[1]) < level:
            level = int(heading.name[1])
            if level == 1:
                break
            headings.append(_text(heading))
    nearest = f"{_text(caption) if isinstance(caption, Tag) else ''} {headings[0] if headings else ''}".strip()
    return (nearest, *headings[1:])


def priced_sentences(main: Tag, lines: list[Line]) -> Iterator[Given]:
    """Amounts in running text: sentences that give exactly one, and give it as exact; rows of tables are none."""
    rows = {line.text for table in main.find_all("table") for line in text_lines(table)}
    yield from islice(_sentences(lines, rows), _MOST)


def _sentences(lines: list[Line], rows: Container[str]) -> Iterator[Given]:
    for line, headings in under_headings(lines):
        if line.text in rows:
            continue
        for sentence in split_sentences(line.text):
            found: Sequence[re.Match[str]] = list(_SAID.finditer(sentence))
            if len(found) != 1 or len(sentence) > 300:
                continue
            match = found[0]
            if not (_NOT_EXACT.search(sentence[: match.start()]) or _NOT_EXACT.match(sentence[match.end() :])):
                yield Given(
                    kind="fee",
                    value=_value(match),
                    shown=match[0],
                    sentence=sentence,
                    labels=tuple(heading[:_LONGEST] for heading in headings),
                )


def validity(lines: list[Line]) -> Iterator[Given]:
    """Years from which, or for which, the page says that its prices hold."""
    told = [
        match[0]
        for line in lines
        for sentence in split_sentences(line.text)
        if _NAMES_PRICES.search(sentence) or _HOLDS.search(sentence)
        if (line.level or _HOLDS.search(sentence)) and not _DECIDED.search(sentence) and len(sentence) <= _LONGEST
        for match in _YEAR.finditer(sentence)
    ]
    yield from (Given(kind="prices", value=year, shown=year) for year in islice(dict.fromkeys(told), _YEARS))


def _value(match: re.Match[str]) -> str:
    whole = int(re.sub(r"\D", "", match["value"]))
    return f"{whole},{match['rest']}" if match["rest"] and match["rest"] != "00" else str(whole)
