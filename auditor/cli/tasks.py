"""``auditor tasks``: what associations want to do, and which pages of a site answer it."""

from pathlib import Path

import click

from auditor.cli.options import database_option, database_path, site_of_target
from auditor.errors import StoreError
from auditor.pipeline.suggest import suggest_tasks
from auditor.store.history import History


@click.group()
def tasks() -> None:
    """Propose tasks for a site file."""


@tasks.command()
@click.argument("site")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="File to write  [default: stdout]")
@database_option
def suggest(site: str, output: Path | None, database: Path | None) -> None:
    """Write the built-in tasks with the pages of SITE that seem to answer them, as YAML to look over and edit.

    SITE is a host name, an address, a folder or a site file; its newest run is used, nothing is gathered.
    """
    path = database_path(database)
    if not path.is_file():
        raise StoreError(f"database {path}: there is none yet; audit a site first, or name another with --database")
    history = History(path)
    try:
        with history.errors():
            text = suggest_tasks(history, site_of_target(site))
    finally:
        history.close()
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{output}: {error.strerror}; name another file with --output") from error
    click.echo(f"{output}: look each task over, then put it into the site file", err=True)
