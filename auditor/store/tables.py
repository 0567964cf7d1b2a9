"""The tables. Whatever a page under test said is stored as bound values, never as part of a statement."""

from sqlalchemy import ForeignKey, Index, LargeBinary, MetaData, UniqueConstraint, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(DeclarativeBase):
    """What all tables have in common: predictable names of keys and indexes."""

    metadata = MetaData(naming_convention=_NAMES)


class SiteRow(Table):
    """A site that was audited at least once."""

    __tablename__ = "sites"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    """Host name of the start page."""
    name: Mapped[str]


class RunRow(Table):
    """One audit of one site at one time."""

    __tablename__ = "runs"

    id: Mapped[str] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"), index=True)
    started_at: Mapped[str]
    """Times are ISO 8601 in UTC, so that text order is time order."""
    finished_at: Mapped[str | None]
    state: Mapped[str]
    """running, interrupted, partial, complete or failed."""
    settings: Mapped[str]
    """The site file's contents as JSON, without credentials."""
    digest: Mapped[str]
    """Of the settings, the rules and the engines: a run goes on only where all are the same."""
    versions: Mapped[str]
    remarks: Mapped[str] = mapped_column(default="[]")
    seed: Mapped[int]
    ordinal: Mapped[int] = mapped_column(server_default="0")
    """Runs in the order in which they began, whatever the clock said."""
    rules: Mapped[str] = mapped_column(server_default="{}")
    """JSON: rule → what the rule was in this run (RuleMark); empty in runs of the first schema."""


class FrontierRow(Table):
    """An address that a run knows of."""

    __tablename__ = "frontier"
    __table_args__ = (UniqueConstraint("run_id", "url"), Index("ix_frontier_state", "run_id", "state", "depth"))

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    url: Mapped[str]
    depth: Mapped[int]
    priority: Mapped[str]
    """Order within a depth; the same for the same address in every run with one seed."""
    state: Mapped[str]
    """waiting, done or skipped."""
    reason: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default="page")
    """page, handoff or search."""
    query: Mapped[str | None]
    hits_expected: Mapped[bool | None]


class PageRow(Table):
    """A page that was gathered."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("run_id", "url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    url: Mapped[str]
    status: Mapped[int]
    gathered_at: Mapped[str]
    artifact: Mapped[str]
    """File of the page's artifacts, relative to the run's folder."""
    summary: Mapped[bytes] = mapped_column(LargeBinary)
    """PageSummary as JSON, packed."""
    untested: Mapped[str] = mapped_column(default="{}")
    screenshots: Mapped[str] = mapped_column(default="{}")


class LoadsRow(Table):
    """What a page was made of."""

    __tablename__ = "loads"
    __table_args__ = (UniqueConstraint("run_id", "url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    url: Mapped[str]
    loads: Mapped[bytes] = mapped_column(LargeBinary)
    """Loads as JSON, packed."""


class ResultRow(Table):
    """What all rules said of one page in one viewport, as JSON: rule → outcome."""

    __tablename__ = "results"
    __table_args__ = (UniqueConstraint("run_id", "scope", "url", "viewport"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    scope: Mapped[str]
    """page or site: from rules about one page, or about the whole site."""
    url: Mapped[str]
    viewport: Mapped[str]
    """Empty if the viewport does not matter."""
    kinds: Mapped[str]


class OutcomeRow(Table):
    """One target that failed, could not be judged or was not tested."""

    __tablename__ = "outcomes"
    __table_args__ = (
        Index("ix_outcomes_run_rule", "run_id", "rule"),
        Index("ix_outcomes_run_url", "run_id", "url"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    scope: Mapped[str]
    url: Mapped[str]
    rule: Mapped[str]
    kind: Mapped[str]
    outcome: Mapped[str]
    """Outcome as JSON."""


class LinkStatusRow(Table):
    """What an address answered that was asked for without being rendered."""

    __tablename__ = "link_statuses"
    __table_args__ = (UniqueConstraint("run_id", "url"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    url: Mapped[str]
    status: Mapped[str]
    """LinkStatus as JSON."""


class FindingRow(Table):
    """A finding of one run."""

    __tablename__ = "findings"
    __table_args__ = (
        UniqueConstraint("run_id", "key"),
        Index("ix_findings_run_issue", "run_id", "issue", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(index=True)
    rule: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    """What became of it in this run; those that were fixed or are gone are told once."""
    first_seen: Mapped[str]
    places: Mapped[str]
    """JSON: pairs of page and viewport."""
    cause: Mapped[str]
    count: Mapped[int]
    issue: Mapped[str] = mapped_column(server_default=text("''"))
    """What the finding is called in all runs: the key that it had when it was first seen."""
    last_seen: Mapped[str] = mapped_column(server_default=text("''"))
    """When the last run that saw it began."""
    traits: Mapped[str] = mapped_column(server_default=text("''"))
    """Traits as JSON: what a later run recognises it by; empty in runs of the first schema."""


class DecisionRow(Table):
    """What somebody decided about an issue. Rows are only added: the newest one of an issue holds."""

    __tablename__ = "decisions"
    __table_args__ = (Index("ix_decisions_site_issue", "site_id", "issue"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[int] = mapped_column(ForeignKey("sites.id", ondelete="CASCADE"))
    issue: Mapped[str]
    kind: Mapped[str]
    who: Mapped[str]
    decided_at: Mapped[str]
    why: Mapped[str]
    until: Mapped[str]
    """Last day, ISO 8601; empty if it has no end."""
    assignee: Mapped[str]


class MeasureRow(Table):
    """One figure that a run came to, for the series over all runs."""

    __tablename__ = "measures"
    __table_args__ = (UniqueConstraint("run_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    name: Mapped[str]
    value: Mapped[float]


class RejudgedRow(Table):
    """What the rules of another catalogue say of a run."""

    __tablename__ = "rejudged"
    __table_args__ = (UniqueConstraint("run_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    catalogue: Mapped[str]
    """Fingerprint of the rules that judged."""
    results: Mapped[bytes] = mapped_column(LargeBinary)
    """JSON, packed: page → viewport → rule → outcome."""


class ScoreRow(Table):
    """The scores of one area in one viewport."""

    __tablename__ = "scores"
    __table_args__ = (UniqueConstraint("run_id", "area", "viewport"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("runs.id", ondelete="CASCADE"))
    area: Mapped[str]
    viewport: Mapped[str]
    formula: Mapped[str]
    score: Mapped[str]
    """AreaScore as JSON."""
