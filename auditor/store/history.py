"""The history of sites: which runs there are, and what they came to."""

import json
import re
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, func, insert, select, update

from auditor.model.decision import Decision
from auditor.model.finding import LIVE, IssueState
from auditor.store.database import open_database, store_errors
from auditor.store.export import export_run
from auditor.store.issues import IssueRecord, add_decision, decisions_of, issues_of
from auditor.store.lock import locked
from auditor.store.outline import state_counts
from auditor.store.runs import RunStore
from auditor.store.series import Series
from auditor.store.summaries import Summaries
from auditor.store.tables import (
    FindingRow,
    FrontierRow,
    LinkStatusRow,
    LoadsRow,
    OutcomeRow,
    PageRow,
    RunRow,
    SiteRow,
)

ENDED = ("complete", "partial", "interrupted")
SEEN = "seen"
"""Folder of a run with what visitors know of its pages: it can be made from these at any time."""
_DETAILS = ("pages", "shots", SEEN)
_THIN = "thinned"


@dataclass(frozen=True, kw_only=True)
class RunRecord:
    """A run as the history lists it."""

    id: str
    site: str
    site_name: str
    started_at: str
    finished_at: str
    state: str
    digest: str
    settings: str
    versions: Mapping[str, str]
    remarks: tuple[str, ...]
    pages: int
    findings: int
    """Failed findings."""
    ordinal: int = 0
    """Runs of all sites in the order in which they began, whatever the clock said."""


