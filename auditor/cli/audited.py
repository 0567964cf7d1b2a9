"""What ``auditor audit`` does with a run that was made: writes its report, tells of it, and says how to exit."""

from collections.abc import Sequence
from pathlib import Path

import click

from auditor.cli.exits import Exit
from auditor.cli.headline import headline
from auditor.cli.options import report_errors
from auditor.cli.running import command_line
from auditor.errors import GatherError
from auditor.model.config import SiteConfig
from auditor.model.report import Report
from auditor.model.vocabulary import Language, OutcomeKind, Severity
from auditor.pipeline.archiving import drop_recording, sign_archive
from auditor.pipeline.audit import Audited
from auditor.pipeline.decisions import decided
from auditor.pipeline.run_report import report_of
from auditor.reporting.formats import USUAL
from auditor.reporting.write import write_report
from auditor.store.history import History

_GO_ON = "then run the same command again: no page is asked for anew"


def report_on(
    audited: Audited, config: SiteConfig, history: History, language: Language, folder: Path, formats: Sequence[str]
) -> tuple[Report, dict[str, Path]]:
    """The report of a run, and the files to open of it by format.

    Raises:
        StoreError: it cannot be written.
    """
    with history.errors(), report_errors(folder, _GO_ON):
        for complaint in decided(history, audited.site, config.decisions).complaints:
            click.echo(f"auditor: {complaint}", err=True)
        report = report_of(config, history, audited, language, folder, command_line())
        written = write_report(report, folder, formats or USUAL)
        history.report_written(audited.run_id)
        drop_recording(history.run(audited.run_id))
    return report, written


def tell(audited: Audited, config: SiteConfig, report: Report, written: dict[str, Path], *, quiet: bool) -> None:
    """Tells what a run came to, where its report is, and whether it saw enough; has its archive signed if wanted."""
    if not quiet:
        for line in headline(report):
            click.echo(line)
        shown = written.get("html") or next(iter(written.values()), None)
        click.echo(f"\n{shown}" if shown else "\nNothing written: some pages could not be looked at, see --format html")
        if audited.archive:
            path, digest = audited.archive
            click.echo(f"{path}  sha256:{digest}")
    if audited.archive and config.archive.timestamp:
        _sign(audited.archive[0], config.archive.timestamp, quiet=quiet)
    if audited.too_little:
        click.echo(f"auditor: {audited.too_little}", err=True)


def exit_code(audited: Audited, report: Report, fail_on: str | None) -> Exit:
    """Could not audit, found something at or above the severity *fail_on*, or nothing."""
    if audited.too_little or report.run_state == "interrupted":
        return Exit.COULD_NOT_AUDIT
    if fail_on is None:
        return Exit.NOTHING_FOUND
    floor = Severity(fail_on).rank
    found = any(
        finding.kind is OutcomeKind.FAILED and not finding.set_aside and finding.severity.rank >= floor
        for finding in report.findings
    )
    return Exit.FOUND if found else Exit.NOTHING_FOUND


def _sign(archive: Path, service: str, *, quiet: bool) -> None:
    """A service that does not answer spoils nothing: the archive is there and can be signed later."""
    try:
        signed = sign_archive(archive, service)
    except GatherError as error:
        click.echo(f"auditor: {error}; the archive is kept without", err=True)
        return
    if not quiet:
        click.echo(f"{signed}")
