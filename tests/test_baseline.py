"""What is new since a baseline, wherever the site is served."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.baseline import Compared, Origin, compare, portable, renewed, too_little
from auditor.findings import key_of
from auditor.model.baseline import Baseline, Known
from auditor.model.finding import Finding, IssueState
from auditor.model.traits import Layer, Traits
from auditor.model.vocabulary import OutcomeKind, Severity, Viewport
from tests.builders import REPEATABLE

HERE, THERE = Origin.of("http://localhost:3000/index.html"), Origin.of("https://preview-214.example.org/")
RULE = "navigation/broken-link"


def found(origin: Origin, path: str, cause: str, kind: OutcomeKind = OutcomeKind.FAILED) -> Finding:
    """A finding on page *path* of the site that is served at *origin*."""
    return Finding(
        key=key_of(RULE, kind, cause),
        rule=RULE,
        kind=kind,
        cause=cause,
        places=frozenset({(origin.url(path), Viewport.PHONE)}),
        count=1,
        occurrences=(),
    )


def known(*findings: Finding) -> Baseline:
    return Baseline(known=tuple(Known(finding=one, severity=Severity.SERIOUS) for one in findings))


def passes(rule: str, url: str, viewport: Viewport | None) -> OutcomeKind | None:
    return OutcomeKind.PASSED


def silent(rule: str, url: str, viewport: Viewport | None) -> OutcomeKind | None:
    return None


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("http://localhost:3000/kontakt/", "/kontakt/"),
        ("http://localhost:3000", "/"),
        ("http://localhost:3000?q=1", "/?q=1"),
        ("http://localhost:30000/kontakt/", "http://localhost:30000/kontakt/"),
        ("https://www.example.se/", "https://www.example.se/"),
        ("http://localhost:3000/a http://localhost:3000/b", "/a /b"),
        ("div.card a", "div.card a"),
    ],
)
def test_addresses_on_the_site_become_paths(address: str, path: str) -> None:
    assert HERE.path(address) == path


@REPEATABLE
@given(st.text(alphabet="abc/?#=", max_size=12))
def test_a_path_stands_for_its_address(path: str) -> None:
    assert HERE.path(HERE.url(f"/{path}")) == f"/{path}"


def test_the_same_broken_link_on_another_host_is_known() -> None:
    before, after = (portable(found(at, "/", at.url("/borta/")), at) for at in (HERE, THERE))
    assert before == after
    assert compare(known(before), [after], THERE, passes, ()).states == {before.key: IssueState.OPEN}


def test_what_the_baseline_does_not_know_is_new() -> None:
    old, new = (portable(found(HERE, "/", cause), HERE) for cause in ("nav a", "footer a"))
    states = compare(known(old), [old, new], HERE, passes, ()).states
    assert states == {old.key: IssueState.OPEN, new.key: IssueState.NEW}


def test_known_problems_are_mended_only_where_they_were_tested_again() -> None:
    old = portable(found(HERE, "/a/", "nav a"), HERE)
    assert compare(known(old), [], THERE, passes, ()).states == {old.key: IssueState.FIXED}
    assert compare(known(old), [], THERE, silent, ()).states == {old.key: IssueState.NOT_RETESTED}
    assert compare(known(old), [], THERE, silent, [THERE.url("/a/")]).states == {old.key: IssueState.GONE}


def test_judgements_are_asked_for_by_address() -> None:
    old, asked = portable(found(HERE, "/a/", "nav a"), HERE), []
    compare(known(old), [], THERE, lambda rule, url, viewport: asked.append((rule, url, viewport)), ())
    assert asked == [(RULE, "https://preview-214.example.org/a/", Viewport.PHONE)]


def test_a_new_baseline_keeps_what_could_not_be_tested_and_forgets_what_is_mended() -> None:
    mended, missed, seen = (portable(found(HERE, "/", cause), HERE) for cause in ("a", "b", "c"))
    judge = portable(found(HERE, "/", "d", OutcomeKind.CANT_TELL), HERE)
    states = {mended.key: IssueState.FIXED, missed.key: IssueState.NOT_RETESTED, seen.key: IssueState.NEW}
    compared = Compared(findings=(seen, judge), states=states)
    new = renewed(known(mended, missed), compared, lambda rule: Severity.MINOR, {"axe": "1"})
    assert {one.finding.cause: one.severity for one in new.known} == {"b": Severity.SERIOUS, "c": Severity.MINOR}
    assert new.versions == {"axe": "1"}


@REPEATABLE
@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True))
def test_a_build_is_never_stopped_by_its_own_new_baseline(before: list[str], after: list[str]) -> None:
    old, new = ([portable(found(HERE, "/", cause), HERE) for cause in causes] for causes in (before, after))
    again = renewed(known(*old), compare(known(*old), new, HERE, passes, ()), lambda rule: Severity.MINOR, {})
    assert set(compare(again, new, HERE, passes, ()).states.values()) <= {IssueState.OPEN}


@pytest.mark.parametrize(
    ("tested", "lost", "is_too_little"), [(0, 0, True), (10, 0, False), (9, 1, False), (8, 1, True), (0, 3, True)]
)
def test_nine_pages_of_ten_are_enough(tested: int, lost: int, is_too_little: bool) -> None:
    assert too_little(tested, lost, 0.9) is is_too_little


def test_a_finding_keeps_its_key_where_nothing_of_it_depends_on_the_host() -> None:
    one = found(HERE, "/", "nav a")
    assert portable(one, HERE) == replace(one, places=frozenset({("/", Viewport.PHONE)}))


def drifted(cause: str, *prints: int) -> Finding:
    """A finding that is called *cause*, on elements with *prints*."""
    one = portable(found(HERE, "/", cause), HERE)
    return replace(one, traits=Traits(layers={Layer.ELEMENT: prints, Layer.TEXT: prints, Layer.PLACE: (1,)}))


def test_a_problem_whose_element_is_called_something_else_is_known() -> None:
    old, new = drifted("a.knapp", 11, 12, 13), drifted("a.btn", 11, 12, 13)
    compared = compare(known(old), [new], HERE, passes, ())
    assert compared.states == {old.key: IssueState.OPEN}
    assert [one.id for one in compared.findings] == [old.key]


def test_a_new_problem_does_not_hide_behind_the_name_of_one_that_drifted() -> None:
    old = drifted("a.knapp", 11, 12, 13)
    same, new = drifted("a.btn", 11, 12, 13), drifted("a.knapp", 91, 92, 93)
    again = renewed(known(old), compare(known(old), [same], HERE, passes, ()), lambda rule: Severity.MINOR, {})
    compared = compare(again, [same, new], HERE, passes, ())
    assert sorted(compared.states.values()) == [IssueState.NEW, IssueState.OPEN]
