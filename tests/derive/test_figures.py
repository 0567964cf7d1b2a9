"""Figures that are told and never judged."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.figures import extra_taps, figures, small_text
from auditor.model.facts import Box, FixedArea
from auditor.model.figures import FigureKind
from auditor.model.page import Page, Rendering, Response
from auditor.model.vocabulary import Viewport
from tests.builders import REPEATABLE, facts, link, url

MENU = ("header > button", "header > nav > button")


def area(share: float, *, is_banner: bool = False) -> FixedArea:
    return FixedArea(
        selector="header", tag="header", position="fixed", share=share, is_banner=is_banner, box=Box(0, 0, 390, 100)
    )


def test_small_text_is_a_share_of_the_characters() -> None:
    assert small_text(replace(facts(), font_sizes=((16.0, 300), (11.9, 100)))) == 0.25


def test_twelve_pixels_are_not_small() -> None:
    assert small_text(replace(facts(), font_sizes=((12.0, 300),))) == 0


def test_a_page_without_text_has_no_such_share() -> None:
    assert small_text(facts()) is None


@REPEATABLE
@given(st.lists(st.tuples(st.floats(min_value=1, max_value=99), st.integers(min_value=1, max_value=10**6)), min_size=1))
def test_a_share_is_a_share(sizes: list[tuple[float, int]]) -> None:
    share = small_text(replace(facts(), font_sizes=tuple(sizes)))
    assert share is not None
    assert 0 <= share <= 1


def test_extra_taps_are_those_of_the_destination_with_the_largest_difference() -> None:
    desktop = facts(links=[link(url("/a")), link(url("/b"), selector="b")])
    phone = facts(
        links=[
            link(url("/a"), visible=False, revealed_by=MENU),
            link(url("/b"), selector="b", visible=False, revealed_by=MENU[:1]),
        ]
    )
    assert extra_taps(phone, desktop) == 2


def test_the_nearest_link_to_a_destination_counts() -> None:
    desktop = facts(links=[link(url("/a"))])
    phone = facts(links=[link(url("/a"), visible=False, revealed_by=MENU), link(url("/a/"), selector="b")])
    assert extra_taps(phone, desktop) == 0


def test_what_the_phone_cannot_reach_is_no_matter_of_taps() -> None:
    desktop = facts(links=[link(url("/a"))])
    phone = facts(links=[link(url("/a"), visible=False)])
    assert extra_taps(phone, desktop) is None


def test_the_banner_is_told_apart() -> None:
    shown = replace(facts(), fixed=(area(0.2),))
    rendering = Rendering(url=url(), viewport=Viewport.PHONE, facts=shown, banner=area(0.9, is_banner=True))
    page = Page(response=Response(url=url(), final_url=url(), status=200), renderings=(rendering,))
    told = {figure.kind: figure.value for figure in figures(page)}
    assert told == {FigureKind.FIXED_SHARE: 0.2, FigureKind.FIXED_SHARE_BANNER: 1.0}
