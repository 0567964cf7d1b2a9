"""The issues of a site over all its runs, and what people decided about them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, func, insert, select

from auditor.errors import StoreError
from auditor.model.decision import Decision, DecisionKind
from auditor.model.finding import IssueState
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.store.tables import DecisionRow, FindingRow, RunRow, SiteRow


@dataclass(frozen=True, kw_only=True)
class IssueRecord:
    """An issue as the last run that had to do with it left it."""

    id: str
    run_id: str
    """That run."""
    key: str
    """The key of its finding in that run."""
    rule: str
    kind: OutcomeKind
    cause: str
    state: IssueState
    first_seen: str
    last_seen: str
    places: frozenset[tuple[str, Viewport | None]]
    count: int
    traits: str
    """What a later run recognises it by, as JSON; empty if that was not kept."""


def issues_of(engine: Engine, site: str, before: int | None = None) -> Iterator[IssueRecord]:
    """Every issue that a run of *site* ever had, in the order of their ids.

    Args:
        engine: the database.
        site: the site's key.
        before: only runs with a smaller ordinal.
    """
    chosen = (
        select(FindingRow.issue, func.max(RunRow.ordinal).label("ordinal"))
        .join(RunRow, RunRow.id == FindingRow.run_id)
        .join(SiteRow, SiteRow.id == RunRow.site_id)
        .where(SiteRow.key == site)
        .group_by(FindingRow.issue)
    )
    if before is not None:
        chosen = chosen.where(RunRow.ordinal < before)
    newest = chosen.subquery()
    query = (
        select(FindingRow.__table__)
        .join(RunRow, RunRow.id == FindingRow.run_id)
        .join(SiteRow, SiteRow.id == RunRow.site_id)
        .join(newest, (newest.c.issue == FindingRow.issue) & (newest.c.ordinal == RunRow.ordinal))
        .where(SiteRow.key == site)
        .order_by(FindingRow.issue)
    )
    with engine.connect() as connection:
        for row in connection.execute(query):
            yield IssueRecord(
                id=row.issue,
                run_id=row.run_id,
                key=row.key,
                rule=row.rule,
                kind=OutcomeKind(row.kind),
                cause=row.cause,
                state=IssueState(row.state),
                first_seen=row.first_seen,
                last_seen=row.last_seen,
                places=read_places(row.places),
                count=row._mapping["count"],
                traits=row.traits,
            )


def read_places(told: str) -> frozenset[tuple[str, Viewport | None]]:
    """Pages and viewports as a row of findings keeps them."""
    return frozenset((url, Viewport(viewport) if viewport else None) for url, viewport in json.loads(told))


def add_decision(engine: Engine, site: str, decision: Decision) -> None:
    """Adds *decision* to those about the issues of *site*.

    Raises:
        StoreError: there is no such site.
    """
    with engine.begin() as connection:
        site_id = connection.execute(select(SiteRow.id).where(SiteRow.key == site)).scalar()
        if site_id is None:
            raise StoreError(f"{site}: no runs; audit the site before you decide about its issues")
        connection.execute(
            insert(DecisionRow).values(
                site_id=site_id,
                issue=decision.issue,
                kind=decision.kind,
                who=decision.who,
                decided_at=decision.when,
                why=decision.why,
                until=decision.until,
                assignee=decision.assignee,
            )
        )


def decisions_of(engine: Engine, site: str) -> list[Decision]:
    """All decisions about the issues of *site*, in the order in which they were made."""
    query = (
        select(DecisionRow)
        .join(SiteRow, SiteRow.id == DecisionRow.site_id)
        .where(SiteRow.key == site)
        .order_by(DecisionRow.id)
        .with_only_columns(DecisionRow.__table__)
    )
    with engine.connect() as connection:
        return [
            Decision(
                issue=row.issue,
                kind=DecisionKind(row.kind),
                who=row.who,
                when=row.decided_at,
                why=row.why,
                until=row.until,
                assignee=row.assignee,
            )
            for row in connection.execute(query)
        ]
