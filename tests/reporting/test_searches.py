"""What the report says of the site's own search."""

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from auditor.model.reasons import sentence
from auditor.model.search import Hit
from auditor.model.sitesearch import Cause, Mend, SearchQuality
from auditor.model.vocabulary import Language
from auditor.reporting.html import write_html
from auditor.reporting.searches import SearchView
from auditor.reporting.words import Words
from tests.reporting.sample import sample

SWEDISH = Words(Language.SWEDISH)


def shown(folder: Path, quality: SearchQuality | None) -> BeautifulSoup:
    write_html(replace(sample(), search_quality=quality), folder)
    return BeautifulSoup((folder / "sokningar.html").read_text(encoding="utf-8"), "lxml")


def test_the_lead_tells_what_is_found_and_where_the_fault_lies() -> None:
    view = SearchView(sample(), SWEDISH)
    lead = view.lead()
    assert "1 av 4 sökningar" in lead
    assert "För en av de övriga hittar granskningens jämförelsesökning" in lead
    assert "För en av dem säger sidan inte" in lead
    assert "självt gissat" in view.guessed()


def test_every_fault_says_what_to_do() -> None:
    failed = sample().search_quality.failed[0]  # type: ignore[union-attr]
    for words in (SWEDISH, Words(Language.ENGLISH)):
        view = SearchView(sample(), words)
        for mend in Mend:
            for cause in Cause:
                assert view.advice(replace(failed, mend=mend, cause=cause))


def test_a_failed_query_shows_what_was_typed_what_came_and_where_the_page_stood(tmp_path: Path) -> None:
    page = shown(tmp_path, sample().search_quality)
    text = " ".join(page.get_text(" ").split())
    assert "föreningsstöd" in text
    assert "Rätt sida fanns inte på träffarnas första sida. Det som kom upp i stället:" in text
    assert "I jämförelsesökningen kom den på plats 1." in text
    assert "Laga sökningen. Sidan använder ett annat ord för ”föreningsstöd”." in text
    assert "Sökningen sade att inget finns." in text
    assert "Laga sidan. Sidan säger inte ”pengar” och ”klubben”." in text
    assert "obekräftat, programmets egen gissning" in text
    assert "Det gick inte att läsa ut vad sökningen svarade." in text


@pytest.mark.parametrize(
    "quality", [None, *(SearchQuality(untested=reason) for reason in ("no-search", "absent", "off"))]
)
def test_what_was_not_asked_is_not_called_right(tmp_path: Path, quality: SearchQuality | None) -> None:
    text = shown(tmp_path, quality).get_text(" ")
    assert "inte prövat" in text
    assert "av" not in SearchView(replace(sample(), search_quality=quality), SWEDISH).lead()


def test_what_a_site_calls_its_pages_does_nothing_in_the_report(tmp_path: Path) -> None:
    quality = sample().search_quality
    assert quality is not None
    bad = Hit(url="https://x.se/<script>alert(1)</script>", title="<img src=x onerror=alert(1)>")
    page = shown(tmp_path, replace(quality, failed=(replace(quality.failed[0], came=(bad,)),)))
    assert page.select("main img, main script") == []


def told(page: BeautifulSoup, selector: str) -> str:
    """What an element says."""
    (found,) = page.select(selector)
    return " ".join(found.get_text(" ").split())


def test_what_to_do_comes_first_with_the_words_and_the_page(tmp_path: Path) -> None:
    page = shown(tmp_path, sample().search_quality)
    deeds = [" ".join(deed.get_text(" ").split()) for deed in page.select("#att-gora .search-deeds > li")]
    assert deeds == [
        "Skriv in de här orden på sidorna pengar och klubben : /foreningar/bidrag/",
        "Lägg in de här orden som synonymer i sökningen föreningsstöd : /foreningar/bidrag/",
    ]
    assert [section["id"] for section in page.select("main section")][:2] == ["att-gora", "inte-hittat"]


def test_too_few_pairs_are_called_so_and_have_no_figure(tmp_path: Path) -> None:
    page = shown(tmp_path, sample().search_quality)
    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])]
        for row in page.select("#andra-satt tbody tr")
    ]
    assert rows == [
        [
            "Särskrivet",
            "förenings bidrag för föreningsbidrag",
            "6",
            "12 %",
            "0,80",
            "0,10 (0,00–0,30)",
            "0,75",
        ],
        ["Ett skrivfel", "bidarg för bidrag", "3", "För få par; minst 5 behövs"],
    ]


def phone(**changes: object) -> SearchQuality:
    quality = sample().search_quality
    assert quality is not None
    assert quality.phone is not None
    return replace(quality, phone=replace(quality.phone, **changes))  # type: ignore[arg-type]


def test_a_phone_with_the_same_lists_shares_the_figures(tmp_path: Path) -> None:
    page = shown(tmp_path, phone())
    assert "5 av sökningarna gjordes också på mobil" in told(page, "#mobil")
    assert told(page, "#sokningens-siffror caption") == "Hur ofta rätt sida kommer upp, dator och mobil"


def test_a_phone_with_other_lists_stands_beside_the_desktop(tmp_path: Path) -> None:
    quality = sample().search_quality
    assert quality is not None
    lost = quality.failed[:1]
    page = shown(
        tmp_path,
        phone(differing=("föreningsbidrag",), asked=41, lost=lost, strata=dict(list(quality.strata.items())[:1])),
    )
    assert "Rätt sida kom upp på dator men inte på mobil för 1 av dem" in told(page, "#mobil")
    where = [row.find_all("td")[0].get_text() for row in page.select("#sokningens-siffror tbody tr")]
    assert where == ["dator", "mobil", "dator", "dator", "dator"]
    assert "föreningsstöd" in told(page, "#bara-pa-dator")


@pytest.mark.parametrize("reason", ["search-not-on-phone", "search-not-compared"])
def test_a_phone_that_was_not_tried_says_why(tmp_path: Path, reason: str) -> None:
    page = shown(tmp_path, phone(untested=reason, strata={}, robustness=()))
    assert sentence(reason, Language.SWEDISH) in told(page, "#mobil")
    assert told(page, "#sokningens-siffror caption") == "Hur ofta rätt sida kommer upp, dator"
