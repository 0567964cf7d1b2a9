"""What several commands share."""

import os
from pathlib import Path

import click

from auditor.model.config import SiteConfig
from auditor.pipeline.audit import site_key
from auditor.sitefile import read_target

DATA = Path("auditor-data")

database_option = click.option(
    "--database",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="AUDITOR_DATABASE",
    help="SQLite file of the history  [default: auditor-data/history.db]",
)


def database_path(option: Path | None, config: SiteConfig | None = None) -> Path:
    """The history's file: what the option says, else the site file, else the default."""
    return option or (config.database if config else None) or DATA / "history.db"


def site_of_target(target: str) -> str:
    """The history's key of a site that is named by key, address, folder or site file."""
    if "://" in target or Path(target).exists() or os.sep in target:
        return site_key(read_target(target))
    return target
