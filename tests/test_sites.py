"""Audits the fixture sites and compares with their answer keys: what is missing and what is extra both fail."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from auditor.archive import check_archive
from auditor.claimfile import read_claims
from auditor.derive.file_name import file_name
from auditor.derive.urls import path_of
from auditor.model.config import ArchiveConfig
from auditor.model.outcome import Outcome
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.pipeline.artifacts import read_page
from auditor.pipeline.audit import Audited, audit
from auditor.pipeline.recheck import recheck
from auditor.pipeline.verify import newest_run, verify
from auditor.sitefile import read_target
from auditor.store.history import History
from auditor.store.runs import RunStore

SITES = Path(__file__).parent.parent / "fixtures" / "sites"

_QUESTIONS = 24
"""Queries to each site's search: what it finds is in no key, and is measured elsewhere."""

Key = set[tuple[str, str, str, str]]
"""Rule, path, viewport (phone, desktop, narrow or both) and the target's start tag."""


@dataclass
class Run:
    """One audit of a fixture site."""

    folder: Path
    audited: Audited
    history: History
    store: RunStore

    def tree(self, path: str) -> BeautifulSoup | None:
        """The final DOM of the page at *path*."""
        start = self.audited_start()
        page = read_page(self.store.folder / "pages" / f"{file_name(start.rstrip('/') + path)}.json.gz")
        return page.document.tree if page and page.document else None

    def audited_start(self) -> str:
        """Address of the start page."""
        return read_target(str(self.folder)).start


@pytest.fixture(scope="module")
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    folder = SITES / request.param
    history = History(tmp_path_factory.mktemp(request.param) / "history.db")
    config = read_target(str(folder))
    few = config.search.model_copy(update={"questions": _QUESTIONS})
    audited = audit(config.model_copy(update={"archive": ArchiveConfig(write=True), "search": few}), history)
    yield Run(folder, audited, history, history.run(audited.run_id))
    history.close()


EVERY_SITE = ("sjoboda-2019", "sjoboda-2022", "granasen", "lugnvik")


@pytest.mark.browser
@pytest.mark.parametrize("run", EVERY_SITE, indirect=True)
def test_findings_equal_the_answer_key(run: Run) -> None:
    expected = _expected(run)
    found = _found(run)

    assert {"missing": sorted(expected - found), "extra": sorted(found - expected)} == {"missing": [], "extra": []}


@pytest.mark.browser
@pytest.mark.parametrize("run", ["lugnvik"], indirect=True)
def test_the_sound_site_leaves_nothing_open(run: Run) -> None:
    kinds = (OutcomeKind.FAILED, OutcomeKind.CANT_TELL, OutcomeKind.UNTESTED)

    assert [(rule, outcome.target.url, outcome.message) for rule, outcome in run.store.outcomes(kinds)] == []


@pytest.mark.browser
@pytest.mark.parametrize("run", EVERY_SITE, indirect=True)
def test_an_archived_run_judged_again_says_the_same(run: Run) -> None:
    assert run.audited.archive is not None
    path, digest = run.audited.archive

    assert check_archive(path) == (digest, [])
    again = recheck(path)
    assert (again.same_versions, again.differences, again.other_tasks) == (True, (), ())
    assert again.tasks >= len(read_target(str(run.folder)).tasks)


@pytest.mark.browser
@pytest.mark.parametrize("run", ["sjoboda-2019", "sjoboda-2022"], indirect=True)
def test_verdicts_on_claims_equal_the_answer_key(run: Run) -> None:
    register = read_claims(run.folder / "claims.yaml")
    expected = yaml.safe_load((run.folder / "verdicts.yaml").read_text(encoding="utf-8"))
    newest = newest_run(run.history, run.audited.site)
    assert newest is not None

    judged = verify(register, run.history, newest, None).judged

    assert {one.claim.id: str(one.verdict) for one in judged} == expected


def _expected(run: Run) -> Key:
    entries: list[dict[str, Any]] = yaml.safe_load((run.folder / "expected.yaml").read_text(encoding="utf-8"))[
        "findings"
    ]
    return {
        (entry["rule"], entry["url"], entry["viewport"], _identity(run, entry["url"], entry.get("target") or ""))
        for entry in entries
    }


def _found(run: Run) -> Key:
    viewports: dict[tuple[str, str, str], set[Viewport | None]] = {}
    for rule, outcome in run.store.outcomes((OutcomeKind.FAILED,)):
        if outcome.target.state:
            continue  # which page of a template is opened first is left to chance
        path = path_of(outcome.target.url) if outcome.target.url else ""
        key = (rule, path, _identity(run, path, _selector(outcome)))
        viewports.setdefault(key, set()).add(outcome.target.viewport)
    return {(rule, path, _viewport(seen), target) for (rule, path, target), seen in viewports.items()}


def _selector(outcome: Outcome) -> str:
    return outcome.target.selector


def _viewport(seen: set[Viewport | None]) -> str:
    if None in seen or {Viewport.PHONE, Viewport.DESKTOP} <= seen:
        return "both"
    return str(next(iter(seen)))


def _identity(run: Run, path: str, selector: str) -> str:
    """The target's start tag and place in the page; empty for a page or the site."""
    tree = run.tree(path) if selector else None
    tag = tree.select_one(selector) if tree and ">>>" not in selector else None
    if tag is None:
        return selector
    return f"{tag.sourceline}:{tag.sourcepos} {str(tag).split('>', 1)[0][:100]}"
