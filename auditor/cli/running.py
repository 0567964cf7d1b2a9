"""What commands that audit a site have in common: the bar, Ctrl-C, and the command line as it was given."""

import shlex
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from auditor.gather.session import GatherSession


def command_line() -> str:
    """The command line as given, without the path of the program."""
    return shlex.join(["auditor", *sys.argv[1:]])


def stop_on_interrupt(session: GatherSession) -> None:
    """The first Ctrl-C ends the walk after the pages in hand; the second one ends at once."""

    def first(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, second)
        click.echo("\nStopping after the pages in hand; press Ctrl-C again to stop at once.", err=True)
        session.stop()

    def second(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        session.stop_at_once()

    signal.signal(signal.SIGINT, first)


@contextmanager
def progress_bar(quiet: bool) -> Iterator["_Reporter"]:
    """A bar on stderr that is told of pages; none if *quiet*."""
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[page]}", markup=False),
        console=Console(stderr=True),
        refresh_per_second=4,
        disable=quiet,
    ) as bar:
        yield _Reporter(bar)


class _Reporter:
    """Moves the bar; a page's address is shown as data, never as markup."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("Pages", total=None, page="")

    def __call__(self, done: int, known: int, url: str) -> None:
        shown = "".join(letter if letter.isprintable() else "?" for letter in url)[-60:]
        self._bar.update(self._task, completed=done, total=known, page=shown)
