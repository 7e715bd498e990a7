"""What the state knows of boards beside their tasks: what a run decided on, and retro's own fields there."""

from datetime import datetime

from sqlalchemy import delete, select

from retro.ports import Accepted
from retro.store import tables
from retro.store.database import Database


class Boards:
    """The part of the ledger that speaks of boards."""

    _database: Database

    def accepted(self, board: str) -> Accepted | None:
        """The state of a board that the last run which was not held decided on."""
        with self._database.reading() as connection:
            row = connection.execute(select(tables.boards).where(tables.boards.c.key == board)).one_or_none()
        if row is None or row.accepted_read_at is None:
            return None
        return Accepted(board=board, read_at=row.accepted_read_at, fingerprint=row.accepted_fingerprint)

    def accept(self, accepted: Accepted) -> None:
        """Remember that a run decided on this state of a board without holding it."""
        row = {
            "key": accepted.board,
            "accepted_read_at": accepted.read_at,
            "accepted_fingerprint": accepted.fingerprint,
        }
        with self._database.writing() as connection:
            tables.put(connection, tables.boards, ("key",), [row])

    def applied_boards(self) -> set[str]:
        """Boards whose first apply has been made by hand."""
        query = select(tables.boards.c.key).where(tables.boards.c.applied.is_not(None))
        with self._database.reading() as connection:
            return set(connection.execute(query).scalars())

    def mark_applied(self, board: str, now: datetime) -> None:
        """Remember a board's first apply; later ones change nothing."""
        with self._database.writing() as connection:
            known = connection.execute(select(tables.boards.c.applied).where(tables.boards.c.key == board)).scalar()
            if known is None:
                tables.put(connection, tables.boards, ("key",), [{"key": board, "applied": now}])

    def without_columns(self) -> set[str]:
        """Boards that refused to be given a field of retro's own."""
        query = select(tables.boards.c.key).where(tables.boards.c.without_columns.is_not(None))
        with self._database.reading() as connection:
            return set(connection.execute(query).scalars())

    def refuse_columns(self, board: str, now: datetime | None) -> None:
        """Remember that a board cannot be given own fields; None: forget it."""
        with self._database.writing() as connection:
            tables.put(connection, tables.boards, ("key",), [{"key": board, "without_columns": now}])

    def columns(self, board: str) -> dict[str, str]:
        """Own fields that retro made on a board, by field; "" while being made."""
        table = tables.columns
        with self._database.reading() as connection:
            return {row.field: row.column for row in connection.execute(select(table).where(table.c.board == board))}

    def pins(self) -> dict[str, dict[str, str]]:
        """Ids of own fields: board key → own field → the tool's id."""
        table = tables.columns
        found: dict[str, dict[str, str]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(select(table).where(table.c.column != "")):
                found.setdefault(row.board, {})[row.field.removeprefix("retro_")] = row.column
        return found

    def columns_of(self, run: str) -> dict[str, dict[str, str]]:
        """Own fields that a run made: board key → field → the tool's id."""
        table = tables.columns
        found: dict[str, dict[str, str]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(select(table).where(table.c.run == run, table.c.column != "")):
                found.setdefault(row.board, {})[row.field] = row.column
        return found

    def remember_column(self, board: str, field: str, column: str, *, run: str | None = None) -> None:
        """Remember the id of an own field that retro makes or made, "" before it is asked for, and the run."""
        row = {"board": board, "field": field, "column": column}
        if run is not None:
            row["run"] = run
        with self._database.writing() as connection:
            tables.put(connection, tables.columns, ("board", "field"), [row])

    def forget_column(self, board: str, field: str) -> None:
        """Forget an own field: it turned out to be someone else's, or it was removed."""
        table = tables.columns
        with self._database.writing() as connection:
            connection.execute(delete(table).where(table.c.board == board, table.c.field == field))
