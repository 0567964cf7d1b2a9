"""The commands of the command line, which are loaded by name."""

import click

from auditor.cli import main

COMMANDS = main.list_commands(click.Context(main))
"""The names of all."""


def command(name: str) -> click.Command:
    """The command called *name*."""
    found = main.get_command(click.Context(main), name)
    assert found is not None
    return found
