"""What `retro clean` and the log need: boards that retro has left, and who ran a command."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add two columns."""
    op.add_column("boards", sa.Column("cleaned", sa.Integer()))
    op.add_column("runs", sa.Column("who", sa.String(), nullable=False, server_default=""))
