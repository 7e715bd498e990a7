"""What plans said before: the advised finishes that levelling stays near, and baselines of dates by name."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add tables."""
    op.create_table(
        "advised",
        sa.Column("board", sa.String(), primary_key=True),
        sa.Column("task", sa.String(), primary_key=True),
        sa.Column("finish", sa.Integer(), nullable=False),
    )
    op.create_table(
        "plan_baselines",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("set_at", sa.Integer(), nullable=False),
        sa.Column("tasks", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
