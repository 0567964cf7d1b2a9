"""Takes a page's rows over from an earlier run into a later one, as they are."""

import json
from collections.abc import Collection
from functools import cache

from sqlalchemy import Connection, Insert, bindparam, delete, insert, select, update

from auditor.model.outcome import RuleResult
from auditor.store.tables import LoadsRow, OutcomeRow, PageRow, ResultRow, Table


def copy_page(connection: Connection, source: str, target: str, url: str) -> None:
    """Copies page, results, outcomes and loads of *url* from run *source* into run *target*.

    The page keeps the moment at which it was gathered.
    """
    for table in (PageRow, LoadsRow, ResultRow, OutcomeRow):
        connection.execute(_copied(table), {"source": source, "target": target, "of": url})


def forget_results(connection: Connection, run: str, url: str, results: Collection[RuleResult]) -> None:
    """Takes back what the rules of *results* said of a page, and notes the kinds that they say now.

    A rule says something new only where it said something before: these are rows of the same page and viewports.
    """
    if not results:
        return
    rules = {result.rule for result in results}
    page = (ResultRow.run_id == run, ResultRow.scope == "page", ResultRow.url == url)
    for viewport, text in connection.execute(select(ResultRow.viewport, ResultRow.kinds).where(*page)).all():
        said = {result.rule: result.kind for result in results if (result.viewport or "") == viewport}
        kinds = {**json.loads(text), **said}
        connection.execute(
            update(ResultRow).where(*page, ResultRow.viewport == viewport).values(kinds=json.dumps(kinds))
        )
    connection.execute(
        delete(OutcomeRow).where(
            OutcomeRow.run_id == run, OutcomeRow.scope == "page", OutcomeRow.url == url, OutcomeRow.rule.in_(rules)
        )
    )


@cache
def _copied(table: type[Table]) -> Insert:
    """The statement that copies a page's rows of *table*; results about the whole site are left out."""
    columns = table.__table__.columns
    names = [column.name for column in columns if column.name not in ("id", "run_id")]
    rows = (
        select(bindparam("target"), *(columns[name] for name in names))
        .where(columns["run_id"] == bindparam("source"), columns["url"] == bindparam("of"))
        .order_by(columns["id"])
    )
    if "scope" in columns:
        rows = rows.where(columns["scope"] == "page")
    return insert(table).from_select(["run_id", *names], rows)
