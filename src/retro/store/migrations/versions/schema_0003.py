"""What holds an own value outside of fields, boards that cannot have fields, and a column less that nobody read."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add two columns; take one away by copying its table, since older SQLite cannot drop a column."""
    op.add_column("acknowledged", sa.Column("mark", sa.String(), nullable=False, server_default=""))
    op.add_column("boards", sa.Column("without_columns", sa.Integer()))
    with op.batch_alter_table("runs", recreate="always") as runs:
        runs.drop_column("fingerprint")
