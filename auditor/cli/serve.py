"""``auditor serve``: the overview in a browser on this machine, with decisions."""

import getpass
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click

from auditor.cli.options import database_option, database_path, language_option
from auditor.errors import StoreError
from auditor.model.vocabulary import Language
from auditor.store.history import History
from auditor.web.guard import is_loopback
from auditor.web.server import Desk, fresh_token, make_server


@click.command()
@click.option(
    "--reports",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("reports"),
    show_default=True,
    help="Folder of the reports, as auditor nightly and auditor overview lay them out.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="Port; 0 for any free.")
@click.option("--name", "names", multiple=True, help="Further host name that is answered; may be repeated.")
@click.option("--who", envvar="AUDITOR_WHO", help="Who decides, as the forms suggest.  [default: your user name]")
@language_option(default=Language.SWEDISH)
@database_option
def serve(
    reports: Path, host: str, port: int, names: tuple[str, ...], who: str | None, lang: str, database: Path | None
) -> None:
    """Show the overview in a browser on this machine, and record decisions about issues there.

    Listens on loopback, so that nobody else can decide. On any other address (--host) it only shows: put a web server
    that knows its users in front, or publish the folder of reports instead.
    """
    path = database_path(database)
    if not path.is_file():
        raise StoreError(f"database {path}: there is none yet; audit a site first, or name another with --database")
    history = History(path)
    try:
        desk = Desk(
            history=history,
            reports=reports,
            language=Language(lang),
            who=who if who is not None else _user(),
            now=lambda: datetime.now(UTC).astimezone(),
            token=fresh_token() if is_loopback(host) else "",
        )
        server = make_server(desk, host, port, names)
        shown = f"[{host}]" if ":" in host else host
        click.echo(f"http://{shown}:{server.server_address[1]}/  (Ctrl-C ends it)")
        if not desk.token:
            click.echo("auditor: not on loopback: decisions are shown, not recorded", err=True)
        with suppress(KeyboardInterrupt):
            server.serve_forever()
        server.server_close()
    finally:
        history.close()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
