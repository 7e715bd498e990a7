"""Lead an older ledger to the newest schema, with a copy of it made first.

Alembic is slow to load: this module is imported only where there is something to migrate.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from retro.store.folder import write_private

MIGRATIONS = Path(__file__).parent / "migrations"


def back_up(path: Path, schema: int) -> Path:
    """A copy of a ledger beside it, named by its schema's number and readable by its owner only."""
    copy = path.with_name(f"{path.stem}-schema{schema}{path.suffix}")
    write_private(copy, "")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def upgrade(connection: Connection, migrations: Path = MIGRATIONS, *, to: str = "head") -> None:
    """Run the migrations that a ledger has not seen, up to `to`, inside the connection's transaction."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, to)
