"""A night: audits sites one after another, writes their reports, thins old runs, and remembers what failed."""

import json
import shutil
import traceback
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from auditor.derive.scope import site_key
from auditor.errors import AuditorError, StoreError
from auditor.gather.session import GatherSession
from auditor.model.config import SiteConfig
from auditor.model.finding import IssueState
from auditor.model.night import Changed, Night, SiteNight
from auditor.model.nightly import NightlyConfig
from auditor.model.report import Report, ReportFinding
from auditor.pipeline.archiving import drop_recording
from auditor.pipeline.audit import audit
from auditor.pipeline.decisions import decided
from auditor.pipeline.overview import report_folder
from auditor.pipeline.run import Progress
from auditor.pipeline.run_report import report_of
from auditor.reporting.formats import USUAL
from auditor.reporting.write import write_report
from auditor.retention import Dated, Keep, kept
from auditor.sitefile import read_target
from auditor.store.history import ENDED, History, RunRecord

_STATE = "nightly.json"


@dataclass(frozen=True, kw_only=True)
class Work:
    """What a night's work on one site is given."""

    config: NightlyConfig
    now: Callable[[], datetime]
    """The clock, in the settings' time zone."""
    command: str
    again: bool = False
    """Audit also sites that were audited the same day."""
    progress: Progress = lambda done, known, url: None
    begun: Callable[[GatherSession], None] = lambda session: None


def audit_night(work: Work, stopped: Callable[[], bool], told: Callable[[SiteNight], None]) -> Night:
    """Audits all sites of the settings; one that cannot be audited does not keep the others from it.

    Args:
        work: the settings, and what they are given.
        stopped: asked before each site; if true no further site is begun.
        told: told of each site when it is done.
    """
    config, began = work.config, work.now()
    sites: list[SiteNight] = []
    for target in config.sites:
        if stopped():
            sites.append(SiteNight(target=target, error="stopped before its turn; the same command goes on with it"))
        else:
            sites.append(_guarded(work, target))
        told(sites[-1])
    before = _failed_before(config.database)
    failed = {site.target for site in sites if site.error}
    _remember(config.database, failed)
    return Night(
        id=f"{began:%Y%m%d-%H%M%S}",
        started_at=began.isoformat(timespec="seconds"),
        day=began.date().isoformat(),
        sites=tuple(sites),
        recovered=tuple(site.target for site in sites if site.target in before and not site.error),
        failed_anew=tuple(site.target for site in sites if site.error and site.target not in before),
    )


def _guarded(work: Work, target: str) -> SiteNight:
    """One site; whatever keeps it from being audited becomes a line."""
    try:
        config = read_target(target)
    except AuditorError as error:
        return SiteNight(target=target, error=str(error))
    blank = SiteNight(target=target, site=site_key(config), name=config.name or site_key(config))
    try:
        history = History(work.config.database)
        try:
            with history.errors():
                return _site(work, config, history, blank)
        finally:
            history.close()
    except AuditorError as error:
        return replace(blank, error=str(error))
    except OSError as error:
        where = error.filename or work.config.reports
        return replace(blank, error=f"{where}: {error.strerror or type(error).__name__}")
    except Exception as error:  # one site's trouble must not cost the others their night
        told = " ".join(str(error).split())[:200]
        defect = f"{target}: a defect of the program: {type(error).__name__}: {told}"
        return replace(blank, error=defect, trace=traceback.format_exc())


def _site(work: Work, config: SiteConfig, history: History, blank: SiteNight) -> SiteNight:
    settings, today = work.config, work.now().date()
    if not work.again and (done := _done_today(history, blank.site, settings, today.isoformat())):
        return replace(blank, run_id=done.id, skipped=True, state=done.state, pages=done.pages, problems=done.findings)
    if settings.only_changed:
        config = config.model_copy(update={"reuse": config.reuse.model_copy(update={"enabled": True})})
    audited = audit(
        config, history, today=config.date or today, report_due=True, progress=work.progress, begun=work.begun
    )
    folder = report_folder(settings.reports, audited.site, audited.run_id)
    with history.errors():
        report = report_of(config, history, audited, settings.language, folder, work.command)
        write_report(report, folder, USUAL)
        history.report_written(audited.run_id)
        drop_recording(history.run(audited.run_id))
        thinned = thin(history, audited.site, settings, work.now())
        complaints = decided(history, audited.site, config.decisions).complaints
    return replace(_told(blank, report), thinned=thinned, complaints=complaints)


