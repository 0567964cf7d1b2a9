"""What the report says of the site's own search."""

from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

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
    assert "För en av de övriga hittar vår egen sökning" in lead
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
    assert "Rätt sida fanns inte på träffarnas första sida. I vår egen sökning kom den på plats 1." in text
    assert "Laga sökningen. Sidan använder ett annat ord för ”föreningsstöd”." in text
    assert "Sökningen sade att inget finns." in text
    assert "Laga sidan. Sidan säger inte ”pengar” och ”klubben”." in text
    assert "obekräftat, programmets egen gissning" in text
    assert "Det gick inte att läsa ut vad sökningen svarade." in text


@pytest.mark.parametrize("quality", [None, SearchQuality(untested="no-search"), SearchQuality(untested="off")])
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
