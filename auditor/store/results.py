"""Results as they are kept: a row per page and viewport, with what all rules said of it as JSON."""

import json
from collections import Counter
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import TypeAlias

from sqlalchemy import Connection, and_, func, select
from sqlalchemy.orm import aliased

from auditor.model.outcome import RuleResult
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.store.tables import ResultRow

RowName: TypeAlias = tuple[str, str, str]
"""Scope, page and viewport of a row."""
Tally: TypeAlias = Counter[tuple[str, Viewport | None, OutcomeKind]]
"""Rule, viewport and outcome → number of results."""
_KINDS = {kind.value: kind for kind in OutcomeKind}


def unpacked(url: str, viewport: str, kinds: str, only: OutcomeKind | None = None) -> Iterator[RuleResult]:
    """The results of one row; *only* those of one kind, if it is given."""
    seen = Viewport(viewport) if viewport else None
    for rule, kind in said(kinds):
        if only is None or kind is only:
            yield RuleResult(rule=rule, url=url, viewport=seen, kind=kind)


@lru_cache(maxsize=256)
def said(kinds: str) -> tuple[tuple[str, OutcomeKind], ...]:
    """Rule and what it said, of the text of one row: rules say the same of many pages of a site."""
    return tuple((rule, _KINDS[kind]) for rule, kind in json.loads(kinds).items())


@lru_cache(maxsize=256)
def spoken(kinds: str, rules: frozenset[str]) -> frozenset[str]:
    """Those of *rules* that said something in the text of one row, and not that they could not test."""
    return frozenset(rule for rule, kind in said(kinds) if rule in rules and kind is not OutcomeKind.UNTESTED)


def tally(connection: Connection, run: str) -> Tally:
    """All results of a run, counted; rows that say the same are read once."""
    query = select(ResultRow.viewport, ResultRow.kinds, func.count()).where(ResultRow.run_id == run)
    counted: Tally = Counter()
    for viewport, kinds, number in connection.execute(query.group_by(ResultRow.viewport, ResultRow.kinds)):
        for result in unpacked("", viewport, kinds):
            counted[result.rule, result.viewport, result.kind] += number
    return counted


def alike(connection: Connection, run: str, earlier: str, pages: Container[str]) -> tuple[frozenset[RowName], Tally]:
    """Rows of *run*, of *pages* or of no page alone, that are the same in run *earlier*; and their results, counted."""
    own, other = aliased(ResultRow), aliased(ResultRow)
    same = (
        select(own.scope, own.url, own.viewport, own.kinds)
        .join(
            other,
            and_(
                other.run_id == earlier,
                other.scope == own.scope,
                other.url == own.url,
                other.viewport == own.viewport,
                other.kinds == own.kinds,
            ),
        )
        .where(own.run_id == run)
    )
    rows: set[RowName] = set()
    texts: Counter[tuple[str, str]] = Counter()
    for scope, url, viewport, kinds in connection.execute(same):
        if not url or url in pages:
            rows.add((scope, url, viewport))
            texts[viewport, kinds] += 1
    counted: Tally = Counter()
    for (viewport, kinds), number in texts.items():
        for result in unpacked("", viewport, kinds):
            counted[result.rule, result.viewport, result.kind] += number
    return frozenset(rows), counted
