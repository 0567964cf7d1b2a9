"""What people decided about a site's issues: recorded by a command or in the report's server, or read from a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from auditor.decisionfile import read_decisions
from auditor.errors import ConfigError
from auditor.model.decision import Decision, DecisionKind, standing
from auditor.store.history import History
from auditor.store.issues import IssueRecord
from auditor.store.runs import RunStore

FILED = "decisions.json"
"""What the team decided, in the run's folder: no part of what the browser saw, and it names people."""
_ADAPTER = TypeAdapter(list[Decision])


@dataclass(frozen=True, kw_only=True)
class Decided:
    """The decisions about a site's issues."""

    standing: Mapping[str, Decision]
    """Issue → the decision that stands, expired ones too."""
    unknown: tuple[Decision, ...] = ()
    """Decisions of the file about issues that no run has had."""

    def aside(self, today: date) -> frozenset[str]:
        """Issues that are not to be acted on, as of *today*."""
        return frozenset(issue for issue, decision in self.standing.items() if decision.sets_aside(today))

    @property
    def complaints(self) -> tuple[str, ...]:
        """One line for each decision about an issue that no run has had."""
        return tuple(
            f"{decision.source}: issue {decision.issue}: no run has had it; the decision is left out"
            for decision in self.unknown
        )


def keep_filed(store: RunStore, filed: Sequence[Decision]) -> None:
    """Keeps with the run what the team's own file said, for those who do not know where the file is."""
    (store.folder / FILED).write_bytes(_ADAPTER.dump_json(list(filed)))


def kept_filed(store: RunStore) -> list[Decision]:
    """What the team's own file said at the time of the run; nothing if that was not kept."""
    try:
        return _ADAPTER.validate_json((store.folder / FILED).read_bytes())
    except (OSError, ValidationError):
        return []


def decided(history: History, site: str, file: Path | None = None) -> Decided:
    """All that was decided about the issues of *site*.

    Args:
        history: where decisions are recorded.
        site: the site's key.
        file: the team's own file; if left out, what it said at the time of the last run, if there was one.

    Raises:
        ConfigError: the file cannot be read, or is wrong; with file and line.
    """
    if file:
        filed = read_decisions(file)
    else:
        runs = history.runs(site)
        filed = kept_filed(history.run(runs[-1].id)) if runs else []
    known = {issue.id for issue in history.issues(site)} if filed else set()
    return Decided(
        standing=standing(history.decisions(site), [one for one in filed if one.issue in known]),
        unknown=tuple(one for one in filed if one.issue not in known),
    )


def decide(
    history: History,
    site: str,
    issue: str,
    kind: DecisionKind,
    *,
    who: str,
    why: str = "",
    until: date | None = None,
    assignee: str = "",
    now: datetime | None = None,
) -> Decision:
    """Records a decision about an issue of *site*, and gives it as it was recorded.

    Args:
        history: where it is recorded.
        site: the site's key.
        issue: the issue's id, or a beginning that no other issue shares.
        kind: what was decided.
        who: who decided.
        why: the reason; needed for all that sets an issue aside.
        until: the last day on which it holds.
        assignee: who mends it; for what is assigned.
        now: the moment; the clock's if left out.

    Raises:
        ConfigError: no run has had the issue, several begin like that, or something is missing.
        StoreError: it cannot be recorded.
    """
    known = matching(history.issues(site), issue)
    if len(known) != 1:
        told = "no run has had it" if not known else f"{len(known)} issues begin like that; write more of the id"
        raise ConfigError(f"{site}: issue {issue}: {told}; the report names each issue's id")
    try:
        decision = Decision(
            issue=known[0].id,
            kind=kind,
            who=who,
            when=(now or datetime.now(UTC)).isoformat(timespec="seconds"),
            why=why,
            until=until.isoformat() if until else "",
            assignee=assignee,
        )
    except ValueError as error:
        raise ConfigError(f"{site}: issue {known[0].id}: {error}") from error
    history.decide(site, decision)
    return decision


def matching(issues: Sequence[IssueRecord], beginning: str) -> list[IssueRecord]:
    """Those of *issues* whose id is *beginning*, or else begins so."""
    exact = [issue for issue in issues if issue.id == beginning]
    return exact or [issue for issue in issues if beginning and issue.id.startswith(beginning)]
