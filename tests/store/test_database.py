"""The database: made, kept up to date, and each trouble with it told in one line."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, event, inspect
from sqlalchemy.pool import Pool

from auditor.errors import StoreError
from auditor.store.database import open_database, store_errors
from auditor.store.history import History
from auditor.store.tables import Table
from tests.store.runs import SITE, address, begin, gathered

_NOBODY = 65534


@contextmanager
def opened(path: Path) -> Iterator[Engine]:
    """The database at *path*, let go of afterwards."""
    engine = open_database(path)
    try:
        yield engine
    finally:
        engine.dispose()


def refusal(path: Path) -> str:
    """What is said of a database that cannot be opened: one line that names it."""
    with pytest.raises(StoreError) as caught:
        open_database(path).dispose()
    told = str(caught.value)
    assert len(told.splitlines()) == 1
    assert told.startswith("database")
    return told


def test_a_new_file_is_made_with_its_folder_and_all_tables(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "audit.db"
    with opened(path) as engine:
        assert path.is_file()
        assert set(inspect(engine).get_table_names()) == {*Table.metadata.tables, "alembic_version"}


@pytest.mark.parametrize("name", ["Vad? 100 % #1 & å.db", "a b.db", ":memory.db"])
def test_any_name_of_a_file_will_do(name: str, tmp_path: Path) -> None:
    with opened(tmp_path / name):
        assert (tmp_path / name).is_file()
    assert not [path for path in tmp_path.iterdir() if not path.name.startswith(name)]


def test_the_schema_of_the_migrations_is_that_of_the_tables(tmp_path: Path) -> None:
    with opened(tmp_path / "audit.db") as engine, engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, Table.metadata) == []


def test_connections_write_ahead_and_keep_references(tmp_path: Path) -> None:
    with opened(tmp_path / "audit.db") as engine, engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "audit.db"
    with opened(path):
        before = schema(path)
    with opened(path):
        assert schema(path) == before
    assert ("alembic_version",) in before


def schema(path: Path) -> list[tuple[str]]:
    """The names of all tables and indexes, as SQLite tells them itself."""
    with closing(sqlite3.connect(path)) as connection:
        return sorted(connection.execute("SELECT name FROM sqlite_master"))


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "audit.db"
    with opened(path):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    told = refusal(path)
    assert told.startswith(f"database {path}: it was written by a newer version of auditor (schema 9999)")
    assert "--database" in told
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "site.yaml"
    text = "start: https://www.sjoboda.example/\n" * 100
    path.write_text(text, encoding="utf-8")
    assert refusal(path) == f"database {path}: the file is no database; name another with --database"
    assert path.read_text(encoding="utf-8") == text


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert refusal(tmp_path).startswith(f"database {tmp_path}: it cannot be opened")


def test_a_file_in_place_of_the_folder_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("", encoding="utf-8")
    assert refusal(tmp_path / "data" / "audit.db").startswith(f"database: cannot make the folder {tmp_path / 'data'}: ")


def test_a_damaged_database_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "audit.db"
    history = History(path)
    store = begin(history)
    store.add(address(f"/{number}") for number in range(500))
    history.close()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError) as caught:
        History(path)
    assert str(caught.value).startswith(f"database {path}: the file is damaged; ")


@contextmanager
def nobody() -> Iterator[None]:
    """Acts without the administrator's rights, which no permission binds."""
    if os.geteuid() != 0:
        yield
        return
    try:
        os.seteuid(_NOBODY)
    except OSError as error:
        pytest.skip(f"the tests run as root, and cannot be anybody else: {error}")
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that everybody may look into."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_told_of(public: Path) -> None:
    public.chmod(0o555)
    with nobody():
        assert refusal(public / "audit.db").startswith(f"database {public / 'audit.db'}: it cannot be opened; ")
        assert refusal(public / "data" / "audit.db").startswith(f"database: cannot make the folder {public / 'data'}: ")


def test_a_file_that_cannot_be_written_is_told_of(public: Path) -> None:
    path = public / "audit.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE other (id INTEGER)")
    path.chmod(0o444)
    public.chmod(0o555)
    with nobody():
        assert refusal(path).startswith(f"database {path}: it cannot be ")
    assert schema(path) == [("other",)]


@contextmanager
def impatient() -> Iterator[None]:
    """Connections that do not wait for others."""

    def at_once(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA busy_timeout = 0")

    event.listen(Pool, "connect", at_once)
    try:
        yield
    finally:
        event.remove(Pool, "connect", at_once)


def test_a_database_that_another_run_holds_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "audit.db"
    with impatient():
        history = History(path)
        store = begin(history)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError) as caught, history.errors():
                store.save_page(gathered("/"), [])
            assert str(caught.value).startswith(f"database {path}: another run is using it; ")
            assert store.page_count() == 0
            other.execute("ROLLBACK")
        store.save_page(gathered("/"), [])
        assert store.page_count() == 1
        history.close()


def test_reading_goes_on_while_another_run_writes(tmp_path: Path) -> None:
    history = History(tmp_path / "audit.db")
    begin(history)
    with closing(sqlite3.connect(history.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE runs SET state = 'complete'")
        assert [run.state for run in history.runs(SITE)] == ["running"]
        other.execute("COMMIT")
    assert [run.state for run in history.runs(SITE)] == ["complete"]
    history.close()


def test_what_is_no_trouble_of_the_database_comes_through_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="x"), store_errors(tmp_path / "audit.db"):
        raise KeyError("x")
