"""The report of a run that was just made."""

from pathlib import Path

from auditor.model.config import SiteConfig
from auditor.model.report import Report
from auditor.model.vocabulary import Language
from auditor.pipeline.audit import Audited
from auditor.pipeline.report import build_report
from auditor.store.history import History


def report_of(
    config: SiteConfig, history: History, audited: Audited, language: Language, folder: Path, command: str
) -> Report:
    """The report of *audited* in *language*; its pictures are put into *folder*.

    Raises:
        OSError: pictures cannot be written.
    """
    run = next(run for run in history.runs(audited.site) if run.id == audited.run_id)
    return build_report(
        config=config,
        history=history,
        run=run,
        catalogue=audited.catalogue,
        followed=audited.followed,
        language=language,
        command=command,
        folder=folder,
    )
