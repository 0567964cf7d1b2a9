"""The series over the runs of a site: figures are kept, and what cannot be judged again keeps its own yardstick."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from auditor.catalogue.load import Catalogue
from auditor.model.decision import Decision, DecisionKind
from auditor.model.finding import IssueState
from auditor.model.outcome import Outcome
from auditor.model.trend import Cell, Measure, RuleMark
from auditor.model.vocabulary import Area, OutcomeKind, Severity, Viewport
from auditor.pipeline.decisions import decided
from auditor.pipeline.issues import follow, settle
from auditor.pipeline.marks import marks_of
from auditor.pipeline.trend import kept_series, score_changes, scores_without, series
from auditor.scoring import area_scores, count, tallies
from auditor.store.history import History, RunRecord
from tests.builders import outcome, result, rule
from tests.store.runs import SITE, begin, end, gathered

FAILED, PASSED = OutcomeKind.FAILED, OutcomeKind.PASSED
RULES = {name: rule(name) for name in ("structure/test", "structure/other")}


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    """An empty history."""
    history = History(tmp_path / "audit.db")
    yield history
    history.close()


def audited(history: History, number: int, failures: dict[str, tuple[str, ...]], catalogue: str = "1") -> RunRecord:
    """A run over two pages, in which rules fail on the phone: rule → texts of its failed targets on /a."""
    store = begin(history, str(number))
    with_version(history, str(number), catalogue)
    for page in ("/a", "/b"):
        results = [
            result(
                FAILED if page == "/a" and failures.get(name) else PASSED,
                rule_id=name,
                path=page,
                outcomes=[failure(text) for text in failures.get(name, ())] if page == "/a" else (),
            )
            for name in RULES
        ]
        store.save_page(gathered(page, results=results), [])
    history.series.save_rules(store.run_id, marks_of(RULES.values()))
    store.save_scores(area_scores(RULES, list(tallies(count(store.results())))))
    record = history.runs(SITE)[-1]
    followed = follow(history, record, store, [page.summary for page in store.pages()], {})
    settle(store, followed, store.judged((), complete=True), ())
    end(store)
    return history.runs(SITE)[-1]


def failure(text: str) -> Outcome:
    """A failed link of the page /a."""
    return outcome(path="/a", selector=f"main > .{text}", html=f'<a class="{text}" href="/x">', text=text)


def with_version(history: History, run_id: str, catalogue: str) -> None:
    """Says which catalogue judged a run."""
    with closing(sqlite3.connect(history.path)) as connection:
        connection.execute("UPDATE runs SET versions = ? WHERE id = ?", (f'{{"catalogue": "{catalogue}"}}', run_id))
        connection.commit()


CATALOGUE = Catalogue(RULES, {})


def test_runs_are_followed_with_what_became_of_their_findings(history: History) -> None:
    audited(history, 1, {"structure/test": ("bidrag", "lokaler")})
    last = audited(history, 2, {"structure/test": ("lokaler",), "structure/other": ("kontakt",)})
    first, second = series(history, last, CATALOGUE)
    assert (first.states, second.states) == (
        {IssueState.NEW: 2},
        {IssueState.OPEN: 1, IssueState.FIXED: 1, IssueState.NEW: 1},
    )
    assert [run.measures[Measure.MODERATE] for run in (first, second)] == [2, 2]
    assert [run.measures[Measure.COVERAGE_PHONE] for run in (first, second)] == [1.0, 1.0]
    assert Measure.LIX not in first.measures
    assert history.series.measures(last.id) == second.measures
    assert first.one_yardstick
    assert second.one_yardstick


def test_a_run_without_its_artifacts_keeps_its_own_yardstick(history: History) -> None:
    before = audited(history, 1, {"structure/test": ("bidrag",)}, catalogue="1")
    last = audited(history, 2, {}, catalogue="2")
    first, second = series(history, last, CATALOGUE)
    assert (first.one_yardstick, second.one_yardstick) == (False, True)
    assert first.scores == history.run(before.id).scores()


def test_what_later_rules_say_of_a_run_is_its_score_from_then_on(history: History) -> None:
    before = audited(history, 1, {"structure/test": ("bidrag",)}, catalogue="1")
    last = audited(history, 2, {}, catalogue="2")
    cells: dict[Cell, OutcomeKind] = {
        (name, page.summary.url, Viewport.PHONE): PASSED for name in RULES for page in history.run(before.id).pages()
    }
    history.series.save_rejudged(before.id, "2", cells)
    assert history.series.rejudged(before.id, "2") == cells
    assert history.series.rejudged(before.id, "1") is None
    first, _ = series(history, last, CATALOGUE)
    assert first.one_yardstick
    assert {one.every.value for one in first.scores if one.area is Area.STRUCTURE} == {100.0, None}


def test_what_the_last_report_worked_out_is_read_without_judging_anew(history: History) -> None:
    before = audited(history, 1, {"structure/test": ("bidrag",)}, catalogue="1")
    audited(history, 2, {"structure/other": ("kontakt",)}, catalogue="2")
    last = audited(history, 3, {}, catalogue="2")
    assert [one.measures for one in kept_series(history, last)] == [{}, {}, {}], "no report was made yet"
    cells: dict[Cell, OutcomeKind] = {
        (name, page.summary.url, Viewport.PHONE): PASSED for name in RULES for page in history.run(before.id).pages()
    }
    history.series.save_rejudged(before.id, "2", cells)
    worked_out = series(history, last, CATALOGUE)
    assert [one.one_yardstick for one in worked_out] == [True, True, True]
    assert kept_series(history, last) == worked_out


def test_a_change_of_score_is_taken_apart(history: History) -> None:
    before = audited(history, 1, {"structure/test": ("bidrag",)})
    last = audited(history, 2, {})
    pages = [[page.summary for page in history.run(run.id).pages()] for run in (before, last)]
    (change,) = score_changes(history, before, last, CATALOGUE, (pages[0], pages[1]))
    assert (change.area, change.viewport, change.before, change.after) == (Area.STRUCTURE, Viewport.PHONE, 75.0, 100.0)
    assert (change.content, change.pages, change.rules, change.engine, change.blocked) == (25.0, 0.0, 0.0, 0.0, 0.0)


def test_rules_of_a_run_are_kept(history: History) -> None:
    store = begin(history)
    assert history.series.rules(store.run_id) == {}
    mark = RuleMark(area=Area.SEARCH, severity=Severity.MINOR, good_practice=True, digest="x", of_engine=True)
    history.series.save_rules(store.run_id, {"search/a": mark})
    assert history.series.rules(store.run_id) == {"search/a": mark}


def test_what_is_decided_changes_no_score_and_is_told_beside_it(history: History) -> None:
    record = audited(history, 1, {"structure/test": ("bidrag",), "structure/other": ("kontakt", "lokaler")})
    store = history.run(record.id)
    followed = follow(history, record, store, [page.summary for page in store.pages()], {})
    named = {one.occurrences[0].target.text: one.id for one in followed.findings}

    def value(aside: set[str]) -> float | None:
        ids = frozenset(named[name] for name in aside)
        found = scores_without(store, CATALOGUE, followed.issue_of, ids)
        return next(
            (one.every.value for one in found if (one.area, one.viewport) == (Area.STRUCTURE, Viewport.PHONE)), None
        )

    assert value(set()) is None
    assert value({"bidrag"}) == 75.0
    assert value({"kontakt"}) == 50.0, "another fault of the same rule is still on the page"
    assert value({"kontakt", "lokaler"}) == 75.0
    before = store.scores()
    made = Decision(issue=named["bidrag"], kind=DecisionKind.ACCEPTED, who="A", when="2024-05-02", why="x")
    history.decide(SITE, made)
    assert decided(history, SITE).standing == {named["bidrag"]: made}
    assert store.scores() == before