class History:
    """All runs of all sites in one database, with a folder per run beside it."""

    def __init__(self, path: Path) -> None:
        """Opens the database at *path*.

        Raises:
            StoreError: it cannot be used.
        """
        self.path = path
        self._engine = open_database(path)
        self._runs = path.parent / "runs"
        self.series = Series(self._engine)
        self._summaries = Summaries()

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    def errors(self) -> AbstractContextManager[None]:
        """A context in which the database's complaints become one line each."""
        return store_errors(self.path)

    def held(self, site: str) -> AbstractContextManager[None]:
        """A context in which no other process can make a run of *site* in this history.

        Raises:
            StoreError: another one is at it.
        """
        name = re.sub(r"[^\w.-]", "-", site)[:100]
        return locked(self.path.parent / "locks" / f"{name}.lock", f"audit of {site}")

    def sites(self) -> list[str]:
        """Keys of all sites."""
        with self._engine.connect() as connection:
            return list(connection.execute(select(SiteRow.key).order_by(SiteRow.key)).scalars())

    def rename(self, old: str, new: str) -> None:
        """Calls site *old* by the key *new*, if there is a history of the one and none of the other."""
        with self._engine.begin() as connection:
            if connection.execute(select(SiteRow.id).where(SiteRow.key == new)).scalar() is None:
                connection.execute(update(SiteRow).where(SiteRow.key == old).values(key=new))

    def begin(
        self,
        *,
        run_id: str,
        site: str,
        name: str,
        started_at: str,
        settings: str,
        digest: str,
        versions: Mapping[str, str],
        seed: int,
    ) -> RunStore:
        """Begins a run."""
        with self._engine.begin() as connection:
            last = connection.execute(select(func.max(RunRow.ordinal))).scalar() or 0
            site_id = connection.execute(select(SiteRow.id).where(SiteRow.key == site)).scalar()
            if site_id is None:
                site_id = connection.execute(insert(SiteRow).values(key=site, name=name).returning(SiteRow.id)).scalar()
            else:
                connection.execute(update(SiteRow).where(SiteRow.id == site_id).values(name=name))
            connection.execute(
                insert(RunRow).values(
                    id=run_id,
                    site_id=site_id,
                    started_at=started_at,
                    state="running",
                    settings=settings,
                    digest=digest,
                    versions=json.dumps(dict(versions)),
                    remarks="[]",
                    seed=seed,
                    ordinal=last + 1,
                )
            )
        return self.run(run_id)

    def run(self, run_id: str) -> RunStore:
        """One run, to read or to go on with."""
        folder = self._runs / run_id
        for part in _DETAILS:
            (folder / part).mkdir(parents=True, exist_ok=True)
        return RunStore(self._engine, run_id, folder, self._summaries)

    def resumable(self, site: str, digest: str) -> RunRecord | None:
        """The newest run of *site*, if it did not come to its end and was begun with the same *digest*.

        A run whose report is still due has not come to its end.
        """
        newest = next(iter(reversed(self.runs(site))), None)
        if newest is None or newest.digest != digest:
            return None
        ended = newest.state not in ("running", "interrupted") and not self._report_due(newest.id).exists()
        return None if ended else newest

    def await_report(self, run_id: str) -> None:
        """Notes that a report of the run is to be written: until `report_written` the run can be gone on with."""
        self._report_due(run_id).touch()

    def report_written(self, run_id: str) -> None:
        """Notes that the run's report is there."""
        self._report_due(run_id).unlink(missing_ok=True)

    def is_report_due(self, run_id: str) -> bool:
        """Whether the run's report is still to be written."""
        return self._report_due(run_id).exists()

    def _report_due(self, run_id: str) -> Path:
        return self._runs / run_id / "report-due"

    def reopen(self, run_id: str) -> None:
        """Marks a run as running again."""
        with self._engine.begin() as connection:
            connection.execute(update(RunRow).where(RunRow.id == run_id).values(state="running", finished_at=None))

    def export(self, run_id: str, path: Path) -> None:
        """Writes one run, and nothing else, into a new database at *path*; its files are not copied.

        Raises:
            StoreError: it cannot be written.
        """
        export_run(self._engine, run_id, path)

    def drop(self, run_id: str) -> None:
        """Forgets a run and its files."""
        with self._engine.begin() as connection:
            connection.execute(delete(RunRow).where(RunRow.id == run_id))
        shutil.rmtree(self._runs / run_id, ignore_errors=True)

    def thin(self, run_id: str) -> None:
        """Forgets a run's pages, pictures and single outcomes; what it came to stays, and an archive of it."""
        with self._engine.begin() as connection:
            for table in (OutcomeRow, FrontierRow, LinkStatusRow, LoadsRow):
                connection.execute(delete(table).where(table.run_id == run_id))
        for part in _DETAILS:
            shutil.rmtree(self._runs / run_id / part, ignore_errors=True)
        (self._runs / run_id).mkdir(parents=True, exist_ok=True)
        (self._runs / run_id / _THIN).touch()

    def is_thin(self, run_id: str) -> bool:
        """Whether the run's pages are forgotten."""
        return (self._runs / run_id / _THIN).exists()

    def runs(self, site: str) -> list[RunRecord]:
        """All runs of *site* in the order in which they began, whatever the clock said."""
        pages = select(func.count()).where(PageRow.run_id == RunRow.id).scalar_subquery()
        findings = (
            select(func.count())
            .where(FindingRow.run_id == RunRow.id, FindingRow.kind == "failed", FindingRow.state.in_(LIVE))
            .scalar_subquery()
        )
        query = (
            select(RunRow.__table__, SiteRow.key, SiteRow.name, pages.label("pages"), findings.label("findings"))
            .join(SiteRow, SiteRow.id == RunRow.site_id)
            .where(SiteRow.key == site)
            .order_by(RunRow.ordinal, RunRow.started_at, RunRow.id)
        )
        with self._engine.connect() as connection:
            return [
                RunRecord(
                    id=row.id,
                    site=row.key,
                    site_name=row.name,
                    started_at=row.started_at,
                    finished_at=row.finished_at or "",
                    state=row.state,
                    digest=row.digest,
                    settings=row.settings,
                    versions=json.loads(row.versions),
                    remarks=tuple(json.loads(row.remarks)),
                    pages=row.pages,
                    findings=row.findings,
                    ordinal=row.ordinal,
                )
                for row in connection.execute(query)
            ]

    def previous(self, site: str, run_id: str) -> RunRecord | None:
        """The last run of *site* before *run_id* that came to results."""
        before: RunRecord | None = None
        for run in self.runs(site):
            if run.id == run_id:
                return before
            if run.state in ENDED and run.pages:
                before = run
        return before

    def issues(self, site: str, before: int | None = None) -> list[IssueRecord]:
        """Every issue that a run of *site* ever had, as the last run that had to do with it left it.

        Args:
            site: the site's key.
            before: only runs with a smaller ordinal.
        """
        return list(issues_of(self._engine, site, before))

    def state_counts(self, site: str) -> dict[str, dict[IssueState, int]]:
        """Run id → state → number of failed findings of the runs of *site*."""
        return state_counts(self._engine, site)

    def decide(self, site: str, decision: Decision) -> None:
        """Adds a decision about an issue of *site*; it takes the place of earlier ones about that issue.

        Raises:
            StoreError: there is no such site.
        """
        add_decision(self._engine, site, decision)

    def decisions(self, site: str) -> list[Decision]:
        """All decisions about the issues of *site*, in the order in which they were made."""
        return decisions_of(self._engine, site)
