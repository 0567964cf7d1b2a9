"""Lists of links, and whether one can tell where in them to look."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.link_lists import LinkList, link_lists
from auditor.model.facts import Facts, Link
from tests.builders import REPEATABLE, link, url

SWEDISH = ("Alingsås", "Borås", "Vara", "Wäring", "Åmål", "Älmhult", "Öckerö")


def items(*names: str, selector: str = "main > ul") -> tuple[Link, ...]:
    """Links, each in an item of one list."""
    return tuple(
        replace(
            link(url(f"/{place}"), name=name, selector=f"{selector} > li:nth-of-type({place}) > a"),
            item=f"{selector} > li:nth-of-type({place})",
        )
        for place, name in enumerate(names, start=1)
    )


def lists(*links: Link) -> tuple[LinkList, ...]:
    return link_lists(Facts(width=390, height=844, scroll_width=390, page_height=900, links=links))


def test_items_of_lists_are_told_apart() -> None:
    outer, inner = items("A", "B", "C"), items("X", "Y", selector="main > ul > li:nth-of-type(2) > ul")

    assert [(found.selector, len(found.links)) for found in lists(*outer[:2], *inner, outer[2])] == [
        ("main > ul", 3),
        ("main > ul > li:nth-of-type(2) > ul", 2),
    ]


def test_footers_and_what_nobody_sees_do_not_count() -> None:
    links = items("A", "B", "C")

    assert (
        lists(replace(links[0], regions=("contentinfo",)), replace(links[1], visible=False), replace(links[2], item=""))
        == ()
    )


def test_the_swedish_alphabet_is_an_order_and_so_are_dates() -> None:
    mixed = ("Vara", "Borås", "Öckerö", "Alingsås", "Åmål")
    dated = tuple(
        replace(one, context=f"{one.name} 2024-03-0{place}") for place, one in enumerate(items(*mixed), start=1)
    )

    assert lists(*items(*SWEDISH))[0].is_ordered
    assert not lists(*items(*mixed))[0].is_ordered
    assert lists(*dated)[0].is_ordered


@REPEATABLE
@given(st.permutations(SWEDISH))
def test_backwards_is_as_ordered_as_forwards(names: list[str]) -> None:
    assert lists(*items(*names))[0].is_ordered == lists(*items(*reversed(names)))[0].is_ordered
