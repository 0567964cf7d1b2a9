"""What search engines are told of pages, where it takes encryption, several hosts or a large sitemap to show it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from auditor.checks.findable import canonical_address, task_page_in_sitemap, task_page_indexable
from auditor.model.config import Task
from auditor.model.outcome import Outcome
from auditor.model.site import LinkStatus, PageSummary, Site
from auditor.model.vocabulary import OutcomeKind
from tests.builders import START, summary, url

NO_WORDS: dict[str, Any] = dict.fromkeys(
    ("grants", "booking", "register", "permits", "faults", "only_among_associations", "association_stems"), ()
) | {"passing_segments": ()}
TASK = Task(id="bidrag", question="Hur söker vi bidrag?", targets=("/bidrag",))


def site(*pages: PageSummary, **more: object) -> Site:
    """A site that was gathered as a whole."""
    return replace(Site(start=START, today=date(2024, 5, 15), pages=pages, complete=True), **more)  # type: ignore[arg-type]


def told(outcomes: list[Outcome]) -> list[tuple[OutcomeKind, str]]:
    """Kind and message of each."""
    return [(outcome.kind, outcome.message) for outcome in outcomes]


@pytest.mark.parametrize(
    ("original", "kind", "message"),
    [
        (url("/bidrag/"), OutcomeKind.PASSED, ""),
        (url("/bidrag").replace("www.", ""), OutcomeKind.PASSED, ""),
        (url("/bidrag").replace("https:", "http:"), OutcomeKind.FAILED, "unencrypted"),
        ("https://preprod.sjoboda.example/bidrag", OutcomeKind.FAILED, "other_host"),
        ("file:///var/www/bidrag.html", OutcomeKind.FAILED, "no_address"),
        (url("/borta"), OutcomeKind.FAILED, "broken"),
        (url("/trasig"), OutcomeKind.FAILED, "broken"),
        (url("/okand"), OutcomeKind.CANT_TELL, "unseen"),
        (START, OutcomeKind.FAILED, "start_page"),
    ],
)
def test_what_a_page_names_as_its_original(original: str, kind: OutcomeKind, message: str) -> None:
    page = replace(summary("/bidrag", main_heading="Bidrag"), canonical=original)
    answers = {
        url("/borta"): LinkStatus(url=url("/borta"), status=404),
        url("/trasig"): LinkStatus(url=url("/trasig"), status=500),
    }

    found = site(summary("/", main_heading="Sjöboda"), page, statuses=answers)

    assert told(list(canonical_address(found))) == [(kind, message)]


def test_a_task_whose_page_nobody_could_visit_is_closed_to_search_engines_too() -> None:
    closed = site(summary("/"), tasks=(TASK,), closed_to_search=frozenset({url("/bidrag")}))

    assert [(one.message, one.target.url) for one in task_page_indexable(closed, **NO_WORDS)] == [
        ("robots", url("/bidrag"))
    ]


def test_noindex_is_told_once_though_robots_txt_forbids_too() -> None:
    page = replace(summary("/bidrag", main_heading="Bidrag"), noindex=True)
    closed = site(page, tasks=(TASK,), closed_to_search=frozenset({page.url}))

    assert told(list(task_page_indexable(closed, **NO_WORDS))) == [(OutcomeKind.FAILED, "noindex")]


def test_a_cut_sitemap_says_nothing_of_what_it_lacks() -> None:
    pages = [summary(path, main_heading=path) for path in ("/", "/a", "/bidrag")]
    named = frozenset({START, url("/a")})
    whole = site(*pages, tasks=(TASK,), sitemap=named)
    cut = replace(whole, sitemap=named | {url(f"/{number}") for number in range(50_000)})

    assert told(list(task_page_in_sitemap(whole, **NO_WORDS))) == [(OutcomeKind.FAILED, "missing")]
    assert told(list(task_page_in_sitemap(cut, **NO_WORDS))) == []
