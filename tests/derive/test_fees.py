"""What pages say that premises cost, and when two of them speak of the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.fees import Fee, fees
from auditor.derive.premises import PremisesWords
from auditor.derive.statements import statements
from auditor.model.page import Document
from auditor.model.site import PageSummary
from tests.builders import REPEATABLE, url

KNOWN = PremisesWords(
    premises=("hall", "sal", "lokal"),
    common=("gymnastiksal", "ishall", "stora", "en"),
    kinds=("barn", "vux", "helg", "moms"),
    fillers=("avgift", "pris", "kr", "per", "timme", "lokal", "för", "hyra", "i"),
)


def told(html: str, heading: str = "Taxor", path: str = "/taxor") -> list[Fee]:
    """What a page with *html* in main says."""
    document = Document(url=url(path), html=f"<html><body><main>{html}</main></body></html>")
    given = tuple(statements(document))
    page = PageSummary(url=url(path), final_url=url(path), status=200, main_heading=heading, statements=given)
    return list(fees(page, KNOWN))


def table(caption: str, *rows: str) -> str:
    """A table with one row for each of *rows*, cells parted by strokes; the first has the headings."""
    body = "".join("<tr>" + "".join(f"<td>{cell.strip()}</td>" for cell in row.split("|")) + "</tr>" for row in rows)
    return f"<table><caption>{caption}</caption>{body}</table>"


@pytest.mark.parametrize(
    ("html", "thing", "unit", "kinds", "values"),
    [
        (table("Per timme", "Lokal | Vuxna", "Granhallen | 140 kr"), "granhallen", "timme", {"vux"}, {"140"}),
        (table("Pris i kr", "Lokal | Vuxna, per dag", "Åkerby hall | 1 400"), "åkerby hall", "dag", {"vux"}, {"1400"}),
        (
            table("", "Lokal | Tid | Barn", "Granhallen | Helg | 60 kr/tim"),
            "granhallen",
            "timme",
            {"barn", "helg"},
            {"60"},
        ),
        ("<p>Barn betalar 60 kr per timme i Granhallen A.</p>", "granhallen a", "timme", {"barn"}, {"60"}),
    ],
)
def test_what_a_price_is_for(html: str, thing: str, unit: str, kinds: set[str], values: set[str]) -> None:
    assert [(fee.thing, fee.unit, set(fee.kinds), set(fee.values)) for fee in told(html)] == [
        (thing, unit, kinds, values)
    ]


@pytest.mark.parametrize(
    "html",
    [
        table("Per timme", "Lokal | Vuxna", "Stora salen | 140 kr"),
        table("Per timme", "Lokal | Vuxna", "En gymnastiksal | 140 kr"),
        table("Per timme", "Lokal | Vuxna", "Granhallen | från 140 kr"),
        table("Per timme", "Lokal | Vuxna", "Granhallen | 140"),
        table("", "Lokal | Platser", "Granhallen | 300"),
        "<table><tr><th>Lokal</th><th>Vuxna</th></tr><tr><td>Granhallen</td><td colspan=2>140 kr</td></tr></table>",
        "<p>Vuxna betalar 60–80 kr per timme i Granhallen.</p>",
        "<p>Vuxna betalar 60 kr i Granhallen och 80 kr i Åkerby hall per timme.</p>",
        "<p>Vuxna betalar 60 kr per timme.</p>",
    ],
)
def test_what_is_no_exact_price_of_one_thing(html: str) -> None:
    assert told(html) == []


def test_the_page_names_what_its_own_words_do_not() -> None:
    assert [fee.thing for fee in told("<p>Vuxna hyr hallen för 60 kr per timme.</p>", heading="Granhallen")] == [
        "granhallen"
    ]
    part = told("<p>Vuxna hyr stora salen för 60 kr per timme.</p>", heading="Granhallen")
    assert [(fee.thing, fee.kinds) for fee in part] == [("granhallen", frozenset({"vux", "stor sal"}))]


@pytest.mark.parametrize(
    ("html", "named"),
    [
        ("<p>Vuxna hyr Norrskolan stora salen för 60 kr per timme.</p>", {"norrskolan stora salen"}),
        ("<p>Vuxna hyr Granvallens ishall för 60 kr per timme.</p>", {"granvallens ishall"}),
        ("<p>Vuxna betalar 60 kr per timme i Granhallen A + B.</p>", {"granhallen a b"}),
        ("<p>Vuxna betalar 60 kr per timme i hallar, men inte i Granhallen.</p>", set()),
        ("<p>Vuxna betalar 60 kr per timme i Motions-/boxningshall.</p>", set()),
        ("<h2>Granhallen</h2><h3>Ishall</h3><p>Vuxna betalar 60 kr per timme.</p>", {"granhallen"}),
        ("<h2>Granhallen</h2><p>Mer.</p><h2>Annat</h2><p>Vuxna betalar 60 kr per timme.</p>", set()),
        ("<h2>Granhallen och Ekhallen</h2><p>Vuxna betalar 60 kr per timme.</p>", set()),
        (table("", "Granhallen | Vuxna", "Hel | 60 kr/tim"), {"granhallen"}),
        (table("", "Lokal | Vuxna", "Granhallen | ", "Hel | 60 kr/tim", "Ekhallen | ", "Hel | 60 kr/tim"),
         {"granhallen", "ekhallen"}),
    ],
)  # fmt: skip
def test_what_names_the_premises(html: str, named: set[str]) -> None:
    assert {fee.thing for fee in told(html)} == named


def test_what_a_row_says_besides_keeps_its_price_apart() -> None:
    html = table("", "Granhallen | Avgift", "Kafeteria | 60 kr/tim", "Klättervägg | 90 kr/tim")

    assert [fee.kinds for fee in told(html)] == [frozenset({"kafeteria"}), frozenset({"klättervägg"})]


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("<p>Priserna gäller från 1 januari 2023.</p>", {"2023"}),
        ("<p>Ny taxa fr.o.m. 2016-01-01</p>", {"2016"}),
        ("<h2>Taxor och avgifter 2018</h2>", {"2018"}),
        ("<p>Taxan är antagen av fullmäktige 2019.</p>", set()),
        ("<p>Hallen byggdes 1987.</p>", set()),
    ],
)
def test_from_which_year_prices_hold(said: str, years: set[str]) -> None:
    (fee,) = told(said + table("", "Lokal | Vuxna", "Granhallen | 60 kr/tim"))

    assert fee.years == years


def test_prices_of_two_years_do_not_contradict_each_other() -> None:
    lists = [table("", "Lokal | Vuxna", f"Granhallen | {price} kr/tim") for price in (60, 70)]
    old, new, undated = (
        told(said + html, path=path)[0]
        for said, html, path in (
            ("<p>Gäller från 2023.</p>", lists[0], "/a"),
            ("<p>Gäller från 2024.</p>", lists[1], "/b"),
            ("", lists[1], "/c"),
        )
    )

    assert not old.contradicts(new)
    assert old.contradicts(undated)
    assert not old.surely(undated)


def test_a_year_of_the_page_keeps_its_prices_apart() -> None:
    html = table("Per timme", "Lokal | Vuxna", "Granhallen | 140 kr")

    assert [fee.kinds for fee in told(html, heading="Taxor 2023")] == [frozenset({"vux", "2023"})]


@given(st.integers(0, 99_999), st.integers(0, 99_999))
@REPEATABLE
def test_two_lists_contradict_each_other_if_and_only_if_the_amounts_differ(one: int, other: int) -> None:
    first, second = (
        told(table("Per timme", "Lokal | Vuxna", f"Granhallen | {amount} kr"), path=path)[0]
        for amount, path in ((one, "/a"), (other, "/b"))
    )

    assert first.contradicts(second) is (one != other)
    assert first.surely(second)
    assert second.contradicts(first) is first.contradicts(second)
