"""Scores: the properties that they promise, and examples worked out by hand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.outcome import RuleResult
from auditor.model.rule import Rule
from auditor.model.score import Score
from auditor.model.vocabulary import Area, OutcomeKind, Severity, Viewport
from auditor.scoring import COLUMNS, area_scores, count, counts_of, tallies
from tests.builders import REPEATABLE, result, rule

RULES: Mapping[str, Rule] = {
    f"structure/{severity}": rule(f"structure/{severity}", severity=severity) for severity in Severity
}
PASSED, FAILED = OutcomeKind.PASSED, OutcomeKind.FAILED
CANT_TELL, UNTESTED, INAPPLICABLE = OutcomeKind.CANT_TELL, OutcomeKind.UNTESTED, OutcomeKind.INAPPLICABLE

VIEWPORTS = st.sampled_from([None, *Viewport])
RESULTS = st.lists(
    st.builds(
        result,
        st.sampled_from(OutcomeKind),
        rule_id=st.sampled_from(sorted(RULES)),
        path=st.sampled_from(["/", "/a", "/b", "/c"]),
        viewport=VIEWPORTS,
    ),
    max_size=30,
)


def score(
    results: Sequence[RuleResult], viewport: Viewport = Viewport.PHONE, rules: Mapping[str, Rule] = RULES
) -> Score:
    """The score of the area structure in one column."""
    scores = area_scores(rules, tallies(count(results)))
    return next(found.every for found in scores if found.area is Area.STRUCTURE and found.viewport is viewport)


def values(results: Sequence[RuleResult]) -> list[float]:
    """The value in both columns, 101 where nothing was tested: having no score is no worse than any."""
    found = [score(results, viewport).value for viewport in COLUMNS]
    return [101 if value is None else value for value in found]


@REPEATABLE
@given(RESULTS, st.data())
def test_mending_a_failure_never_lowers_a_score(results: list[RuleResult], data: st.DataObject) -> None:
    failures = [index for index, found in enumerate(results) if found.kind is FAILED]
    mended = list(results)
    for index in data.draw(st.sets(st.sampled_from(failures))) if failures else ():
        mended[index] = replace(mended[index], kind=data.draw(st.sampled_from([PASSED, INAPPLICABLE])))
    for before, after in zip(values(results), values(mended), strict=True):
        assert after >= before - 1e-9


@REPEATABLE
@given(RESULTS, st.sets(st.sampled_from(sorted(RULES)), min_size=1), VIEWPORTS)
def test_a_new_failing_page_never_raises_a_score(
    results: list[RuleResult], rules: set[str], viewport: Viewport | None
) -> None:
    more = results + [result(FAILED, rule_id=name, path="/new", viewport=viewport) for name in sorted(rules)]
    for before, after in zip(values(results), values(more), strict=True):
        assert after <= before + 1e-9


@REPEATABLE
@given(RESULTS, st.randoms(use_true_random=False))
def test_the_order_of_pages_changes_nothing(results: list[RuleResult], random: Random) -> None:
    shuffled = list(results)
    random.shuffle(shuffled)
    assert list(area_scores(RULES, tallies(count(shuffled)))) == list(area_scores(RULES, tallies(count(results))))


@REPEATABLE
@given(RESULTS, st.sampled_from([CANT_TELL, UNTESTED]), st.sampled_from(sorted(RULES)), VIEWPORTS)
def test_what_could_not_be_judged_only_lowers_coverage(
    results: list[RuleResult], kind: OutcomeKind, name: str, viewport: Viewport | None
) -> None:
    more = [*results, result(kind, rule_id=name, path="/new", viewport=viewport)]
    for column in COLUMNS:
        before, after = score(results, column), score(more, column)
        assert after.value == before.value
        assert after.rules == before.rules
        assert after.coverage <= before.coverage + 1e-9


@REPEATABLE
@given(RESULTS)
def test_scores_and_coverage_stay_within_their_bounds(results: list[RuleResult]) -> None:
    for found in area_scores(RULES, tallies(count(results))):
        assert found.every.value is None or 0 <= found.every.value <= 100 + 1e-9
        assert 0 <= found.every.coverage <= 1 + 1e-9
        assert (found.every.value is None) == (found.every.rules == 0)


@pytest.mark.parametrize("kind", [CANT_TELL, UNTESTED, INAPPLICABLE])
def test_nothing_tested_has_no_score(kind: OutcomeKind) -> None:
    found = score([result(kind, rule_id="structure/minor")])
    assert (found.value, found.coverage, found.rules) == (None, 0.0, 0)


def test_every_area_is_told_of_in_both_columns_even_if_nothing_ran() -> None:
    found = list(area_scores({}, ()))
    assert [(one.area, one.viewport) for one in found] == [(area, column) for area in Area for column in COLUMNS]
    assert {one.every.value for one in found} == {None}


def test_shares_are_weighted_ten_seven_three_one() -> None:
    results = [
        result(PASSED, rule_id="structure/critical", path="/a"),
        result(FAILED, rule_id="structure/critical", path="/b"),
        result(PASSED, rule_id="structure/serious", path="/a"),
        result(FAILED, rule_id="structure/moderate", path="/a"),
        result(PASSED, rule_id="structure/minor", path="/a"),
    ]
    found = score(results)
    assert found.value == pytest.approx(100 * (10 * 0.5 + 7 * 1 + 3 * 0 + 1 * 1) / 21)
    assert (found.coverage, found.rules) == (1.0, 4)


@pytest.mark.parametrize(
    ("passing", "failing", "expected"),
    [("critical", "minor", 100 * 10 / 11), ("minor", "critical", 100 * 1 / 11), ("serious", "moderate", 70.0)],
)
def test_a_severe_failure_costs_more_than_a_mild_one(passing: str, failing: str, expected: float) -> None:
    results = [result(PASSED, rule_id=f"structure/{passing}"), result(FAILED, rule_id=f"structure/{failing}")]
    assert score(results).value == pytest.approx(expected)


def test_coverage_is_weighted_as_the_score() -> None:
    results = [
        result(PASSED, rule_id="structure/critical", path="/a"),
        result(UNTESTED, rule_id="structure/critical", path="/b"),
        result(FAILED, rule_id="structure/minor", path="/a"),
        result(CANT_TELL, rule_id="structure/moderate", path="/a"),
        result(INAPPLICABLE, rule_id="structure/serious", path="/a"),
    ]
    found = score(results)
    assert found.coverage == pytest.approx((10 * 0.5 + 1 * 1 + 3 * 0) / 14)
    assert found.value == pytest.approx(100 * 10 / 11)
    assert found.rules == 2


@pytest.mark.parametrize(
    ("viewport", "columns"),
    [
        (None, {Viewport.PHONE, Viewport.DESKTOP}),
        (Viewport.PHONE, {Viewport.PHONE}),
        (Viewport.DESKTOP, {Viewport.DESKTOP}),
        (Viewport.NARROW, {Viewport.PHONE}),
    ],
)
def test_where_a_result_counts(viewport: Viewport | None, columns: set[Viewport]) -> None:
    found = list(tallies(count([result(FAILED, viewport=viewport)])))
    assert {tally.viewport for tally in found} == columns
    assert {tally.failed for tally in found} == {1}


def test_a_rule_that_was_only_inapplicable_has_no_tally() -> None:
    assert list(tallies(count([result(INAPPLICABLE), result(INAPPLICABLE, path="/a")]))) == []


def test_good_practice_is_shown_apart_from_requirements() -> None:
    rules = {
        "structure/law": rule("structure/law", requirements=("wcag21:1.3.1",)),
        "structure/custom": rule("structure/custom"),
    }
    results = [result(PASSED, rule_id="structure/law"), result(FAILED, rule_id="structure/custom")]
    found = next(
        one
        for one in area_scores(rules, tallies(count(results)))
        if one.area is Area.STRUCTURE and one.viewport is Viewport.PHONE
    )
    assert (found.every.value, found.requirement.value, found.good_practice.value) == (50.0, 100.0, 0.0)


def test_results_of_rules_that_are_gone_do_not_count() -> None:
    results = [result(PASSED, rule_id="structure/minor"), result(FAILED, rule_id="structure/gone")]
    assert score(results).value == 100.0


@given(RESULTS)
def test_counted_results_count_as_the_results(results: list[RuleResult]) -> None:
    tally = Counter((one.rule, one.viewport, one.kind) for one in results)
    assert counts_of(tally) == count(results)
