"""An audit tries how the search works, says so by its rules, and says the same from the archive."""

from pathlib import Path

import pytest

from auditor.model.config import ArchiveConfig, FindabilityConfig, ScopeConfig, SearchConfig, SiteConfig
from auditor.model.search import SearchRecord
from auditor.model.vocabulary import OutcomeKind
from auditor.pipeline.audit import audit
from auditor.pipeline.probing import read_search
from auditor.pipeline.recheck import recheck
from auditor.pipeline.searches import read_quality
from auditor.store.history import History
from tests.gather.server import Answer, answering
from tests.search_service.engine import Defect
from tests.search_service.service import serving


@pytest.mark.browser
def test_a_defect_of_the_search_is_told_by_an_audit_and_by_its_archive(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    with serving(Defect.CODE_POINTS, "terms") as server:
        config = SiteConfig(
            start=server.url(),
            scope=ScopeConfig(max_pages=3, handoffs=False),
            search=SearchConfig(queries=("byalag",)),
            findability=FindabilityConfig(enabled=False),
            archive=ArchiveConfig(write=True),
        )
        audited = audit(config, history)
    store = history.run(audited.run_id)

    said = {
        (rule, outcome.message)
        for rule, outcome in store.outcomes((OutcomeKind.FAILED,))
        if rule in ("search/sort-order-right", "search/same-hits-in-every-order", "search/pages-whole")
    }
    assert said == {("search/sort-order-right", "code_point")}
    record = read_search(store.folder)
    assert len({answer.question for answer in record.answers}) == len(record.answers) > 8
    assert audited.archive is not None
    assert recheck(audited.archive[0]).differences == ()
    history.close()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("header", "record", "untested"),
    [
        ("<a href=/>Sjöboda</a>", SearchRecord(), "absent"),
        (
            '<form action="https://annan.example/sok"><input type=search name=q aria-label="Sök"></form>',
            SearchRecord(untested="no-search"),
            "no-search",
        ),
    ],
    ids=["none", "another host's"],
)
def test_no_search_is_told_from_one_that_may_not_be_asked(
    header: str, record: SearchRecord, untested: str, tmp_path: Path
) -> None:
    html = (
        f"<!doctype html><html lang=sv><title>Sjöboda</title><header>{header}</header><main><h1>Hej</h1></main></html>"
    )
    history = History(tmp_path / "history.db")
    with answering({"/": Answer(body=html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})}) as server:
        config = SiteConfig(start=server.url(), findability=FindabilityConfig(enabled=False))
        store = history.run(audit(config, history).run_id)

    assert read_search(store.folder) == record
    quality = read_quality(store.folder)
    assert quality is not None
    assert quality.untested == untested
    said = {
        rule: outcome.message for rule, outcome in store.outcomes((OutcomeKind.UNTESTED,)) if rule.startswith("search/")
    }
    assert ("search/sort-order-right" in said) is bool(record.untested)
    history.close()


@pytest.mark.parametrize("written", ["search-off", "search-absent"])
def test_a_search_that_was_left_out_or_does_not_exist_is_not_missed(tmp_path: Path, written: str) -> None:
    (tmp_path / "search-untested.txt").write_text(written)

    assert read_search(tmp_path) == SearchRecord()


@pytest.mark.parametrize(("written", "reason"), [("no-search", "no-search"), (None, "search-not-asked")])
def test_a_search_that_could_not_be_asked_says_why(tmp_path: Path, written: str | None, reason: str) -> None:
    if written:
        (tmp_path / "search-untested.txt").write_text(written)

    assert read_search(tmp_path) == SearchRecord(untested=reason)
