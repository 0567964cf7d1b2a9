"""What a run says of each criterion."""

from auditor.catalogue.requirements import requirement
from auditor.model.profile import Profile
from auditor.model.report import CriterionState, RuleRow
from auditor.model.score import RuleTally
from auditor.model.vocabulary import Area, Language, Severity, Viewport
from auditor.pipeline.criteria import criterion_rows


def row(rule: str, identifier: str, profile: Profile, **pages: int) -> RuleRow:
    return RuleRow(
        rule=rule,
        area=Area.ACCESSIBILITY,
        title=rule,
        severity=Severity.SERIOUS,
        requirements=(requirement(identifier, Language.SWEDISH, profile),),
        recommendation=False,
        tallies=(RuleTally(rule=rule, viewport=Viewport.PHONE, **pages),) if pages else (),
    )


def states(profile: Profile, *rows: RuleRow) -> dict[str, tuple[CriterionState, tuple[str, ...]]]:
    found = criterion_rows(profile, rows, Language.SWEDISH)
    return {one.criterion.number: (one.state, one.rules) for one in found}


def test_no_criterion_is_ever_met() -> None:
    profile = Profile.EN_3_2_1
    told = states(
        profile,
        row("a/one", "wcag21:1.4.3", profile, failed=1),
        row("a/two", "wcag21:1.4.3", profile, passed=9),
        row("a/three", "wcag21:2.4.7", profile, passed=9),
        row("a/four", "wcag21:2.1.2", profile, untested=3),
        row("a/five", "wcag21:2.4.1", profile, cant_tell=2),
        row("a/six", "wcag21:1.2.2", profile),
    )
    assert told["1.4.3"] == (CriterionState.FAILED, ("a/one", "a/two"))
    assert told["2.4.7"] == (CriterionState.PARTLY, ("a/three",))
    assert told["2.1.2"] == (CriterionState.NOTHING, ("a/four",))
    assert told["2.4.1"] == (CriterionState.PARTLY, ("a/five",))
    assert told["1.2.2"] == (CriterionState.NOTHING, ("a/six",))
    assert told["1.2.1"] == (CriterionState.PERSON, ())


def test_what_came_with_a_later_version_counts_there_alone() -> None:
    old, new = Profile.EN_3_2_1, Profile.EN_4_1_1
    assert "2.4.11" not in states(old, row("a/one", "wcag22:2.4.11", old, failed=1))
    assert states(new, row("a/one", "wcag22:2.4.11", new, failed=1))["2.4.11"][0] is CriterionState.FAILED
