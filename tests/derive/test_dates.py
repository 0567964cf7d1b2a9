"""Dates, and which of them a page gives as its own."""

from datetime import date

import pytest

from auditor.derive.dates import StampKind, find_dates, month_number, page_stamps, shown_update
from auditor.model.facts import Date, Facts


def _facts(*stamps: str, dates: tuple[Date, ...] = ()) -> Facts:
    lines = tuple(stamp if "\n" in stamp else f"{stamp}\n" for stamp in stamps)
    return Facts(width=1280, height=900, scroll_width=1280, page_height=900, stamps=lines, dates=dates)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-14", date(2024, 3, 14)),
        ("den 14 mars 2024", date(2024, 3, 14)),
        ("den 1:a april 2022", date(2022, 4, 1)),
        ("14 sept. 2024", date(2024, 9, 14)),
        ("13/12-2022", date(2022, 12, 13)),
        ("31/3 2018", date(2018, 3, 31)),
        ("12.03.2018", date(2018, 3, 12)),
        ("31 March 2023", date(2023, 3, 31)),
        ("March 14, 2024", date(2024, 3, 14)),
        ("1 oktober 2024", date(2024, 10, 1)),
    ],
)
def test_a_full_date_is_read(text: str, day: date) -> None:
    assert [found.day for found in find_dates(text)] == [day]


@pytest.mark.parametrize(
    "text", ["31 februari 2024", "2024-13-01", "14 mars", "kl 10.15", "1.2.3", "2019-0123", "212000-0142"]
)
def test_what_is_no_full_date_is_left(text: str) -> None:
    assert list(find_dates(text)) == []


@pytest.mark.parametrize(("name", "number"), [("januari", 1), ("Maj", 5), ("may", 5), ("okt.", 10), ("October", 10)])
def test_months_are_numbered(name: str, number: int) -> None:
    assert month_number(name) == number


@pytest.mark.parametrize(
    "line",
    [
        "Senast uppdaterad: 14 mars 2024",
        "Senast uppdaterad 2024-03-14 10:15",
        "Sidan uppdaterades senast den 14 mars 2024",
        "Sidan senast uppdaterad: 2024-03-14",
        "Uppdaterad: 24-03-14",
        "Senast ändrad torsdag 14 mars 2024",
        "Sidansvarig: Maria Berg | Uppdaterad 14 mars 2024",
        "Senast uppdaterad av Maria Berg, 14 mars 2024",
        "Uppdaterad:\n14 mars 2024",
        "Last updated: March 14, 2024",
    ],
)
def test_the_pages_own_date_is_read(line: str) -> None:
    stamp = shown_update(_facts(line))

    assert stamp
    assert (stamp.kind, stamp.day) == (StampKind.UPDATED, date(2024, 3, 14))


@pytest.mark.parametrize(
    "line",
    [
        "Uppdaterad information 2021-07-15",
        "Taxan uppdaterades den 1 mars 2018 och gäller än.",
        "Antagen av fullmäktige 2010-01-01, senast ändrad 2015-03-30 § 40",
        "Utskriftsdatum: 28 januari 2020",
        "Ni ska hålla föreningens uppgifter uppdaterade.",
        "Publicerad forskning visar att träning är bra.",
    ],
)
def test_other_dates_are_not_the_pages(line: str) -> None:
    assert page_stamps(_facts(line)) == ()


def test_a_label_without_a_date_is_told() -> None:
    stamp = shown_update(_facts("Senast uppdaterad:\nKontakt"))

    assert stamp
    assert not stamp.readable


def test_a_year_may_stand_in_the_attribute_only() -> None:
    item = Date(selector="time", tag="time", text="14 mars", value="2024-03-14T10:15")
    stamp = shown_update(_facts("Uppdaterad:\n14 mars", dates=(item,)))

    assert stamp
    assert stamp.day == date(2024, 3, 14)


def test_an_update_counts_more_than_publishing() -> None:
    stamp = shown_update(_facts("Publicerad: 2024-05-01", "Senast granskad: 2023-01-10"))

    assert stamp
    assert stamp.kind is StampKind.REVIEWED


def test_two_dates_of_one_line_are_both_read() -> None:
    stamp = shown_update(_facts("Publicerad: 1 februari 2019 Uppdaterad: 20 november 2023"))

    assert stamp
    assert stamp.day == date(2023, 11, 20)


def test_entries_of_a_list_are_not_the_pages() -> None:
    assert page_stamps(_facts(*(f"Publicerad {year}-01-01" for year in range(2016, 2021)))) == ()
