"""Runs every example of every card, and compares targets, not counts."""

import pytest
from _pytest.mark import ParameterSet

from auditor.catalogue.load import load_catalogue
from auditor.model.rule import Example, Rule
from auditor.pipeline.examples import WITHOUT_BROWSER, problems

CATALOGUE = load_catalogue()


def _cases(*, browser: bool) -> list[ParameterSet]:
    return [
        pytest.param(rule, example, id=f"{rule.id}:{example.line}:{example.expected}")
        for rule in CATALOGUE.rules.values()
        if (rule.scope not in WITHOUT_BROWSER) is browser
        for example in rule.examples
    ]


@pytest.mark.parametrize(("rule", "example"), _cases(browser=False))
def test_example_of_a_document(rule: Rule, example: Example) -> None:
    assert problems(rule, example, None) == []


@pytest.mark.browser
@pytest.mark.parametrize(("rule", "example"), _cases(browser=True))
def test_example_in_the_browser(rule: Rule, example: Example, request: pytest.FixtureRequest) -> None:
    assert problems(rule, example, request.getfixturevalue("looker")) == []
