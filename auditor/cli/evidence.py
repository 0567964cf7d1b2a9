"""``auditor evidence``: archives of runs as evidence."""

import sys
from pathlib import Path

import click

from auditor.archive import check_archive
from auditor.cli.exits import Exit

_WORDS = {
    "changed": "is not what it was",
    "missing": "is missing",
    "added": "does not belong there",
    "container": "bytes of the file itself are not what they were",
}


@click.group()
def evidence() -> None:
    """Check archives of runs."""


@evidence.command()
@click.argument("archive", type=click.Path(path_type=Path, dir_okay=False, exists=True))
def verify(archive: Path) -> None:
    """Check that no byte of ARCHIVE (a .wacz file) was changed, taken away or added since it was written.

    Prints the checksum of the archive's list of contents: compare it with the one that the report cites, since whoever
    writes a whole new archive can make it agree with itself. Exit codes: 0 whole, 1 damaged, 2 no archive.
    """
    digest, damages = check_archive(archive)
    for damage in damages:
        click.echo(f"{damage.path or archive.name}: {_WORDS[damage.what]}")
    click.echo(f"sha256:{digest}")
    click.echo("The archive is damaged." if damages else "The archive is whole.")
    sys.exit(Exit.FOUND if damages else Exit.NOTHING_FOUND)
