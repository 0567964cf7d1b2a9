"""What a change of score consists of: the parts sum to the whole, and each cause is told by its name."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.trend import Cell, Judgement, RuleMark, ScoreChange, Table
from auditor.model.vocabulary import Area, OutcomeKind, Severity, Viewport
from auditor.scoring import Counts, area_scores, count, tallies
from auditor.trend import as_results, decompose, without
from tests.builders import REPEATABLE

PASSED, FAILED, UNTESTED = OutcomeKind.PASSED, OutcomeKind.FAILED, OutcomeKind.UNTESTED
PHONE = Viewport.PHONE
PARTS = ("content", "pages", "rules", "engine", "blocked")


def mark(digest: str = "1", severity: Severity = Severity.SERIOUS, *, of_engine: bool = False) -> RuleMark:
    """A rule of one area."""
    return RuleMark(area=Area.STRUCTURE, severity=severity, good_practice=False, digest=digest, of_engine=of_engine)


def run(
    results: Mapping[tuple[str, str], OutcomeKind],
    rules: Mapping[str, RuleMark] | None = None,
    blocked: tuple[str, ...] = (),
) -> Judgement:
    """A run on the phone: rule and page → outcome."""
    pages = {page: True for _, page in results} | dict.fromkeys(blocked, False)
    table: dict[Cell, OutcomeKind] = {(rule, page, PHONE): kind for (rule, page), kind in results.items()}
    return Judgement(results=table, rules=rules or {"a": mark(), "b": mark()}, pages=pages)


def changed(before: Judgement, after: Judgement, *, engine: bool = False, rejudged: Table | None = None) -> ScoreChange:
    """The change on the phone."""
    found = decompose(
        before, after, same_content=lambda page: page.startswith("/same"), engine_changed=engine, rejudged=rejudged
    )
    return next(change for change in found if change.viewport is PHONE)


def parts(change: ScoreChange) -> dict[str, float]:
    """The parts that are not nothing."""
    return {name: round(getattr(change, name), 6) for name in PARTS if abs(getattr(change, name)) > 1e-9}


ALL = {("a", "/x"): PASSED, ("a", "/y"): FAILED, ("b", "/x"): PASSED, ("b", "/y"): PASSED}


@pytest.mark.parametrize(
    ("after", "engine", "told"),
    [
        (run(ALL), True, {}),
        (run({**ALL, ("a", "/y"): PASSED}), False, {"content": 25.0}),
        (run({**ALL, ("a", "/y"): PASSED}), True, {"content": 25.0}),
        (run({**ALL, ("a", "/z"): FAILED}), False, {"pages": round(100 * (1 / 3 - 1 / 2) / 2, 6)}),
        (run({key: kind for key, kind in ALL.items() if key[1] != "/y"}), False, {"pages": 25.0}),
        (run({key: kind for key, kind in ALL.items() if key[1] != "/y"}, blocked=("/y",)), False, {"blocked": 25.0}),
        (run({**ALL, ("a", "/y"): UNTESTED}), False, {"blocked": 25.0}),
        (run({**ALL, ("c", "/x"): FAILED}, {"a": mark(), "b": mark(), "c": mark()}), False, {"rules": -25.0}),
        (run({**ALL, ("a", "/y"): PASSED}, {"a": mark("2"), "b": mark()}), False, {"rules": 25.0}),
        (
            run({**ALL, ("a", "/y"): PASSED}, {"a": mark("2", of_engine=True), "b": mark()}),
            False,
            {"rules": 25.0, "engine": 0},
        ),
    ],
    ids=[
        "nothing",
        "content",
        "content though programs changed",
        "page came",
        "page went",
        "page blocked",
        "result untested",
        "rule came",
        "rule changed",
        "rule went to axe",
    ],
)
def test_each_cause_is_told_by_its_name(after: Judgement, engine: bool, told: dict[str, float]) -> None:
    change = changed(run(ALL), after, engine=engine)
    found = parts(change)
    if "engine" in told:
        assert sum(found.values()) == pytest.approx(25.0)
        assert set(found) <= {"rules", "engine"}
    else:
        assert found == pytest.approx(told)


def test_a_result_that_changed_on_an_unchanged_page_is_the_engines_if_that_changed() -> None:
    before = run({("a", "/same"): FAILED, ("a", "/x"): FAILED, ("b", "/x"): PASSED})
    after = run({("a", "/same"): PASSED, ("a", "/x"): PASSED, ("b", "/x"): PASSED})
    assert parts(changed(before, after, engine=True)) == {"engine": 25.0, "content": 25.0}
    assert parts(changed(before, after)) == {"content": 50.0}


def test_rules_of_axe_that_changed_are_the_engines() -> None:
    old, new = ({"a": mark(version, of_engine=True), "b": mark()} for version in ("4.10", "4.11"))
    after = run({**ALL, ("a", "/y"): PASSED}, new)
    assert parts(changed(run(ALL, old), after)) == {"engine": 25.0}


def test_a_run_that_is_judged_again_parts_rules_from_content() -> None:
    """The new rule finds one fault less on the old page, and the page then mends another."""
    before = run({("a", "/x"): FAILED, ("a", "/y"): FAILED, ("b", "/x"): PASSED}, {"a": mark("1"), "b": mark()})
    after = run({("a", "/x"): PASSED, ("a", "/y"): PASSED, ("b", "/x"): PASSED}, {"a": mark("2"), "b": mark()})
    again: Table = {("a", "/x", PHONE): PASSED, ("a", "/y", PHONE): FAILED, ("b", "/x", PHONE): PASSED}
    assert parts(changed(before, after)) == {"rules": 50.0}
    assert parts(changed(before, after, rejudged=again)) == {"rules": 25.0, "content": 25.0}


def test_a_score_that_only_one_run_has_is_not_taken_apart() -> None:
    assert not list(decompose(run({}), run(ALL), same_content=lambda page: False, engine_changed=False))


RULES = ("a", "b", "c")
PAGES = ("", "/x", "/y", "/same")
MARKS = st.fixed_dictionaries(
    {},
    optional={
        rule: st.builds(
            RuleMark,
            area=st.sampled_from([Area.STRUCTURE, Area.SEARCH]),
            severity=st.sampled_from(Severity),
            good_practice=st.booleans(),
            digest=st.sampled_from("12"),
            of_engine=st.just(rule == "c"),
        )
        for rule in RULES
    },
)
TABLES = st.dictionaries(
    st.tuples(st.sampled_from(RULES), st.sampled_from(PAGES), st.sampled_from([None, *Viewport])),
    st.sampled_from(OutcomeKind),
    max_size=25,
)
RUNS = st.builds(
    Judgement,
    results=TABLES,
    rules=MARKS,
    pages=st.dictionaries(st.sampled_from(PAGES[1:]), st.booleans()),
)


def scores(run: Judgement) -> dict[tuple[Area, Viewport], float | None]:
    """The scores of a run."""
    found = area_scores(run.rules, list(tallies(count(as_results(run.results)))))
    return {(one.area, one.viewport): one.every.value for one in found}


@REPEATABLE
@given(RUNS, RUNS, st.booleans(), st.none() | TABLES)
def test_the_parts_sum_to_the_whole(before: Judgement, after: Judgement, engine: bool, rejudged: Table | None) -> None:
    old, new = scores(before), scores(after)
    found = {
        (change.area, change.viewport): change
        for change in decompose(
            before,
            after,
            same_content=lambda page: page == "/same",
            engine_changed=engine,
            rejudged=rejudged,
        )
    }
    assert set(found) == {place for place in old if old[place] is not None and new[place] is not None}
    for place, change in found.items():
        assert (change.before, change.after) == (old[place], new[place])
        assert sum(getattr(change, part) for part in PARTS) == pytest.approx(change.after - change.before, abs=1e-9)


@REPEATABLE
@given(RUNS)
def test_nothing_changed_is_no_change(run: Judgement) -> None:
    for change in decompose(run, run, same_content=lambda page: False, engine_changed=True):
        assert parts(change) == {}


FAILING = st.dictionaries(
    st.tuples(st.sampled_from(RULES), st.sampled_from(PAGES), st.sampled_from([None, *Viewport])),
    st.lists(st.sampled_from("xyz"), max_size=3),
)


@REPEATABLE
@given(RUNS, FAILING, st.frozensets(st.sampled_from("xyz")))
def test_what_is_set_aside_only_takes_failures_away(
    run: Judgement, failing: Mapping[Cell, list[str]], aside: frozenset[str]
) -> None:
    left = without(run.results, failing, aside)
    gone = set(run.results) - set(left)
    assert all(run.results[cell] is FAILED and set(failing[cell]) <= aside for cell in gone)
    assert without(run.results, failing, frozenset()) == run.results


def test_a_failure_that_two_issues_share_is_set_aside_with_both() -> None:
    table: Table = {("a", "/x", PHONE): FAILED}
    failing: dict[Cell, list[str]] = {("a", "/x", PHONE): ["one", "two"]}
    assert without(table, failing, frozenset({"one"})) == table
    assert without(table, failing, frozenset({"one", "two"})) == {}


@given(RUNS, RUNS, st.booleans())
def test_what_both_runs_say_alike_may_be_counted_instead(before: Judgement, after: Judgement, engine: bool) -> None:
    def row(run: Judgement, page: str, viewport: Viewport | None) -> Table:
        return {cell: kind for cell, kind in run.results.items() if cell[1:] == (page, viewport)}

    seen = {page for page in PAGES if not page or (before.pages.get(page) and after.pages.get(page))}
    alike = {
        cell: kind
        for page in seen
        for viewport in (None, *Viewport)
        if row(before, page, viewport) == row(after, page, viewport)
        for cell, kind in row(after, page, viewport).items()
    }
    rest = [
        replace(one, results={cell: kind for cell, kind in one.results.items() if cell not in alike})
        for one in (before, after)
    ]

    def told(*runs: Judgement, alike: Counts | None = None) -> list[ScoreChange]:
        same = {"/same"}
        return list(decompose(*runs, same_content=same.__contains__, engine_changed=engine, alike=alike))

    whole, again = told(before, after), told(*rest, alike=count(as_results(alike)))
    assert [(one.area, one.viewport) for one in again] == [(one.area, one.viewport) for one in whole]
    for one, other in zip(whole, again, strict=True):
        assert parts(other) == pytest.approx(parts(one))
