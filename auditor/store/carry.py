"""Takes the rows of pages over from an earlier run into a later one, as they are."""

import json
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from sqlalchemy import ColumnElement, Connection, Delete, Insert, bindparam, delete, insert, select, update

from auditor.model.outcome import RuleResult
from auditor.store.tables import LoadsRow, OutcomeRow, PageRow, ResultRow, Table

_OF_PAGES = (PageRow, LoadsRow, ResultRow, OutcomeRow)


def copy_pages(connection: Connection, source: str, target: str, urls: Sequence[str]) -> None:
    """Copies the pages *urls* of run *source*, with their results, outcomes and loads, in place of those of *target*.

    The pages keep the moment at which they were gathered.
    """
    clear_pages(connection, target, urls)
    for table in _OF_PAGES:
        connection.execute(_copied(table), {"source": source, "target": target, "of": urls})


def clear_pages(connection: Connection, run: str, urls: Sequence[str]) -> None:
    """Forgets the pages *urls* of *run*, with their results, outcomes and loads; results about the whole site stay."""
    for table in _OF_PAGES:
        connection.execute(_cleared(table), {"run": run, "of": urls})


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
def _cleared(table: type[Table]) -> Delete:
    """The statement that deletes pages' rows of *table*."""
    return delete(table).where(*_of_pages(table, "run"))


@cache
def _copied(table: type[Table]) -> Insert:
    """The statement that copies pages' rows of *table*, each page's in their order."""
    columns = table.__table__.columns
    names = [column.name for column in columns if column.name not in ("id", "run_id")]
    rows = select(bindparam("target"), *(columns[name] for name in names)).where(*_of_pages(table, "source"))
    return insert(table).from_select(["run_id", *names], rows.order_by(columns["id"]))


def _of_pages(table: type[Table], run: str) -> Iterator[ColumnElement[bool]]:
    """What rows of *table* have in common that belong to one of the pages *of*, in the run that is given as *run*."""
    columns = table.__table__.columns
    yield columns["run_id"] == bindparam(run)
    yield columns["url"].in_(bindparam("of", expanding=True))
    if "scope" in columns:
        yield columns["scope"] == "page"
