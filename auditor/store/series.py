"""What is followed over the runs of a site: what a run's rules were, its figures, and what later rules say of it."""

import json
import zlib
from collections.abc import Mapping

from pydantic import TypeAdapter
from sqlalchemy import Engine, delete, insert, select, update

from auditor.model.trend import Cell, Measure, RuleMark, Table
from auditor.model.vocabulary import OutcomeKind, Viewport
from auditor.store.tables import MeasureRow, RejudgedRow, RunRow

_MARKS = TypeAdapter(dict[str, RuleMark])
_TABLE = TypeAdapter(dict[str, dict[str, dict[str, OutcomeKind]]])


class Series:
    """Reads and writes what is kept of runs for the series over all of them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save_rules(self, run_id: str, rules: Mapping[str, RuleMark]) -> None:
        """Notes what the rules of a run were."""
        told = _MARKS.dump_json(dict(rules)).decode()
        with self._engine.begin() as connection:
            connection.execute(update(RunRow).where(RunRow.id == run_id).values(rules=told))

    def rules(self, run_id: str) -> dict[str, RuleMark]:
        """What the rules of a run were; empty if that was not kept."""
        with self._engine.connect() as connection:
            told = connection.execute(select(RunRow.rules).where(RunRow.id == run_id)).scalar()
        return _MARKS.validate_json(told or "{}")

    def forget(self, run_id: str) -> None:
        """Forgets figures and later judgements of a run that went on, so that they are made anew."""
        with self._engine.begin() as connection:
            for table in (MeasureRow, RejudgedRow):
                connection.execute(delete(table).where(table.run_id == run_id))

    def save_measures(self, run_id: str, measures: Mapping[Measure, float]) -> None:
        """Writes the figures of a run, in place of earlier ones."""
        rows = [{"run_id": run_id, "name": name, "value": value} for name, value in measures.items()]
        with self._engine.begin() as connection:
            connection.execute(delete(MeasureRow).where(MeasureRow.run_id == run_id))
            if rows:
                connection.execute(insert(MeasureRow), rows)

    def measures(self, run_id: str) -> dict[Measure, float]:
        """The figures of a run; those that this version does not know are left out."""
        query = select(MeasureRow.name, MeasureRow.value).where(MeasureRow.run_id == run_id).order_by(MeasureRow.id)
        with self._engine.connect() as connection:
            return {Measure(name): value for name, value in connection.execute(query) if name in set(Measure)}

    def save_rejudged(self, run_id: str, catalogue: str, results: Table) -> None:
        """Keeps what the rules of *catalogue* say of a run, in place of what others said."""
        tree: dict[str, dict[str, dict[str, str]]] = {}
        for (rule, url, viewport), kind in results.items():
            tree.setdefault(url, {}).setdefault(viewport or "", {})[rule] = kind
        with self._engine.begin() as connection:
            connection.execute(delete(RejudgedRow).where(RejudgedRow.run_id == run_id))
            connection.execute(
                insert(RejudgedRow).values(
                    run_id=run_id, catalogue=catalogue, results=zlib.compress(json.dumps(tree).encode())
                )
            )

    def rejudged(self, run_id: str, catalogue: str) -> dict[Cell, OutcomeKind] | None:
        """What the rules of *catalogue* say of a run; None if they have not been asked."""
        query = select(RejudgedRow.results).where(RejudgedRow.run_id == run_id, RejudgedRow.catalogue == catalogue)
        with self._engine.connect() as connection:
            packed = connection.execute(query).scalar()
        if packed is None:
            return None
        return {
            (rule, url, Viewport(viewport) if viewport else None): kind
            for url, seen in _TABLE.validate_json(zlib.decompress(packed)).items()
            for viewport, kinds in seen.items()
            for rule, kind in kinds.items()
        }
