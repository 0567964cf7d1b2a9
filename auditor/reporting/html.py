"""The report as a folder of static pages that open from a file, load nothing and need no script.

================================  ==============================================================
index.html                        the answer, the seven areas, what to do first
omraden/<area>.html               one area
uppgifter.html                    what simulated visitors found
sokningar.html                    what the site's own search finds
problem/index.html, <key>.html    all findings, one finding
sidor/index.html, <n>.html        all pages, page number n in the report's order
utveckling.html                   curves over the runs
metod.html                        scope, formula, limits, what was not tested, all rules
================================  ==============================================================

A list that is longer than one file should be goes on in index-2.html and so on. Names are the same in all languages,
so that a mailed link holds.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from jinja2 import Environment
from markupsafe import Markup

from auditor.content import content
from auditor.forked import cores, side_by_side
from auditor.model.report import PageRow, Report, ReportFinding
from auditor.model.vocabulary import Area, Severity, Viewport
from auditor.reporting import charts
from auditor.reporting.files import write_bytes, write_text
from auditor.reporting.pictures import size_of
from auditor.reporting.routes import route
from auditor.reporting.searches import SearchView
from auditor.reporting.templates import template_environment
from auditor.reporting.text import (
    clean,
    cleaned,
    file_key,
    first_paragraph,
    local_file,
    short_address,
    web_address,
)
from auditor.reporting.trend_view import PARTS, STATES
from auditor.reporting.view import COLUMNS, View
from auditor.reporting.words import DASH, Words

PAGES_PER_FILE = 500
FINDINGS_PER_FILE = 300
_AT_ONCE = 100
"""Pages that one process writes at a time; where there are no more, a second one is not worth it."""
_LIMITS = {
    "pages": 400,
    "places": 100,
    "page_findings": 200,
    "area_findings": 200,
    "tasks": 100,
    "searches": 60,
    "rules": 600,
    "untested": 300,
}
"""How many of each are listed in one file before «… and n more»: keeps every file far below 2 MB."""

_TASKS_UNFOLDED = 5
"""Where there are more, what came of each is folded away: two drawn ways take a screen or two."""

_T = TypeVar("_T")


@dataclass(frozen=True)
class Part:
    """One file of a list that may go on in others."""

    name: str
    number: int
    total: int
    offset: int
    items: Sequence[Any]


@dataclass(frozen=True)
class Picture:
    """A picture in the report's folder."""

    href: str
    width: int
    height: int


def write_html(report: Report, folder: Path) -> Path:
    """Writes *report* as HTML into *folder* and gives the path of its start page.

    Args:
        report: what to write. Its texts may be hostile; all are escaped.
        folder: where; screenshots and crops that the report names are there already.

    Raises:
        OSError: something cannot be written.
    """
    return _Writer(cleaned(report, clean), folder).write()


class _Writer:
    def __init__(self, report: Report, folder: Path) -> None:
        self._folder = folder
        self._report = report
        self._words = Words(report.language)
        self._view = View(report, self._words)
        self._rows: dict[str, Markup] = {}
        self._environment = self._prepared()

    def write(self) -> Path:
        self._clear()
        for name in ("report.css", "report.js"):
            write_bytes(self._folder / "assets" / name, (content("reports") / "assets" / name).read_bytes())
        start = self._page("index.html", "index.html.j2", here="start")
        for area in Area:
            self._page(f"omraden/{area}.html", "area.html.j2", here="areas", area=area, shown=self._view.in_area(area))
        self._page("uppgifter.html", "tasks.html.j2", here="tasks")
        self._page("sokningar.html", "searches.html.j2", here="searches")
        self._findings()
        self._pages()
        self._page("utveckling.html", "history.html.j2", here="history")
        self._page("metod.html", "method.html.j2", here="method")
        return start

    def _clear(self) -> None:
        """Takes away the pages of an earlier report, which this one may have no counterpart of."""
        for part in ("problem", "sidor"):
            for page in (self._folder / part).glob("*.html"):
                page.unlink()

    def _findings(self) -> None:
        for part in parts([*self._view.failed, *self._view.judge], FINDINGS_PER_FILE):
            self._page(f"problem/{part.name}", "findings.html.j2", here="findings", part=part)
        for finding in self._report.findings:
            self._page(f"problem/{file_key(finding.key)}.html", "finding.html.j2", here="findings", finding=finding)

    def _pages(self) -> None:
        for part in parts(self._report.pages, PAGES_PER_FILE):
            self._page(f"sidor/{part.name}", "pages.html.j2", here="pages", part=part)
        side_by_side(self._each_page, list(parts(self._report.pages, _AT_ONCE)), cores())

    def _each_page(self, part: Part) -> None:
        """Writes a file for each page of *part*; touches nothing but this report and these files."""
        for number, page in enumerate(part.items, part.offset + 1):
            found = [self._view.findings[key] for key in page.findings if key in self._view.findings]
            self._page(f"sidor/{number}.html", "page.html.j2", here="pages", page=page, number=number, found=found)

    def _page(self, name: str, template: str, **values: Any) -> Path:
        text = self._environment.get_template(template).render(root="../" * name.count("/"), **values)
        return write_text(self._folder / name, text)

    def _prepared(self) -> Environment:
        environment = template_environment(self._words)
        environment.globals.update(
            view=self._view,
            searches=SearchView(self._report, self._words),
            report=self._report,
            areas=tuple(Area),
            severities=tuple(reversed(Severity)),
            columns=COLUMNS,
            limits=_LIMITS,
            tasks_unfolded=_TASKS_UNFOLDED,
            pages_per_file=PAGES_PER_FILE,
            dash=DASH,
            legend_mark=charts.legend_mark,
            fork_lines=charts.fork,
            gain=charts.gain,
            route=lambda task, view: route(task, view, self._report.task_crops),
            page_link=self._page_link,
            page_title=self._page_title,
            picture=self._picture,
            row_head=self._row,
            Viewport=Viewport,
            trend_parts=PARTS,
            trend_states=STATES,
        )
        environment.filters.update(first_paragraph=first_paragraph, short=self._short, web=web_address)
        return environment

    def _page_link(self, url: str) -> str | None:
        number = self._view.numbers.get(url)
        return f"sidor/{number}.html" if number else None

    def _short(self, url: str) -> str:
        short = short_address(url, self._report.start)
        return f"/ ({self._words('page.start')})" if short == "/" else short

    def _page_title(self, page: PageRow) -> str:
        return page.title.strip() or self._words("page.untitled")

    def _picture(self, name: str) -> Picture | None:
        """The picture called *name*, if it is in the folder and is one."""
        href = local_file(name)
        if href is None:
            return None
        size = size_of(self._folder / name)
        return Picture(href, *size) if size else None

    def _row(self, finding: ReportFinding) -> Markup:
        """The head of *finding*'s row on a page under sidor/."""
        if finding.key not in self._rows:
            row = self._environment.get_template("row.html.j2").render(root="../", finding=finding)
            self._rows[finding.key] = Markup(row)
        return self._rows[finding.key]


def parts(items: Sequence[_T], size: int) -> Iterator[Part]:
    """*items* in files of *size*; one empty file if there are none."""
    total = max(1, -(-len(items) // size))
    for number in range(1, total + 1):
        offset = (number - 1) * size
        yield Part(part_name(number), number, total, offset, items[offset : offset + size])


def part_name(number: int) -> str:
    """Name of the file that holds part *number* of a list."""
    return "index.html" if number == 1 else f"index-{number}.html"
