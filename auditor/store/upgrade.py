"""Brings a database to this version's schema. Loaded only when one is new or old: Alembic takes long to load."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from auditor.errors import StoreError


def upgrade(connection: Connection, migrations: Path, current: str | None, path: Path) -> None:
    """Carries out those of *migrations* that come after revision *current*, or all of them if that is None.

    Raises:
        StoreError: *current* is none of them; *path* is named.
    """
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise StoreError(
            f"database {path}: it was written by a newer version of auditor (schema {current}); "
            "update auditor, or name another with --database"
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.commit()
