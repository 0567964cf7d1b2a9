"""findings.csv: one row per place, for a spreadsheet.

UTF-8 with a byte order mark, semicolons and CRLF: so Excel with Swedish (or any European) settings opens it with a
double click, and LibreOffice too. A cell that a spreadsheet would take for a formula gets an apostrophe in front. Of a
finding with more places than the report lists, the first are here; the numbers of pages and places are in every row.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from auditor.model.report import Place, Report, ReportFinding
from auditor.reporting.files import write_text
from auditor.reporting.text import clean, cleaned
from auditor.reporting.words import Words

NAME = "findings.csv"
COLUMNS = (
    "key",
    "rule",
    "area",
    "outcome",
    "severity",
    "state",
    "first_seen",
    "title",
    "requirements",
    "pages",
    "targets",
    "url",
    "viewport",
    "state_of_page",
    "sentence",
    "text",
    "selector",
    "html",
    "detail",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\N{FULLWIDTH EQUALS SIGN}", "\N{FULLWIDTH PLUS SIGN}",
            "\N{FULLWIDTH HYPHEN-MINUS}", "\N{FULLWIDTH COMMERCIAL AT}")  # fmt: skip
_MAX_CELL = 32_000


def write_csv(report: Report, folder: Path) -> Path:
    """Writes the findings of *report* to findings.csv in *folder* and gives its path.

    Raises:
        OSError: the file cannot be written.
    """
    words = Words(report.language)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([words(f"csv.{column}") for column in COLUMNS])
    for finding in cleaned(report.findings, clean):
        for row in _rows(finding, words, compare=bool(report.previous_at)):
            writer.writerow([harmless(row[column]) for column in COLUMNS])
    return write_text(folder / NAME, out.getvalue(), encoding="utf-8-sig")


def harmless(cell: str) -> str:
    """*cell* so that no spreadsheet takes it for a formula, cut at what a cell of Excel can hold."""
    start = cell.lstrip(" ")
    return ("'" + cell if cell.startswith(_FORMULA) or start.startswith(_FORMULA) else cell)[:_MAX_CELL]


def _rows(finding: ReportFinding, words: Words, *, compare: bool) -> Iterator[dict[str, str]]:
    shared = {
        "key": finding.key,
        "rule": finding.rule,
        "area": words.area(finding.area),
        "outcome": words.outcome(finding.kind),
        "severity": words.severity(finding.severity),
        "state": words.state(finding.state) if compare else "",
        "first_seen": finding.first_seen[:10],
        "title": finding.title,
        "requirements": ", ".join(f"{one.standard} {one.number}" for one in finding.requirements),
        "pages": str(finding.page_count),
        "targets": str(finding.target_count),
    }
    urls = finding.pages or ("",)
    places = finding.places or tuple(
        Place(url=url, viewport=None, selector="", text="", html="", sentence="") for url in urls
    )
    for place in places:
        yield shared | {
            "url": place.url,
            "viewport": words.viewport(place.viewport),
            "state_of_page": place.state,
            "sentence": place.sentence or finding.sentence,
            "text": place.text,
            "selector": place.selector,
            "html": place.html,
            "detail": place.detail,
        }
