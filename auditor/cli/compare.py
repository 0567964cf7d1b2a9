"""``auditor compare``: what changed between two runs."""

from pathlib import Path

import click

from auditor.cli.options import database_option, database_path, language_option
from auditor.errors import StoreError
from auditor.model.finding import IssueState
from auditor.model.score import whole
from auditor.model.vocabulary import Area, Language, OutcomeKind, Viewport
from auditor.pipeline.compare import Comparison, compare_runs
from auditor.store.history import History

_ORDER = (
    IssueState.NEW,
    IssueState.REOPENED,
    IssueState.FIXED,
    IssueState.NOT_RETESTED,
    IssueState.GONE,
    IssueState.OPEN,
)


@click.command()
@click.argument("earlier")
@click.argument("later")
@language_option(default=Language.SWEDISH)
@database_option
def compare(earlier: str, later: str, lang: str, database: Path | None) -> None:
    """Compare two runs, named by their ids (see ``auditor history``): new, fixed, not retested, and scores."""
    path = database_path(database)
    if not path.is_file():
        raise StoreError(f"database {path}: there is none yet; audit a site first, or name another with --database")
    store = History(path)
    try:
        with store.errors():
            _print(compare_runs(store, earlier, later, Language(lang)))
    finally:
        store.close()


def _print(comparison: Comparison) -> None:
    for warning in comparison.warnings:
        click.echo(f"Note: {warning}")
    for state in _ORDER:
        entries = [entry for entry in comparison.entries if entry.state is state and entry.kind is OutcomeKind.FAILED]
        click.echo(f"{state.capitalize()}: {len(entries)}")
        if state is not IssueState.OPEN:
            for entry in entries:
                pages = f"{entry.pages} page{'s' if entry.pages != 1 else ''}"
                click.echo(f"  {entry.rule}  {entry.title}  ({pages})")
    click.echo("")
    for area in Area:
        cells = []
        for viewport in (Viewport.PHONE, Viewport.DESKTOP):
            before, after = (scores.get((area, viewport)) for scores in (comparison.before, comparison.after))
            cells.append(f"{viewport} {_number(before)} → {_number(after)}")
        click.echo(f"{area:15}{cells[0]:24}{cells[1]}")
    if (trend := comparison.search) is not None:
        click.echo(
            f"\nSite search, {trend.queries} queries typed in both runs: MRR {trend.before:.2f} → {trend.after:.2f}"
            f" (p = {trend.p:.3f}, paired randomisation)"
        )


def _number(value: float | None) -> str:
    return "–" if value is None else str(whole(value))
