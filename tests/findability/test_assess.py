"""From renderings to results: what becomes of a small site, its menu, its tasks and what would mend them."""

from dataclasses import replace

import pytest

from auditor.findability.assess import assess, plan_of
from auditor.findability.seen import SeenPage, see
from auditor.findability.simulation import rank
from auditor.findability.sitegraph import SiteModel
from auditor.model.config import Task
from auditor.model.facts import Box, Facts, Heading, Link
from auditor.model.findability import Findability
from auditor.model.page import Page, Rendering, Response
from auditor.model.vocabulary import Viewport

START = "https://kommun.example/"
PAGES = {
    "": ("Välkommen", "Nyheter och händelser i kommunen."),
    "forening": ("Föreningar", "Här finns det som rör föreningar: bidrag, lokaler och register."),
    "bidrag": (
        "Bidrag till föreningar",
        "Föreningar kan söka bidrag. Bidrag söks i mars. Bidrag ges av nämnden.",
    ),
    "lokal": ("Boka lokal", "Boka hall eller sal. Föreningar hyr lokaler till låg avgift."),
    "hall": ("Idrottshallar", "Boka idrottshall för träning och match. Nyckel till hallen hämtas."),
    "buss": ("Trafik", "Bussar och vägar i kommunen. Felanmälan av gator."),
    "skola": ("Skola", "Förskola och skola. Läsår och lov. Ansök om plats."),
}
CHILDREN = {"": ("forening", "buss", "skola"), "forening": ("bidrag", "lokal"), "lokal": ("hall",)}
TASK = Task(id="hall", question="Hur bokar vi en idrottshall?", phrasings=("boka idrottshall",), targets=("/hall",))


def _link(to: str, name: str, y: float, *, hidden: bool = False, regions: tuple[str, ...] = ("main",)) -> Link:
    return Link(
        selector=f"#{to or 'start'}-{y:.0f}",
        tag="a",
        name=name,
        text=name,
        href=START + to,
        box=Box(0, y, 100, 20),
        visible=not hidden,
        revealed_by=("#meny",) if hidden else (),
        regions=regions,
    )


def page(path: str, names: dict[str, str] | None = None, *, hidden: bool = False, y: float = 100) -> Page:
    """One page: a heading, its text, and links to its children; *names* replaces their names."""
    title, text = PAGES[path]
    links = [
        _link(child, (names or {}).get(child, PAGES[child][0]), y + 30 * number, hidden=hidden)
        for number, child in enumerate(CHILDREN.get(path, ()))
    ]
    further = [
        _link("", "Till startsidan", 0, regions=("banner",)),
        Link(selector="#mejl", tag="a", href="mailto:a@kommun.example", name="Mejla"),
        Link(selector="#hopp", tag="a", href=START + path + "#innehall", name="Hoppa till innehållet"),
    ]
    facts = Facts(
        width=390,
        height=800,
        scroll_width=390,
        page_height=2000,
        title=f"{title} - Kommunen",
        headings=(Heading(selector="h1", tag="h1", text=title, level=1),),
        links=(*further, *links),
        main_text=f"{title}. {text}",
    )
    renderings = tuple(
        Rendering(url=START + path, viewport=view, facts=facts) for view in (Viewport.PHONE, Viewport.DESKTOP)
    )
    return Page(response=Response(url=START + path, final_url=START + path, status=200), renderings=renderings)


def site(names: dict[str, str] | None = None, **how: bool) -> SiteModel:
    """The whole site."""
    pages = [see(page(path, names, **how)) for path in PAGES]
    return SiteModel([seen for seen in pages if seen is not None], [("boka", "hyra")])


def simulated(model: SiteModel, *tasks: Task, runs: int = 100) -> Findability:
    plan = plan_of(tasks or (TASK,), (), lambda url: START + url.lstrip("/"))
    return assess(model, plan, start=START, seed=1, runs=runs)


def _seen(path: str) -> SeenPage:
    seen = see(page(path))
    assert seen is not None
    return seen


