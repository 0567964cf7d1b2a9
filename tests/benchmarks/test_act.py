"""W3C's definition of consistency and its report, on hand-made data."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.errors import ConfigError
from auditor.model.vocabulary import OutcomeKind
from benchmarks.act.cases import read_rules
from benchmarks.act.consistency import Answer, Consistency, combined, consistency, criteria_right
from benchmarks.act.criteria import numbers, slug
from benchmarks.act.earl import CONTEXT, Assertion, earl_report
from tests.builders import REPEATABLE

PASSED, FAILED, INAPPLICABLE = OutcomeKind.PASSED, OutcomeKind.FAILED, OutcomeKind.INAPPLICABLE
CANT_TELL, UNTESTED = OutcomeKind.CANT_TELL, OutcomeKind.UNTESTED
CLEARED = (PASSED, INAPPLICABLE)

answers = st.lists(
    st.builds(Answer, st.sampled_from([PASSED, FAILED, INAPPLICABLE]), st.sampled_from(list(OutcomeKind))), max_size=8
)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ([(PASSED, PASSED), (FAILED, FAILED), (INAPPLICABLE, INAPPLICABLE)], Consistency.CONSISTENT),
        ([(PASSED, INAPPLICABLE), (FAILED, FAILED), (INAPPLICABLE, PASSED)], Consistency.CONSISTENT),
        ([(PASSED, CANT_TELL), (FAILED, FAILED), (FAILED, CANT_TELL)], Consistency.CONSISTENT),
        ([(PASSED, PASSED), (FAILED, CANT_TELL)], Consistency.PARTIAL),
        ([(PASSED, UNTESTED), (FAILED, FAILED)], Consistency.PARTIAL),
        ([(PASSED, FAILED), (FAILED, FAILED)], Consistency.INCONSISTENT),
        ([(INAPPLICABLE, FAILED), (FAILED, FAILED)], Consistency.INCONSISTENT),
        ([(FAILED, FAILED), (FAILED, PASSED)], Consistency.INCONSISTENT),
        ([(FAILED, FAILED), (FAILED, INAPPLICABLE)], Consistency.INCONSISTENT),
        ([(PASSED, CANT_TELL), (FAILED, CANT_TELL)], Consistency.INCONSISTENT),
        ([(PASSED, UNTESTED), (FAILED, UNTESTED)], Consistency.UNTESTED),
        ([], Consistency.UNTESTED),
    ],
)
def test_consistency_is_what_w3c_says(given: list[tuple[OutcomeKind, OutcomeKind]], told: Consistency) -> None:
    assert consistency(Answer(*one) for one in given) is told


def test_wrong_criteria_leave_it_partial() -> None:
    given = [Answer(PASSED, PASSED), Answer(FAILED, FAILED)]
    assert consistency(given, criteria_right=False) is Consistency.PARTIAL


@given(answers)
@REPEATABLE
def test_one_false_positive_makes_it_inconsistent(given: list[Answer]) -> None:
    assert consistency([*given, Answer(PASSED, FAILED)]) is Consistency.INCONSISTENT


@given(answers, st.sampled_from([PASSED, FAILED, INAPPLICABLE]))
@REPEATABLE
def test_asking_a_person_never_turns_consistent_into_inconsistent(given: list[Answer], expected: OutcomeKind) -> None:
    if consistency(given) is Consistency.CONSISTENT:
        assert consistency([*given, Answer(expected, CANT_TELL)]) is Consistency.CONSISTENT


@given(answers)
@REPEATABLE
def test_order_does_not_matter(given: list[Answer]) -> None:
    assert consistency(given) is consistency(reversed(given))


@pytest.mark.parametrize(
    ("reported", "right"),
    [({"2.4.4"}, True), ({"2.4.4", "2.4.9"}, True), (set(), False), ({"2.4.9"}, False), ({"2.4.4", "4.1.2"}, False)],
)
def test_criteria_are_all_required_ones_and_no_strangers(reported: set[str], right: bool) -> None:
    assert criteria_right(reported, {"2.4.4"}, {"2.4.9"}) is right


def test_several_rules_answer_together_and_none_is_untested() -> None:
    assert combined([PASSED, FAILED]) is FAILED
    assert combined([PASSED, CANT_TELL, UNTESTED]) is UNTESTED
    assert combined([INAPPLICABLE, PASSED]) is PASSED
    assert combined([]) is UNTESTED


def test_criteria_have_w3cs_names_and_bring_the_stricter_ones() -> None:
    assert numbers(["wcag21:2.4.4", "wcag22:2.5.8", "mdffs2019:2:6"]) == {"2.4.4", "2.4.9", "2.5.8"}
    assert [slug(number) for number in ("1.1.1", "4.1.2", "1.2.1", "2.4.9", "1.4.3")] == [
        "non-text-content",
        "name-role-value",
        "audio-only-and-video-only-prerecorded",
        "link-purpose-link-only",
        "contrast-minimum",
    ]


def test_the_report_has_an_assertion_per_case_and_rule() -> None:
    url = "https://www.w3.org/WAI/content-assets/wcag-act-rules/testcases/b5c3f8/0fac.html"
    report = earl_report(
        [
            Assertion(url=url, rule="axe/html-has-lang", criteria=frozenset({"3.1.1"}), outcome=PASSED),
            Assertion(url=url, rule="structure/x", criteria=frozenset(), outcome=CANT_TELL),
        ],
        name="auditor",
        version="1.2",
        homepage="https://example.org/",
    )
    tool, first, second = report["@graph"]
    assert report["@context"] == CONTEXT
    assert (tool["name"], tool["release"]["revision"]) == ("auditor", "1.2")
    assert first["assertedBy"]["@id"] == tool["@id"]
    assert first["subject"]["source"] == url
    assert first["test"] == {
        "@type": "TestCase",
        "title": "axe/html-has-lang",
        "isPartOf": ["WCAG2:language-of-page"],
    }
    assert first["result"]["outcome"] == "earl:passed"
    assert "isPartOf" not in second["test"]
    assert second["result"]["outcome"] == "earl:cantTell"
    json.dumps(report)


def test_rules_are_read_with_their_cases_approved_ones_first(tmp_path: Path) -> None:
    mapping = {"wcag20:2.4.4": {"forConformance": True}, "wcag20:2.4.9": {"secondary": "x"}, "aria12:y": {}}
    cases = [
        {
            "ruleId": rule,
            "ruleName": rule.upper(),
            "ruleAccessibilityRequirements": requirements,
            "expected": "failed",
            "testcaseId": name,
            "relativePath": f"testcases/{rule}/{name}.html",
            "url": "https://www.w3.org/x",
            **({"approved": True} if approved else {}),
        }
        for rule, name, requirements, approved in (
            ("aaaaaa", "1", None, False),
            ("bbbbbb", "2", mapping, False),
            ("bbbbbb", "3", mapping, True),
        )
    ]
    (tmp_path / "testcases.json").write_text(json.dumps({"testcases": cases}), encoding="utf-8")
    approved, proposed = read_rules(tmp_path)
    assert (approved.id, approved.approved, proposed.approved) == ("bbbbbb", True, False)
    assert [case.id for case in approved.cases] == ["2", "3"]
    assert sorted(approved.required) + sorted(approved.secondary) == ["2.4.4", "2.4.9"]
    assert proposed.required == frozenset()


@pytest.mark.parametrize("text", ["", "[]", '{"testcases": [{"ruleId": "x"}]}'])
def test_another_file_than_w3cs_is_told_in_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"testcases\.json: "):
        read_rules(tmp_path)
    (tmp_path / "testcases.json").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"testcases\.json: not the list") as raised:
        read_rules(tmp_path)
    assert "\n" not in str(raised.value)
