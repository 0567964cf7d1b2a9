"""Histories of every released schema: brought to this version's, with nothing lost."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from auditor.model.finding import IssueState
from auditor.store import database
from auditor.store.database import open_database
from auditor.store.history import History
from auditor.store.tables import Table

SCHEMAS = Path(__file__).parent / "schemas"
RELEASED = sorted(path.stem for path in SCHEMAS.glob("*.sql"))


def filled(revision: str, path: Path) -> Path:
    """A database of *revision* with the runs that were kept of it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / f"{revision}.sql").read_text(encoding="utf-8"))
    return path


def contents(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Table → its rows."""
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        names = [
            row["name"]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not row["name"].startswith("sqlite_") and row["name"] != "alembic_version"
        ]
        return {name: [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY id")] for name in names}


def test_each_schema_before_the_newest_has_a_database() -> None:
    scripts = ScriptDirectory(str(Path(database.__file__).parent / "migrations"))
    assert {script.revision for script in scripts.walk_revisions()} - {scripts.get_current_head()} <= set(RELEASED)


@pytest.mark.parametrize("revision", RELEASED)
def test_nothing_is_lost(revision: str, tmp_path: Path) -> None:
    path = filled(revision, tmp_path / "audit.db")
    before = contents(path)
    assert all(before[name] for name in ("sites", "runs", "pages", "results", "outcomes", "findings", "scores"))
    open_database(path).dispose()
    after = contents(path)
    for name, rows in before.items():
        assert [{column: row[column] for column in rows[0]} for row in after[name]] == rows, name


@pytest.mark.parametrize("revision", RELEASED)
def test_the_schema_is_then_that_of_the_tables(revision: str, tmp_path: Path) -> None:
    engine = open_database(filled(revision, tmp_path / "audit.db"))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Table.metadata) == []
    engine.dispose()


@pytest.mark.parametrize("revision", RELEASED)
def test_a_history_goes_on(revision: str, tmp_path: Path) -> None:
    history = History(filled(revision, tmp_path / "audit.db"))
    try:
        site = history.sites()[0]
        runs = history.runs(site)
        assert [run.ordinal for run in runs] == [1, 2]
        assert [run.started_at for run in runs] == sorted(run.started_at for run in runs)
        assert history.previous(site, runs[1].id) == runs[0]
        for run in runs:
            store = history.run(run.id)
            assert list(store.pages())
            assert list(store.results())
            assert len(store.scores()) == 14
            assert store.findings()
    finally:
        history.close()


def test_issues_are_called_by_the_keys_of_the_first_schema(tmp_path: Path) -> None:
    history = History(filled("0001", tmp_path / "audit.db"))
    try:
        site = history.sites()[0]
        first, second = history.runs(site)
        issues = history.issues(site)
        assert {issue.id for issue in issues} == {one.key for one in history.run(second.id).findings()}
        assert {(issue.state, issue.last_seen) for issue in issues} == {
            (IssueState.OPEN, second.started_at),
            (IssueState.NOT_RETESTED, first.started_at),
        }
    finally:
        history.close()


def test_the_newest_migration_is_known_without_alembic() -> None:
    scripts = ScriptDirectory(str(Path(database.__file__).parent / "migrations"))
    assert database.newest_schema() == scripts.get_current_head()
