"""What tells an edit by hand from retro's own write in the same minute: who had last edited a task by then."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add a column; of what was written before, it is not known."""
    op.add_column("acknowledged", sa.Column("editor", sa.String(), nullable=False, server_default=""))
