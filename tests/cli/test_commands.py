"""The commands, as a user gives them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from auditor.cli import main
from auditor.model.finding import IssueState
from auditor.store.history import History
from tests.builders import finding
from tests.store.runs import begin, end, gathered


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A history with two runs of one site."""
    path = tmp_path / "history.db"
    history = History(path)
    for run_id, keys in (("1", "ab"), ("2", "bc")):
        store = begin(history, run_id)
        store.save_page(gathered("/"), [])
        found = [finding(key) for key in keys]
        store.save_findings(found, dict.fromkeys(keys, IssueState.NEW), dict.fromkeys(keys, "2024-05-01"))
        end(store)
    history.close()
    return path


def test_history_without_a_site_lists_sites(database: Path) -> None:
    result = run("history", "--database", database)
    assert (result.exit_code, result.stdout) == (0, "www.sjoboda.example\n")


def test_history_lists_runs_with_state_and_findings(database: Path) -> None:
    result = run("history", "www.sjoboda.example", "--database", database)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert [line.split()[:4] for line in lines[1:]] == [["1", "complete", "1", "2"], ["2", "complete", "1", "2"]]


def test_history_of_an_unknown_site_names_those_that_are_known(database: Path) -> None:
    result = run("history", "www.lugnvik.example", "--database", database)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "www.sjoboda.example" in result.stderr


def test_a_missing_database_is_one_line(tmp_path: Path) -> None:
    for words in (["history"], ["compare", "1", "2"]):
        result = run(*words, "--database", tmp_path / "none.db")
        assert result.exit_code == 2
        assert result.stderr.startswith("auditor: database ")
        assert result.stderr.count("\n") == 1


def test_compare_tells_new_open_and_what_was_not_retested(database: Path) -> None:
    result = run("compare", "1", "2", "--database", database)
    assert result.exit_code == 0
    assert "New: 1" in result.stdout
    assert "Open: 1" in result.stdout
    assert "Not retested: 1" in result.stdout
    assert "Fixed: 0" in result.stdout


def test_compare_with_an_unknown_run_is_one_line(database: Path) -> None:
    result = run("compare", "1", "9", "--database", database)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "9: no such run" in result.stderr


def test_rules_are_listed_and_shown_in_both_languages() -> None:
    listed = run("rules", "list", "--lang", "sv")
    shown = run("rules", "show", "navigation/generic-link-text", "--lang", "sv")
    assert listed.exit_code == shown.exit_code == 0
    assert "Länktexter berättar vart länken leder" in listed.stdout
    assert "auditor.checks.navigation:generic_link_text" in shown.stdout


def test_an_unknown_rule_is_one_line() -> None:
    result = run("rules", "show", "navigation/none")
    assert (result.exit_code, result.stderr) == (
        2,
        "auditor: navigation/none: no such rule; see auditor rules list\n",
    )


def test_a_new_rule_is_written_with_its_sibling_and_not_twice(tmp_path: Path) -> None:
    first = run("rules", "new", "contact/office-hours", "--folder", tmp_path)
    again = run("rules", "new", "contact/office-hours", "--folder", tmp_path)
    assert first.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "contact").iterdir()) == ["office-hours.md", "office-hours.sv.md"]
    assert (again.exit_code, again.stderr.count("\n")) == (2, 1)


def test_a_rule_of_no_area_is_one_line(tmp_path: Path) -> None:
    result = run("rules", "new", "weather/rain", "--folder", tmp_path)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "navigation" in result.stderr


def test_examples_of_a_rule_about_documents_are_checked_without_a_browser() -> None:
    result = run("rules", "check", "information/language-of-page")
    assert result.exit_code == 0
    assert "0 that do not hold" in result.stdout


@pytest.mark.browser
def test_doctor_tells_browser_axe_rules_and_database(tmp_path: Path) -> None:
    result = run("doctor", "--database", tmp_path / "history.db")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.stdout.splitlines()] == [
        "auditor",
        "browser",
        "axe",
        "rules",
        "words",
        "database",
        "embedding",
    ]


def test_doctor_says_how_to_mend_a_missing_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUDITOR_BROWSER", str(tmp_path / "none"))
    result = run("doctor", "--database", tmp_path / "history.db")
    assert result.exit_code == 2
    assert "apt-get install chromium" in result.stdout


def test_decisions_are_recorded_listed_and_withdrawn(database: Path) -> None:
    at: list[str | Path] = ["--database", database]
    site = "www.sjoboda.example"
    assert run("decide", site, *at).stdout == f"{site}: nothing is decided\n"
    made = run("decide", site, "a", "accepted", "--why", "Byts ut.", "--who", "Anna", "--until", "2999-12-31", *at)
    assert (made.exit_code, made.stderr) == (0, "")
    assert made.stdout.startswith("a  accepted; by Anna, ")
    assert run("decide", site, "b", "assigned", "--to", "webben", "--who", "Bo", *at).exit_code == 0
    told = run("decide", site, *at).stdout.splitlines()
    assert [line.partition(";")[0] for line in told] == [
        "a  accepted",
        "              structure/test, new",
        "b  assigned to webben",
        "              structure/test, new",
    ]
    assert run("decide", site, "a", "withdrawn", "--who", "Anna", *at).exit_code == 0
    assert run("decide", site, *at).stdout.startswith("b  assigned")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["x", "accepted", "--why", "y"], "issue x: no run has had it"),
        (["a", "accepted"], "issue a: a finding that is accepted needs a reason (why)"),
        (["a", "assigned"], "issue a: to whom it is assigned is missing"),
        (["a", "wont-fix", "--why", "y", "--until", "2001-01-01"], "issue a: it ends (2001-01-01) before"),
    ],
)
def test_a_decision_that_cannot_be_recorded_is_one_line(words: list[str], told: str, database: Path) -> None:
    result = run("decide", "www.sjoboda.example", *words, "--who", "Anna", "--database", database)
    assert result.exit_code == 2
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_file_of_decisions_about_unknown_issues_is_told_line_by_line(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "beslut.yaml"
    file.write_text(
        "decisions:\n  - {issue: 0123456789ab, decision: wont-fix, who: Bo, when: 2024-05-02, why: x}\n",
        encoding="utf-8",
    )
    result = run("decide", "www.sjoboda.example", "--decisions", file, "--database", database)
    assert result.exit_code == 0
    assert result.stderr == f"auditor: {file}:2: issue 0123456789ab: no run has had it; the decision is left out\n"
    assert result.stdout == "www.sjoboda.example: nothing is decided\n"
