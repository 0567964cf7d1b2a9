"""How many steps lead from the start page to a page."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.reach import ends_at, frame_of, steps_from_start
from auditor.derive.sitepaths import place
from auditor.model.site import LinkStatus, LinkSummary, PageSummary, Site
from auditor.model.vocabulary import Viewport
from tests.builders import REPEATABLE, START, summary, url

BOTH = (Viewport.PHONE, Viewport.DESKTOP)
EDGES = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(0, 2)), max_size=25)


def way(path: str, *, toggles: int = 0, seen: tuple[Viewport, ...] = BOTH) -> LinkSummary:
    """A link that is seen at rest if it has no toggles, else after opening as many."""
    return LinkSummary(href=url(path), visible=() if toggles else seen, reachable=seen, toggles=toggles)


def site(links: dict[str, list[LinkSummary]], statuses: dict[str, LinkStatus] | None = None) -> Site:
    pages = tuple(replace(summary(path), links=tuple(there)) for path, there in links.items())
    return Site(start=START, today=date(2024, 5, 15), pages=pages, statuses=statuses or {}, complete=True)


def steps(whole: Site, path: str, viewport: Viewport | None = None, *, taps: bool = False) -> int | None:
    return steps_from_start(whole, viewport, taps=taps).get(place(url(path)))


def test_the_shortest_way_counts() -> None:
    whole = site({"/": [way("/a"), way("/b")], "/a": [way("/c")], "/b": [way("/a")], "/c": [way("/d")]})
    assert [steps(whole, path) for path in ("/", "/a", "/c", "/d", "/x")] == [0, 1, 2, 3, None]


def test_opening_a_menu_is_a_tap_and_no_click() -> None:
    whole = site({"/": [way("/a", toggles=2)]})
    assert steps(whole, "/a", Viewport.PHONE) == 1
    assert steps(whole, "/a", Viewport.PHONE, taps=True) == 3


def test_what_a_viewport_lacks_is_no_way_there() -> None:
    whole = site({"/": [way("/a", seen=(Viewport.DESKTOP,))]})
    assert steps(whole, "/a", Viewport.PHONE) is None
    assert steps(whole, "/a", Viewport.DESKTOP) == steps(whole, "/a") == 1


def test_forwarding_leads_to_the_new_place() -> None:
    moved = LinkStatus(url=url("/gammal"), status=200, final_url=url("/ny"))
    whole = site({"/": [way("/gammal")], "/ny": []}, {url("/gammal"): moved})
    assert ends_at(whole, url("/gammal")) == place(url("/ny"))
    assert steps(whole, "/ny") == 1


@REPEATABLE
@given(EDGES, st.tuples(st.integers(0, 7), st.integers(0, 7)))
def test_a_link_more_never_lengthens_a_way_and_taps_are_no_fewer_than_clicks(
    edges: list[tuple[int, int, int]], more: tuple[int, int]
) -> None:
    def graph(ways: list[tuple[int, int, int]]) -> Site:
        links: dict[str, list[LinkSummary]] = {"/" if page == 0 else f"/{page}": [] for page in range(8)}
        for one, other, toggles in ways:
            links["/" if one == 0 else f"/{one}"].append(way(f"/{other}" if other else "/", toggles=toggles))
        return site(links)

    before = steps_from_start(graph(edges), Viewport.PHONE)
    after = steps_from_start(graph([*edges, (*more, 0)]), Viewport.PHONE)
    taps = steps_from_start(graph(edges), Viewport.PHONE, taps=True)
    assert all(after[where] <= count for where, count in before.items())
    assert before.keys() == taps.keys()
    assert all(taps[where] >= count for where, count in before.items())


def test_the_frame_is_what_most_pages_link_to_in_the_same_part() -> None:
    content = replace(way("/kontakt"), regions=("main",))
    pages: list[PageSummary] = [
        replace(summary("/a"), links=(way("/kontakt"), way("/x"))),
        replace(summary("/b"), links=(way("/kontakt"), content)),
        replace(summary("/c"), links=(way("/kontakt"),)),
    ]
    assert frame_of(pages) == {(place(url("/kontakt")), False)}
