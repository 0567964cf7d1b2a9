"""Decisions: which stand, what they need, and the file that a team keeps them in."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.decisionfile import read_decisions
from auditor.errors import ConfigError
from auditor.model.decision import Decision, DecisionKind, standing
from tests.builders import REPEATABLE

ONE, OTHER = "3fa91c0b2d4e", "686beeaa2ca9"
ENTRY = f"""decisions:
  - issue: {ONE}
    decision: accepted
    who: Anna Berg
    when: 2024-05-02
    why: Byts ut i höst.
    until: 2024-12-31
"""


def decision(
    issue: str = ONE, kind: DecisionKind = DecisionKind.ACCEPTED, *, when: str = "2024-05-02", until: str = ""
) -> Decision:
    """A decision with all that its kind needs."""
    assignee = "webben" if kind is DecisionKind.ASSIGNED else ""
    return Decision(issue=issue, kind=kind, who="Anna", when=when, why="Därför.", until=until, assignee=assignee)


def test_the_last_decision_recorded_stands_whatever_the_clock_said() -> None:
    first = decision(when="2024-05-03T10:00:00+00:00")
    last = decision(kind=DecisionKind.WONT_FIX, when="2024-05-02T10:00:00+00:00")
    assert standing([first, last]) == {ONE: last}


def test_what_is_withdrawn_no_longer_stands() -> None:
    assert standing([decision(), decision(kind=DecisionKind.WITHDRAWN)]) == {}
    again = decision(kind=DecisionKind.ASSIGNED)
    assert standing([decision(), decision(kind=DecisionKind.WITHDRAWN), again]) == {ONE: again}


@pytest.mark.parametrize(
    ("recorded", "filed", "stands"),
    [
        ("2024-05-02T08:00:00+00:00", "2024-05-03", "filed"),
        ("2024-05-03T08:00:00+00:00", "2024-05-02", "recorded"),
        ("2024-05-02T08:00:00+00:00", "2024-05-02", "recorded"),
    ],
)
def test_between_history_and_file_the_later_one_stands(recorded: str, filed: str, stands: str) -> None:
    told = {"recorded": decision(when=recorded), "filed": decision(kind=DecisionKind.WONT_FIX, when=filed)}
    assert standing([told["recorded"]], [told["filed"]]) == {ONE: told[stands]}


def test_a_decision_holds_to_the_end_of_its_last_day() -> None:
    ends = decision(until="2024-06-30")
    assert ends.sets_aside(date(2024, 6, 30))
    assert ends.expired(date(2024, 7, 1))
    assert not ends.sets_aside(date(2024, 7, 1))
    assert standing([ends]) == {ONE: ends}


def test_what_is_assigned_is_not_set_aside() -> None:
    assigned = decision(kind=DecisionKind.ASSIGNED)
    assert assigned.in_force(date(2024, 6, 1))
    assert not assigned.sets_aside(date(2024, 6, 1))


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"who": " "}, "who decided is missing"),
        ({"why": ""}, "needs a reason"),
        ({"until": "2024-05-01"}, "ends"),
        ({"until": "snart"}, "Invalid isoformat"),
        ({"kind": DecisionKind.ASSIGNED}, "to whom"),
        ({"assignee": "webben"}, "nobody mends"),
    ],
)
def test_a_decision_that_lacks_something_is_none(changed: dict[str, str], told: str) -> None:
    whole = {"issue": ONE, "kind": DecisionKind.ACCEPTED, "who": "Anna", "when": "2024-05-02", "why": "Därför."}
    with pytest.raises(ValueError, match=told):
        Decision(**{**whole, **changed})  # type: ignore[arg-type]


KINDS = st.sampled_from(DecisionKind)
MADE = st.lists(st.builds(decision, st.sampled_from([ONE, OTHER]), KINDS), max_size=8)


@REPEATABLE
@given(MADE, MADE)
def test_one_decision_stands_for_an_issue_and_it_is_one_that_was_made(
    recorded: list[Decision], filed: list[Decision]
) -> None:
    stands = standing(recorded, filed)
    for issue, one in stands.items():
        assert one.issue == issue
        assert one in recorded + filed
        assert one.kind is not DecisionKind.WITHDRAWN
    assert standing([*recorded, decision(ONE, DecisionKind.WITHDRAWN)], filed).get(ONE) is None


def test_a_file_of_decisions(tmp_path: Path) -> None:
    path = tmp_path / "beslut.yaml"
    path.write_text(ENTRY + "  - {issue: '012345678901', decision: assigned, who: A, when: 2024-05-03, to: webben}\n")
    first, second = read_decisions(path)
    assert first == Decision(
        issue=ONE,
        kind=DecisionKind.ACCEPTED,
        who="Anna Berg",
        when="2024-05-02",
        why="Byts ut i höst.",
        until="2024-12-31",
        source=f"{path}:2",
    )
    assert (second.assignee, second.source) == ("webben", f"{path}:8")


@pytest.mark.parametrize("text", ["", "# inget än\n", "decisions:\n", "decisions: []\n"])
def test_a_file_without_decisions_is_one(text: str, tmp_path: Path) -> None:
    path = tmp_path / "beslut.yaml"
    path.write_text(text)
    assert read_decisions(path) == []


def test_an_id_of_digits_alone_is_read_as_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "beslut.yaml"
    path.write_text(ENTRY.replace(ONE, "012345670000"))
    assert read_decisions(path)[0].issue == "012345670000"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a\n", ":1: a file of decisions holds a list under decisions:"),
        (ENTRY.replace("accepted", "godkänd"), ":3: decisions.0.decision: Input should be 'accepted'"),
        (ENTRY.replace(ONE, "3fa9"), ":2: decisions.0.issue: String should match pattern"),
        (ENTRY.replace("    who: Anna Berg\n", ""), ":2: decisions.0.who: Field required"),
        (ENTRY.replace("2024-05-02", "igår"), ":5: decisions.0.when: Input should be a valid date"),
        (ENTRY.replace("    why: Byts ut i höst.\n", ""), ":2: decisions.0: a finding that is accepted needs a reason"),
        (ENTRY.replace("2024-12-31", "2024-01-31"), ":2: decisions.0: it ends (2024-01-31) before the day"),
        (ENTRY + "    severity: minor\n", ":8: decisions.0.severity: unknown key"),
        (ENTRY + ENTRY.partition("\n")[2], f":8: issue {ONE} stands twice: see "),
        ("decisions: [\n", ": no valid YAML"),
    ],
)
def test_a_mistake_is_told_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "beslut.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        read_decisions(path)
    assert str(caught.value).startswith(str(path))
    assert told in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1
