"""Ways to the municipality, and how heavy its pages are: what a report tells besides findings."""

from datetime import date

import pytest

from auditor.derive.abbreviations import unexplained
from auditor.derive.contact_inventory import association_pages, contact_inventory
from auditor.derive.help_order import are_in_order
from auditor.derive.reading_figures import reading_figures
from auditor.model.config import Task
from auditor.model.site import Contact, PageSummary, Site
from tests.builders import url

HUB = url("/foreningar/")


def contact(value: str, *, kind: str = "phone", in_frame: bool = False) -> Contact:
    """A way that a page gives."""
    return Contact(kind=kind, value=value, shown=value, linked=True, in_main=not in_frame, in_frame=in_frame)


def page(path: str, *contacts: Contact, forms: int = 0, reading: tuple[int, int, int] = (0, 0, 0)) -> PageSummary:
    """A page of the site."""
    address = url(path)
    return PageSummary(
        url=address, final_url=address, status=200, main_heading=path, contacts=contacts, forms=forms, reading=reading
    )


def site(*pages: PageSummary, hub: str = HUB, tasks: tuple[Task, ...] = ()) -> Site:
    """The site."""
    return Site(start=url("/"), today=date(2024, 5, 15), hub=hub, pages=pages, tasks=tasks)


def test_pages_for_associations_are_the_hub_what_lies_below_it_and_what_tasks_lead_to() -> None:
    whole = site(
        page("/"),
        page("/foreningar/"),
        page("/foreningar/bidrag"),
        page("/boka"),
        tasks=(Task(id="boka", question="Hur?", targets=("/boka",)),),
    )
    assert [found.main_heading for found in association_pages(whole)] == ["/foreningar/", "/foreningar/bidrag", "/boka"]


def test_where_no_hub_is_known_all_pages_count() -> None:
    assert len(association_pages(site(page("/"), page("/a"), hub=""))) == 2


def test_each_way_is_counted_once_the_most_spread_first_and_forms_last() -> None:
    one, other, box = contact("+4611"), contact("+4622", in_frame=True), contact("a@b.example", kind="mail")
    whole = site(page("/foreningar/a", one, other, box), page("/foreningar/b", other, forms=1), page("/annat", one))
    assert [(use.kind, use.value, len(use.pages), use.in_frame) for use in contact_inventory(whole)] == [
        ("phone", "+4622", 2, True),
        ("phone", "+4611", 1, False),
        ("mail", "a@b.example", 1, False),
        ("form", url("/foreningar/b"), 1, False),
    ]


def test_pages_with_little_text_are_not_measured() -> None:
    assert reading_figures([page("/a", reading=(99, 9, 20)), page("/b")]) is None


def test_middle_values() -> None:
    figures = reading_figures([page(f"/{count}", reading=(100, 10, count)) for count in (10, 20, 30, 40, 50)])
    assert figures is not None
    assert (figures.pages, figures.lix, figures.lix_low, figures.lix_high) == (5, 40, 30, 50)
    assert figures.sentence_length == 10
    assert figures.long_words == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Närvaron lämnas i APN.", ["APN"]),
        ("Ett IOP tecknas av nämnden.", ["IOP"]),
        ("Ett idéburet offentligt partnerskap (IOP) tecknas. Varje IOP gäller ett år.", []),
        ("IOP (idéburet offentligt partnerskap) tecknas.", []),
        ("IOP står för idéburet offentligt partnerskap.", []),
        ("Idéburet offentligt partnerskap, IOP, tecknas.", []),
        ("Klubbar som IFK Norrhamn och Sjöboda BTK tränar här.", []),
        ("Anläggning III är stängd.", []),
        ("ALLA SKA ANMÄLA SIG TILL APN", []),
        ("Sök LOK-stöd hos oss.", ["LOK"]),
        ("Skriv till a@APN.SE eller se WWW.APN.SE.", []),
    ],
)
def test_which_abbreviations_are_not_explained(text: str, found: list[str]) -> None:
    assert unexplained([text], text, {"PDF", "WWW"}) == found


@pytest.mark.parametrize(
    ("own", "agrees"), [("ab", True), ("ac", True), ("ba", False), ("xa", True), ("cxa", False), ("", True)]
)
def test_the_order_of_what_both_have_is_compared(own: str, agrees: bool) -> None:
    assert are_in_order(own, "abc") is agrees
