"""The outcomes of one page are found without reading those of all others."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_outcomes_run_url", "outcomes", ["run_id", "url"], unique=False)
