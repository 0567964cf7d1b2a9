"""The command line: one module per command. Reports go to --output or stdout, progress to stderr."""

import sys

import click

from auditor import __version__
from auditor.cli.audit import audit
from auditor.cli.ci import ci
from auditor.cli.compare import compare
from auditor.cli.decide import decide
from auditor.cli.doctor import doctor
from auditor.cli.evidence import evidence
from auditor.cli.exits import Exit
from auditor.cli.history import history
from auditor.cli.nightly import nightly
from auditor.cli.overview import overview
from auditor.cli.recheck import recheck
from auditor.cli.rules import rules
from auditor.cli.serve import serve
from auditor.cli.tasks import tasks
from auditor.cli.verify import verify
from auditor.errors import AuditorError


class _Group(click.Group):
    """Tells a user's mistake in one line. Anything else is a defect of ours and keeps its traceback."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except AuditorError as error:
            click.echo(f"auditor: {error}", err=True)
            sys.exit(Exit.COULD_NOT_AUDIT)
        except KeyboardInterrupt:
            click.echo("auditor: stopped; the same command goes on where it was", err=True)
            sys.exit(Exit.COULD_NOT_AUDIT)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="auditor")
def main() -> None:
    """Audit a municipality's website as its associations meet it: on a phone and on a desktop."""


_COMMANDS = (
    audit,
    ci,
    nightly,
    overview,
    serve,
    history,
    compare,
    decide,
    verify,
    recheck,
    evidence,
    rules,
    tasks,
    doctor,
)

for command in _COMMANDS:
    main.add_command(command)
