"""What simulated visitors found, for the sample report."""

from dataclasses import replace

from auditor.model.facts import Box
from auditor.model.findability import (
    Change,
    Choice,
    Explanation,
    Figures,
    Findability,
    Interval,
    Step,
    TaskResult,
    ViewResult,
)
from auditor.model.vocabulary import Viewport

START = "https://www.sjoboda.example/"
GRANTS = f"{START}foreningar/bidrag/"


def sample_tasks() -> Findability:
    """Three tasks: one that few find on the phone, one with a guessed answer, one that was not simulated."""
    hard = TaskResult(
        id="bidrag",
        question="Vilka bidrag kan en förening söka?",
        targets=(GRANTS,),
        confirmed=True,
        own=True,
        views=(_view(Viewport.PHONE, 0.31), _view(Viewport.DESKTOP, 0.83)),
    )
    guessed = TaskResult(
        id="hall",
        question="Hur bokar vi en idrottshall?",
        targets=(f"{START}uppleva/boka/",),
        confirmed=False,
        own=False,
        views=tuple(_unsearched(viewport) for viewport in (Viewport.PHONE, Viewport.DESKTOP)),
    )
    unanswered = TaskResult(
        id="lotteri",
        question="Hur får vår förening ordna ett lotteri?",
        targets=(),
        confirmed=False,
        own=False,
        untested="no-target",
    )
    return Findability(
        tasks=(hard, guessed, unanswered),
        shares={
            Viewport.PHONE: Interval(value=0.31, low=0.2, high=0.45),
            Viewport.DESKTOP: Interval(value=0.83, low=0.7, high=0.9),
        },
        by_search={
            Viewport.PHONE: Interval(value=0.52, low=0.52, high=0.52),
            Viewport.DESKTOP: Interval(value=0.58, low=0.58, high=0.58),
        },
        by_either={
            Viewport.PHONE: Interval(value=0.67, low=0.67, high=0.67),
            Viewport.DESKTOP: Interval(value=0.93, low=0.93, high=0.93),
        },
        constants={"patience": "120", "runs": "300"},
        pages=61,
    )


def _view(viewport: Viewport, found: float) -> ViewResult:
    figures = Figures(runs=300, found=found, direct=found / 2, first_click=0.6, lostness=0.42, taps=4.0, seconds=48.0)
    way = (
        Step(page=START, title="Sjöboda kommun", link="Uppleva och göra", selector="nav > a"),
        Step(page=f"{START}uppleva/", title="Uppleva och göra", back=True),
        Step(page=START, title="Sjöboda kommun", link="Föreningar", selector="main > a"),
        Step(page=f"{START}foreningar/", title="Föreningar", link="Bidrag", selector="main > a"),
        Step(page=GRANTS, title="Bidrag"),
    )
    return ViewResult(
        viewport=viewport,
        navigation=figures,
        wordings={"föreningsbidrag": figures},
        reached=found / 2,
        opening_band=(found / 3, found / 2),
        shortest=2,
        label_gap=0.3,
        structure_gap=0.1,
        path=way,
        path_found=True,
        explanation=_explanation() if viewport is Viewport.PHONE else None,
        search=replace(figures, found=0.52 if viewport is Viewport.PHONE else 0.58),
        mixed=replace(figures, found=0.6),
        either=0.67 if viewport is Viewport.PHONE else 0.93,
        searched=1,
    )


def _unsearched(viewport: Viewport) -> ViewResult:
    """Nobody finds it by clicking, and the site's search was not asked."""
    seen = _view(viewport, 0.0)
    lost = tuple(
        step
        for number in range(1, 7)
        for step in (
            Step(page=START, title="Sjöboda kommun", link=f"Länk {number}", selector=f"#l{number}"),
            Step(page=f"{START}{number}/", title=f"Sida {number}", back=True),
        )
    )
    why = replace(_explanation(), page=f"{START}uppleva/", title="Uppleva och göra", changes=())
    return replace(
        seen,
        navigation=replace(seen.navigation, lostness=None, taps=None, seconds=None),
        path=(*lost, Step(page=START, title="Sjöboda kommun")),
        path_found=False,
        shortest=None,
        explanation=why,
        search=None,
        mixed=None,
        either=None,
        searched=0,
    )


def _explanation() -> Explanation:
    wrong = Choice(
        name="Uppleva och göra",
        leads_to=f"{START}uppleva/",
        scent=6.0,
        share=0.44,
        selector="nav > a",
        box=Box(16, 60, 120, 24),
    )
    right = Choice(
        name="Föreningar",
        leads_to=f"{START}foreningar/",
        scent=5.5,
        share=0.12,
        selector="main > a",
        box=Box(16, 120, 200, 24),
        hidden=True,
        screen=2,
    )
    change = Change(kind="rename", page=START, link="Föreningar", name="Bidrag till föreningar", before=0.15, after=0.3)
    return Explanation(
        page=START,
        title="Sjöboda kommun",
        wrong=wrong,
        right=right,
        reasons=("hidden", "below", "competing"),
        changes=(change,),
    )
