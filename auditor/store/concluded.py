"""What a run came to: findings with what became of them, scores, and how it ended."""

import json
from collections.abc import Collection, Iterable, Mapping
from types import MappingProxyType

from pydantic import TypeAdapter
from sqlalchemy import Engine, delete, insert, select, update

from auditor.model.finding import LIVE, Finding, IssueState
from auditor.model.score import FORMULA_VERSION, AreaScore
from auditor.model.traits import Traits
from auditor.model.vocabulary import OutcomeKind
from auditor.store.issues import read_places
from auditor.store.tables import FindingRow, RunRow, ScoreRow

_SCORE = TypeAdapter(AreaScore)
_TRAITS = TypeAdapter(Traits)
_BATCH = 500


class Concluded:
    """Reads and writes what one run came to."""

    def __init__(self, engine: Engine, run_id: str) -> None:
        self._engine = engine
        self.run_id = run_id

    def save_findings(
        self,
        findings: Collection[Finding],
        states: Mapping[str, IssueState],
        first_seen: Mapping[str, str],
        last_seen: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Writes the run's findings, in place of earlier ones.

        Issues of the run before that this run did not find are among them: those that were not retested, so that they
        are not forgotten, and those that ended.

        Args:
            findings: the findings.
            states: id → what became of it.
            first_seen: id → when the first run that saw it began.
            last_seen: id → when the last run that saw it began.
        """
        with self._engine.begin() as connection:
            connection.execute(delete(FindingRow).where(FindingRow.run_id == self.run_id))
            rows = [
                {
                    "run_id": self.run_id,
                    "key": finding.key,
                    "rule": finding.rule,
                    "kind": finding.kind,
                    "state": states[finding.id],
                    "first_seen": first_seen[finding.id],
                    "last_seen": last_seen.get(finding.id, first_seen[finding.id]),
                    "issue": finding.id,
                    "traits": _TRAITS.dump_json(finding.traits).decode(),
                    "places": json.dumps(sorted((url, viewport or "") for url, viewport in finding.places)),
                    "cause": finding.cause,
                    "count": finding.count,
                }
                for finding in findings
            ]
            for begin in range(0, len(rows), _BATCH):
                connection.execute(insert(FindingRow), rows[begin : begin + _BATCH])

    def findings(self, *, carried: bool = True) -> list[Finding]:
        """The run's findings as they were saved, without occurrences; not those that ended.

        Args:
            carried: with those that were not retested and are carried on from the run before.
        """
        states = (*LIVE, IssueState.NOT_RETESTED) if carried else LIVE
        query = (
            select(FindingRow.__table__)
            .where(FindingRow.run_id == self.run_id, FindingRow.state.in_(states))
            .order_by(FindingRow.key)
        )
        with self._engine.connect() as connection:
            return [
                Finding(
                    key=row.key,
                    rule=row.rule,
                    kind=OutcomeKind(row.kind),
                    cause=row.cause,
                    places=read_places(row.places),
                    count=row._mapping["count"],
                    occurrences=(),
                    issue=row.issue,
                    traits=_TRAITS.validate_json(row.traits) if row.traits else Traits(),
                )
                for row in connection.execute(query)
            ]

    def states(self) -> dict[str, IssueState]:
        """Issue → what became of it in this run, those that ended in it too."""
        query = select(FindingRow.issue, FindingRow.state).where(FindingRow.run_id == self.run_id)
        with self._engine.connect() as connection:
            return {issue: IssueState(state) for issue, state in connection.execute(query.order_by(FindingRow.key))}

    def save_scores(self, scores: Iterable[AreaScore]) -> None:
        """Writes the run's scores, in place of earlier ones."""
        with self._engine.begin() as connection:
            connection.execute(delete(ScoreRow).where(ScoreRow.run_id == self.run_id))
            for score in scores:
                connection.execute(
                    insert(ScoreRow).values(
                        run_id=self.run_id,
                        area=score.area,
                        viewport=score.viewport,
                        formula=FORMULA_VERSION,
                        score=_SCORE.dump_json(score).decode(),
                    )
                )

    def scores(self) -> tuple[AreaScore, ...]:
        """The run's scores as they were saved."""
        query = select(ScoreRow.score).where(ScoreRow.run_id == self.run_id).order_by(ScoreRow.id)
        with self._engine.connect() as connection:
            return tuple(_SCORE.validate_json(score) for score in connection.execute(query).scalars())

    def end(self, state: str, finished_at: str, remarks: Collection[str]) -> None:
        """Says how the run ended: complete, partial, interrupted or failed."""
        with self._engine.begin() as connection:
            connection.execute(
                update(RunRow)
                .where(RunRow.id == self.run_id)
                .values(state=state, finished_at=finished_at, remarks=json.dumps(list(remarks)))
            )
