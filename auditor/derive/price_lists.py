"""What pages say that things cost: cells of price lists, and sentences with one amount."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import islice

from bs4 import Tag

from auditor.derive.dom import clean
from auditor.derive.readability import split_sentences
from auditor.derive.text_lines import Line, text_lines, with_headings
from auditor.model.site import Given

_MOST = 80
_LONGEST = 120
_NUMBER = r"(?P<value>\d{1,3}(?:[ \u00a0]\d{3})+|\d{1,6})(?:[.,](?P<rest>\d\d))?"
_CURRENCY = r"(?:kr\b\.?|kronor\b|sek\b|:-)"
_CELL = re.compile(
    rf"{_NUMBER}\s*(?P<currency>{_CURRENCY})?\s*(?P<unit>(?:/|per\s)\s*[\wåäö ]{{1,25}})?", re.IGNORECASE
)
_SAID = re.compile(rf"(?<![\d.,–-]){_NUMBER}\s*{_CURRENCY}", re.IGNORECASE)
_NOT_EXACT = re.compile(
    r"(?:\b(?:från|ca|cirka|omkring|upp till|högst|minst|max|mellan|under|över)|[-–])\s*$|^\s*[-–]\s*\d",
    re.IGNORECASE,
)
_NAMES_MONEY = re.compile(r"\b(?:kr|kronor|sek)\b", re.IGNORECASE)


def priced_cells(main: Tag) -> Iterator[Given]:
    """Amounts in tables with a row of headings: the row's label, the column's, and the caption or the heading above.

    Tables with merged cells are left out: which heading belongs to which cell would be a guess.
    """
    yield from islice((cell for table in main.find_all("table") for cell in _cells(table)), _MOST)


def _cells(table: Tag) -> Iterator[Given]:
    rows = [row.find_all(["th", "td"], recursive=False) for row in table.find_all("tr")]
    rows = [row for row in rows if row]
    if len(rows) < 2 or table.find("table"):
        return
    if any(_is_merged(cell) for row in rows for cell in row):
        return
    heads = [_text(cell) for cell in rows[0]]
    if any(_amount(head) for head in heads):
        return
    context = _context(table)
    for row in rows[1:]:
        texts = [_text(cell) for cell in row]
        if len(texts) != len(heads):
            continue
        first = next((index for index, text in enumerate(texts) if _amount(text)), len(texts))
        label = ", ".join(text for text in texts[:first] if text)
        for head, text in list(zip(heads, texts, strict=True))[first:]:
            match = _amount(text)
            if match and label and (match["currency"] or _NAMES_MONEY.search(f"{head} {context}")):
                unit = match["unit"] or ""
                yield Given(
                    kind="fee",
                    value=_value(match),
                    shown=text,
                    labels=(label[:_LONGEST], f"{head} {unit}".strip()[:_LONGEST], context),
                )


def _is_merged(cell: Tag) -> bool:
    return any(str(cell.get(name) or "1").strip() not in ("0", "1") for name in ("colspan", "rowspan"))


def _amount(text: str) -> re.Match[str] | None:
    return _CELL.fullmatch(text)


def _text(cell: Tag) -> str:
    return clean(cell.get_text(" "), _LONGEST)


def _context(table: Tag) -> str:
    """The caption and the heading above: one of them often says what the other leaves out."""
    caption = table.find("caption")
    heading = table.find_previous(["h1", "h2", "h3", "h4", "h5", "h6"])
    above = _text(heading) if isinstance(heading, Tag) and heading.name != "h1" else ""
    return f"{_text(caption) if isinstance(caption, Tag) else ''} {above}".strip()


def priced_sentences(main: Tag, lines: list[Line]) -> Iterator[Given]:
    """Amounts in running text: sentences that give exactly one, and give it as exact; rows of tables are none."""
    rows = {line.text for table in main.find_all("table") for line in text_lines(table)}
    yield from islice(_sentences(lines, rows), _MOST)


def _sentences(lines: list[Line], rows: Container[str]) -> Iterator[Given]:
    for _, line, heading in with_headings(lines):
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
                    labels=(heading[:_LONGEST],),
                )


def _value(match: re.Match[str]) -> str:
    whole = int(re.sub(r"\D", "", match["value"]))
    return f"{whole},{match['rest']}" if match["rest"] and match["rest"] != "00" else str(whole)
