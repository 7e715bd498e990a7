"""What `retro undo` needs: the values that it took back, and which run made a column."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add a table and a column."""
    op.create_table(
        "declined",
        sa.Column("board", sa.String(), primary_key=True),
        sa.Column("task", sa.String(), primary_key=True),
        sa.Column("field", sa.String(), primary_key=True),
        sa.Column("value", sa.String(), primary_key=True),
    )
    op.add_column("columns", sa.Column("run", sa.String(), nullable=False, server_default=""))
