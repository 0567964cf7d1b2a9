"""The history of sites."""

import pytest

from auditor.errors import StoreError
from auditor.model.decision import Decision, DecisionKind
from auditor.model.finding import IssueState
from auditor.model.vocabulary import OutcomeKind
from auditor.store.history import History
from tests.builders import finding
from tests.store.runs import SITE, begin, end, gathered


def test_a_run_is_listed_with_what_it_came_to(history: History) -> None:
    store = begin(history)
    store.save_page(gathered("/"), [])
    store.save_page(gathered("/a"), [])
    kept = [finding("a"), finding("b")]
    store.save_findings(kept, {one.key: IssueState.NEW for one in kept}, {one.key: "x" for one in kept})
    end(store)
    (record,) = history.runs(SITE)
    assert (record.id, record.site, record.site_name) == ("1", SITE, f"{SITE} kommun")
    assert (record.state, record.pages, record.findings) == ("complete", 2, 2)
    assert (record.started_at, record.finished_at) == ("2024-05-01T08:00:00.000000+00:00", "2024-05-31T10:00:00+00:00")
    assert (record.versions, record.remarks, record.digest) == ({"product": "auditor 1"}, ("refused|x",), "d")


def test_only_failures_count_as_findings(history: History) -> None:
    store = begin(history)
    kept = [finding("a"), finding("b", kind=OutcomeKind.CANT_TELL)]
    store.save_findings(kept, {one.key: IssueState.NEW for one in kept}, {one.key: "x" for one in kept})
    assert history.runs(SITE)[0].findings == 1


def test_findings_that_were_not_retested_are_kept_and_not_counted(history: History) -> None:
    store = begin(history)
    kept = [finding("a"), finding("b")]
    store.save_findings(kept, {"a": IssueState.OPEN, "b": IssueState.NOT_RETESTED}, {"a": "x", "b": "x"})
    assert [found.key for found in store.findings()] == ["a", "b"]
    assert [found.key for found in store.findings(carried=False)] == ["a"]
    assert history.runs(SITE)[0].findings == 1


def test_runs_are_told_in_the_order_in_which_they_began_and_by_site(history: History) -> None:
    begin(history, "9", at="2024-05-03T08:00:00")
    begin(history, "3", at="2024-05-01T08:00:00")
    begin(history, "5", site="www.annanstans.example", at="2024-05-02T08:00:00")
    assert [run.id for run in history.runs(SITE)] == ["9", "3"]
    assert history.sites() == ["www.annanstans.example", SITE]
    assert history.runs("www.okand.example") == []


def test_a_site_has_the_name_that_its_last_run_gave_it(history: History) -> None:
    begin(history)
    history.begin(
        run_id="2", site=SITE, name="Sjöboda", started_at="2024-06", settings="", digest="", versions={}, seed=0
    )
    assert {run.site_name for run in history.runs(SITE)} == {"Sjöboda"}


@pytest.mark.parametrize("state", ["running", "interrupted"])
def test_a_run_that_was_cut_short_can_be_gone_on_with(state: str, history: History) -> None:
    store = begin(history)
    if state != "running":
        end(store, state)
    found = history.resumable(SITE, "d")
    assert found is not None
    assert found.id == "1"


@pytest.mark.parametrize("state", ["complete", "partial", "failed"])
def test_a_run_that_ended_cannot(state: str, history: History) -> None:
    end(begin(history), state)
    assert history.resumable(SITE, "d") is None


def test_a_run_whose_report_is_due_can_be_gone_on_with_until_that_is_written(history: History) -> None:
    store = begin(history)
    history.await_report("1")
    end(store)
    found = history.resumable(SITE, "d")
    assert found is not None
    assert (found.id, found.state) == ("1", "complete")
    assert history.resumable(SITE, "e") is None
    history.report_written("1")
    history.report_written("1")
    assert history.resumable(SITE, "d") is None


def test_a_run_with_other_settings_cannot_be_gone_on_with(history: History) -> None:
    begin(history)
    assert history.resumable(SITE, "e") is None
    assert history.resumable("www.annanstans.example", "d") is None


def test_only_the_newest_run_can_be_gone_on_with(history: History) -> None:
    begin(history, "1")
    end(begin(history, "2"))
    assert history.resumable(SITE, "d") is None


def test_a_run_that_goes_on_is_running_and_keeps_its_pages(history: History) -> None:
    store = begin(history)
    store.save_page(gathered("/"), [])
    end(store, "interrupted")
    history.reopen("1")
    (record,) = history.runs(SITE)
    assert (record.state, record.finished_at, record.pages) == ("running", "", 1)


def with_pages(history: History, run_id: str, state: str = "complete") -> None:
    """A run that came to results."""
    store = begin(history, run_id)
    store.save_page(gathered("/"), [])
    if state != "running":
        end(store, state)


def test_the_previous_run_is_the_last_one_that_came_to_results(history: History) -> None:
    with_pages(history, "1")
    with_pages(history, "2", "partial")
    with_pages(history, "3", "failed")
    with_pages(history, "4", "running")
    end(begin(history, "5"))
    with_pages(history, "6")
    found = history.previous(SITE, "6")
    assert found is not None
    assert found.id == "2"


