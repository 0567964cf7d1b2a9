"""Outcomes → findings: one cause is one line."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.findings import cause_of, group, key_of
from auditor.model.outcome import Outcome
from auditor.model.vocabulary import OutcomeKind, Viewport
from tests.builders import REPEATABLE, outcome, url

RULE = "structure/test"


def test_one_cause_on_four_hundred_pages_is_one_finding() -> None:
    found = group((RULE, outcome(path=f"/sida-{number}", selector="footer > a")) for number in range(400))
    assert len(found) == 1
    assert len(found[0].pages) == 400
    assert found[0].count == 400
    assert (found[0].rule, found[0].kind, found[0].cause) == (RULE, OutcomeKind.FAILED, "footer a")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ul > li:nth-of-type(2) > a", "ul > li:nth-of-type(17) > a"),
        ("ul > li:nth-child(2) > a", "ul > li > a"),
        ("#portlet-12-3 > p", "#portlet-4-560 > p"),
        (".col-6 > h2", ".col-12 > h2"),
        ('.toc > a[href$="ch01.html"]', '.toc > a[href$="ch02.html"]:nth-child(3)'),
    ],
)
def test_positions_and_numbers_do_not_split_a_cause(one: str, other: str) -> None:
    found = group([(RULE, outcome(selector=one)), (RULE, outcome(selector=other))])
    assert [(finding.count, len(finding.places)) for finding in found] == [(2, 1)]


def test_what_shows_in_an_open_menu_is_a_cause_of_its_own_whatever_it_is_called() -> None:
    at_rest = outcome(selector="nav > a")
    states = ("menu", "fold|Öppettider", "fold|Avgifter")
    shown = [replace(at_rest, target=replace(at_rest.target, state=state)) for state in states]
    found = group((RULE, one) for one in (at_rest, *shown))
    assert sorted((one.cause, one.count) for one in found) == [
        ("in state: fold nav a", 2),
        ("in state: menu nav a", 1),
        ("nav a", 1),
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (outcome(selector="header > a"), outcome(selector="footer > a")),
        (outcome(selector="p"), outcome(OutcomeKind.CANT_TELL, selector="p")),
        (outcome(message="none"), outcome(message="hidden")),
        (outcome(cause="/a", selector="p"), outcome(cause="/b", selector="p")),
    ],
    ids=["element", "kind", "message of a page", "named cause"],
)
def test_different_causes_stay_apart(one: Outcome, other: Outcome) -> None:
    assert len(group([(RULE, one), (RULE, other)])) == 2


@pytest.mark.parametrize(
    ("selector", "html", "cause"),
    [
        ("#nyheter > ul > li:nth-of-type(3) > a", '<a class="card link" href="/a">', "a.card.link"),
        ("footer > a", '<a href="/b" class="link card">', "a.card.link"),
        ("main > div", '<div class="col-6 portlet-12">', "div.col-0.portlet-0"),
        ("#nyheter > ul > li > a", '<a href="/a" title="Nyhet 3">', "#nyheter a"),
        (".sv-12 > p > A", '<A HREF="/a">', ".sv-0 a"),
        ("html > body > header > nav > a:nth-of-type(2)", "<a>", "nav a"),
        ("html > body > p", "<p>", "p"),
        ('html > body > p[title="footer"] > b', "<b>", "b"),
        ("main > h3:nth-of-type(2)", "<h3>", "main h3"),
        ("main > my-card", "<my-card>", "main my-card"),
    ],
)
def test_the_cause_is_the_kind_of_element_not_its_place(selector: str, html: str, cause: str) -> None:
    assert cause_of(outcome(selector=selector, html=html)) == cause


def test_different_rules_stay_apart() -> None:
    same = outcome(selector="p")
    assert {finding.rule for finding in group([("structure/a", same), ("structure/b", same)])} == {
        "structure/a",
        "structure/b",
    }


def test_the_cause_that_a_check_names_wins_over_the_place() -> None:
    gone = url("/borttagen")
    found = group(
        [
            (RULE, outcome(path="/a", selector="main > a", cause=gone)),
            (RULE, outcome(path="/b", selector="footer > a:nth-of-type(3)", message="other", cause=gone)),
        ]
    )
    assert [(finding.cause, finding.pages) for finding in found] == [(gone, (url("/a"), url("/b")))]


def test_outcomes_about_whole_pages_share_the_message_as_cause() -> None:
    found = group([(RULE, outcome(path="/a", message="none")), (RULE, outcome(path="/b", message="none"))])
    assert [(finding.cause, len(finding.pages)) for finding in found] == [("none", 2)]


def test_only_what_failed_or_could_not_be_judged_is_a_finding() -> None:
    found = group((RULE, outcome(kind)) for kind in OutcomeKind)
    assert {finding.kind for finding in found} == {OutcomeKind.FAILED, OutcomeKind.CANT_TELL}


def test_keys_stay_the_same_between_versions() -> None:
    """Histories hold these keys: a change here makes every finding of every site new."""
    assert key_of("structure/heading-order", OutcomeKind.FAILED, "main p") == "686beeaa2ca9"
    assert group([("structure/heading-order", outcome(selector="main > p:nth-of-type(2)"))])[0].key == "686beeaa2ca9"


TEXTS = st.text(max_size=8)


@REPEATABLE
@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_keys_tell_rules_and_causes_apart(rule: str, cause: str, other_rule: str, other_cause: str) -> None:
    key = key_of(rule, OutcomeKind.FAILED, cause)
    assert re.fullmatch(r"[0-9a-f]{12}", key)
    separate = "\x1f" not in rule + cause + other_rule + other_cause and (rule, cause) != (other_rule, other_cause)
    assert not separate or key != key_of(other_rule, OutcomeKind.FAILED, other_cause)


def test_a_page_shows_five_targets_at_the_most_and_counts_all() -> None:
    found = group((RULE, outcome(selector=f"li:nth-of-type({number})")) for number in range(1, 31))
    assert [target.target.selector for target in found[0].occurrences] == [
        f"li:nth-of-type({number})" for number in range(1, 6)
    ]
    assert (found[0].count, len(found[0].places)) == (30, 1)


def test_a_finding_shows_a_hundred_targets_from_as_many_pages_as_possible() -> None:
    outcomes = [
        (RULE, outcome(path=f"/{page}", selector=f"li:nth-of-type({number})"))
        for page in range(150)
        for number in range(1, 6)
    ]
    shown = group(outcomes)[0].occurrences
    assert len(shown) == 100
    assert [one.target.url for one in shown] == [url(f"/{page}") for page in range(100)]


@REPEATABLE
@given(st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=130))
def test_room_that_is_left_goes_to_further_targets_of_the_same_pages(targets: list[int]) -> None:
    outcomes = [
        (RULE, outcome(path=f"/{page}", selector=f"li:nth-of-type({number})"))
        for page, most in enumerate(targets)
        for number in range(1, most + 1)
    ]
    shown = [one.target.url for one in group(outcomes)[0].occurrences]
    assert len(shown) == min(100, sum(min(most, 5) for most in targets))
    assert len(set(shown)) == min(100, len(targets))
    assert max(map(shown.count, shown)) <= 5
    assert shown == sorted(shown, key=lambda address: int(address.rpartition("/")[2]))


def test_viewports_and_pages_are_places() -> None:
    found = group(
        [
            (RULE, outcome(path="/b", selector="p", viewport=Viewport.DESKTOP)),
            (RULE, outcome(path="/a", selector="p", viewport=Viewport.PHONE)),
            (RULE, outcome(path="/a", selector="p", viewport=Viewport.DESKTOP)),
        ]
    )[0]
    assert found.pages == (url("/a"), url("/b"))
    assert found.viewports == (Viewport.PHONE, Viewport.DESKTOP)
    assert len(found.places) == 3


def test_an_outcome_without_viewport_is_about_both() -> None:
    assert group([(RULE, outcome(viewport=None))])[0].viewports == (Viewport.PHONE, Viewport.DESKTOP)


OUTCOMES = st.lists(
    st.builds(
        outcome,
        st.sampled_from(OutcomeKind),
        path=st.sampled_from(["/", "/a", "/b"]),
        viewport=st.sampled_from([None, *Viewport]),
        selector=st.sampled_from(["", "p", "li:nth-of-type(3)", "#x12"]),
    ),
    max_size=20,
)


@REPEATABLE
@given(OUTCOMES, st.data())
def test_the_order_of_outcomes_changes_no_finding(outcomes: list[Outcome], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(outcomes))
    told = [(one.key, one.cause, one.places, one.count) for one in group((RULE, one) for one in outcomes)]
    assert told == [(one.key, one.cause, one.places, one.count) for one in group((RULE, one) for one in shuffled)]


@REPEATABLE
@given(OUTCOMES)
def test_no_failure_is_lost(outcomes: list[Outcome]) -> None:
    found = group((RULE, one) for one in outcomes)
    grouped = [one for one in outcomes if one.kind in (OutcomeKind.FAILED, OutcomeKind.CANT_TELL)]
    assert sum(one.count for one in found) == len(grouped)
    for one in grouped:
        named = next(other for other in found if other.key == key_of(RULE, one.kind, cause_of(one)))
        assert (one.target.url, one.target.viewport) in named.places
