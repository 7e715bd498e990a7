"""What was said in the notes of each meeting, and where each project stood on each day."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add tables; they fill from the next report and the next run on."""
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
    )
    op.create_table(
        "standings",
        sa.Column("day", sa.String(), primary_key=True),
        sa.Column("project", sa.String(), primary_key=True),
        sa.Column("body", sa.String(), nullable=False),
    )
