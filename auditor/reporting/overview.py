"""The overview: all sites, run by run, as static pages that lie beside the reports.

=========================  ==================================================
index.html                 all sites
<site>/index.html          one site: what changed, its problems, decisions, runs
<site>/<run>/index.html    the report of a run, written by the audit
=========================  ==================================================

Every link is relative, so that the folder can lie on a web server, on a network share, or be opened from a disk. The
local server renders the same pages with forms for decisions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from auditor.content import content
from auditor.model.decision import DecisionKind
from auditor.model.finding import IssueState
from auditor.model.overview import SiteLines
from auditor.model.vocabulary import Area, Language
from auditor.reporting.files import write_bytes, write_text
from auditor.reporting.templates import template_environment
from auditor.reporting.text import clean, cleaned
from auditor.reporting.trend_view import VIEWS, TrendView
from auditor.reporting.words import DASH, Words

ASSETS = ("report.css", "report.js")
MOST_ISSUES = 500
"""Issues on the page of one site: keeps it below 2 MB, forms and all."""
_LISTED = 20
_STANDING = (IssueState.NEW, IssueState.OPEN, IssueState.REOPENED, IssueState.NOT_RETESTED)


@dataclass(frozen=True, kw_only=True)
class Deciding:
    """What the pages need so that decisions can be recorded from them."""

    token: str = ""
    """Proves that a form comes from these pages; without it there are no forms."""
    who: str = ""
    """Who is likely to decide."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A form that held no decision, to be shown again as it was filled in."""

    fault: str = ""
    """A key below ``overview.fault``."""
    issue: str = ""
    decision: str = ""
    why: str = ""
    to: str = ""
    until: str = ""
    who: str = ""


class OverviewPages:
    """Renders the pages in one language."""

    def __init__(self, language: Language, deciding: Deciding = Deciding()) -> None:
        self._words = Words(language)
        self._environment = template_environment(self._words)
        self._environment.globals.update(
            dash=DASH,
            areas=tuple(Area),
            kinds=tuple(DecisionKind),
            token=deciding.token,
            who=deciding.who,
            blank=Draft(),
            limit=_LISTED,
            most=MOST_ISSUES,
        )

    def start(self, sites: Sequence[SiteLines], now: datetime) -> str:
        """The page of all sites."""
        last = [run for site in sites if (run := site.last) and not run.first]
        parts: dict[str, object] = {
            name: self._words(f"overview.summary_{name}", sum(getattr(run, name) for run in last))
            for name in ("new", "back", "fixed")
        }
        summary = self._words("overview.summary", None, **parts) if last else ""
        return self._page(
            "overview.html.j2",
            now,
            root="",
            site=None,
            sites=[(site, TrendView(site.history, self._words)) for site in cleaned(tuple(sites), clean)],
            summary=summary,
        )

    def site(self, site: SiteLines, now: datetime, told: str = "", draft: Draft | None = None) -> str:
        """The page of one site.

        Args:
            site: what is shown.
            now: when.
            told: names what was just done: a key below ``overview``.
            draft: what was filled in and could not be recorded.
        """
        site = cleaned(site, clean)
        return self._page(
            "overview_site.html.j2",
            now,
            root="../",
            site=site,
            lead=self._lead(site),
            trend=TrendView(site.history, self._words),
            views=VIEWS,
            changes=[(name, issues) for name, issues in self._changes(site) if issues],
            standing=site.of_state(*_STANDING),
            told=self._words(f"overview.{told}") if told else "",
            draft=draft,
        )

    def _lead(self, site: SiteLines) -> str:
        run = site.last
        if run is None:
            return ""
        return self._words(
            "overview.site_lead",
            date=self._words.date(run.started_at),
            pages=self._words("count.pages", run.pages),
            problems=self._words("overview.problems", run.problems),
        )

    @staticmethod
    def _changes(site: SiteLines) -> Sequence[tuple[str, Sequence[Any]]]:
        return (
            ("new", () if site.last and site.last.first else site.of_state(IssueState.NEW)),
            ("back", site.of_state(IssueState.REOPENED)),
            ("fixed", site.of_state(IssueState.FIXED, IssueState.GONE)),
            ("not_retested", site.of_state(IssueState.NOT_RETESTED)),
        )

    def _page(self, template: str, now: datetime, **values: Any) -> str:
        moment = now.isoformat(timespec="minutes")
        return self._environment.get_template(template).render(now=moment, today=now.date(), **values)


def write_overview(sites: Sequence[SiteLines], folder: Path, language: Language, now: datetime) -> Path:
    """Writes the overview of *sites* into *folder*, beside the reports there, and gives its start page.

    Raises:
        OSError: it cannot be written.
    """
    pages = OverviewPages(language)
    for name in ASSETS:
        write_bytes(folder / "assets" / name, (content("reports") / "assets" / name).read_bytes())
    for site in sites:
        write_text(folder / site.folder / "index.html", pages.site(site, now))
    return write_text(folder / "index.html", pages.start(sites, now))