def test_the_first_run_has_none_before_it(history: History) -> None:
    with_pages(history, "1")
    with_pages(history, "2")
    assert history.previous(SITE, "1") is None


def remember(history: History, run_id: str, *keys: str, site: str = SITE, seen: str = "") -> None:
    """A run with findings that were first seen in it, or at another time."""
    store = begin(history, run_id, site=site)
    kept = [finding(key) for key in keys]
    first = seen or f"2024-05-{int(run_id):02}"
    store.save_findings(kept, dict.fromkeys(keys, IssueState.NEW), dict.fromkeys(keys, first))


def test_a_site_that_changed_its_host_keeps_its_history(history: History) -> None:
    remember(history, "1", "a")
    history.rename("www.okand.example", "www.annat.example")
    history.rename(SITE, "www.ny.example")
    assert history.sites() == ["www.ny.example"]
    assert [issue.id for issue in history.issues("www.ny.example")] == ["a"]
    remember(history, "2", "b")
    history.rename(SITE, "www.ny.example")
    assert history.sites() == ["www.ny.example", SITE]


def test_a_run_that_is_dropped_leaves_nothing(history: History) -> None:
    store = begin(history)
    store.save_page(gathered("/"), [])
    (store.folder / "shots" / "a.webp").write_bytes(b"x")
    kept = begin(history, "2")
    kept.save_page(gathered("/"), [])
    history.drop("1")
    assert [run.id for run in history.runs(SITE)] == ["2"]
    assert not store.folder.exists()
    assert store.page_count() == 0
    assert store.known() == set()
    assert kept.page_count() == 1
    assert kept.folder.is_dir()


def test_a_history_that_is_opened_again_is_the_same(history: History) -> None:
    with_pages(history, "1")
    again = History(history.path)
    assert again.runs(SITE) == history.runs(SITE)
    assert [page.summary.url for page in again.run("1").pages()] == ["https://www.sjoboda.example/"]
    again.close()


def test_a_clock_that_was_set_back_changes_no_order(history: History) -> None:
    for run_id, at in (("1", "2024-05-02T08:00:00"), ("2", "2024-05-03T08:00:00"), ("3", "2020-01-01T00:00:00")):
        store = begin(history, run_id, at=at)
        store.save_page(gathered("/"), [])
        end(store, "interrupted" if run_id == "3" else "complete")
    previous = history.previous(SITE, "3")
    resumable = history.resumable(SITE, "d")
    assert previous is not None
    assert resumable is not None
    assert (previous.id, resumable.id) == ("2", "3")


def test_an_issue_is_as_the_last_run_left_it_that_had_to_do_with_it(history: History) -> None:
    for run_id, states in (("1", {"a": IssueState.NEW, "b": IssueState.NEW}), ("2", {"a": IssueState.OPEN})):
        store = begin(history, run_id)
        store.save_findings([finding(key) for key in states], states, dict.fromkeys(states, "2024-05-01"))
    begin(history, "3", site="www.annanstans.example").save_findings(
        [finding("c")], {"c": IssueState.NEW}, {"c": "2024-05-03"}
    )
    assert [(issue.id, issue.run_id, issue.state) for issue in history.issues(SITE)] == [
        ("a", "2", IssueState.OPEN),
        ("b", "1", IssueState.NEW),
    ]
    assert [issue.run_id for issue in history.issues(SITE, before=2)] == ["1", "1"]


def test_decisions_are_kept_in_the_order_in_which_they_were_made(history: History) -> None:
    begin(history)
    made = [
        Decision(issue="a", kind=kind, who="Å", when=when, why="'; DROP TABLE runs; --", until="2024-07-01")
        for kind, when in ((DecisionKind.ACCEPTED, "2024-05-02"), (DecisionKind.WITHDRAWN, "2024-05-01"))
    ]
    for decision in made:
        history.decide(SITE, decision)
    assert history.decisions(SITE) == made
    assert history.decisions("www.annanstans.example") == []


def test_nothing_is_decided_about_a_site_without_runs(history: History) -> None:
    made = Decision(issue="a", kind=DecisionKind.WITHDRAWN, who="A", when="2024-05-01")
    with pytest.raises(StoreError, match=r"www\.okand\.example: no runs"):
        history.decide("www.okand.example", made)


def test_two_runs_of_one_site_at_once_are_kept_apart(history: History) -> None:
    """Another process would go on with the run that this one is making."""
    other = History(history.path)
    with history.held(SITE):
        with pytest.raises(StoreError) as caught, other.held(SITE):
            pass
        with other.held("www.annanstans.example"):
            pass
    assert str(caught.value).startswith(f"audit of {SITE}: another one is at work (process ")
    assert len(str(caught.value).splitlines()) == 1
    with other.held(SITE):
        pass
    other.close()


def test_no_name_of_a_site_leads_out_of_the_folder_of_locks(history: History) -> None:
    with history.held("../../x/å"):
        assert [path.name for path in (history.path.parent / "locks").iterdir()] == ["..-..-x-å.lock"]
