"""Opens the database, and brings it to this version's schema."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from auditor.errors import StoreError

_MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_SECONDS = 15


def open_database(path: Path) -> Engine:
    """An engine for the SQLite file at *path*, made if it does not exist, with the newest schema.

    Raises:
        StoreError: it cannot be opened or written, is no database, or comes from a newer version.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"database: cannot make the folder {path.parent}: {error.strerror}") from error
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": _BUSY_SECONDS})
    event.listen(engine, "connect", _prepare)
    with store_errors(path), engine.connect() as connection:
        revision = _revision(connection)
        if revision != newest_schema():
            from auditor.store.upgrade import upgrade  # seldom needed, and long to load

            upgrade(connection, _MIGRATIONS, revision, path)
    return engine


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Tells what the database complains of in one line."""
    try:
        yield
    except (OperationalError, DatabaseError) as error:
        raise StoreError(f"database {path}: {_plain(str(error.orig))}") from error
    except SQLAlchemyError as error:
        raise StoreError(f"database {path}: {error}") from error


def _plain(reason: str) -> str:
    hints = {
        "malformed": "the file is damaged; restore it from a copy, or name another with --database",
        "disk I/O": "the disk cannot be read or written; see that it has room, and run the same command again",
        "disk": "the disk is full; make room and run the same command again, it goes on where it was",
        "full": "the disk is full; make room and run the same command again, it goes on where it was",
        "locked": "another run is using it; wait for that to end, or name another with --database",
        "readonly": "it cannot be written; check its permissions, or name another with --database",
        "unable to open": "it cannot be opened; check the folder's permissions, or name another with --database",
        "not a database": "the file is no database; name another with --database",
    }
    return next((hint for word, hint in hints.items() if word in reason), reason)


def _prepare(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _revision(connection: Connection) -> str | None:
    """The schema that the database has, by the name that Alembic noted there; None if it is new."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def newest_schema() -> str:
    """This version's schema: migrations are numbered, and their files are called by the number."""
    return max(path.name for path in (_MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]
