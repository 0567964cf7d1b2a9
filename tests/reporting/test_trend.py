"""The page about the development, and what was decided: each picture has its figures, each sum its parts."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from auditor.model.vocabulary import Area
from auditor.reporting.trend_view import PARTS
from tests.reporting.sample import sample


def page(written: Path, variant: str = "sv", name: str = "utveckling.html") -> BeautifulSoup:
    return BeautifulSoup((written / variant / name).read_text(encoding="utf-8"), "lxml")


def told(tag: Tag | None) -> str:
    assert tag is not None
    return re.sub(r"\s+", " ", tag.get_text(" ")).strip()


def cells(table: Tag | None) -> list[list[str]]:
    assert table is not None
    return [[told(cell) for cell in row.find_all(["th", "td"])] for row in table.find_all("tr")]


def test_each_chart_is_told_in_words_and_in_a_table(written: Path) -> None:
    shown = page(written)
    pictures = shown.select(".curves svg")
    assert len(pictures) == len(Area) + 8
    assert all(picture.get("role") == "img" and picture.get("aria-label") for picture in pictures)
    names = [told(head) for head in shown.select("#tal .curve-name")]
    assert names[0] == "Täckning, procent"
    assert "Hittar med sökrutan, procent" not in names, "no run of the sample knows it"
    assert str(shown.select("#tal-lix svg")[0]["aria-label"]) == ("Läsbarhet, LIX. första körningen 48, senaste 42")


def test_the_figures_of_each_run_stand_in_the_table(written: Path) -> None:
    rows = cells(page(written).select_one("#taltabell table"))
    assert rows[0][:4] == ["Körning", "Täckning, mobil", "Täckning, dator", "Uppgifter, mobil"]
    assert [row[0] for row in rows[1:]] == [
        "22 november 2026",
        "14 november 2026",
        "12 september 2026",
        "20 juni 2026",
    ]
    assert rows[1][1:5] == ["93 %", "96 %", "75 %", "83 %"]


def test_a_change_is_told_with_its_parts(written: Path) -> None:
    rows = cells(page(written).select_one("#uppdelning table"))
    assert rows[0][:5] == ["Område", "Skärm", "Förut", "Nu", "Ändring"]
    assert rows[0][5:] == ["Innehåll", "Sidor", "Regler", "Program", "Inte provat"]
    assert rows[1] == ["Tillgänglighet", "Mobil", "66,0", "71,6", "+5,6", "+4,9", "−0,6", "0", "+1,3", "0"]
    assert len(rows) == 1 + 4, "what did not change has no line"


@pytest.mark.parametrize("change", sample().score_changes, ids=lambda change: f"{change.area} {change.viewport}")
def test_the_parts_of_the_sample_sum_to_the_whole(change: object) -> None:
    whole = getattr(change, "after") - getattr(change, "before")  # noqa: B009
    assert sum(getattr(change, part) for part in PARTS) == pytest.approx(whole)


def test_what_became_of_findings_stands_in_the_table(written: Path) -> None:
    rows = cells(page(written).select_one("#problemtabell table"))
    assert rows[0][1:] == ["Nytt", "Tillbaka", "Kvar", "Åtgärdat", "Kunde inte provas igen", "Borta med sin sida"]
    assert rows[1] == ["22 november 2026", "2", "1", "7", "3", "1", "1"]
    assert rows[4] == ["20 juni 2026", *["–"] * 6], "a run that did not keep it says so"


def test_runs_on_one_yardstick_have_no_break_for_rules(written: Path) -> None:
    lines = [told(line) for line in page(written).select("#brott li")]
    assert len(lines) == 1
    assert lines[0].startswith("12 september 2026: ")


def test_a_first_run_has_no_development(written: Path) -> None:
    shown = page(written, "first")
    assert not shown.select("#varfor, #tal, #problemen")


def test_a_decision_stands_with_its_finding(written: Path) -> None:
    findings = [finding for finding in sample().findings if finding.decision]
    assert len(findings) == 3
    sections = [told(page(written, name=f"problem/{one.key}.html").select_one("#beslut")) for one in findings]
    assert sections[0].startswith("Beslut Ni vet om felet och låter det vara tills vidare. Beslut av Anna Berg den 16")
    assert "Gäller till och med 31 mars 2027." in sections[0]
    assert "Skäl: Byts ut när den nya e-tjänsten kommer. <i>Se</i> {ärende} 14." in sections[0]
    assert "Problemet räknas med i poängen." in sections[0]
    assert "Webb{redaktionen} <b> ska rätta felet" in sections[1]
    assert "Bo <Ek>" in sections[1]
    assert "Beslutet gick ut 31 oktober 2026. Problemet räknas som vanligt igen." in sections[2]


def test_scores_are_told_with_and_without_what_is_set_aside(written: Path) -> None:
    shown = page(written, name="index.html")
    assert "1 problem har ni beslutat att låta vara. Det räknas med i poängen." in told(shown.body)
    rows = cells(shown.select_one("#poangtabell table"))
    at = rows[0].index("Utan det ni låter vara")
    structure = next(row for row in rows if row[:2] == ["Struktur", "Mobil"])
    assert (structure[rows[0].index("Alla regler")], structure[at]) == ("92", "94")


def test_what_is_set_aside_is_not_the_first_thing_to_do(written: Path) -> None:
    aside = [finding.key for finding in sample().findings if finding.set_aside]
    links = [str(link["href"]) for link in page(written, name="index.html").select("#gor-forst .card h3 a")]
    assert aside
    assert not any(key in link for key in aside for link in links)
