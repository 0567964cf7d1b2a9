"""``auditor overview``: static pages over all sites and runs."""

from datetime import UTC, datetime
from pathlib import Path

import click

from auditor.cli.options import database_option, database_path, language_option
from auditor.errors import StoreError
from auditor.model.vocabulary import Language
from auditor.pipeline.overview import overview as read_overview
from auditor.reporting.overview import write_overview
from auditor.store.history import History


@click.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Folder of the overview. Reports that lie in it as SITE/RUN/index.html are linked to.",
)
@language_option(default=Language.SWEDISH)
@database_option
def overview(output: Path, lang: str, database: Path | None) -> None:
    """Write an overview of all sites and runs: what is new, back and gone, with every report that is there.

    Static pages with relative links only: the folder can lie on a web server or a network share, or be opened from a
    disk. A nightly run writes it by itself.
    """
    path = database_path(database)
    if not path.is_file():
        raise StoreError(f"database {path}: there is none yet; audit a site first, or name another with --database")
    history = History(path)
    try:
        with history.errors():
            sites = read_overview(history, output, Language(lang))
    finally:
        history.close()
    try:
        click.echo(write_overview(sites, output, Language(lang), datetime.now(UTC).astimezone()))
    except OSError as error:
        raise StoreError(f"overview: cannot write in {output}: {error.strerror or type(error).__name__}") from error
