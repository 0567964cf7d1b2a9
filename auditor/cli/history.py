"""``auditor history``: the runs of a site and their scores."""

from pathlib import Path

import click

from auditor.cli.options import database_option, database_path, site_of_target
from auditor.errors import StoreError
from auditor.model.score import whole
from auditor.model.vocabulary import Area, Viewport
from auditor.store.history import History


@click.command()
@click.argument("site", required=False)
@database_option
def history(site: str | None, database: Path | None) -> None:
    """List the runs of SITE (host name, address, folder or site file) with their scores; without SITE all sites.

    A column gives phone/desktop for one area; – means that nothing was tested.
    """
    path = database_path(database)
    if not path.is_file():
        raise StoreError(f"database {path}: there is none yet; audit a site first, or name another with --database")
    store = History(path)
    try:
        with store.errors():
            if site is None:
                for key in store.sites():
                    click.echo(key)
                return
            _list(store, site_of_target(site))
    finally:
        store.close()


def _list(store: History, site: str) -> None:
    runs = store.runs(site)
    if not runs:
        known = ", ".join(store.sites()) or "none"
        raise StoreError(f"{site}: no runs in {store.path}; there are: {known}")
    click.echo(f"{'run':24}{'state':13}{'pages':>6}{'found':>6}  " + "".join(f"{area[:8]:>11}" for area in Area))
    for run in runs:
        scores = {(score.area, score.viewport): score.every.value for score in store.run(run.id).scores()}
        cells = [
            "/".join(_number(scores.get((area, viewport))) for viewport in (Viewport.PHONE, Viewport.DESKTOP))
            for area in Area
        ]
        click.echo(
            f"{run.id:24}{run.state:13}{run.pages:>6}{run.findings:>6}  " + "".join(f"{cell:>11}" for cell in cells)
        )


def _number(value: float | None) -> str:
    return "–" if value is None else str(whole(value))
