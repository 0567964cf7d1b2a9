"""What a run does once the browser is there: gathers, judges, scores, remembers."""

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from auditor import __version__
from auditor.catalogue.load import Catalogue, load_catalogue
from auditor.decisionfile import read_decisions
from auditor.derive.scope import site_key
from auditor.errors import StoreError
from auditor.gather.session import GatherSession
from auditor.model.config import SiteConfig
from auditor.model.decision import Decision
from auditor.model.score import FORMULA_VERSION
from auditor.pipeline.archiving import begin_recording, drop_recording, forget_old_archives, write_archive
from auditor.pipeline.audit import Audited
from auditor.pipeline.context import RunContext, keep_context
from auditor.pipeline.decisions import keep_filed
from auditor.pipeline.gathering import gather
from auditor.pipeline.marks import catalogue_digest, marks_of
from auditor.pipeline.run import Progress, RunInHand
from auditor.pipeline.scents import scent_version
from auditor.pipeline.visitor_process import VisitorProcess
from auditor.store.history import History, RunRecord
from auditor.store.runs import RunStore


@dataclass(frozen=True, kw_only=True)
class Course:
    """What a run goes by."""

    config: SiteConfig
    catalogue: Catalogue
    """Without axe's rules: which these are is known when the browser is there."""
    filed: Sequence[Decision]
    """The decisions of the team's file."""

    def run(
        self,
        history: History,
        session: GatherSession,
        today: date,
        *,
        fresh: bool,
        report_due: bool,
        progress: Progress,
    ) -> Audited:
        """Makes the run, or goes on with one; see `auditor.pipeline.audit.audit`."""
        config, catalogue = self.config, self.catalogue.with_axe(session.engine)
        versions = {
            "product": f"auditor {__version__}",
            "axe": f"axe-core {session.engine.version}",
            "browser": session.browser + ("" if session.sandboxed else " (without sandbox)"),
            "formula": FORMULA_VERSION,
            "catalogue": catalogue_digest(catalogue),
            "scent": scent_version(wanted=config.findability.enabled and config.findability.embedding),
        }
        scope = session.arrive()
        site = site_key(config)
        digest = hashlib.sha256("\x1f".join([_settings(config), str(today), *versions.values()]).encode()).hexdigest()
        with history.errors(), _disk_errors(history), VisitorProcess() as visitors:
            for host in config.formerly:
                history.rename(host.lower(), site)
            record = None if fresh else history.resumable(site, digest)
            store = _resumed(history, record) if record else _begun(history, config, site, digest, versions)
            history.series.save_rules(store.run_id, marks_of(catalogue.rules.values()))
            if report_due:
                history.await_report(store.run_id)
            context = RunContext(start=scope.start, today=today, engine=session.engine)
            keep_context(store, context)
            keep_filed(store, self.filed)
            run = RunInHand(
                config=config,
                site=site,
                history=history,
                store=store,
                session=session,
                catalogue=catalogue,
                scope=scope,
                context=context,
                visitors=visitors,
            )
            with _recorded(run, versions):
                pages = gather(run, progress)
            from auditor.pipeline.conclusion import conclude  # loaded during the walk

            followed = conclude(run, pages)
            archived = _archived(run)
            if not report_due:
                drop_recording(store)
            return Audited(
                run_id=store.run_id,
                site=site,
                catalogue=catalogue,
                followed=followed,
                too_little=_too_little(run),
                archive=archived,
            )


def prepared(config: SiteConfig) -> Course:
    """Reads what a run of *config* goes by.

    Raises:
        CardError, ConfigError: a rule card, or the file of decisions, is wrong.
    """
    return Course(
        config=config,
        catalogue=load_catalogue(config.rules, config.options, config.lexicon),
        filed=read_decisions(config.decisions) if config.decisions else [],
    )


def _too_little(run: RunInHand) -> str:
    """What to say if the site refused the run before half of the addresses that are known of it were looked at."""
    counts = run.store.counts()
    done, waiting = counts.get("done", 0), counts.get("waiting", 0)
    if not run.session.refusal or done >= waiting:
        return ""
    return (
        f"{run.scope.start}: {run.session.refusal}; only {done} of {done + waiting} known pages were looked at, and "
        "the report is marked as partial; ask the site's owner to let the auditor in, or try again later"
    )


@contextmanager
def _recorded(run: RunInHand, versions: dict[str, str]) -> Iterator[None]:
    """Records what the browser receives, if the settings ask for that."""
    if not run.config.archive.write:
        yield
        return
    recording = begin_recording(run.store, run.config, "; ".join(versions.values()))
    run.session.capture(recording.write, recording.has)
    try:
        yield
    finally:
        recording.close()


def _archived(run: RunInHand) -> tuple[Path, str] | None:
    """The archive of a run and what to cite of it; an interrupted run is not packed before it goes on."""
    if not run.config.archive.write or (run.session.stopped and not run.session.refusal):
        return None
    record = next(record for record in run.history.runs(run.site) if record.id == run.store.run_id)
    written = write_archive(run.history, record, run.store)
    forget_old_archives(run.history, run.site, run.config, datetime.now(UTC))
    return written


def _settings(config: SiteConfig) -> str:
    return config.model_dump_json(
        exclude={"database", "output", "languages", "fail_on", "profile", "decisions", "formerly"}
    )


def _begun(history: History, config: SiteConfig, site: str, digest: str, versions: dict[str, str]) -> RunStore:
    now = datetime.now(UTC)
    return history.begin(
        run_id=f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}",
        site=site,
        name=config.name or site,
        started_at=now.isoformat(timespec="microseconds"),
        settings=_settings(config),
        digest=digest,
        versions=versions,
        seed=config.seed,
    )


def _resumed(history: History, record: RunRecord) -> RunStore:
    history.reopen(record.id)
    return history.run(record.id)


class _disk_errors:  # noqa: N801 – reads as a statement
    """Tells a full or broken disk in one line."""

    def __init__(self, history: History) -> None:
        self._path = history.path.parent

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError) and not isinstance(error, ConnectionError) and error.errno is not None:
            raise StoreError(
                f"{self._path}: {error.strerror}; mend that and run the same command again, it goes on where it was"
            ) from error
