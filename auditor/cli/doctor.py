"""``auditor doctor``: what would be used, and what is missing."""

import os
import sys
from pathlib import Path

import click

from auditor import __version__
from auditor.catalogue.dictionary import swedish_dictionary
from auditor.catalogue.load import load_catalogue
from auditor.cli.exits import Exit
from auditor.cli.options import database_option, database_path
from auditor.errors import AuditorError
from auditor.gather.check_up import check_up
from auditor.model.config import AxeConfig, BrowserConfig
from auditor.pipeline.embedding import told
from auditor.sitefile import read_target
from auditor.store.history import History

_WITHOUT = {
    "root": "without sandbox, since you are root; run it as another user",
    "set": "without sandbox, since browser.sandbox is off",
    "refused": "without sandbox, since this system lets ordinary programs make none; see its user namespaces",
}


@click.command()
@click.argument("target", required=False)
@database_option
def doctor(target: str | None, database: Path | None) -> None:
    """Say which browser, axe and database would be used (for TARGET, if given), and how to mend what is missing."""
    config = read_target(target) if target else None
    click.echo(f"auditor   {__version__}, Python {sys.version.split()[0]}")
    well = all(
        [
            _browser(config.browser if config else BrowserConfig(), config.axe if config else AxeConfig()),
            _rules(),
            _dictionary(),
            _database(database_path(database, config)),
        ]
    )
    click.echo(f"embedding {told()}")
    sys.exit(Exit.NOTHING_FOUND if well else Exit.COULD_NOT_AUDIT)


def _browser(browser: BrowserConfig, axe: AxeConfig) -> bool:
    try:
        found = check_up(browser, axe)
    except AuditorError as error:
        click.echo(f"missing   {error}")
        return False
    sandbox = "in its sandbox" if found.browser.sandboxed else _WITHOUT[found.browser.why_not]
    click.echo(f"browser   {found.browser.path} ({found.browser.origin}), version {found.browser_version}, {sandbox}")
    click.echo(f"axe       axe-core {found.axe_version}")
    return True


def _rules() -> bool:
    try:
        catalogue = load_catalogue()
    except AuditorError as error:
        click.echo(f"missing   {error}")
        return False
    click.echo(f"rules     {len(catalogue.rules)} cards, and axe's own")
    return True


def _dictionary() -> bool:
    found = swedish_dictionary()
    if found is None:
        click.echo("note      no Swedish dictionary: compounds are split into the site's own words alone; ", nl=False)
        click.echo("pip install hunspell-sv, or apt-get install hunspell-sv")
    else:
        click.echo(f"words     {found.name}, {len(found.words)} Swedish words")
    return True


def _database(path: Path) -> bool:
    there = path.is_file()
    try:
        if there:
            History(path).close()
        elif not _writable(path):
            click.echo(f"missing   database {path}: its folder cannot be written; name another with --database")
            return False
    except AuditorError as error:
        click.echo(f"missing   {error}")
        return False
    click.echo(f"database  {path}" + ("" if there else " (made at the first run)"))
    return True


def _writable(path: Path) -> bool:
    folder = next(parent for parent in path.resolve().parents if parent.exists())
    return os.access(folder, os.W_OK)
