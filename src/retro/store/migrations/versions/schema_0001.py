"""The first schema. Written out rather than taken from `tables`, which moves on."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "runs",
        sa.Column("id", sa.String(), primary_key=True),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("started", sa.Integer(), nullable=False),
        sa.Column("finished", sa.Integer()),
        sa.Column("writes", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
    )
    op.create_table(
        "acknowledged",
        sa.Column("board", sa.String(), primary_key=True),
        sa.Column("task", sa.String(), primary_key=True),
        sa.Column("field", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("asked", sa.String(), nullable=False),
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("at", sa.Integer()),
    )
    op.create_table(
        "intents",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("run", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("settled", sa.Integer()),
        sa.Column("returned", sa.String(), nullable=False),
        sa.Column("board", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("intents_by_run", "intents", ["run"])
    op.create_index("intents_by_task", "intents", ["task"])
    op.create_index("intents_by_state", "intents", ["state"])
    op.create_table(
        "boards",
        sa.Column("key", sa.String(), primary_key=True),
        sa.Column("applied", sa.Integer()),
        sa.Column("accepted_read_at", sa.Integer()),
        sa.Column("accepted_fingerprint", sa.String()),
    )
    op.create_table(
        "columns",
        sa.Column("board", sa.String(), primary_key=True),
        sa.Column("field", sa.String(), primary_key=True),
        sa.Column("column", sa.String(), nullable=False),
    )
    op.create_table(
        "conflicts",
        sa.Column("task", sa.String(), primary_key=True),
        sa.Column("field", sa.String(), primary_key=True),
        sa.Column("current", sa.String(), primary_key=True),
    )
    op.create_table(
        "contents",
        sa.Column("digest", sa.String(), primary_key=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "snapshots",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("board", sa.String(), nullable=False),
        sa.Column("alias", sa.String(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("read_at", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), sa.ForeignKey("contents.digest"), nullable=False),
    )
    op.create_index("snapshots_by_board", "snapshots", ["board", "read_at"])
