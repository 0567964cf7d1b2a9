"""``auditor audit``: walks a site, judges it, and writes the reports."""

import sys
from pathlib import Path

import click

from auditor.cli.options import (
    database_option,
    database_path,
    fail_on_option,
    format_option,
    language_option,
    max_pages_option,
    rules_option,
    with_options,
)
from auditor.cli.running import progress_bar, stop_on_interrupt
from auditor.derive.scope import site_key
from auditor.model.profile import Profile
from auditor.model.vocabulary import Language
from auditor.pipeline.audit import audit as run_audit
from auditor.sitefile import read_target
from auditor.store.history import History


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
        # Loaded only now: the audit has loaded all that this needs while the browser started.
        from auditor.cli.audited import exit_code, report_on, tell

        report, written = report_on(audited, config, history, language, folder, formats)
    finally:
        history.close()
    tell(audited, config, report, written, quiet=quiet)
    sys.exit(exit_code(audited, report, fail_on or config.fail_on))
