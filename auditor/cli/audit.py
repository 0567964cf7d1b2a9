"""``auditor audit``: walks a site, judges it, and writes the reports."""

import sys
from pathlib import Path

import click

from auditor.cli.exits import Exit
from auditor.cli.headline import headline
from auditor.cli.options import (
    database_option,
    database_path,
    fail_on_option,
    format_option,
    language_option,
    max_pages_option,
    report_errors,
    rules_option,
    with_options,
)
from auditor.cli.running import command_line, progress_bar, stop_on_interrupt
from auditor.errors import GatherError
from auditor.model.config import SiteConfig
from auditor.model.profile import Profile
from auditor.model.report import Report
from auditor.model.vocabulary import Language, OutcomeKind, Severity
from auditor.pipeline.archiving import drop_recording, sign_archive
from auditor.pipeline.audit import Audited, site_key
from auditor.pipeline.audit import audit as run_audit
from auditor.pipeline.decisions import decided
from auditor.pipeline.report import build_report
from auditor.reporting import USUAL, write_report
from auditor.sitefile import read_target
from auditor.store.history import History

_GO_ON = "then run the same command again: no page is asked for anew"


@click.command()
@click.argument("target")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the report  [default: auditor-report/SITE]",
)
@max_pages_option
@language_option()
@fail_on_option("Exit with 1 if there is a finding of this severity or worse.")
@click.option(
    "--profile",
    type=click.Choice([profile.value for profile in Profile]),
    help="Criteria that the report is read against: WCAG 2.1 AA or WCAG 2.2 AA.  [default: en301549-3.2.1]",
)
@rules_option
@format_option("all but those for build servers")
@click.option(
    "--sample",
    type=click.Choice(["wcag-em"]),
    default=None,
    help="Draw the page sample of a review ((EU) 2018/1524, WCAG-EM) and record it in the report.",
)
@click.option(
    "--decisions",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The team's own file of what was decided about issues.",
)
@click.option("--archive", is_flag=True, help="Keep the run as evidence: a WACZ file that can be checked and rejudged.")
@click.option(
    "--only-changed",
    is_flag=True,
    help="Render only pages that changed since the last run; the others are carried on with their date.",
)
@click.option("--fresh", is_flag=True, help="Begin anew, even if a run was cut short and can be gone on with.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no summary.")
@database_option
def audit(
    target: str,
    output: Path | None,
    max_pages: int | None,
    lang: str | None,
    fail_on: str | None,
    profile: str | None,
    folders: tuple[Path, ...],
    formats: tuple[str, ...],
    only_changed: bool,
    fresh: bool,
    archive: bool,
    sample: str | None,
    decisions: Path | None,
    quiet: bool,
    database: Path | None,
) -> None:
    """Audit TARGET and write the reports.

    TARGET is an address, a folder of HTML, or a site file (site.yaml).

    Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 could not audit. A run that was cut short goes on where
    it was when the same command is given again.
    """
    config = with_options(read_target(target), max_pages, folders)
    changes: dict[str, object] = {}
    if profile:
        changes["profile"] = Profile(profile)
    if sample:
        changes["sample"] = sample
    if archive:
        changes["archive"] = config.archive.model_copy(update={"write": True})
    if only_changed:
        changes["reuse"] = config.reuse.model_copy(update={"enabled": True})
    if decisions:
        changes["decisions"] = decisions
    config = config.model_copy(update=changes)
    language = Language(lang) if lang else config.languages[0]
    folder = output or config.output or Path("auditor-report") / site_key(config)
    history = History(database_path(database, config))
    try:
        with progress_bar(quiet) as progress:
            audited = run_audit(
                config, history, fresh=fresh, report_due=True, progress=progress, begun=stop_on_interrupt
            )
        with history.errors(), report_errors(folder, _GO_ON):
            for complaint in decided(history, audited.site, config.decisions).complaints:
                click.echo(f"auditor: {complaint}", err=True)
            report = _report(config, history, audited, language, folder)
            written = write_report(report, folder, formats or USUAL)
            history.report_written(audited.run_id)
            drop_recording(history.run(audited.run_id))
    finally:
        history.close()
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
        sys.exit(Exit.COULD_NOT_AUDIT)
    sys.exit(_exit_code(report, fail_on or config.fail_on))


def _sign(archive: Path, service: str, *, quiet: bool) -> None:
    """A service that does not answer spoils nothing: the archive is there and can be signed later."""
    try:
        signed = sign_archive(archive, service)
    except GatherError as error:
        click.echo(f"auditor: {error}; the archive is kept without", err=True)
        return
    if not quiet:
        click.echo(f"{signed}")


def _report(config: SiteConfig, history: History, audited: Audited, language: Language, folder: Path) -> Report:
    run = next(run for run in history.runs(audited.site) if run.id == audited.run_id)
    return build_report(
        config=config,
        history=history,
        run=run,
        catalogue=audited.catalogue,
        language=language,
        command=command_line(),
        folder=folder,
    )


def _exit_code(report: Report, fail_on: str | None) -> Exit:
    if report.run_state == "interrupted":
        return Exit.COULD_NOT_AUDIT
    if fail_on is None:
        return Exit.NOTHING_FOUND
    floor = Severity(fail_on).rank
    found = any(
        finding.kind is OutcomeKind.FAILED and not finding.set_aside and finding.severity.rank >= floor
        for finding in report.findings
    )
    return Exit.FOUND if found else Exit.NOTHING_FOUND
