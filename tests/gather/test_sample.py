"""Which pages are tried out: the same ones, however fast each of them loads."""

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.gather.journal import Journal
from auditor.gather.sample import AT_ONCE, PAGES_PER_TEMPLATE, PAGES_PER_TRYOUT, InteractionSample
from auditor.model.keyboard import Indicator
from auditor.model.vocabulary import Viewport

BOTH = frozenset({Viewport.DESKTOP, Viewport.PHONE})
DESKTOP = frozenset({Viewport.DESKTOP})


async def _chosen(order: list[str]) -> dict[str, frozenset[Viewport]]:
    """The choice for pages begun as /1, /2, /3 and /other, of which *order* is how they get loaded."""
    sample = InteractionSample()
    pages = {"/1": "a", "/2": "a", "/3": "a", "/other": "b"}
    for url in pages:
        sample.begin(url)
    loaded = [asyncio.create_task(sample.choose(url, pages[url])) for url in order]
    return dict(zip(order, await asyncio.gather(*loaded), strict=True))


@pytest.mark.parametrize(
    "order", [["/1", "/2", "/3", "/other"], ["/other", "/3", "/2", "/1"], ["/3", "/1", "/other", "/2"]]
)
def test_the_first_pages_of_a_template_are_chosen_in_the_order_in_which_they_were_begun(order: list[str]) -> None:
    assert asyncio.run(_chosen(order)) == {"/1": BOTH, "/2": DESKTOP, "/3": frozenset(), "/other": BOTH}


async def _in_turn(templates: list[str], sample: InteractionSample | None = None) -> list[frozenset[Viewport]]:
    """The choice for pages of *templates*, one after the other."""
    sample = sample or InteractionSample()
    return [await sample.choose(f"/{number}", template) for number, template in enumerate(templates)]


