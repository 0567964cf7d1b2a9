"""A summary that somebody holds is not read again."""

from dataclasses import replace
from weakref import ref

from auditor.model.site import LinkSummary
from auditor.store.history import History
from tests.builders import summary, url
from tests.store.runs import begin, gathered

LINK = LinkSummary(href=url("/mål"), name="Mål")


def test_a_page_that_is_the_same_in_two_runs_is_one_object(history: History) -> None:
    for run_id in ("1", "2"):
        store = begin(history, run_id)
        store.save_page(gathered("/a"), [])
        store.save_page(replace(gathered("/b"), summary=replace(summary("/b"), words=int(run_id))), [])
    (one_a, one_b), (other_a, other_b) = (
        [page.summary for page in history.run(run_id).pages()] for run_id in ("1", "2")
    )
    assert one_a is other_a
    assert one_a == gathered("/a").summary
    assert (one_b.words, other_b.words) == (1, 2)


def test_a_page_that_was_asked_for_by_its_address_is_the_same_object_too(history: History) -> None:
    store = begin(history)
    store.save_page(gathered("/a"), [])
    held = [page.summary for page in store.pages()]
    page = history.run("1").page(url("/a"))
    assert page is not None
    assert page.summary is held[0]


def test_links_that_are_the_same_on_many_pages_are_one_object(history: History) -> None:
    store = begin(history)
    for path in ("/a", "/b"):
        store.save_page(replace(gathered(path), summary=replace(summary(path), links=(LINK,))), [])
    one, other = [page.summary for page in store.pages()]
    assert one.links == other.links == (LINK,)
    assert one.links[0] is other.links[0]


def test_nothing_is_held_for_those_who_hold_nothing(history: History) -> None:
    store = begin(history)
    store.save_page(gathered("/a"), [])
    held = [page.summary for page in store.pages()]
    gone = ref(held[0])
    held.clear()
    assert gone() is None
