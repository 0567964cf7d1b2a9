"""Copies one run into a database of its own, so that it can leave this machine."""

from pathlib import Path

from sqlalchemy import Engine, insert, select

from auditor.store.database import open_database
from auditor.store.tables import RunRow, SiteRow, Table

_BATCH = 200


def export_run(engine: Engine, run_id: str, path: Path) -> None:
    """Writes run *run_id* with all that belongs to it into a new SQLite file at *path*.

    Raises:
        StoreError: the file cannot be written.
    """
    path.unlink(missing_ok=True)
    copy = open_database(path)
    try:
        with engine.connect() as source, copy.begin() as target:
            run = source.execute(select(RunRow.__table__).where(RunRow.id == run_id)).mappings().one()
            site = source.execute(select(SiteRow.__table__).where(SiteRow.id == run["site_id"])).mappings().one()
            target.execute(insert(SiteRow), dict(site))
            target.execute(insert(RunRow), dict(run))
            for table in Table.metadata.sorted_tables:
                if "run_id" not in table.columns:
                    continue
                rows = source.execution_options(yield_per=_BATCH).execute(select(table).where(table.c.run_id == run_id))
                for part in rows.mappings().partitions(_BATCH):
                    target.execute(table.insert(), [dict(row) for row in part])
    finally:
        copy.dispose()
