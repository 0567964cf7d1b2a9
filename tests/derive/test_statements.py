"""What pages say for sure: last days, amounts, and whose numbers they give."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.contact_units import unit_contacts
from auditor.derive.grants import grant_in, told_of_grants
from auditor.derive.statements import last_days, statements
from auditor.derive.text_lines import text_lines
from auditor.model.page import Document
from auditor.model.site import Given, PageSummary, Site
from tests.builders import REPEATABLE, url

TODAY = date(2024, 5, 15)
ENDINGS = ("bidrag", "stöd")


def said(html: str) -> list[tuple[str, str]]:
    """Kind and value of what a page with *html* in main says, besides prices."""
    return [(one.kind, one.value) for one in statements_of(html) if one.kind != "fee"]


def statements_of(html: str) -> list[Given]:
    """What a page with *html* in main says."""
    return list(statements(Document(url=url("/"), html=f"<html><body><main>{html}</main></body></html>")))


def page(path: str, html: str, heading: str = "") -> PageSummary:
    """A page of the site."""
    return PageSummary(
        url=url(path), final_url=url(path), status=200, main_heading=heading, statements=tuple(statements_of(html))
    )


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Ansök senast 31 mars.", ["--03-31"]),
        ("Sista ansökningsdag är den 25 februari och den 25 augusti.", ["--02-25", "--08-25"]),
        ("Ansökningsperiod: 1 mars – 15 april 2024", ["--03-01", "2024-04-15"]),
        ("Senast 2024-03-31 ska ansökan vara här.", ["2024-03-31"]),
        ("Skicka in senast 31/3 2024.", ["2024-03-31"]),
        ("Ansök senast den 30:e april.", ["--04-30"]),
        ("Senast uppdaterad 14 maj 2024", []),
        ("Den 31 mars öppnar hallen.", []),
        ("Ansök senast 31/13.", []),
        ("Den 1 maj är senast.", []),
    ],
)
def test_last_days(sentence: str, days: list[str]) -> None:
    assert [one.value for one in last_days(sentence)] == days


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Bidraget är 8 kr per deltagare.", "8/deltag"),
        ("Bidraget är 8 kronor/deltagare.", "8/deltag"),
        ("Det ger 1 500 kr per förening.", "1500/föreni"),
        ("Det ger 7,50 kr per sammankomst.", "7,50/samman"),
        ("Det ger 7,00 kr per sammankomst.", "7/samman"),
    ],
)
def test_amounts(text: str, value: str) -> None:
    assert said(f"<p>{text}</p>") == [("amount", value)]


def test_lines_follow_blocks_rows_and_breaks() -> None:
    document = Document(
        url=url("/"),
        html="<main><h2>Kontakt</h2>Ett<br>två <b>tre</b><table><tr><th>Tel</th><td>08</td></tr></table>"
        "<nav>Meny</nav><div hidden>Gömt</div><script>x</script><ul><li>a</li><li>b</li></ul></main>",
    )
    assert [(line.text, line.level) for line in text_lines(document.tree)] == [
        ("Kontakt", 2), ("Ett", 0), ("två tre", 0), ("Tel 08", 0), ("a", 0), ("b", 0),
    ]  # fmt: skip


def test_labels_are_nearest_first() -> None:
    (one,) = statements_of("<h2>Frågor</h2><p>Fritidskontoret</p><p>Maria Berg</p><p>Telefon: 0470-410 30</p>")
    assert one.labels == ("Maria Berg", "Fritidskontoret", "Frågor")


@REPEATABLE
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    statements_of(f"<p>{text}</p><p>senast {text} 31 mars {text} 0470-410 30</p>")


@pytest.mark.parametrize(
    ("text", "grant"),
    [
        ("Aktivitetsbidrag", "aktivitetsbidrag"),
        ("Sök aktivitetsbidraget", "aktivitetsbidrag"),
        ("lokalstödet och lokalstöd", "lokalstöd"),
        ("Lokalbidrag och driftbidrag", ""),
        ("Bidrag", ""),
        ("Bidragsberättigad", ""),
    ],
)
def test_which_grant_a_text_names(text: str, grant: str) -> None:
    assert grant_in(text, ENDINGS) == grant


def told(html: str, heading: str = "") -> dict[str, set[str]]:
    """What a page says of grants: name → values."""
    found = told_of_grants(page("/a", html, heading), ENDINGS, ("redovis",))
    return {f"{one.about} {one.grant}": set(one.values) for one in found}


def test_a_day_belongs_to_the_grant_that_the_sentence_names_else_to_the_heading() -> None:
    assert told("<h2>Lokalbidrag</h2><p>Ansök senast 31 mars.</p>") == {"days lokalbidrag": {"03-31"}}
    assert told("<h2>Lokalbidrag</h2><p>Driftbidrag söks senast 1 maj.</p>") == {"days driftbidrag": {"05-01"}}
    assert told("<p>Ansök senast 31 mars.</p>", "Startbidrag") == {"days startbidrag": {"03-31"}}
    assert told("<p>Lokalbidrag och driftbidrag söks senast 1 maj.</p>", "Startbidrag") == {}
    assert told("<p>Redovisa senast 1 maj.</p>", "Startbidrag") == {}


def units(*pages: PageSummary) -> set[tuple[str, str]]:
    """Unit and number of what pages give."""
    site = Site(start=url("/"), today=TODAY, pages=pages)
    found = unit_contacts(site, ("kontor", "service"), ("konsulent",), ("jour",), ("nyheter",))
    return {(one.unit, one.value) for one in found}


@pytest.mark.parametrize(
    ("html", "unit"),
    [
        ("<p>Fritidskontoret</p><p>Telefon: 0470-410 30</p>", "fritidskontoret"),
        ("<p>Fritidskontoret, kultur och fritid</p><p>0470-410 30</p>", "fritidskontoret"),
        ("<h2>Fritidskontoret</h2><p>0470-410 30</p>", "fritidskontoret"),
        ("<p>Ring Fritidskontoret på 0470-410 30.</p>", "fritidskontoret"),
        ("<p>Fritidskontoret</p><p>Maria Berg</p><p>0470-410 30</p>", ""),
        ("<p>Fritidskontoret</p><p>Fritidskonsulent</p><p>0470-410 30</p>", ""),
        ("<p>Fritidskontoret, jour: 0470-410 30</p>", ""),
        ("<p>Ring 0470-410 30.</p>", ""),
    ],
)
def test_whose_number_it_is(html: str, unit: str) -> None:
    assert units(page("/a", html)) == ({(unit, "+4647041030")} if unit else set())


def test_news_were_right_once() -> None:
    assert units(page("/nyheter/a", "<p>Fritidskontoret</p><p>0470-410 30</p>")) == set()
