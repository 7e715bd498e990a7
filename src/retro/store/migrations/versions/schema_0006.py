"""What rules of history ask for: since when tasks stand where they do, due dates that moved, and anchors that did."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add tables; they fill from the next read on."""
    op.create_table(
        "reads",
        sa.Column("board", sa.String(), primary_key=True),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer()),
        sa.Column("touched", sa.Integer()),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("tasks", sa.String(), nullable=False),
        sa.Column("dues", sa.String(), nullable=False),
    )
    op.create_table(
        "due_moves",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("board", sa.String(), nullable=False),
        sa.Column("task", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("old", sa.String(), nullable=False),
        sa.Column("new", sa.String(), nullable=False),
    )
    op.create_table(
        "anchors",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("project", sa.String(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
    )