def test_a_template_that_came_too_late_is_tried_out_when_enough_pages_have_gone_by() -> None:
    crowd = [f"t{number}" for number in range(AT_ONCE // 2)]
    chosen = asyncio.run(_in_turn([*crowd, *["late"] * 3 * PAGES_PER_TRYOUT]))
    tried = {number: viewports for number, viewports in enumerate(chosen, 1) if viewports}
    assert list(tried.values())[: len(crowd)] == [BOTH] * len(crowd)
    later = [number for number in tried if number > len(crowd)]
    assert later == [17, 20, 30]
    assert frozenset[Viewport]().union(*(tried[number] for number in later)) == BOTH


@given(st.lists(st.sampled_from([f"t{number}" for number in range(60)]), max_size=200))
def test_no_more_is_tried_out_than_the_pages_allow_for(templates: list[str]) -> None:
    chosen = asyncio.run(_in_turn(templates))
    assert sum(map(len, chosen)) <= AT_ONCE + len(templates) // PAGES_PER_TRYOUT
    for template in set(templates):
        of_it = [choice for choice, other in zip(chosen, templates, strict=True) if other == template]
        for viewport, most in PAGES_PER_TEMPLATE.items():
            assert sum(viewport in choice for choice in of_it) <= most
    assert not chosen or chosen[0] == BOTH


def test_a_page_that_fails_keeps_nobody_waiting() -> None:
    async def after_a_failure() -> frozenset[Viewport]:
        sample = InteractionSample()
        sample.begin("/broken")
        sample.begin("/next")
        choice = asyncio.create_task(sample.choose("/next", "a"))
        await asyncio.sleep(0)
        assert not choice.done()
        sample.settle("/broken")
        return await choice

    assert asyncio.run(after_a_failure()) == BOTH


def test_a_page_that_is_looked_at_again_is_chosen_once() -> None:
    async def twice() -> list[frozenset[Viewport]]:
        sample = InteractionSample()
        return [await sample.choose(url, "a") for url in ("/1", "/1", "/2")]

    assert asyncio.run(twice()) == [BOTH, BOTH, DESKTOP]


def test_equal_markup_is_new_once_in_each_viewport() -> None:
    sample = InteractionSample()
    asked = [(Viewport.PHONE, "menu"), (Viewport.PHONE, "menu"), (Viewport.DESKTOP, "menu"), (Viewport.PHONE, "other")]
    assert [sample.is_new(*one) for one in asked] == [True, False, True, True]


def test_what_was_seen_on_a_page_that_is_looked_at_again_is_new_there() -> None:
    sample = InteractionSample()
    told: list[bool] = []
    for url in ("/1", "/1", "/2"):
        sample.begin(url)
        told += [sample.is_new(Viewport.PHONE, "menu", url), sample.is_new(Viewport.PHONE, "menu", url)]
    assert told == [True, False, True, False, False, False]


@pytest.mark.parametrize("failing", [False, True])
def test_what_several_pages_show_is_looked_at_on_the_one_that_was_begun_first(failing: bool) -> None:
    async def tried() -> dict[str, bool]:
        sample, told = InteractionSample(), dict[str, bool]()
        for url in ("/1", "/2", "/3"):
            sample.begin(url)
        await asyncio.gather(*(sample.choose(url, "a") for url in ("/3", "/2", "/1")))

        async def try_out(url: str) -> None:
            await sample.turn(url, Viewport.DESKTOP)
            told[url] = sample.is_new(Viewport.DESKTOP, "menu", url)
            sample.tried(url, Viewport.DESKTOP)

        second = asyncio.create_task(try_out("/2"))
        await asyncio.sleep(0)
        assert told == {}
        if failing:
            sample.settle("/1")
        else:
            await try_out("/1")
        await second
        return told

    assert asyncio.run(tried()) == ({"/2": True} if failing else {"/1": True, "/2": False})


def test_a_page_that_is_not_tried_out_keeps_nobody_waiting() -> None:
    async def tried() -> bool:
        sample = InteractionSample()
        urls = [f"/{number}" for number in range(4)]
        for url in urls:
            sample.begin(url)
        assert [await sample.choose(url, "a" if url != "/3" else "b") for url in urls][2:] == [frozenset(), BOTH]
        for url in urls[:2]:
            sample.tried(url, Viewport.DESKTOP)
        await sample.turn("/3", Viewport.DESKTOP)
        return sample.is_new(Viewport.DESKTOP, "menu", "/3")

    assert asyncio.run(tried())


def test_what_pictures_told_holds_for_later_pages_and_processes(tmp_path: Path) -> None:
    path = tmp_path / "choices.jsonl"
    sample = InteractionSample(Journal(path))
    sample.note_indicator(Viewport.PHONE, "a.button 1", Indicator.PIXELS)
    sample.note_indicator(Viewport.PHONE, "a.menu 2", Indicator.UNSURE)
    for one in (sample, InteractionSample(Journal(path))):
        assert one.indicator(Viewport.PHONE, "a.button 1") is Indicator.PIXELS
        assert one.indicator(Viewport.PHONE, "a.menu 2") is None
        assert one.indicator(Viewport.DESKTOP, "a.button 1") is None


def test_a_process_that_goes_on_chooses_the_same(tmp_path: Path) -> None:
    templates = [f"t{number % 25}" for number in range(5 * PAGES_PER_TRYOUT)]
    whole = asyncio.run(_in_turn(templates))
    path = tmp_path / "choices.jsonl"
    killed = InteractionSample(Journal(path))
    assert asyncio.run(_in_turn(templates[:23], killed)) == whole[:23]
    assert killed.is_new(Viewport.DESKTOP, "meny", "/1")
    with path.open("a", encoding="utf-8") as file:
        file.write('{"kind": "page", "url": "/3", "temp')  # cut off
    again = InteractionSample(Journal(path))
    assert asyncio.run(_in_turn(templates, again)) == whole
    assert not again.is_new(Viewport.DESKTOP, "meny", "/2")
    assert again.is_new(Viewport.DESKTOP, "meny", "/1")
    assert not again.is_new(Viewport.DESKTOP, "meny", "/1")


def _night(path: Path, *entries: tuple[str, dict[str, object]]) -> InteractionSample:
    """A sample that begins with what a run before it chose: two pages of one template, and a menu on the first."""
    journal = Journal(path)
    if not path.exists():
        journal.write("page", url="/1", template="a", chosen=["desktop", "phone"], carried=True)
        journal.write("page", url="/2", template="a", chosen=["desktop"], carried=True)
        journal.write("opened", viewport="phone", markup="menu", url="/1", carried=True)
    for kind, values in entries:
        journal.write(kind, **values)
    return InteractionSample(journal)


def test_pages_are_tried_out_as_in_the_run_before_and_no_others_besides(tmp_path: Path) -> None:
    async def chosen() -> list[frozenset[Viewport]]:
        sample = _night(tmp_path / "choices.jsonl")
        return [await sample.choose(*one) for one in (("/3", "a"), ("/2", "a"), ("/1", "a"), ("/new", "b"))]

    assert asyncio.run(chosen()) == [frozenset(), DESKTOP, BOTH, BOTH]


def test_a_page_that_got_another_template_leaves_its_place_to_others_of_the_old_one(tmp_path: Path) -> None:
    async def chosen() -> list[frozenset[Viewport]]:
        sample = _night(tmp_path / "choices.jsonl")
        return [await sample.choose(*one) for one in (("/1", "b"), ("/3", "a"), ("/4", "a"))]

    assert asyncio.run(chosen()) == [BOTH, BOTH, frozenset()]


@pytest.mark.parametrize(("template", "left"), [("a", frozenset()), ("b", BOTH)])
def test_a_night_that_was_killed_goes_on_with_what_it_chose_itself(
    tmp_path: Path, template: str, left: frozenset[Viewport]
) -> None:
    async def chosen() -> frozenset[Viewport]:
        sample = _night(tmp_path / "choices.jsonl")
        assert await sample.choose("/1", template) == BOTH
        again = InteractionSample(Journal(tmp_path / "choices.jsonl"))
        assert await again.choose("/1", template) == BOTH
        return await again.choose("/3", "a")

    assert asyncio.run(chosen()) == left


def test_how_many_are_tried_out_in_a_night_depends_on_all_pages_of_the_site(tmp_path: Path) -> None:
    async def chosen(pages: int) -> frozenset[Viewport]:
        path = tmp_path / f"{pages}.jsonl"
        many = [
            ("page", {"url": f"/{number}", "template": f"t{number}", "chosen": ["desktop", "phone"], "carried": True})
            for number in range(AT_ONCE // 2)
        ]
        return await _night(path, ("before", {"pages": pages}), *many).choose("/new", "new")

    assert asyncio.run(chosen(20)) == frozenset()
    assert asyncio.run(chosen(200)) == BOTH


def test_what_opened_in_the_run_before_is_new_on_its_own_page_alone(tmp_path: Path) -> None:
    sample = _night(tmp_path / "choices.jsonl")
    assert not sample.is_new(Viewport.PHONE, "menu", "/3")
    sample.begin("/1")
    assert sample.is_new(Viewport.PHONE, "menu", "/1")
    assert not sample.is_new(Viewport.PHONE, "menu", "/4")


def test_what_a_page_shows_no_more_is_new_on_the_next(tmp_path: Path) -> None:
    sample = _night(tmp_path / "choices.jsonl")
    sample.begin("/1")
    assert sample.is_new(Viewport.PHONE, "menu", "/3")
