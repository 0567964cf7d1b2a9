"""Runs every example of every card, and compares targets, not counts."""

import pytest
from _pytest.mark import ParameterSet

from auditor.catalogue.load import load_catalogue
from auditor.model.rule import Example, Rule
from auditor.model.vocabulary import Language, OutcomeKind, Scope
from tests.examples import expected_marks, found_marks, judge

CATALOGUE = load_catalogue()


def _cases(*, browser: bool) -> list[ParameterSet]:
    return [
        pytest.param(rule, example, id=f"{rule.id}:{example.line}:{example.expected}")
        for rule in CATALOGUE.rules.values()
        if (rule.scope is not Scope.DOCUMENT) is browser
        for example in rule.examples
    ]


@pytest.mark.parametrize(("rule", "example"), _cases(browser=False))
def test_example_of_a_document(rule: Rule, example: Example) -> None:
    _check(rule, example, None)


@pytest.mark.browser
@pytest.mark.parametrize(("rule", "example"), _cases(browser=True))
def test_example_in_the_browser(rule: Rule, example: Example, request: pytest.FixtureRequest) -> None:
    _check(rule, example, request.getfixturevalue("looker"))


def _check(rule: Rule, example: Example, looker: object) -> None:
    results, trees = judge(rule, example, looker)  # type: ignore[arg-type]
    outcomes = [outcome for result in results for outcome in result.outcomes]

    assert OutcomeKind.combine([result.kind for result in results]) == example.expected, outcomes
    wanted = {mark for mark in expected_marks(example, rule) if mark[2] is not OutcomeKind.PASSED}
    assert found_marks(rule, results, trees) == wanted
    for outcome in outcomes:
        for language in Language:
            sentence = rule.text(language).messages[outcome.message].format_map(outcome.values)
            assert sentence.strip()