def test_links_that_lead_nowhere_else_are_no_ways() -> None:
    assert [link.name for link in _seen("forening").links[Viewport.PHONE]] == [
        "Till startsidan",
        "Bidrag till föreningar",
        "Boka lokal",
    ]


def test_a_link_further_down_stands_on_a_later_screen() -> None:
    seen = see(page("forening", y=1700))
    assert seen is not None
    assert [link.screen for link in seen.links[Viewport.PHONE]] == [0, 2, 2]


def test_result_pages_and_documents_are_no_pages_of_the_graph() -> None:
    shown = page("forening")
    searched = replace(shown, renderings=tuple(replace(seen, query="hall") for seen in shown.renderings))
    assert see(searched) is None
    assert see(replace(shown, is_content=False)) is None
    assert see(replace(shown, renderings=())) is None


def test_a_site_with_plain_names_is_found_by_most() -> None:
    view = simulated(site()).tasks[0].view(Viewport.PHONE)
    assert view is not None
    assert view.navigation.found > 0.8
    assert view.shortest == 3
    assert [step.title for step in view.path] == ["Välkommen", "Föreningar", "Boka lokal", "Idrottshallar"]


def test_a_name_that_says_nothing_is_where_it_goes_wrong_and_what_to_mend() -> None:
    vague = {"lokal": "Övrigt", "forening": "Mer"}
    clear, worse = (simulated(site(names)).tasks[0].view(Viewport.PHONE) for names in ({}, vague))
    assert clear is not None
    assert worse is not None
    assert worse.navigation.found < clear.navigation.found
    assert worse.reached < clear.reached
    assert worse.label_gap > clear.label_gap
    assert worse.explanation is not None
    assert worse.explanation.right.name in vague.values()
    best = worse.explanation.changes[0]
    assert best.after > best.before


def test_what_a_closed_menu_hides_is_found_by_fewer_and_opening_it_helps() -> None:
    shown, hidden = (simulated(site(hidden=how)).tasks[0].view(Viewport.DESKTOP) for how in (False, True))
    assert shown is not None
    assert hidden is not None
    assert hidden.navigation.found < shown.navigation.found
    assert hidden.opening_band[0] <= hidden.opening_band[1]


def test_targets_that_nobody_named_are_found_and_called_unconfirmed() -> None:
    task = Task(id="bidrag", question="Vilka bidrag kan en förening söka?", phrasings=("föreningsbidrag",))
    result = simulated(site(), task).tasks[0]
    assert not result.confirmed
    assert result.targets[0] == START + "bidrag"


def test_a_task_without_an_answer_is_untested_never_not_found() -> None:
    strange = Task(id="x", question="Qwerty zxcvb?", phrasings=("asdfg",))
    lost = Task(id="y", question="Boka hall?", targets=("/finns-inte",))
    result = simulated(site(), strange, lost)
    assert [(task.untested, task.views) for task in result.tasks] == [("no-target", ()), ("target-not-gathered", ())]
    assert result.shares == {}


@pytest.mark.parametrize("pages", [0, 1, 4])
def test_too_small_a_site_is_untested(pages: int) -> None:
    model = SiteModel([_seen(path) for path in list(PAGES)[:pages]])
    assert simulated(model).untested == "too-few-pages"


def test_one_more_task_changes_no_other() -> None:
    model = site()
    other = Task(id="bidrag", question="Bidrag?", phrasings=("bidrag",), targets=("/bidrag",))
    assert simulated(model, TASK).tasks[0] == simulated(model, other, TASK).tasks[1]


def test_own_tasks_take_the_place_of_built_in_ones() -> None:
    bank = (Task(id="hall", question="Inbyggd?"), Task(id="bidrag", question="Bidrag?"))
    plan = plan_of((TASK,), bank, lambda url: url)
    assert [(planned.task.id, planned.own) for planned in plan] == [("hall", True), ("bidrag", False)]


def test_pages_are_ranked_by_what_they_are_about() -> None:
    model = site()
    best = rank(model, Task(id="b", question="Buss?", phrasings=("bussar och vägar",)))[0][1]
    assert model.addresses[best] == START + "buss"
