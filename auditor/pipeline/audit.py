"""Audits a site: begins or goes on with a run, and has it made."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from auditor.derive.scope import site_key
from auditor.gather.session import GatherSession
from auditor.loading import loading
from auditor.model.config import SiteConfig
from auditor.store.history import History

if TYPE_CHECKING:
    from auditor.catalogue.load import Catalogue
    from auditor.pipeline.course import Course
    from auditor.pipeline.issues import Followed
    from auditor.pipeline.run import Progress

_AFTERWARDS = ("auditor.pipeline.probing", "auditor.pipeline.searches", "auditor.pipeline.conclusion")
_REPORT = ("auditor.pipeline.report", "auditor.reporting.write")
"""What is needed when the walk is done, with numpy, scipy and the template engine, which take long to load."""


@dataclass(frozen=True, kw_only=True)
class Audited:
    """A run that came to results."""

    run_id: str
    site: str
    catalogue: "Catalogue"
    followed: "Followed"
    """Its findings as issues."""
    too_little: str = ""
    """Why so little was seen of the site that its figures say little: it refused the run; empty if that is not so."""
    archive: tuple[Path, str] | None = None
    """Path of the run's archive, and the SHA-256 of its list of contents; None if none was asked for."""


def audit(
    config: SiteConfig,
    history: History,
    *,
    today: date | None = None,
    fresh: bool = False,
    report_due: bool = False,
    progress: "Progress" = lambda done, known, url: None,
    begun: Callable[[GatherSession], None] = lambda session: None,
) -> Audited:
    """Audits the site that *config* describes, or goes on with a run that was cut short.

    Args:
        config: the site.
        history: where the run is kept.
        today: what day it is; the site file's date, else this machine's if left out.
        fresh: begin a new run even if one can be gone on with.
        report_due: the run has not come to its end before `History.report_written`; until then the same call goes on
            with it.
        progress: told after each page.
        begun: handed the session, so that a signal handler can stop it.

    Raises:
        GatherError: the site cannot be audited, or no page of it could be tested.
        CardError, ConfigError, StoreError: see there. A StoreError too if another process audits the site for this
            history.
    """
    today = today or config.date or datetime.now(UTC).astimezone().date()
    with history.held(site_key(config)), ThreadPoolExecutor(1) as beside:
        course = beside.submit(_prepared, config)
        with GatherSession(config, today) as session:
            begun(session)
            made = course.result()
            beside.submit(_load, (*_AFTERWARDS, *(_REPORT if report_due else ())))
            return made.run(history, session, today, fresh=fresh, report_due=report_due, progress=progress)


def _prepared(config: SiteConfig) -> "Course":
    """What the run goes by. Reading that, and loading what the walk needs, takes about as long as the browser takes to
    start, and is done at the same time; hence nothing of it is imported above.
    """
    with loading():
        from auditor.pipeline.course import prepared

        return prepared(config)  # the catalogue loads the modules that its cards name


def _load(modules: Iterable[str]) -> None:
    """Loads *modules*; done while the browser is busy with the first pages. What fails is told by whoever needs it."""
    with loading():
        for module in modules:
            with suppress(ImportError):
                import_module(module)
