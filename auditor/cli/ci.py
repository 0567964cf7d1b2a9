"""``auditor ci``: stops a build for what is new and bad enough, and for nothing else."""

import os
import sys
from collections.abc import Collection
from pathlib import Path

import click

from auditor.baselinefile import read_baseline, write_baseline
from auditor.cli.exits import Exit
from auditor.cli.options import (
    fail_on_option,
    format_option,
    language_option,
    max_pages_option,
    report_errors,
    rules_option,
    with_options,
)
from auditor.cli.running import command_line, progress_bar, stop_on_interrupt
from auditor.model.baseline import Baseline
from auditor.model.build import Checked
from auditor.model.config import SiteConfig
from auditor.model.vocabulary import Language, Severity
from auditor.pipeline.ci import LEAST_TESTED, check_build
from auditor.reporting.build import build_lines
from auditor.reporting.github import annotations, step_summary
from auditor.reporting.gitlab import write_gitlab_code_quality
from auditor.reporting.junit import write_junit
from auditor.reporting.places import Sources
from auditor.reporting.sarif import write_sarif
from auditor.reporting.write import write_report
from auditor.sitefile import read_target

SUMMARY = "summary.md"
_FORMATS = ("html", "json", "junit", "sarif", "gitlab-accessibility", "gitlab-code-quality")


@click.command()
@click.argument("target")
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File with the known problems, which do not stop the build.",
)
@click.option("--update-baseline", is_flag=True, help="Write what is found to the baseline, and stop nothing.")
@fail_on_option("Severity from which a new problem stops the build.  [default: the site file's, else serious]")
@click.option("--full", is_flag=True, help="Test all that auditor audit tests, also what takes long.")
@click.option(
    "--min-tested",
    type=click.IntRange(0, 100),
    default=round(100 * LEAST_TESTED),
    show_default=True,
    help="Percent of the pages that must have been looked at; below that the exit code is 2.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("auditor-ci"),
    show_default=True,
    help="Folder of the report and the files for build servers.",
)
@max_pages_option
@rules_option
@format_option(", ".join(_FORMATS))
@language_option()
@click.option("--quiet", "-q", is_flag=True, help="No progress bar.")
def ci(
    target: str,
    baseline: Path | None,
    update_baseline: bool,
    fail_on: str | None,
    full: bool,
    min_tested: int,
    output: Path,
    max_pages: int | None,
    folders: tuple[Path, ...],
    formats: tuple[str, ...],
    lang: str | None,
    quiet: bool,
) -> None:
    """Check TARGET (a folder of HTML, an address or a site file) in a build.

    Tells what is new since the baseline was written. No history is kept, and what takes long is left out and said to
    be (--full tests it too). In GitHub Actions it annotates the build and writes the step's summary.

    Exit codes: 0 nothing new at or above --fail-on, 1 something is, 2 too little could be tested to say.
    """
    if update_baseline and baseline is None:
        raise click.UsageError("--update-baseline needs --baseline FILE, the file to write.")
    config = with_options(read_target(target), max_pages, folders)
    floor = Severity(fail_on or config.fail_on or Severity.SERIOUS)
    known = _known(baseline, update=update_baseline)
    with report_errors(output), progress_bar(quiet) as progress:
        checked = check_build(
            config,
            known,
            output,
            full=full,
            least=min_tested / 100,
            language=Language(lang) if lang else config.languages[0],
            command=command_line(),
            progress=progress,
            begun=stop_on_interrupt,
        )
        _write(checked, config, output, formats or _FORMATS, floor)
    for line in build_lines(checked, floor):
        click.echo(line)
    if update_baseline and baseline and not checked.too_little:
        write_baseline(checked.baseline, baseline)
        click.echo(f"{baseline}: {len(checked.baseline.known)}")
    if os.environ.get("GITHUB_ACTIONS") == "true":
        _tell_github(checked, config, floor)
    sys.exit(_exit_code(checked, floor, update=update_baseline))


def _known(path: Path | None, *, update: bool) -> Baseline:
    """The baseline; one that is about to be written need not be there yet."""
    if path is None or (update and not path.exists()):
        return Baseline()
    return read_baseline(path)


def _write(checked: Checked, config: SiteConfig, folder: Path, formats: Collection[str], floor: Severity) -> None:
    """Writes the report, with places in the checkout's files where the pages are served from there."""
    report, where = checked.report, Sources(config.serve, Path.cwd())
    placed = {"junit", "sarif", "gitlab-code-quality"}
    write_report(report, folder, [name for name in formats if name not in placed])
    folder.mkdir(parents=True, exist_ok=True)
    if "junit" in formats:
        write_junit(report, folder, {finding.key for finding in checked.known})
    if "sarif" in formats:
        write_sarif(report, folder, where)
    if "gitlab-code-quality" in formats:
        write_gitlab_code_quality(report, folder, where)
    (folder / SUMMARY).write_text(step_summary(checked, floor), encoding="utf-8", errors="replace")


def _tell_github(checked: Checked, config: SiteConfig, floor: Severity) -> None:
    for line in annotations(checked, floor, Sources(config.serve, Path.cwd())):
        click.echo(line)
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8", errors="replace") as file:
            file.write(step_summary(checked, floor))


def _exit_code(checked: Checked, floor: Severity, *, update: bool) -> Exit:
    if checked.too_little:
        return Exit.COULD_NOT_AUDIT
    return Exit.FOUND if checked.blocking(floor) and not update else Exit.NOTHING_FOUND
