"""``auditor nightly``: what a timer runs."""

import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import FrameType

import click

from auditor.cli.exits import Exit
from auditor.cli.running import command_line, progress_bar
from auditor.errors import NotifyError, StoreError
from auditor.gather.session import GatherSession
from auditor.model.night import Night, SiteNight
from auditor.model.nightly import NightlyConfig
from auditor.model.vocabulary import Severity
from auditor.nightlyfile import read_nightly
from auditor.notify.mail import send_mail
from auditor.notify.message import Message, Outbox
from auditor.notify.webhook import post_webhook
from auditor.pipeline.nightly import Work, audit_night, worst_new
from auditor.pipeline.overview import overview, report_folder
from auditor.reporting.digest import letter, letter_data, screen
from auditor.reporting.overview import write_overview
from auditor.store.history import History
from auditor.store.lock import locked


class _Stop:
    """Ends the night after the pages in hand when the system or a person asks for it; at once the second time."""

    def __init__(self) -> None:
        self.asked = False
        self._session: GatherSession | None = None
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked)

    def begun(self, session: GatherSession) -> None:
        """Notes the walk that is to be ended."""
        self._session = session

    def _asked(self, number: int, frame: FrameType | None) -> None:
        if self._session is None:
            raise KeyboardInterrupt
        if self.asked:
            self._session.stop_at_once()
            return
        self.asked = True
        click.echo("\nStopping after the pages in hand; the same command goes on where it was.", err=True)
        self._session.stop()


@click.command()
@click.argument("settings", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--again", is_flag=True, help="Audit also sites that were audited earlier the same day.")
@click.option("--test-message", is_flag=True, help="Only send a test message by mail and webhook.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar, and no summary of a night in which all went well.")
def nightly(settings: Path, again: bool, test_message: bool, quiet: bool) -> None:
    """Audit all sites that SETTINGS (a YAML file) names, one after another, and tell what changed.

    Writes a report per run, thins old runs, and sends a digest by mail or webhook when something changed. Only one
    runs at a time. A night that was cut short goes on where it was, and sites that are done for the day are left alone.

    Exit codes: 0 all went well, 1 something at or above fail_on is new or back, 2 a site could not be audited, another
    run is at work, or a message could not be sent (it is kept for the next run).
    """
    config = read_nightly(settings)
    if test_message:
        sys.exit(Exit.COULD_NOT_AUDIT if _deliver(config, _trial(config)) else Exit.NOTHING_FOUND)
    with locked(config.database.with_suffix(".nightly-lock"), "nightly"):
        stop = _Stop()
        with progress_bar(quiet) as progress:
            work = Work(
                config=config,
                now=lambda: datetime.now(config.zone),
                command=command_line(),
                again=again,
                progress=progress,
                begun=stop.begun,
            )
            night = audit_night(work, lambda: stop.asked, _say)
        troubles = [*_overview(config), *_deliver(config, _message(night, config) if night.changed else None)]
    failed = any(site.error for site in night.sites) or bool(troubles)
    if failed or not quiet:
        for line in screen(night, config.language):
            click.echo(line)
    sys.exit(_exit_code(night, config, failed=failed))


def _say(site: SiteNight) -> None:
    for complaint in site.complaints:
        click.echo(f"auditor: {complaint}", err=True)
    if site.error:
        click.echo(f"{site.trace}auditor: {site.error}", err=True)


def _overview(config: NightlyConfig) -> list[str]:
    """Writes the overview; tells and gives what keeps it from that."""
    try:
        history = History(config.database)
        try:
            with history.errors():
                sites = overview(history, config.reports, config.language)
        finally:
            history.close()
        write_overview(sites, config.reports, config.language, datetime.now(config.zone))
    except (StoreError, OSError) as error:
        told = str(error) if isinstance(error, StoreError) else f"{config.reports}: {error.strerror}"
        click.echo(f"auditor: overview: {told}", err=True)
        return [told]
    return []


def _message(night: Night, config: NightlyConfig) -> Message:
    folders = {
        site.run_id: report_folder(Path(), site.site, site.run_id).as_posix() + "/index.html"
        for site in night.sites
        if site.run_id
    }
    subject, text = letter(night, config, folders)
    data = letter_data(night, config, folders)
    return Message(id=night.id, moment=night.started_at, subject=subject, text=text, data=data)


def _trial(config: NightlyConfig) -> Message:
    now = datetime.now(config.zone)
    return Message(
        id=f"{now:%Y%m%d-%H%M%S}-test",
        moment=now.isoformat(timespec="seconds"),
        subject="auditor: prov / test",
        text="Breven kommer fram. / Messages arrive.\n",
    )


def _deliver(config: NightlyConfig, message: Message | None) -> list[str]:
    """Sends *message* and what waits since earlier; tells and gives what went wrong. Nothing is lost by it."""
    troubles: list[str] = []
    place = config.database.parent / "outbox"
    if mail := config.mail:
        troubles += _sent(Outbox(place / "mail"), message, lambda one: send_mail(one, mail))
    if hook := config.webhook:
        troubles += _sent(Outbox(place / "webhook"), message, lambda one: post_webhook(one, hook))
    for trouble in troubles:
        click.echo(f"auditor: {trouble}", err=True)
    return troubles


def _sent(outbox: Outbox, message: Message | None, send: Callable[[Message], str]) -> list[str]:
    if message:
        try:
            outbox.put(message)
        except OSError as error:
            return [f"outbox: cannot be written ({error.strerror}); {_straight(message, send)}"]
    return outbox.send(send)


def _straight(message: Message, send: Callable[[Message], str]) -> str:
    """Sends a message that cannot be kept."""
    try:
        return send(message) or "the message was sent all the same"
    except NotifyError as error:
        return f"and the message is lost: {error}"


def _exit_code(night: Night, config: NightlyConfig, *, failed: bool) -> Exit:
    if failed:
        return Exit.COULD_NOT_AUDIT
    floor = Severity(config.fail_on).rank if config.fail_on else len(Severity)
    return Exit.FOUND if worst_new(night.sites) >= floor else Exit.NOTHING_FOUND
