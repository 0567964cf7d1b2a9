"""Keeping or carrying a page costs the same however many pages a run has: no statement reads through a table."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from auditor.model.vocabulary import OutcomeKind
from auditor.store.history import History
from auditor.store.runs import CarriedPage, RunStore
from tests.builders import outcome, result, url
from tests.store.runs import address, begin, gathered


@contextmanager
def listening(store: RunStore) -> Iterator[list[str]]:
    """Collects the statements that *store* executes."""
    heard: list[str] = []

    def hear(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        heard.append(statement)

    event.listen(store._engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(store._engine, "before_cursor_execute", hear)


def reads_through(history: History, statement: str) -> list[str]:
    """Steps of *statement*'s plan that look at each row of a table, or of a whole run."""
    with closing(sqlite3.connect(history.path)) as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {statement}", [""] * statement.count("?")).fetchall()
    steps = [str(row[3]) for row in rows]
    return [step for step in steps if step.startswith("SCAN") or step.endswith("(run_id=?)")]


def pages_kept(store: RunStore) -> None:
    """What a run does with each page that it looks at."""
    kept = gathered("/b", results=[result(OutcomeKind.FAILED, path="/b", outcomes=[outcome(path="/b")])])
    store.save_page(kept, [address("/c")])


def pages_carried(store: RunStore) -> None:
    """What a run does with each page that it takes over."""
    assert store.page_with_loads(url("/none")) is None
    assert store.page(url("/a")) is not None
    said = [result(OutcomeKind.FAILED, outcomes=[outcome()])]
    carried = CarriedPage(url=url("/a"), found=[address("/b")], results=said, note="carried|2024-05-01")
    store.carry_pages("1", [carried, replace(carried, url=url("/b"))])


@pytest.mark.parametrize("step", [pages_kept, pages_carried])
def test_a_page_is_kept_without_reading_others(history: History, step: Any) -> None:
    begin(history, "1")
    store = history.run("1")
    store.save_page(gathered("/a", results=[result(OutcomeKind.FAILED, outcomes=[outcome()])]), [address("/a")])
    with listening(store) as heard:
        step(store)
    slow = {statement: found for statement in heard if (found := reads_through(history, statement))}
    assert heard
    assert slow == {}
