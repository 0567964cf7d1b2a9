"""``auditor decide``: records what people decided about an issue, and lists what stands."""

import getpass
from datetime import UTC, datetime
from pathlib import Path

import click

from auditor.cli.options import database_option, database_path, site_of_target
from auditor.errors import StoreError
from auditor.model.decision import Decision, DecisionKind
from auditor.pipeline.decisions import decide as record
from auditor.pipeline.decisions import decided
from auditor.store.history import History


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


@click.command()
@click.argument("site")
@click.argument("issue", required=False)
@click.argument("decision", required=False, type=click.Choice([kind.value for kind in DecisionKind]))
@click.option("--why", default="", help="The reason; needed for all that sets an issue aside.")
@click.option("--who", envvar="AUDITOR_WHO", help="Who decided.  [default: your user name]")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which it holds, as 2026-12-31.")
@click.option("--to", "assignee", default="", help="Who mends it; for what is assigned.")
@click.option(
    "--decisions",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The team's own file of decisions, to be listed too.",
)
@database_option
def decide(
    site: str,
    issue: str | None,
    decision: str | None,
    why: str,
    who: str | None,
    until: datetime | None,
    assignee: str,
    file: Path | None,
    database: Path | None,
) -> None:
    """Record what was decided about ISSUE of SITE; without ISSUE, list the decisions that stand.

    SITE is a host name, address, folder or site file. ISSUE is the id that the report gives, or its beginning. DECISION
    is accepted, false-positive, wont-fix, assigned (with --to), or withdrawn. A decision takes nothing away: the report
    shows it with the finding, and tells scores with and without what is set aside.
    """
    if issue and not decision:
        raise click.UsageError(f"say what was decided about {issue}: {', '.join(kind.value for kind in DecisionKind)}")
    path = database_path(database)
    if not path.is_file():
        raise StoreError(f"database {path}: there is none yet; audit a site first, or name another with --database")
    store = History(path)
    try:
        with store.errors():
            key = site_of_target(site)
            if issue is None or decision is None:
                _list(store, key, file)
                return
            made = record(
                store,
                key,
                issue,
                DecisionKind(decision),
                who=who if who is not None else _user(),
                why=why,
                until=until.date() if until else None,
                assignee=assignee,
            )
            click.echo(f"{made.issue}  {_told(made)}")
    finally:
        store.close()


def _list(store: History, site: str, file: Path | None) -> None:
    if site not in store.sites():
        known = ", ".join(store.sites()) or "none"
        raise StoreError(f"{site}: no runs in {store.path}; there are: {known}")
    found = decided(store, site, file)
    for complaint in found.complaints:
        click.echo(f"auditor: {complaint}", err=True)
    today = datetime.now(UTC).astimezone().date()
    issues = {issue.id: issue for issue in store.issues(site)}
    for decision in found.standing.values():
        mark = "expired  " if decision.expired(today) else ""
        click.echo(f"{decision.issue}  {mark}{_told(decision)}")
        if decision.issue in issues:
            issue = issues[decision.issue]
            click.echo(f"{'':14}{issue.rule}, {issue.state}")
    if not found.standing:
        click.echo(f"{site}: nothing is decided")


def _told(decision: Decision) -> str:
    parts = [
        decision.kind.value + (f" to {decision.assignee}" if decision.assignee else ""),
        f"by {decision.who}, {decision.when[:10]}",
        f"until {decision.until}" if decision.until else "",
        decision.why,
        decision.source,
    ]
    return "; ".join(part for part in parts if part)
