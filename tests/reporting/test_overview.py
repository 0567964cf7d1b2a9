"""The overview as static pages."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from auditor.model.decision import Decision, DecisionKind
from auditor.model.overview import SiteLines
from auditor.model.score import AreaScore, Score
from auditor.model.vocabulary import Area, Language, Viewport
from auditor.pipeline.decisions import keep_filed
from auditor.pipeline.overview import overview, report_folder, site_folder
from auditor.reporting.overview import OverviewPages, write_overview
from tests.web.worlds import MENDED, NEW, OLD, SITE, told

NOW = datetime(2024, 5, 20, 9, 30, tzinfo=UTC)


class Page(HTMLParser):
    """Links and ids of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.append(value)
            if name == "id" and value:
                self.ids.append(value)


@pytest.fixture(scope="module", params=list(Language))
def written(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> tuple[Path, list[SiteLines]]:
    """The folder of an overview, and what it shows."""
    history, reports = told(tmp_path_factory.mktemp("world"))
    sites = overview(history, reports, request.param)
    history.close()
    write_overview(sites, reports, request.param, NOW)
    return reports, list(sites)


def pages(folder: Path) -> list[Path]:
    return [folder / "index.html", *folder.glob("*/index.html")]


def test_all_links_lead_to_files_in_the_folder(written: tuple[Path, list[SiteLines]]) -> None:
    for path in pages(written[0]):
        page = Page(path.read_text(encoding="utf-8"))
        for link in page.links:
            parts = urlsplit(link)
            assert not parts.scheme, link
            if parts.path:
                assert (path.parent / unquote(parts.path)).is_file(), link
            if parts.fragment and not parts.path:
                assert parts.fragment in page.ids, link
        assert len(page.ids) == len(set(page.ids))


def test_static_pages_have_no_forms(written: tuple[Path, list[SiteLines]]) -> None:
    for path in pages(written[0]):
        text = path.read_text(encoding="utf-8")
        assert "<form" not in text
        assert "form-action 'none'" in text
        assert "<script>alert" not in text


def test_runs_are_compared_and_issues_told_apart(written: tuple[Path, list[SiteLines]]) -> None:
    site = next(one for one in written[1] if one.key == SITE)
    last, first = site.runs
    assert (last.new, last.fixed, last.back, last.not_retested, last.first) == (1, 1, 0, 0, False)
    assert first.first
    assert last.report == f"{SITE}/2/index.html"
    assert {issue.id: str(issue.state) for issue in site.issues} == {OLD: "open", NEW: "new", MENDED: "fixed"}
    issues = {issue.id: issue for issue in site.issues}
    assert issues[OLD].decision is not None
    assert issues[OLD].page == f"{SITE}/2/problem/{OLD}.html"
    assert issues[NEW].page == ""


def test_problems_of_one_name_are_told_apart_by_their_causes(written: tuple[Path, list[SiteLines]]) -> None:
    site = next(one for one in written[1] if one.key == SITE)
    issue = replace(next(one for one in site.issues if one.id == NEW), cause="1.3.1")
    other = replace(issue, id="other", cause="<b>1.4.3</b>")
    pages = OverviewPages(Language.SWEDISH)
    alone, beside = (pages.site(replace(site, issues=found), NOW) for found in ((issue,), (issue, other)))
    assert "<code>1.3.1</code>" not in alone
    assert "<code>1.3.1</code>" in beside
    assert "<code>&lt;b&gt;1.4.3&lt;/b&gt;</code>" in beside


def test_decisions_of_the_teams_own_file_are_shown(tmp_path: Path) -> None:
    history, reports = told(tmp_path)
    filed = Decision(
        issue=NEW, kind=DecisionKind.WONT_FIX, who="Ö. Ek", when="2024-05-03", why="<i>", source="b.yaml:3"
    )
    keep_filed(history.run("2"), [filed, replace(filed, issue="f" * 12, who="Ingen")])
    sites = overview(history, reports, Language.SWEDISH)
    history.close()
    write_overview(sites, reports, Language.SWEDISH, NOW)
    text = (reports / SITE / "index.html").read_text(encoding="utf-8")
    decided = text.partition('id="beslut"')[2].partition("</section>")[0]
    assert "Rättas inte" in decided
    assert "Ö. Ek" in decided
    assert "&lt;i&gt;" in decided
    assert "b.yaml:3" in decided
    assert "Ingen" not in text, "an issue that no run has had"


def test_scores_over_time_are_drawn_and_stand_in_a_table(tmp_path: Path) -> None:
    history, reports = told(tmp_path)
    for run_id, value in (("1", 40.0), ("2", 75.0)):
        every = Score(value=value, coverage=1.0, rules=3)
        history.run(run_id).save_scores(
            [AreaScore(area=Area.SEARCH, viewport=Viewport.PHONE, every=every, requirement=every, good_practice=every)]
        )
    sites = overview(history, reports, Language.SWEDISH)
    history.close()
    write_overview(sites, reports, Language.SWEDISH, NOW)
    page = BeautifulSoup((reports / SITE / "index.html").read_text(encoding="utf-8"), "lxml")
    start = BeautifulSoup((reports / "index.html").read_text(encoding="utf-8"), "lxml")
    curves = page.select("#utveckling figure")
    assert len(curves) == len(Area)
    assert "mobil: från 40 till 75" in str(page.select("#kurva-search svg")[0]["aria-label"]).casefold()
    rows = [[cell.get_text() for cell in row.select("td")] for row in page.select("#poangtabell tbody tr")]
    assert [[one for one in row if one != "–"] for row in rows] == [["75"], ["40"]]
    (line,) = start.select("svg.spark")
    assert line["aria-label"] == "Antal problem: första körningen 2, senaste 2"


def test_a_run_whose_report_is_gone_has_no_link(tmp_path: Path) -> None:
    history, reports = told(tmp_path)
    (report_folder(reports, SITE, "1") / "index.html").unlink()
    history.thin("1")
    sites = overview(history, reports, Language.SWEDISH)
    history.close()
    write_overview(sites, reports, Language.SWEDISH, NOW)
    text = (reports / SITE / "index.html").read_text(encoding="utf-8")
    assert "gallrad" in text
    assert re.findall(r'href="\.\./www\.sjoboda\.example/(\d)/index\.html"', text) == ["2", "2"]


def test_no_sites_is_a_page_too(tmp_path: Path) -> None:
    start = write_overview([], tmp_path, Language.SWEDISH, NOW)
    assert "Ingen webbplats är granskad ännu" in start.read_text(encoding="utf-8")


@pytest.mark.parametrize("site", ["www.sjoboda.example", "xn--sjbo-gra.example", "a-b.example"])
def test_a_host_is_its_own_folder(site: str) -> None:
    assert site_folder(site) == site


def test_folders_of_strange_sites_stay_within_and_apart() -> None:
    strange = [
        "../..",
        "a/b",
        "a\\b",
        ".",
        "..",
        "",
        "A.example",
        "a.example.",
        "å.example",
        "localhost:3000",
        "a" * 300,
    ]
    folders = [site_folder(site) for site in strange]
    assert len(set(folders)) == len(strange)
    for folder in folders:
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,60}", folder), folder