def _done_today(history: History, site: str, settings: NightlyConfig, today: str) -> RunRecord | None:
    """The run of the day that came to its end, report and all."""
    runs = [run for run in history.runs(site) if run.state in ("complete", "partial")]
    for run in reversed(runs):
        began = datetime.fromisoformat(run.started_at).astimezone(settings.zone)
        if began.date().isoformat() == today and not history.is_report_due(run.id):
            return run
    return None


def thin(history: History, site: str, settings: NightlyConfig, now: datetime) -> int:
    """Takes pages and pictures from old runs of *site*, with their reports; gives how many runs lost them.

    Findings, scores and decisions of every run stay, and so do archives kept as evidence.
    """
    keep = Keep(settings.keep.daily, settings.keep.weekly, settings.keep.monthly)
    runs = [run for run in history.runs(site) if run.state in ENDED]
    dated = [Dated(run.id, datetime.fromisoformat(run.started_at)) for run in runs]
    staying = kept(dated, keep, now.astimezone(settings.zone).date(), settings.zone)
    thinned = 0
    for run in runs:
        if run.id not in staying and not history.is_thin(run.id):
            history.thin(run.id)
            shutil.rmtree(report_folder(settings.reports, site, run.id), ignore_errors=True)
            thinned += 1
    return thinned


def _told(blank: SiteNight, report: Report) -> SiteNight:
    failed = report.failed

    def seen(state: IssueState) -> tuple[Changed, ...]:
        return tuple(_seen(finding) for finding in failed if finding.state is state)

    def ended(*states: IssueState) -> tuple[Changed, ...]:
        return tuple(
            Changed(key=change.key, title=change.title, severity=None, pages=change.page_count)
            for change in report.changes
            if change.state in states
        )

    first = not report.previous_at
    cut_short = report.run_state == "interrupted"
    return replace(
        blank,
        error="stopped before it was done; the same command goes on with it" if cut_short else "",
        name=report.site_name,
        run_id=report.run_id,
        first=first,
        state=report.run_state,
        pages=sum(page.rendered and not page.is_handoff for page in report.pages),
        lost_pages=len(report.failed_pages),
        problems=len(failed),
        new=() if first else seen(IssueState.NEW),
        back=seen(IssueState.REOPENED),
        fixed=ended(IssueState.FIXED, IssueState.GONE),
        not_retested=ended(IssueState.NOT_RETESTED),
    )


def _seen(finding: ReportFinding) -> Changed:
    return Changed(
        key=finding.key,
        title=finding.sentence or finding.title,
        severity=finding.severity,
        pages=finding.page_count,
    )


def _failed_before(database: Path) -> set[str]:
    """Targets that could not be audited the night before; none if nothing is remembered."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        failed = json.loads((database.parent / _STATE).read_text(encoding="utf-8"))["failed"]
        return {target for target in failed if isinstance(target, str)}
    return set()


def _remember(database: Path, failed: Iterable[str]) -> None:
    path = database.parent / _STATE
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        rough = path.with_name(f".{_STATE}.part")
        rough.write_text(json.dumps({"failed": sorted(failed)}, ensure_ascii=False) + "\n", encoding="utf-8")
        rough.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror}") from error


def worst_new(sites: Sequence[SiteNight]) -> int:
    """Rank of the worst severity among what is new or back; -1 if nothing is."""
    changed = (change for site in sites for change in (*site.new, *site.back))
    return max((change.severity.rank for change in changed if change.severity), default=-1)
