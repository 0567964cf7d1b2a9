"""The command line: one module per command. Reports go to --output or stdout, progress to stderr."""

import sys
from importlib import import_module

import click

from auditor import __version__
from auditor.cli.exits import Exit
from auditor.errors import AuditorError
from auditor.loading import loading

_COMMANDS = {
    "audit": "Audit a site and write the reports.",
    "ci": "Check a site in a build: is anything new since a baseline?",
    "compare": "Compare two runs: new, fixed, not retested, and scores.",
    "decide": "Record what was decided about an issue, or list decisions.",
    "doctor": "Say what would be used, and how to mend what is missing.",
    "evidence": "Check archives of runs.",
    "history": "List runs with their scores.",
    "nightly": "Audit several sites one after another, and tell what changed.",
    "overview": "Write an overview of all sites and runs.",
    "recheck": "Judge a run again, from its archive.",
    "rules": "List, show, make and check rule cards.",
    "serve": "Show the overview on this machine, and record decisions there.",
    "tasks": "Propose tasks for a site file.",
    "verify": "Give a verdict on each claim of a register.",
}
"""Each command with what the list of commands says of it; it stands under its name in the module of that name, which is
loaded when the command is asked for."""


class _Group(click.Group):
    """Tells a user's mistake in one line. Anything else is a defect of ours and keeps its traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        with loading():
            command: click.Command = getattr(import_module(f"auditor.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

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
