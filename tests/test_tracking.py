"""Findings of two runs: nothing is fixed that was not tested again."""

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.finding import Finding, IssueState
from auditor.model.state import STATE_CAUSE, STATES
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.tracking import track
from tests.builders import REPEATABLE, START, finding, url

RULE = "structure/test"
ANSWERS = {OutcomeKind.PASSED, OutcomeKind.FAILED, OutcomeKind.INAPPLICABLE}
Answers = Mapping[tuple[str, str, Viewport | None], OutcomeKind]


def answers(told: Answers) -> Callable[[str, str, Viewport | None], OutcomeKind | None]:
    """The later run's results as a question."""
    return lambda rule, page, viewport: told.get((rule, page, viewport))


NOTHING = answers({})


def test_a_finding_that_no_run_had_before_is_new() -> None:
    assert track([], [finding("a")], NOTHING, ()) == {"a": IssueState.NEW}


def test_a_finding_of_both_runs_is_open() -> None:
    assert track([finding("a")], [finding("a")], NOTHING, (), earlier={"a"}) == {"a": IssueState.OPEN}


def test_a_finding_on_other_pages_than_before_is_still_open() -> None:
    assert track([finding("a")], [finding("a", places=[(url("/b"), None)])], NOTHING, ()) == {"a": IssueState.OPEN}


def test_a_finding_that_an_earlier_run_had_is_reopened() -> None:
    assert track([], [finding("a")], NOTHING, (), earlier={"a", "b"}) == {"a": IssueState.REOPENED}


def test_keys_that_only_earlier_runs_had_are_not_told_of() -> None:
    assert track([], [], NOTHING, (), earlier={"a"}) == {}


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_a_finding_is_fixed_where_the_same_page_viewport_and_rule_gave_an_answer(kind: OutcomeKind) -> None:
    judged = answers({(RULE, START, Viewport.PHONE): kind})
    assert track([finding("a")], [], judged, ()) == {"a": IssueState.FIXED}


def test_what_was_seen_in_an_open_menu_is_fixed_only_where_menus_were_opened_again() -> None:
    told: Answers = {(RULE, START, Viewport.PHONE): OutcomeKind.PASSED}
    before = [finding("a", cause=f"{STATE_CAUSE}menu a")]
    assert track(before, [], answers(told), ()) == {"a": IssueState.NOT_RETESTED}
    opened: Answers = {**told, (STATES, START, Viewport.PHONE): OutcomeKind.PASSED}
    assert track(before, [], answers(opened), ()) == {"a": IssueState.FIXED}


@pytest.mark.parametrize(
    "told",
    [
        {},
        {(RULE, START, Viewport.PHONE): OutcomeKind.UNTESTED},
        {(RULE, START, Viewport.PHONE): OutcomeKind.CANT_TELL},
        {(RULE, START, Viewport.DESKTOP): OutcomeKind.PASSED},
        {(RULE, START, None): OutcomeKind.PASSED},
        {("structure/other", START, Viewport.PHONE): OutcomeKind.PASSED},
        {(RULE, url("/annan"), Viewport.PHONE): OutcomeKind.PASSED},
    ],
    ids=["page missing", "untested", "cannot tell", "other viewport", "no viewport", "other rule", "other page"],
)
def test_a_finding_that_was_not_judged_again_is_not_retested(told: Answers) -> None:
    assert track([finding("a")], [], answers(told), ()) == {"a": IssueState.NOT_RETESTED}


def test_one_page_that_was_not_judged_again_is_enough() -> None:
    before = finding("a", places=[(url("/a"), Viewport.PHONE), (url("/b"), Viewport.PHONE)])
    judged = answers({(RULE, url("/a"), Viewport.PHONE): OutcomeKind.PASSED})
    assert track([before], [], judged, ()) == {"a": IssueState.NOT_RETESTED}


def test_an_address_that_was_not_asked_for_again_cannot_be_fixed() -> None:
    before = finding("a", cause=url("/borta"))
    told = answers({(RULE, START, Viewport.PHONE): OutcomeKind.PASSED})
    assert track([before], [], told, (), unasked={url("/borta")}) == {"a": IssueState.NOT_RETESTED}
    assert track([before], [], told, (), unasked={url("/annan")}) == {"a": IssueState.FIXED}


def test_a_finding_goes_with_its_pages() -> None:
    before = finding("a", places=[(url("/a"), Viewport.PHONE), (url("/b"), None)])
    assert track([before], [], NOTHING, {url("/a"), url("/b")}) == {"a": IssueState.GONE}


@pytest.mark.parametrize(
    ("kind", "state"),
    [(OutcomeKind.PASSED, IssueState.FIXED), (OutcomeKind.UNTESTED, IssueState.NOT_RETESTED)],
)
def test_where_some_pages_are_gone_the_others_decide(kind: OutcomeKind, state: IssueState) -> None:
    before = finding("a", places=[(url("/a"), None), (url("/b"), None)])
    assert track([before], [], answers({(RULE, url("/b"), None): kind}), {url("/a")}) == {"a": state}


PAGES = st.sampled_from([url("/a"), url("/b"), url("/c")])
VIEWPORTS = st.sampled_from([None, *Viewport])
FINDINGS = st.lists(
    st.builds(
        finding,
        st.sampled_from("abcdef"),
        rule_id=st.sampled_from(["structure/test", "structure/other"]),
        places=st.sets(st.tuples(PAGES, VIEWPORTS), min_size=1),
    ),
    unique_by=lambda found: found.key,
)
TOLD = st.dictionaries(
    st.tuples(st.sampled_from(["structure/test", "structure/other"]), PAGES, VIEWPORTS),
    st.sampled_from(OutcomeKind),
    max_size=30,
)


@REPEATABLE
@given(FINDINGS, FINDINGS, TOLD, st.sets(PAGES), st.sets(st.sampled_from("abcdefgh")))
def test_nothing_is_fixed_that_was_not_judged(
    before: list[Finding], after: list[Finding], told: Answers, gone: set[str], earlier: set[str]
) -> None:
    states = track(before, after, answers(told), gone, earlier)
    old = {one.key: one for one in before}
    now = {one.key for one in after}
    assert set(states) == set(old) | now
    for key, state in states.items():
        assert (state in (IssueState.OPEN, IssueState.NEW, IssueState.REOPENED)) == (key in now)
        if state is IssueState.FIXED:
            kept = [place for place in old[key].places if place[0] not in gone]
            assert kept
            assert all(told.get((old[key].rule, *place)) in ANSWERS for place in kept)
        if state is IssueState.GONE:
            assert {page for page, _ in old[key].places} <= gone
        if state is IssueState.REOPENED:
            assert key in earlier - set(old)


@REPEATABLE
@given(FINDINGS, TOLD, st.data())
def test_judging_less_fixes_nothing_more(before: list[Finding], told: Answers, data: st.DataObject) -> None:
    left = {place: kind for place, kind in told.items() if data.draw(st.booleans())}
    more = track(before, [], answers(told), ())
    fewer = track(before, [], answers(left), ())
    assert {key for key, state in fewer.items() if state is IssueState.FIXED} <= {
        key for key, state in more.items() if state is IssueState.FIXED
    }
