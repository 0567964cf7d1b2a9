"""Issues that last, decisions, figures, rejudged runs, what pages are made of; runs in the order in which they began.

Columns are added in place. Building the table of runs anew would take all that belongs to them with it, since SQLite
deletes what refers to the rows of a table that is dropped.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("runs", sa.Column("ordinal", sa.Integer(), server_default="0", nullable=False))
    op.add_column("runs", sa.Column("rules", sa.String(), server_default="{}", nullable=False))
    op.execute(
        "UPDATE runs SET ordinal = (SELECT count(*) FROM runs AS earlier WHERE earlier.started_at < runs.started_at "
        "OR (earlier.started_at = runs.started_at AND earlier.id <= runs.id))"
    )
    for name in ("issue", "last_seen", "traits"):
        op.add_column("findings", sa.Column(name, sa.String(), server_default="", nullable=False))
    op.execute("UPDATE findings SET issue = key")
    op.execute(
        "UPDATE findings SET last_seen = coalesce((SELECT max(run.started_at) FROM findings AS seen "
        "JOIN runs AS run ON run.id = seen.run_id JOIN runs AS own ON own.id = findings.run_id "
        "WHERE seen.key = findings.key AND seen.state != 'not retested' AND run.site_id = own.site_id "
        "AND run.ordinal <= own.ordinal), first_seen)"
    )
    op.create_index("ix_findings_run_issue", "findings", ["run_id", "issue"], unique=True)
    op.create_table(
        "decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("issue", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("decided_at", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("until", sa.String(), nullable=False),
        sa.Column("assignee", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_decisions_site_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
    )
    op.create_index("ix_decisions_site_issue", "decisions", ["site_id", "issue"], unique=False)
    op.create_table(
        "measures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_measures_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
        sa.UniqueConstraint("run_id", "name", name=op.f("uq_measures_run_id_name")),
    )
    op.create_table(
        "rejudged",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("catalogue", sa.String(), nullable=False),
        sa.Column("results", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_rejudged_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejudged")),
        sa.UniqueConstraint("run_id", name=op.f("uq_rejudged_run_id")),
    )
    op.create_table(
        "loads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("loads", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_loads_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loads")),
        sa.UniqueConstraint("run_id", "url", name=op.f("uq_loads_run_id_url")),
    )


def downgrade() -> None:
    op.drop_table("loads")
    op.drop_table("rejudged")
    op.drop_table("measures")
    op.drop_table("decisions")
    op.drop_index("ix_findings_run_issue", "findings")
    for name in ("traits", "last_seen", "issue"):
        op.drop_column("findings", name)
    for name in ("rules", "ordinal"):
        op.drop_column("runs", name)
