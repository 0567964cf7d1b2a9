"""One run in the database."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.finding import IssueState
from auditor.model.outcome import RuleResult
from auditor.model.score import AreaScore, Score
from auditor.model.site import LinkStatus
from auditor.model.vocabulary import Area, OutcomeKind, Viewport
from auditor.store.history import History
from auditor.store.runs import Address, RunStore
from tests.builders import REPEATABLE, finding, outcome, result, url
from tests.store.runs import address, begin, gathered, paths

PHONE, DESKTOP = Viewport.PHONE, Viewport.DESKTOP
FAILED, PASSED, UNTESTED = OutcomeKind.FAILED, OutcomeKind.PASSED, OutcomeKind.UNTESTED


@pytest.fixture
def store(history: History) -> RunStore:
    """A run that has just begun."""
    return begin(history)


def test_an_address_is_kept_as_it_was_first_found(store: RunStore) -> None:
    store.add([address("/a", 1), address("/b", 1), address("/a", 2)])
    store.add([address("/a", 0)])
    assert [(one.url, one.depth) for one in store.waiting(10)] == [(url("/a"), 1), (url("/b"), 1)]
    assert store.counts() == {"waiting": 2}


def test_adding_again_does_not_wake_what_was_done_or_left_out(store: RunStore) -> None:
    store.add([address("/a"), address("/b")])
    store.skip(url("/a"), "robots")
    store.save_page(gathered("/b"), [])
    store.add([address("/a"), address("/b")])
    assert store.waiting(10) == []
    assert store.counts() == {"done": 1, "skipped": 1}
    assert store.skipped() == [(url("/a"), "robots")]


def test_the_nearest_wait_first_in_order_of_priority(store: RunStore) -> None:
    store.add([address("/c", 2, "1"), address("/b", 1, "9"), address("/a", 1, "5"), address("/d", 1, "7")])
    assert paths(store.waiting(2)) == ["/a", "/d"]
    assert paths(store.waiting(10)) == ["/a", "/d", "/b"]
    for path in ("/a", "/d"):
        store.save_page(gathered(path), [])
    assert paths(store.waiting(10)) == ["/b"]
    store.skip(url("/b"), "robots")
    assert paths(store.waiting(10)) == ["/c"]


def test_more_addresses_than_one_statement_holds(store: RunStore) -> None:
    store.add(address(f"/{number}", 1, f"{number:05}") for number in range(1201))
    store.add(address(f"/{number}", 1) for number in range(1250))
    assert store.counts() == {"waiting": 1250}
    assert len(store.waiting(2000)) == 1250


def test_addresses_keep_what_they_are_for(store: RunStore) -> None:
    search = Address(url=url("/sok?q=x"), depth=9, priority="a", role="search", query="x", hits_expected=False)
    handoff = Address(url="https://boka.example/", depth=9, priority="b", role="handoff")
    store.add([search, handoff])
    assert store.waiting(10) == [search, handoff]
    assert store.known() == {search.url, handoff.url}
    assert store.known("search") == {search.url}
    assert store.known("page") == set()


@pytest.mark.parametrize("done", list(permutations(["/", "/a", "/b", "/c"]))[::5])
def test_which_page_was_done_first_makes_no_order(store: RunStore, done: Sequence[str]) -> None:
    store.add([address("/", 0), address("/c", 1, "1"), address("/a", 1, "2"), address("/b", 2, "0")])
    for path in done:
        failed = result(FAILED, path=path, outcomes=[outcome(FAILED, path=path)])
        store.save_page(gathered(path, results=[failed]), [])
    walk = [url(path) for path in ("/", "/c", "/a", "/b")]
    assert store.addresses() == walk
    assert [page.summary.url for page in store.pages()] == walk
    assert [one.url for one in store.results()] == walk
    assert [found.target.url for _, found in store.outcomes([FAILED])] == walk


def test_a_page_is_written_with_all_that_belongs_to_it(store: RunStore) -> None:
    store.add([address("/")])
    failure = outcome(FAILED, selector="h3")
    store.save_page(
        gathered("/", results=[result(FAILED, outcomes=[failure]), result(PASSED, rule_id="structure/other")]),
        [address("/a", 1)],
    )
    (page,) = store.pages()
    assert (page.summary.url, page.summary.main_heading) == (url("/"), "Sida /")
    assert page.untested == {"phone:axe": "axe-failed|x"}
    assert page.screenshots == {PHONE: "a.webp"}
    assert list(store.outcomes([FAILED])) == [("structure/test", failure)]
    assert list(store.outcomes([UNTESTED])) == []
    assert {(one.rule, one.viewport, one.kind) for one in store.results()} == {
        ("structure/test", PHONE, FAILED),
        ("structure/other", PHONE, PASSED),
    }
    assert store.counts() == {"done": 1, "waiting": 1}
    assert store.page_count() == 1


def interrupted() -> Iterator[Address]:
    """Addresses of a page whose reading breaks off."""
    yield address("/b", 1)
    raise KeyboardInterrupt


def test_a_page_that_breaks_off_leaves_nothing_behind(store: RunStore) -> None:
    store.add([address("/")])
    page = gathered("/", results=[result(FAILED, outcomes=[outcome(FAILED)])])
    with pytest.raises(KeyboardInterrupt):
        store.save_page(page, interrupted())
    assert store.page_count() == 0
    assert list(store.results()) == []
    assert list(store.outcomes(list(OutcomeKind))) == []
    assert store.counts() == {"waiting": 1}


def test_a_page_that_breaks_off_leaves_what_was_there(store: RunStore) -> None:
    store.add([address("/")])
    store.save_page(gathered("/", results=[result(PASSED)]), [])
    with pytest.raises(KeyboardInterrupt):
        store.save_page(gathered("/", results=[result(FAILED, outcomes=[outcome(FAILED)])]), interrupted())
    assert [one.kind for one in store.results()] == [PASSED]
    assert store.page_count() == 1
    assert store.known() == {url("/")}


def test_a_page_that_is_written_again_takes_the_place_of_the_first(store: RunStore) -> None:
    store.save_page(gathered("/a", results=[result(PASSED, path="/a")]), [])
    store.save_page(gathered("/", results=[result(FAILED, outcomes=[outcome(FAILED)])]), [])
    store.save_page(gathered("/", results=[result(PASSED)]), [])
    assert store.page_count() == 2
    assert {(one.url, one.kind) for one in store.results()} == {(url("/a"), PASSED), (url("/"), PASSED)}
    assert list(store.outcomes([FAILED])) == []


def test_runs_do_not_see_each_other(history: History) -> None:
    first, second = begin(history, "1"), begin(history, "2")
    for store, kind in ((first, PASSED), (second, FAILED)):
        store.add([address("/")])
        store.save_page(gathered("/", results=[result(kind, outcomes=[outcome(FAILED)])]), [])
        store.save_statuses([LinkStatus(url=url("/x"), status=200 if store is first else 404)])
    assert [one.kind for one in first.results()] == [PASSED]
    assert [one.kind for one in second.results()] == [FAILED]
    assert first.statuses()[url("/x")].status == 200
    second.save_site_results([])
    assert len(list(first.outcomes([FAILED]))) == 1


def test_results_about_the_site_take_the_place_of_earlier_ones(store: RunStore) -> None:
    store.save_page(gathered("/", results=[result(FAILED, outcomes=[outcome(FAILED)])]), [])
    site_failure = outcome(FAILED, path="/a", viewport=None, message="orphan")
    first = [result(FAILED, rule_id="navigation/orphan-page", path="/a", viewport=None, outcomes=[site_failure])]
    store.save_site_results(first)
    store.save_site_results(first)
    assert [rule for rule, _ in store.outcomes([FAILED])] == ["structure/test", "navigation/orphan-page"]
    store.save_site_results([result(PASSED, rule_id="navigation/orphan-page", path="/b", viewport=None)])
    assert {(one.rule, one.url, one.kind) for one in store.results()} == {
        ("structure/test", url("/"), FAILED),
        ("navigation/orphan-page", url("/b"), PASSED),
    }
    assert [rule for rule, _ in store.outcomes([FAILED])] == ["structure/test"]


RULE, SITE_RULE = "structure/test", "navigation/orphan-page"


def site_result(kind: OutcomeKind, address: str) -> RuleResult:
    """What the rule about the site says of one address, or of the site itself."""
    return RuleResult(rule=SITE_RULE, url=address, viewport=None, kind=kind)


def test_what_a_rule_said_of_a_page_in_a_viewport(store: RunStore) -> None:
    store.save_page(gathered("/", results=[result(FAILED), result(PASSED, viewport=DESKTOP)]), [])
    store.save_page(gathered("/a", results=[result(UNTESTED, path="/a")], rendered=False), [])
    judged = store.judged({SITE_RULE}, complete=True)
    assert judged(RULE, url("/"), PHONE) is FAILED
    assert judged(RULE, url("/"), DESKTOP) is PASSED
    assert judged(RULE, url("/a"), PHONE) is UNTESTED
    assert judged(RULE, url("/"), None) is None
    assert judged(RULE, url("/b"), PHONE) is None
    assert judged("structure/other", url("/"), PHONE) is None


def test_what_holds_whatever_the_viewport_answers_for_each(store: RunStore) -> None:
    store.save_page(gathered("/", results=[result(FAILED, viewport=None), result(PASSED, viewport=DESKTOP)]), [])
    judged = store.judged((), complete=True)
    assert [judged(RULE, url("/"), viewport) for viewport in (None, PHONE, DESKTOP)] == [FAILED, FAILED, PASSED]


def test_a_rule_about_the_site_that_ran_was_about_every_page_that_was_seen(store: RunStore) -> None:
    store.save_page(gathered("/"), [])
    store.save_page(gathered("/a", rendered=False), [])
    store.save_site_results([site_result(FAILED, url("/c"))])
    judged = store.judged({SITE_RULE}, complete=True)
    assert judged(SITE_RULE, url("/c"), None) is FAILED
    assert judged(SITE_RULE, url("/"), None) is OutcomeKind.INAPPLICABLE
    assert judged(SITE_RULE, "", None) is OutcomeKind.INAPPLICABLE
    assert judged(SITE_RULE, url("/a"), None) is None
    assert judged(SITE_RULE, url("/b"), None) is None


def test_a_rule_about_the_site_that_did_not_run_said_nothing(store: RunStore) -> None:
    store.save_page(gathered("/"), [])
    assert store.judged({SITE_RULE}, complete=True)(SITE_RULE, url("/"), None) is None
    store.save_site_results([site_result(UNTESTED, "")])
    judged = store.judged({SITE_RULE}, complete=True)
    assert judged(SITE_RULE, "", None) is UNTESTED
    assert judged(SITE_RULE, url("/"), None) is None


def test_silence_of_a_rule_about_the_site_is_no_answer_in_a_run_that_is_not_complete(store: RunStore) -> None:
    store.save_page(gathered("/"), [])
    store.save_site_results([site_result(FAILED, url("/c"))])
    judged = store.judged({SITE_RULE}, complete=False)
    assert judged(SITE_RULE, url("/c"), None) is FAILED
    assert judged(SITE_RULE, url("/"), None) is None


def test_silence_of_a_rule_about_pages_is_no_answer(store: RunStore) -> None:
    store.save_page(gathered("/", results=[result(PASSED)]), [])
    store.save_page(gathered("/a"), [])
    assert store.judged({SITE_RULE}, complete=True)(RULE, url("/a"), PHONE) is None


def test_what_addresses_answered_is_kept_as_it_was_first_heard(store: RunStore) -> None:
    gone = LinkStatus(url=url("/a"), status=404, error="x", final_url=url("/b"), content_type="text/html", length=3)
    store.save_statuses([gone])
    store.save_statuses([])
    store.save_statuses([LinkStatus(url=url("/a"), status=200), LinkStatus(url=url("/c"), status=0)])
    assert store.statuses() == {url("/a"): gone, url("/c"): LinkStatus(url=url("/c"), status=0)}


def test_findings_take_the_place_of_earlier_ones(store: RunStore) -> None:
    a = finding("a", places=[(url("/"), PHONE), (url("/a"), None)])
    b = finding("b", kind=OutcomeKind.CANT_TELL)
    for found in ([a], [a, b], [b, a]):
        states = {one.key: IssueState.NEW for one in found}
        store.save_findings(found, states, {one.key: "2024-05-01" for one in found})
    assert store.findings() == [replace(one, issue=one.key) for one in (a, b)]


def test_what_ended_in_a_run_is_told_and_is_no_finding_of_it(store: RunStore) -> None:
    states = dict(zip("abcde", IssueState, strict=False))
    store.save_findings([finding(key) for key in states], states, dict.fromkeys(states, "2024-05-01"))
    assert store.states() == states
    assert [one.key for one in store.findings()] == ["a", "b", "d", "e"]
    assert [one.key for one in store.findings(carried=False)] == ["a", "b", "d"]


def test_scores_take_the_place_of_earlier_ones(store: RunStore) -> None:
    def scores(value: float | None) -> list[AreaScore]:
        whole = Score(value=value, coverage=1 / 3, rules=2)
        return [
            AreaScore(area=area, viewport=viewport, every=whole, requirement=whole, good_practice=whole)
            for area in Area
            for viewport in (PHONE, DESKTOP)
        ]

    store.save_scores(scores(None))
    store.save_scores(scores(200 / 3))
    assert list(store.scores()) == scores(200 / 3)


def test_nothing_that_a_page_says_is_a_statement(store: RunStore) -> None:
    strange = "x'); DROP TABLE pages; --\x00\u2028å𝒳"
    failure = outcome(FAILED, selector=strange, message=strange, cause=strange)
    store.add([Address(url=strange, depth=0, priority=strange, query=strange)])
    store.save_page(gathered("/", results=[result(FAILED, outcomes=[failure])]), [])
    store.skip(strange, strange)
    assert [one for _, one in store.outcomes([FAILED])] == [failure]
    assert store.skipped() == [(strange, strange)]


ADDRESSES = st.lists(
    st.builds(
        address,
        st.sampled_from(["/a", "/b", "/c", "/d"]),
        st.integers(min_value=0, max_value=2),
        st.sampled_from(["1", "2", "3"]),
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def long_history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """A history for many short runs."""
    history = History(tmp_path_factory.mktemp("history") / "audit.db")
    yield history
    history.close()


_RUNS = iter(range(1, 1_000_000))


@REPEATABLE
@given(ADDRESSES)
def test_adding_the_same_twice_is_adding_it_once(long_history: History, addresses: list[Address]) -> None:
    store = begin(long_history, str(next(_RUNS)), at="2024-05-01T08:00:00")
    store.add(addresses)
    before = [store.waiting(100), store.known()]
    store.add(addresses)
    assert [store.waiting(100), store.known()] == before
    first = {one.url: one for one in reversed(addresses)}
    nearest = min((one.depth for one in first.values()), default=0)
    expected = [one for one in first.values() if one.depth == nearest]
    assert {one.url for one in store.waiting(100)} == {one.url for one in expected}
    assert [one.priority for one in store.waiting(100)] == sorted(one.priority for one in expected)


SAID = st.tuples(st.sampled_from("abc"), st.sampled_from([None, *Viewport]), st.sampled_from(OutcomeKind))


@REPEATABLE
@given(st.lists(SAID))
def test_the_tally_is_what_the_results_come_to(
    long_history: History, said: list[tuple[str, Viewport | None, OutcomeKind]]
) -> None:
    store = begin(long_history, str(next(_RUNS)), at="2024-05-01T08:00:00")
    for number, path in enumerate(("/a", "/b")):
        results = [result(kind, rule_id=rule, path=path, viewport=viewport) for rule, viewport, kind in said[number::2]]
        store.save_page(gathered(path, results=results), [])
    assert store.tally() == Counter((one.rule, one.viewport, one.kind) for one in store.results())
