"""Runs every example of every card, and compares targets, not counts."""

import pytest
from _pytest.mark import ParameterSet

from auditor.catalogue.load import load_catalogue
from auditor.model.rule import Example, Rule
from auditor.pipeline.examples import needs_browser, problems

CATALOGUE = load_catalogue()


def _cases(*, browser: bool) -> list[ParameterSet]:
    return [
        pytest.param(rule, example, id=f"{rule.id}:{example.line}:{example.expected}")
        for rule in CATALOGUE.rules.values()
        for example in rule.examples
        if needs_browser(rule, example) is browser
    ]


@pytest.mark.parametrize(("rule", "example"), _cases(browser=False))
def test_example_without_a_browser(rule: Rule, example: Example) -> None:
    assert problems(rule, example, None) == []


@pytest.mark.browser
@pytest.mark.parametrize(("rule", "example"), _cases(browser=True))
def test_example_in_the_browser(rule: Rule, example: Example, request: pytest.FixtureRequest) -> None:
    assert problems(rule, example, request.getfixturevalue("looker")) == []
