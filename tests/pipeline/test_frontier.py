"""Pages that are taken over are written many at a time, and all of them by the end of a walk."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from auditor.catalogue.load import Catalogue
from auditor.derive.scope import SiteScope
from auditor.gather.frontier import Found
from auditor.model.config import ScopeConfig
from auditor.model.loads import Loads, Print
from auditor.model.site import LinkSummary
from auditor.pipeline.carry import EarlierRun
from auditor.pipeline.frontier import StoredFrontier
from auditor.store.history import SEEN, History
from auditor.store.runs import RunStore
from tests.builders import url
from tests.store.runs import begin, end, gathered

DAY = date(2024, 5, 15)
_MORE_THAN_ONE_BATCH = 60


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[tuple[RunStore, RunStore]]:
    """A run of many pages, each of which leads to one more and has files, and the run after it."""
    history = History(tmp_path / "audit.db")
    before = begin(history, "1")
    for number in range(_MORE_THAN_ONE_BATCH):
        kept = gathered(f"/{number}")
        artifact, link = f"{number}.json.gz", LinkSummary(href=url(f"/behind-{number}"))
        summary = replace(kept.summary, depth=1, links=(link,))
        loads = Loads(page=Print(url=kept.url, digest="d"))
        before.save_page(replace(kept, artifact=artifact, summary=summary, loads=loads), [])
        for folder in ("pages", SEEN):
            (before.folder / folder / artifact).write_text(f"{folder} {number}")
    end(before)
    yield before, begin(history, "2")
    history.close()


def frontier(before: RunStore, now: RunStore, nights: int = 10**9) -> StoredFrontier:
    """The frontier of *now*, with all pages of *before* waiting."""
    scope = SiteScope(start=url("/"), hosts=frozenset({url("/").split("/")[2]}), config=ScopeConfig())
    earlier = EarlierRun(before=before, rules=(), today=DAY, judged_on=DAY, nights=nights)
    made = StoredFrontier(now, Catalogue({}), 0, scope, earlier)
    made.add(Found(page, 1) for page in before.addresses())
    return made


def test_all_that_was_taken_over_is_there_when_the_walk_has_ended(runs: tuple[RunStore, RunStore]) -> None:
    before, now = runs
    made = frontier(before, now)
    items = made.waiting(100)
    assert [made.earlier(item) is not None and made.carry(item) for item in items] == [True] * _MORE_THAN_ONE_BATCH
    assert (made.known(), made.gathered()) == ((60, 120), 60)
    assert 0 < now.page_count() < _MORE_THAN_ONE_BATCH
    made.flush()
    assert sorted(now.addresses()) == sorted(before.addresses())
    assert now.counts() == {"done": 60, "waiting": 60}
    assert {note for _, note in now.notes()} == {"carried|2024-05-15T08:00:00+00:00"}
    for folder in ("pages", SEEN):
        assert {file.name: file.read_text() for file in (now.folder / folder).iterdir()} == {
            f"{number}.json.gz": f"{folder} {number}" for number in range(_MORE_THAN_ONE_BATCH)
        }
    made.flush()
    assert now.page_count() == _MORE_THAN_ONE_BATCH


def test_what_is_waiting_next_counts_what_was_just_taken_over(runs: tuple[RunStore, RunStore]) -> None:
    made = frontier(*runs)
    first = made.waiting(1)[0]
    made.earlier(first)
    made.carry(first)
    assert first not in made.waiting(100)
    assert [item.depth for item in made.waiting(100, below=1)] == [2]


def test_a_page_that_is_due_is_not_taken_over(runs: tuple[RunStore, RunStore]) -> None:
    made = frontier(*runs, nights=1)
    item = made.waiting(1)[0]
    assert made.earlier(item)
    assert not made.carry(item)
    made.flush()
    assert runs[1].page_count() == 0
