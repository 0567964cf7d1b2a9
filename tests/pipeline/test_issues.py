"""Issues over many runs, with a real history: compared with what a simple model of one fault says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model.finding import IssueState
from auditor.model.vocabulary import OutcomeKind
from auditor.pipeline.issues import follow, settle
from auditor.store.history import History
from tests.builders import REPEATABLE, outcome, result, url
from tests.store.runs import begin, end, gathered

RULE = "structure/test"
PAGES = ("/a", "/b", "/c")
FAULTS = ("Ansök om bidrag", "Boka lokal", "Lämna synpunkter")


@dataclass(frozen=True)
class Night:
    """What one run meets."""

    faults: Mapping[str, frozenset[str]]
    """Fault → pages on which it is."""
    pages: Mapping[str, str]
    """Page → tested, untested or gone."""
    look: str = "a"
    """What the classes of this night begin with: another letter after each rebuild of the site."""


NIGHTS = st.lists(
    st.builds(
        Night,
        st.fixed_dictionaries({fault: st.frozensets(st.sampled_from(PAGES)) for fault in FAULTS}),
        st.fixed_dictionaries({page: st.sampled_from(["tested", "tested", "untested", "gone"]) for page in PAGES}),
        st.sampled_from("abc"),
    ),
    min_size=1,
    max_size=5,
)


@dataclass
class Fault:
    """What is known of one fault: the model that the history is compared with."""

    live: bool = False
    seen: bool = False
    pages: set[str] = field(default_factory=set)

    def night(self, on: frozenset[str], pages: Mapping[str, str]) -> IssueState | None:
        """What becomes of it in a run; None if there is nothing to tell."""
        met = {page for page in on if pages[page] == "tested"}
        owed = {page for page in self.pages if pages[page] == "untested"} if self.live else set()
        before, self.live = self.live, bool(met or owed)
        if met:
            self.pages, self.seen, known = met | owed, True, self.seen
            return IssueState.OPEN if before else IssueState.REOPENED if known else IssueState.NEW
        if not before:
            return None
        if all(pages[page] == "gone" for page in self.pages):
            return IssueState.GONE
        return IssueState.NOT_RETESTED if owed else IssueState.FIXED


_RUNS = count(1)


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """One history for all that is tried; each example is a site of its own."""
    history = History(tmp_path_factory.mktemp("history") / "audit.db")
    yield history
    history.close()


def audited(history: History, site: str, night: Night) -> tuple[dict[str, IssueState], dict[str, str]]:
    """Runs one night; gives what became of each issue, and which fault each issue of the night is."""
    number = next(_RUNS)
    store = begin(history, str(number), site=site, at=f"2024-05-01T{number:010}")
    for page, state in night.pages.items():
        found = [
            outcome(
                path=page,
                selector=f"main > .{night.look}{chr(97 + place)}",
                html=f'<a class="{night.look}{chr(97 + place)}" href="/x">',
                text=fault,
            )
            for place, fault in enumerate(FAULTS)
            if page in night.faults[fault]
        ]
        kind = OutcomeKind.FAILED if found else OutcomeKind.PASSED
        results = [result(kind, path=page, outcomes=found)] if state == "tested" else []
        whole = gathered(page, results=results, rendered=state == "tested")
        gone = 404 if state == "gone" else 200
        store.save_page(replace(whole, status=gone, summary=replace(whole.summary, status=gone)), [])
    end(store)
    record = history.runs(site)[-1]
    followed = follow(history, record, store, [page.summary for page in store.pages()], {})
    lost = {url(page) for page, state in night.pages.items() if state == "gone"}
    states = settle(store, followed, store.judged((), complete=True), lost)
    again = follow(history, record, store, [page.summary for page in store.pages()], {})
    assert again.findings == followed.findings, "a run that is concluded is followed as before"
    return states, {finding.id: finding.occurrences[0].target.text for finding in followed.findings}


@settings(REPEATABLE, max_examples=25)
@given(NIGHTS)
def test_issues_live_as_their_faults_do(history: History, nights: list[Night]) -> None:
    site = f"site-{next(_RUNS)}.example"
    faults = {fault: Fault() for fault in FAULTS}
    named: dict[str, str] = {}
    for night in nights:
        states, called = audited(history, site, night)
        for issue, fault in called.items():
            assert named.setdefault(issue, fault) == fault
        told = {fault: one.night(night.faults[fault], night.pages) for fault, one in faults.items()}
        assert {named[issue]: state for issue, state in states.items()} == {
            fault: state for fault, state in told.items() if state
        }
    assert len(named) == len(set(named.values())), "one fault is one issue"
    assert {issue.id for issue in history.issues(site)} == set(named)


def test_an_issue_is_first_and_last_seen_when_runs_saw_it(history: History) -> None:
    site = "www.lugnvik.example"
    none = dict.fromkeys(FAULTS, frozenset[str]())
    here = {**none, FAULTS[0]: frozenset({"/a"})}
    seen = dict.fromkeys(PAGES, "tested")
    for night in (Night(here, seen), Night(none, {**seen, "/a": "untested"}), Night(none, seen), Night(here, seen)):
        audited(history, site, night)
    runs = history.runs(site)
    (issue,) = history.issues(site)
    assert (issue.state, issue.first_seen, issue.last_seen) == (
        IssueState.REOPENED,
        runs[0].started_at,
        runs[3].started_at,
    )
    (before,) = history.issues(site, before=runs[3].ordinal)
    assert (before.state, before.last_seen) == (IssueState.FIXED, runs[0].started_at)
    assert [list(history.run(run.id).states().values()) for run in runs] == [
        [IssueState.NEW],
        [IssueState.NOT_RETESTED],
        [IssueState.FIXED],
        [IssueState.REOPENED],
    ]


def test_a_fault_that_is_rebuilt_there_and_back_is_one_issue(history: History) -> None:
    site = "www.granasen.example"
    here = {**dict.fromkeys(FAULTS, frozenset[str]()), FAULTS[0]: frozenset({"/a"})}
    for look in "aba":
        audited(history, site, Night(here, dict.fromkeys(PAGES, "tested"), look))
    assert len(history.issues(site)) == 1


def test_a_place_that_was_not_tested_again_stays_owed(history: History) -> None:
    """One page is mended and the other cannot be looked at: then the issue is not fixed, however long that lasts."""
    site = "www.sjoboda.example"
    none = dict.fromkeys(FAULTS, frozenset[str]())
    seen = dict.fromkeys(PAGES, "tested")
    blocked = {**seen, "/b": "untested"}
    nights = [
        Night({**none, FAULTS[0]: frozenset({"/a", "/b"})}, seen),
        Night({**none, FAULTS[0]: frozenset({"/a"})}, blocked),
        Night(none, blocked),
        Night(none, seen),
    ]
    states = [list(audited(history, site, night)[0].values()) for night in nights]
    assert states == [[IssueState.NEW], [IssueState.OPEN], [IssueState.NOT_RETESTED], [IssueState.FIXED]]
