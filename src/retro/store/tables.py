"""The tables of the ledger, as the newest schema has them (`migrations/` leads older ones here), and rows put there.

Values of fields are JSON texts by `retro.model.codec`; instants are whole microseconds since 1970 in UTC, so that
they sort.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
)
from sqlalchemy.dialects.sqlite import insert as upsert

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

SCHEMA = 8
"""The newest schema's number, kept in SQLite's `user_version`; migration `0001` makes schema 1."""


class Instant(TypeDecorator[datetime]):
    """An aware instant; read back in UTC."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002 - SQLAlchemy's
        """Microseconds since 1970."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy's
        """The instant in UTC."""
        return None if value is None else _EPOCH + value * _MICROSECOND


metadata = MetaData()

runs = Table(
    "runs",
    metadata,
    Column("id", String, primary_key=True),
    Column("command", String, nullable=False),
    Column("started", Instant, nullable=False),
    Column("finished", Instant),
    Column("writes", Integer, nullable=False),
    Column("who", String, nullable=False, server_default=""),
)

acknowledged = Table(
    "acknowledged",
    metadata,
    Column("board", String, primary_key=True),
    Column("task", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("value", String, nullable=False),
    Column("asked", String, nullable=False),
    Column("run", String, nullable=False),
    Column("at", Instant),
    Column("mark", String, nullable=False, server_default=""),  # what holds the value, where that is no field
    Column("editor", String, nullable=False, server_default=""),  # the last one, once it was written
)

intents = Table(
    "intents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run", String, nullable=False),
    Column("state", String, nullable=False),
    Column("created", Instant, nullable=False),
    Column("settled", Instant),
    Column("returned", String, nullable=False),
    Column("board", String, nullable=False),
    Column("task", String, nullable=False),
    Column("change", String, nullable=False),
    Index("intents_by_run", "run"),
    Index("intents_by_task", "task"),
    Index("intents_by_state", "state"),
    sqlite_autoincrement=True,
)

boards = Table(
    "boards",
    metadata,
    Column("key", String, primary_key=True),
    Column("applied", Instant),
    Column("accepted_read_at", Instant),
    Column("accepted_fingerprint", String),
    Column("without_columns", Instant),  # since when it is known that the board cannot have fields of retro's own
    Column("cleaned", Instant),  # since when retro has left it
)

columns = Table(
    "columns",
    metadata,
    Column("board", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("column", String, nullable=False),
    Column("run", String, nullable=False, server_default=""),  # that made it; "" where that is not known
)

# Values that an undo took back: not proposed again.
declined = Table(
    "declined",
    metadata,
    Column("board", String, primary_key=True),
    Column("task", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("value", String, primary_key=True),
)

conflicts = Table(
    "conflicts",
    metadata,
    Column("task", String, primary_key=True),
    Column("field", String, primary_key=True),
    Column("current", String, primary_key=True),
)

# The advised finishes that were last written or shown: levelling stays near them.
advised = Table(
    "advised",
    metadata,
    Column("board", String, primary_key=True),
    Column("task", String, primary_key=True),
    Column("finish", Instant, nullable=False),
)

# The dates of plans, under a name, to compare later ones with.
plan_baselines = Table(
    "plan_baselines",
    metadata,
    Column("name", String, primary_key=True),
    Column("set_at", Instant, nullable=False),
    Column("tasks", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),  # zlib over JSON
)

# What was read, apart from when: a board on which nothing changed overnight is stored once.
contents = Table(
    "contents",
    metadata,
    Column("digest", String, primary_key=True),
    Column("body", LargeBinary, nullable=False),  # zlib over JSON
)

snapshots = Table(
    "snapshots",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("board", String, nullable=False),
    Column("alias", String, nullable=False),
    Column("url", String, nullable=False),
    Column("read_at", Instant, nullable=False),
    Column("digest", String, ForeignKey("contents.digest"), nullable=False),
    Index("snapshots_by_board", "board", "read_at"),
)

# What the reads of a board tell together (`retro.store.reads`): changed where a read tells something new.
reads = Table(
    "reads",
    metadata,
    Column("board", String, primary_key=True),
    Column("first", Instant, nullable=False),
    Column("changed", Instant),
    Column("touched", Instant),
    Column("mark", String, nullable=False),
    Column("tasks", String, nullable=False),  # JSON
    Column("dues", String, nullable=False),  # JSON
)

# Due dates that were another at the next read.
due_moves = Table(
    "due_moves",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("board", String, nullable=False),
    Column("task", String, nullable=False),
    Column("at", Instant, nullable=False),
    Column("old", String, nullable=False),
    Column("new", String, nullable=False),
)

# Every day on which an anchor was found, in the order in which it was.
anchors = Table(
    "anchors",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project", String, nullable=False),
    Column("anchor", String, nullable=False),
    Column("day", String, nullable=False),
    Column("at", Instant, nullable=False),
)

# What was printed for a meeting: the next one says again only what got worse since.
reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String, nullable=False),  # what kind of report, and of which part of the workspace
    Column("at", Instant, nullable=False),
    Column("body", String, nullable=False),  # JSON
)

# Where each project stood on a day, by the last run of that day.
standings = Table(
    "standings",
    metadata,
    Column("day", String, primary_key=True),  # YYYY-MM-DD in the workspace's zone
    Column("project", String, primary_key=True),
    Column("body", String, nullable=False),  # JSON
)


def put(connection: Connection, table: Table, key: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows, or change those of the same key. All have the same columns."""
    if not rows:
        return
    statement = upsert(table)
    changed = {column: statement.excluded[column] for column in rows[0] if column not in key}
    connection.execute(statement.on_conflict_do_update(index_elements=key, set_=changed), rows)
