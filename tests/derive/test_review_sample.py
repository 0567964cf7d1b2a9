"""The sample of a review: what must be in it, and that it can be drawn again."""

import math
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from auditor.derive.review_sample import draw_sample
from auditor.model.config import Task
from auditor.model.site import LinkSummary, PageSummary, Site
from tests.builders import REPEATABLE, START, summary, url


def site(*pages: PageSummary, hub: str = "", tasks: tuple[Task, ...] = ()) -> Site:
    """A site with these pages."""
    return Site(start=START, today=date(2024, 5, 15), pages=pages, hub=url(hub) if hub else "", tasks=tasks)


def drawn(whole: Site, seed: int = 0) -> dict[str, str]:
    """Path → reason."""
    return {page.url.removeprefix(START.rstrip("/")): page.reason for page in draw_sample(whole, seed)}


def test_the_structured_part_holds_what_the_decision_names() -> None:
    pdf = LinkSummary(href=url("/dokument/regler.pdf"))
    pages = (
        replace(summary("/"), links=(pdf,), template="a"),
        replace(summary("/kontakt", main_heading="Kontakta oss"), template="b"),
        replace(summary("/om/redogorelse", main_heading="Tillgänglighetsredogörelse"), template="b"),
        replace(summary("/sok?q=bidrag", query="bidrag"), template="c"),
        replace(summary("/foreningar"), template="d"),
        replace(summary("/foreningar/bidrag"), template="b"),
        replace(summary("/nyheter/1"), template="e"),
        replace(summary("/nyheter/2"), template="e"),
    )
    task = Task(id="bidrag", question="Hur?", targets=("/foreningar/bidrag",))
    chosen = drawn(site(*pages, hub="/foreningar", tasks=(task,)))
    random = {path for path, reason in chosen.items() if reason == "random"}
    assert {path: reason for path, reason in chosen.items() if path not in random} == {
        "/": "start",
        "/kontakt": "contact",
        "/om/redogorelse": "statement",
        "/sok?q=bidrag": "search",
        "/foreningar": "hub",
        "/foreningar/bidrag": "task",
        "/nyheter/1": "template",
        "/dokument/regler.pdf": "document",
    }
    assert random == {"/nyheter/2"}


@REPEATABLE
@given(count=st.integers(1, 60), seed=st.integers(0, 5))
def test_a_tenth_is_added_by_chance_and_the_draw_can_be_repeated(count: int, seed: int) -> None:
    pages = tuple(replace(summary(f"/{number}"), template=str(number % 7)) for number in range(count))
    whole = site(summary("/"), *pages)
    chosen = drawn(whole, seed)
    structured = [path for path, reason in chosen.items() if reason != "random"]
    left = count + 1 - len(structured)
    assert len(chosen) - len(structured) == min(left, math.ceil(len(structured) / 10))
    assert drawn(site(*reversed(whole.pages)), seed) == chosen


def test_another_seed_draws_others() -> None:
    pages = tuple(replace(summary(f"/{number}"), template="a") for number in range(50))
    assert len({tuple(drawn(site(summary("/"), *pages), seed)) for seed in range(10)}) > 1
