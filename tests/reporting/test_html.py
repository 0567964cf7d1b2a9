"""The HTML report: what it says, that its links hold, and that nothing in it can run or be fetched."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from auditor.model.finding import IssueState
from auditor.model.report import Place, Report, Untested
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.reporting.html import PAGES_PER_FILE, parts, write_html
from auditor.reporting.view import most_harmful
from tests.reporting.sample import empty, sample

VARIANTS = ("sv", "en", "partial", "first", "empty")
TWO_MEGABYTES = 2_000_000
HOSTILE = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>' onmouseover='alert(1)",
    "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}</title></textarea><!--",
    "\u202egnp.exe\x00\x1b[31m\ud800]]>",
    "å" * 10_000,
    "</script><svg onload=alert(1)>&lt;b&gt;",
)


def soups(folder: Path) -> Iterator[tuple[Path, BeautifulSoup]]:
    for path in sorted(folder.rglob("*.html")):
        yield path, BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


def soup(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "lxml")


def text(path: Path) -> str:
    return re.sub(r"\s+", " ", soup(path).get_text(" "))


def told_in(page: BeautifulSoup, selector: str) -> str:
    """The text of the first element that *selector* names."""
    found = page.select_one(selector)
    assert found is not None
    return found.get_text(" ", strip=True).replace("\xa0", " ")


def test_the_start_page_says_what_changed(written: Path) -> None:
    told = text(written / "sv" / "index.html")
    assert "15 sidor är provade i mobil och på dator. Där finns 10 problem att rätta." in told
    assert "Sedan 14 november 2026: 3 nya problem, 1 som kommit tillbaka, 3 åtgärdade" in told
    assert "1 som inte kunde provas igen, 1 som försvann med sin sida." in told
    assert "Dessutom finns 2 frågor som en person behöver titta på." in told


def test_a_first_run_compares_with_nothing(written: Path) -> None:
    told = text(written / "first" / "index.html")
    assert "Det här är den första körningen" in told
    assert "Förra gången" not in told
    assert "nytt" not in told


def test_at_most_five_come_first_worst_on_top(written: Path) -> None:
    cards = soup(written / "sv" / "index.html").select("#gor-forst .card")
    assert len(cards) == 5
    assert "kontrasten 2,9:1" in cards[0].get_text()
    assert "15 sidor" in cards[0].get_text()


def test_two_rules_about_one_element_are_one_thing_to_mend_first() -> None:
    one, other, third = sample().findings[:3]
    place = replace(one.places[0], html='<button class="meny">')
    same = replace(place, selector="button", html='<button class="meny">Meny</button>')
    findings = [replace(one, places=(place,), harm=1.0), replace(other, places=(same,), harm=2.0), third]

    assert [finding.key for finding in most_harmful(findings, 5) if finding is not third] == [other.key]


def test_what_a_person_must_judge_is_never_among_the_failures(written: Path) -> None:
    judged = {f"{one.key}.html" for one in sample().findings if one.kind is OutcomeKind.CANT_TELL}
    for path, page in soups(written / "sv"):
        for section in page.select("#att-ratta, #gor-forst"):
            linked = {Path(str(link["href"])).name for link in section.select("a[href]")}
            assert not linked & judged, path
    listed = soup(written / "sv" / "problem" / "index.html").select("#titta a[href]")
    assert {link["href"] for link in listed} == {f"../problem/{name}" for name in judged}


def test_an_untested_area_has_a_dash_and_no_mark(written: Path) -> None:
    lanes = soup(written / "sv" / "index.html").select("#omrade-information .lane")
    assert [len(lane.select(".mark")) for lane in lanes] == [1, 0]
    assert "–" in lanes[1].get_text()


def test_nothing_tested_gives_no_scores(written: Path) -> None:
    start = soup(written / "empty" / "index.html")
    assert not start.select(".dots .mark")
    assert "Ingenting kunde provas" in start.get_text()
    assert not re.search(r"\b100 %|\b0 %", start.select_one("main").get_text())  # type: ignore[union-attr]


@pytest.mark.parametrize("variant", ["partial", "empty"])
def test_an_incomplete_run_says_so_on_every_page(written: Path, variant: str) -> None:
    for path, page in soups(written / variant):
        assert page.select_one("#ofullstandig"), path


def test_requirements_and_good_practice_are_shown_apart(written: Path) -> None:
    told = text(written / "sv" / "omraden" / "accessibility.html")
    assert "Krav i standard" in told
    assert "God praxis" in told


def test_a_problem_page_has_everything(written: Path) -> None:
    told = text(written / "sv" / "problem" / "a1f04c9be210.html")
    parts_told = (
        "15 sidor, 60 ställen",
        "mobil och dator",
        "12 september 2026",
        "Så rättar ni",
        "WCAG 2.1, 1.4.3",
        "nivå AA",
        "avsnitt 9.1.4.3 i EN 301 549",
        "main > p > a:nth-of-type(2)",
        "… och 30 till",
    )
    for part in parts_told:
        assert part in told.replace("\xa0", " "), part


def test_a_recommendation_is_no_deviation(written: Path) -> None:
    told = text(written / "sv" / "problem" / "3e90b5a1d662.html")
    assert "Avvikelse mot" not in told
    assert "rekommendation" in told


def test_tasks_are_told_as_simulated_with_what_would_help(written: Path) -> None:
    told = text(written / "sv" / "uppgifter.html").replace("\xa0", " ")

    assert "Simulerat: 0 av 2 uppgifter hittas av minst hälften av besökarna i mobil." in told
    assert "Simulerat: 1 av 2 uppgifter hittas av minst hälften av besökarna på dator." in told
    assert "inte mot människor på kommuners webbplatser" in told
    assert "Fel länk vann: ”Uppleva och göra” 44 % av klicken på sidan" in " ".join(told.split())
    assert "Rätt länk förlorade: ”Föreningar” 12 % av klicken på sidan" in " ".join(told.split())
    assert "Rätt länk står långt ner, på skärm 3." in told
    assert "heta ”Bidrag till föreningar”" in told
    assert "går från 15 % till 30 %" in told
    assert "Ingen sida liknar ett svar" in told
    assert "Simulerat: 0 av 2" in text(written / "sv" / "index.html").replace("\xa0", " ")


def test_one_task_is_told_in_the_singular(tmp_path: Path) -> None:
    report = sample()
    assert report.findability is not None
    one = replace(report, findability=replace(report.findability, tasks=report.findability.tasks[:1]))
    told = text(write_html(one, tmp_path)).replace("\xa0", " ")
    assert "Simulerat: 0 av 1 uppgift hittas" in told


def test_every_figure_of_a_guessed_answer_is_marked(written: Path) -> None:
    page = dict(soups(written / "sv"))[written / "sv" / "uppgifter.html"]
    sure, guessed, _ = page.select("#uppgiftstabell tbody tr")
    assert not sure.select(".guess")
    assert len(guessed.select("td.num .guess")) == 2
    assert len(page.select("#uppgift-2 .task-found .guess")) == 2
    assert len(page.select("#uppgift-2 .facts .guess")) == 2
    assert told_in(page, "#uppgift-2").count("Programmet har gissat det.") == 2
    lead = told_in(page, "p.lead")
    assert "gissat vilken sida som ger svaret" in lead
    assert "Räknat bara på den uppgift där en person har bekräftat svaret" in page.get_text()


def test_what_came_of_many_tasks_is_folded_and_of_few_is_not(written: Path, tmp_path: Path) -> None:
    few = dict(soups(written / "sv"))[written / "sv" / "uppgifter.html"]
    assert [more.has_attr("open") for more in few.select(".task-more")] == [True, True]

    report = sample()
    assert report.findability is not None
    tasks = [replace(task, id=f"{task.id}-{number}") for number in range(3) for task in report.findability.tasks]
    many = write_html(replace(report, findability=replace(report.findability, tasks=tuple(tasks))), tmp_path).parent
    page = dict(soups(many))[many / "uppgifter.html"]
    assert [more.has_attr("open") for more in page.select(".task-more")] == [False] * 6
    assert told_in(page, "#uppgift-1 .task-found").startswith("Simulerade besökare som hittar genom att klicka: mobil")


def test_where_no_page_looks_like_an_answer_nothing_was_guessed(written: Path) -> None:
    page = dict(soups(written / "sv"))[written / "sv" / "uppgifter.html"]
    last = {
        row.th.get_text(strip=True): row("td")[-1].get_text(strip=True) for row in page.select("tbody tr") if row.th
    }
    assert last["Hur får vår förening ordna ett lotteri?"] == "ingen sida liknar ett svar"
    assert last["Hur bokar vi en idrottshall?"].endswith("obekräftat, programmets egen gissning")


def test_shares_are_told_by_clicking_by_searching_and_by_either(written: Path) -> None:
    page = dict(soups(written / "sv"))[written / "sv" / "uppgifter.html"]
    phone = " ".join(told_in(page, "#satt-tabell tbody tr").split())
    assert phone == "Mobil 31 % 20 %–45 % · 2 uppgifter 52 % 52 %–52 % · 1 uppgift 67 % 67 %–67 % · 1 uppgift"
    guessed = " ".join(told_in(page, "#uppgift-2 dl.facts").split())
    assert "Genom att söka inte provat" in guessed


def test_the_way_is_drawn_with_the_fork_on_its_page_and_tells_all_in_text(written: Path) -> None:
    page = dict(soups(written / "sv"))[written / "sv" / "uppgifter.html"]
    phone, desktop = page.select("#uppgift-1 .route")
    stops = phone.select("li.stop")
    assert [stop.select_one(".fork") is not None for stop in stops] == [True, False, False, False, False]
    assert "stop-back" in stops[1]["class"]
    assert "stop-found" in stops[-1]["class"]
    assert not desktop.select(".fork"), "nothing to mend where most find"
    for svg in page.select("svg.fork-chart, svg.gain-chart"):
        assert svg["aria-hidden"] == "true"
    lost = told_in(page, "#uppgift-2 .task-view")
    assert "… och 4 steg till" in lost
    assert "Här gick flest fel: ”Uppleva och göra”" in lost
    assert "Gav upp här." in lost
    assert "Ingen av de prövade ändringarna hjälper" in lost


def test_a_run_without_simulation_says_why(written: Path) -> None:
    assert "avbröts innan sidorna var hämtade" in text(written / "empty" / "uppgifter.html")


def test_every_criterion_is_listed_and_none_is_met(written: Path) -> None:
    page = dict(soups(written / "sv"))[written / "sv" / "metod.html"]
    rows = page.select("#kriterietabell tbody tr")
    assert len(rows) == 50
    told = {row["id"]: row.get_text(" ", strip=True) for row in rows}
    assert "Avvikelser funna" in told["kriterium-1-4-3"]
    assert "axe/color-contrast" in told["kriterium-1-4-3"]
    assert "Delvis prövat, inget fel funnet" in told["kriterium-3-1-1"] or "Avvikelser" in told["kriterium-3-1-1"]
    assert "Behöver en människa" in told["kriterium-1-2-1"]


@pytest.mark.parametrize("variant", VARIANTS)
def test_links_hold(written: Path, variant: str) -> None:
    pages = dict(soups(written / variant))
    ids = {path: {str(one["id"]) for one in page.select("[id]")} for path, page in pages.items()}
    for path, page in pages.items():
        for link in page.select("a[href], img[src], link[href], script[src]"):
            target = str(link.get("href") or link.get("src"))
            if target.startswith("http"):
                assert link["rel"] == ["noreferrer", "noopener"]
                continue
            name, _, anchor = target.partition("#")
            file = (path.parent / name).resolve() if name else path
            assert file.is_file(), f"{path}: {target}"
            if anchor:
                assert anchor in ids[file], f"{path}: {target}"


@pytest.mark.parametrize("variant", VARIANTS)
def test_pages_are_well_made(written: Path, variant: str) -> None:
    for path, page in soups(written / variant):
        ids = [str(one["id"]) for one in page.select("[id]")]
        assert len(ids) == len(set(ids)), path
        assert len(page.select("h1")) == 1, path
        assert page.title, path
        assert page.title.get_text().strip(), path
        assert all(image.get("alt") and image.get("width") and image.get("loading") for image in page.select("img")), (
            path
        )


@pytest.mark.parametrize("variant", VARIANTS)
def test_nothing_is_fetched_and_nothing_inline_runs(written: Path, variant: str) -> None:
    for path, page in soups(written / variant):
        for element in page.select("[src], link[href], image, use, iframe, object, embed, form"):
            address = str(element.get("src") or element.get("href") or "")
            assert not re.match(r"[a-z]+:|//", address), f"{path}: {address}"
        assert all(script.get("src") and not script.string for script in page.select("script")), path
        assert not page.select("style, [style], [onclick], iframe, object, embed, form"), path
        policy = page.select_one("meta[http-equiv=Content-Security-Policy]")
        assert policy is not None
        assert "default-src 'none'" in str(policy["content"])
    css = (written / variant / "assets" / "report.css").read_text(encoding="utf-8")
    assert "url(" not in css
    assert "@import" not in css


def hostile(report: Report) -> Report:
    """*report* with every text that a page under test decides replaced by an attack."""
    bad = HOSTILE
    places = tuple(
        Place(url=one, viewport=Viewport.PHONE, selector=one, text=one, html=one, sentence=one, detail=one)
        for one in bad * 14
    )
    findings = tuple(
        replace(one, title=bad[number % 7], sentence=bad[(number + 1) % 7], why_markdown=bad[number % 7],
                repair_markdown=bad[number % 7], pages=bad * 140, places=places, page_count=5000, crop=None)
        for number, one in enumerate(report.findings)
    )  # fmt: skip
    first = replace(report.findings[0].crop, file="../../secret.webp") if report.findings[0].crop else None
    pages = tuple(
        replace(page, url=bad[number % 7], title=bad[number % 7], content_type=bad[0], query=bad[number % 7],
                screenshots={Viewport.PHONE: bad[number % 7]}, untested={one: one for one in bad})
        for number, page in enumerate(report.pages)
    )  # fmt: skip
    return replace(
        report,
        site_name=bad[1] + bad[0] + "\u202e",
        start=bad[2],
        run_id=bad[0],
        remarks=bad,
        command=bad[1],
        run_state="partial",
        settings={one[:50]: one for one in bad},
        versions={one[:50]: one for one in bad},
        findings=(replace(findings[0], crop=first), *findings[1:]),
        pages=pages,
        untested=tuple(Untested(reason=one, what=one, count=1, examples=bad) for one in bad),
        history=tuple(
            replace(run, id=f"{bad[0]}{number}", started_at=bad[1]) for number, run in enumerate(report.history)
        ),
        previous_at=bad[0],
        changes=tuple(replace(change, title=bad[1], state=IssueState.FIXED) for change in report.changes),
    )


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    write_html(hostile(sample()), tmp_path)
    for path, page in soups(tmp_path):
        assert path.stat().st_size < TWO_MEGABYTES, path
        assert len(page.select("script")) == 1, path
        attributes = {name for element in page.find_all(True) for name in element.attrs}
        assert not any(name.startswith("on") for name in attributes), path
        assert not page.select("img, svg[onload], textarea"), path
        for link in page.select("a[href]"):
            assert not re.match(r"\s*(javascript|data|file|vbscript):", str(link["href"]), re.IGNORECASE), path
        raw = path.read_text(encoding="utf-8")
        assert not set(raw) & set("\u202e\x00\x1b"), path
        assert "49" not in (page.title.get_text() if page.title else ""), path


def test_five_thousand_pages_stay_light(tmp_path: Path) -> None:
    report = sample()
    model = report.pages[3]
    pages = tuple(
        replace(model, url=f"{model.url}/{'lang-adress-' * 6}{number}", title=f"Sida {number} " + "om föreningar " * 8)
        for number in range(5000)
    )
    urls = tuple(page.url for page in pages)
    findings = tuple(replace(one, page_count=5000, pages=urls[:1000]) for one in report.findings)
    untested = tuple(replace(report.untested[0], reason=f"skäl {number}", examples=urls[:50]) for number in range(500))
    write_html(replace(report, pages=pages, findings=findings, untested=untested), tmp_path)
    assert max(path.stat().st_size for path in tmp_path.rglob("*.html")) < TWO_MEGABYTES
    assert len(list((tmp_path / "sidor").glob("index*.html"))) == 5000 / PAGES_PER_FILE
    assert (tmp_path / "sidor" / "5000.html").is_file()
    assert "… och 4 600 till" in text(tmp_path / "problem" / f"{findings[0].key}.html").replace("\xa0", " ")
    assert "index-10.html#sida-5000" in (tmp_path / "sidor" / "5000.html").read_text(encoding="utf-8")


def test_parts_of_a_list() -> None:
    assert [(part.name, list(part.items)) for part in parts([1, 2, 3], 2)] == [
        ("index.html", [1, 2]),
        ("index-2.html", [3]),
    ]
    assert [part.name for part in parts([], 2)] == ["index.html"]


def test_missing_and_broken_pictures_are_told(tmp_path: Path) -> None:
    (tmp_path / "bilder").mkdir()
    (tmp_path / "bilder" / "1-phone.webp").write_bytes(b"not a picture")
    write_html(sample(), tmp_path)
    page = soup(tmp_path / "sidor" / "1.html")
    assert not page.select("img")
    assert "Skärmbild saknas" in page.get_text()


def test_no_findings_at_all_is_no_praise(tmp_path: Path) -> None:
    write_html(replace(sample(), findings=(), changes=()), tmp_path)
    told = text(tmp_path / "index.html")
    assert "hittade inget att rätta, men de ser inte allt" in told
    assert "Sedan 14 november 2026: inga nya problem och inga åtgärdade." in told.replace("\xa0", " ")


def test_one_of_everything_is_said_in_singular(tmp_path: Path) -> None:
    report = sample()
    one = replace(report.findings[0], state=IssueState.OPEN)
    write_html(replace(report, findings=(one,), changes=report.changes[:1], pages=report.pages[:1]), tmp_path)
    told = text(tmp_path / "index.html").replace("\xa0", " ")
    assert "1 sida är provad i mobil och på dator. Där finns 1 problem att rätta." in told
    assert "1 åtgärdat." in told


def test_an_empty_report_without_history(tmp_path: Path) -> None:
    write_html(
        replace(empty(sample()), history=(), pages=(), untested=(), settings={}, versions={}, remarks=()), tmp_path
    )
    assert (tmp_path / "utveckling.html").is_file()
