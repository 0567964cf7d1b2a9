"""Visitors who have the site's own search: what its lists are worth, alone and beside the links."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from auditor.findability.assess import assess, plan_of
from auditor.findability.results import beside, hit_utilities, without_links
from auditor.findability.simulation import goal_of
from auditor.model.config import Task
from auditor.model.findability import Findability, ViewResult
from auditor.model.search import Hit
from auditor.model.vocabulary import Viewport
from tests.findability.test_assess import PAGES, START, TASK, site

WORDING = TASK.phrasings[0]
WRONG = [Hit(url=START + path, title=PAGES[path][0], text=PAGES[path][1]) for path in ("buss", "skola", "bidrag")]
RIGHT = Hit(url=START + "hall", title="Idrottshallar", text="Boka idrottshall för träning och match.")
VAGUE = {"lokal": "Övrigt", "forening": "Mer"}


def _simulated(
    answers: Mapping[str, Sequence[Hit]], *tasks: Task, names: dict[str, str] | None = None, runs: int = 200
) -> Findability:
    plan = plan_of(tasks or (TASK,), (), lambda url: START + url.lstrip("/"))
    return assess(site(names), plan, start=START, answers=answers, seed=3, runs=runs)


def _view(found: Findability, viewport: Viewport = Viewport.PHONE, task: int = 0) -> ViewResult:
    view = found.tasks[task].view(viewport)
    assert view is not None
    return view


def test_what_was_not_asked_is_not_tested() -> None:
    found = _simulated({"en annan fråga": [RIGHT]})
    view = _view(found)
    assert (view.search, view.mixed, view.either) == (None, None, None)
    assert found.by_search == found.by_either == {}
    assert found.searched(Viewport.PHONE) == 0


def test_a_search_that_finds_nothing_is_tested_and_found_wanting() -> None:
    found = _simulated({WORDING: []})
    view = _view(found)
    assert view.search is not None
    assert view.search.found == 0
    assert view.either == pytest.approx(view.navigation.found)
    assert found.by_search[Viewport.PHONE].value == 0
    assert found.searched(Viewport.PHONE) == 1


def test_the_right_hit_first_is_found_by_almost_all_who_search() -> None:
    view = _view(_simulated({WORDING: [RIGHT, *WRONG]}, names=VAGUE))
    assert view.search is not None
    assert view.search.found > 0.95
    assert view.search.seconds is not None
    assert view.search.seconds >= 8 + 1.5, "the query must be written before the list is read"
    assert view.search.taps is not None
    assert view.search.lostness is not None


def test_a_list_without_the_answer_leads_nowhere() -> None:
    view = _view(_simulated({WORDING: WRONG}))
    assert view.search is not None
    assert view.search.found == 0, "those who only search do not go on from a wrong page"
    assert view.search.lostness is None


def test_the_further_down_the_right_hit_the_longer_it_takes() -> None:
    others = [Hit(url=f"{START}sok/{number}", title="Bussar och vägar") for number in range(25)]
    seconds = []
    for place in (0, 5, 20):
        view = _view(_simulated({WORDING: [*others[:place], RIGHT, *others[place:]]}))
        assert view.search is not None
        assert view.search.seconds is not None
        seconds.append(view.search.seconds)
    assert seconds[0] < seconds[1] < seconds[2]


def test_search_mends_what_labels_spoil() -> None:
    alone = _view(_simulated({}, names=VAGUE))
    view = _view(_simulated({WORDING: [RIGHT, *WRONG]}, names=VAGUE))
    assert view.mixed is not None
    assert view.navigation == alone.navigation, "the search's answers change nothing for those who only click"
    assert view.mixed.found >= view.navigation.found
    assert view.mixed.direct > view.navigation.direct + 0.3
    assert view.either is not None
    assert view.search is not None
    assert view.either >= max(view.navigation.found, view.search.found)


def test_only_wordings_that_were_answered_count() -> None:
    task = replace_wordings("boka idrottshall", "hyra hall")
    found = _view(_simulated({"boka idrottshall": [RIGHT]}, task))
    assert found.searched == 1
    assert found.search is not None
    assert found.search.runs == 200
    assert found.search.found > 0.95


def replace_wordings(*wordings: str) -> Task:
    """The task, put in other words."""
    return TASK.model_copy(update={"phrasings": wordings})


def test_intervals_are_over_the_tasks_that_the_search_was_asked_about() -> None:
    other = Task(id="bidrag", question="Vilka bidrag finns?", phrasings=("bidrag",), targets=("/bidrag",))
    found = _simulated({WORDING: [RIGHT]}, TASK, other, runs=60)
    assert found.tested(Viewport.DESKTOP) == 2
    assert found.searched(Viewport.DESKTOP) == 1
    assert found.by_search[Viewport.DESKTOP].value == _of(_view(found, Viewport.DESKTOP))


def _of(view: ViewResult) -> float:
    assert view.search is not None
    return view.search.found


def test_hits_that_lead_off_the_site_are_pages_of_their_own() -> None:
    model = site()
    graph = model.graphs[Viewport.PHONE]
    goals = [goal_of(model, TASK, WORDING)] * 2
    away = Hit(url="https://annan.example/", title="Annan")
    utility = np.zeros((2, graph.links))
    both = beside(model, graph, utility, goals, [[away, RIGHT], None], Viewport.PHONE)
    assert list(both.page) == [graph.pages, -1]
    shown = both.graph.target[both.graph.of(graph.pages)]
    assert list(shown) == [graph.pages + 2, model.number(RIGHT.url)]
    assert both.graph.pages == graph.pages + 3
    assert both.graph.distances([int(shown[1])])[graph.pages] == 1
    bare = without_links(graph)
    assert bare.pages == graph.pages
    assert bare.links == 0


def test_a_hit_is_judged_by_its_title_and_what_is_said_of_it() -> None:
    model = site()
    goal = goal_of(model, TASK, WORDING)
    bare = Hit(url=START + "x", title="Information")
    told = replace(bare, text="Information Boka idrottshall för träning och match.")
    scents = hit_utilities(model, goal, [RIGHT, told, bare])
    assert scents[0] > scents[1] > scents[2]
    assert len(hit_utilities(model, goal, [])) == 0


def test_search_is_the_same_with_the_same_seed() -> None:
    one, same = (_simulated({WORDING: [*WRONG, RIGHT]}, runs=40) for _ in range(2))
    assert one == same
