"""Clicks and taps from the start page."""

from dataclasses import replace

from auditor.derive.depths import depth_figures
from auditor.model.figures import FigureKind
from auditor.model.site import LinkSummary
from auditor.model.vocabulary import Viewport
from tests.builders import summary, url

PHONE, DESKTOP = Viewport.PHONE, Viewport.DESKTOP


def test_clicks_and_taps_are_counted_per_viewport() -> None:
    menu = LinkSummary(href=url("/a"), visible=(DESKTOP,), reachable=(PHONE, DESKTOP), toggles=1)
    card = LinkSummary(href=url("/b"), visible=(DESKTOP,), reachable=(DESKTOP,))
    start = replace(summary("/"), links=(menu,), depth=0)
    pages = [start, replace(summary("/a"), links=(card,), depth=1), replace(summary("/b"), depth=2)]
    found = {
        address: {(figure.kind, figure.viewport): figure.value for figure in figures}
        for address, figures in depth_figures(pages, {}).items()
    }
    assert found[url("/a")] == {
        (FigureKind.CLICKS, PHONE): 1,
        (FigureKind.CLICKS, DESKTOP): 1,
        (FigureKind.TAPS, PHONE): 2,
        (FigureKind.TAPS, DESKTOP): 1,
    }
    assert found[url("/b")] == {(FigureKind.CLICKS, DESKTOP): 2, (FigureKind.TAPS, DESKTOP): 2}


def test_results_and_hand_offs_have_no_depth() -> None:
    link = LinkSummary(href=url("/sok"), visible=(PHONE,), reachable=(PHONE,))
    start = replace(summary("/"), links=(link,))
    assert url("/sok") not in depth_figures([start, summary("/sok", query="bidrag")], {})
    assert url("/sok") not in depth_figures([start, summary("/sok", is_handoff=True)], {})


def test_without_pages_there_are_no_figures() -> None:
    assert depth_figures([], {}) == {}
