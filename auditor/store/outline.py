"""How many issues each run of a site left in each state: one question for all runs."""

from collections import defaultdict

from sqlalchemy import Engine, func, select

from auditor.model.finding import IssueState
from auditor.model.vocabulary import OutcomeKind
from auditor.store.tables import FindingRow, RunRow, SiteRow


def state_counts(engine: Engine, site: str) -> dict[str, dict[IssueState, int]]:
    """Run id → state → number of failed findings of the runs of *site*."""
    query = (
        select(FindingRow.run_id, FindingRow.state, func.count())
        .join(RunRow, RunRow.id == FindingRow.run_id)
        .join(SiteRow, SiteRow.id == RunRow.site_id)
        .where(SiteRow.key == site, FindingRow.kind == OutcomeKind.FAILED)
        .group_by(FindingRow.run_id, FindingRow.state)
    )
    counts: dict[str, dict[IssueState, int]] = defaultdict(dict)
    with engine.connect() as connection:
        for run_id, state, number in connection.execute(query):
            counts[run_id][IssueState(state)] = number
    return dict(counts)
