"""What the state knows of boards beside their tasks: what a run decided on, and retro's own fields there."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert, select

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

    def accept(self, *accepted: Accepted) -> None:
        """Remember that a run decided on these states of boards without holding them, all or none."""
        rows = [
            {"key": each.board, "accepted_read_at": each.read_at, "accepted_fingerprint": each.fingerprint}
            for each in accepted
        ]
        with self._database.writing() as connection:
            tables.put(connection, tables.boards, ("key",), rows)

    def advised(self, board: str) -> dict[str, datetime]:
        """The advised finish of each task of a board that was last written or shown; in UTC."""
        table = tables.advised
        with self._database.reading() as connection:
            return {row.task: row.finish for row in connection.execute(select(table).where(table.c.board == board))}

    def all_advised(self) -> dict[str, dict[str, datetime]]:
        """Those of every board that has any, by board."""
        found: dict[str, dict[str, datetime]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(select(tables.advised)):
                found.setdefault(row.board, {})[row.task] = row.finish
        return found

    def remember_advised(self, board: str, finishes: Mapping[str, datetime]) -> None:
        """Replace what `advised` gives for a board."""
        table = tables.advised
        if self.advised(board) == finishes:
            return
        rows = [{"board": board, "task": task, "finish": finish} for task, finish in finishes.items()]
        with self._database.writing() as connection:
            connection.execute(delete(table).where(table.c.board == board))
            if rows:
                connection.execute(insert(table), rows)

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
                tables.put(connection, tables.boards, ("key",), [{"key": board, "applied": now, "cleaned": None}])

    def cleaned_boards(self) -> set[str]:
        """Boards that a clean has left and on which nobody has let retro write since."""
        query = select(tables.boards.c.key).where(tables.boards.c.cleaned.is_not(None))
        with self._database.reading() as connection:
            return set(connection.execute(query).scalars())

    def forget_board(self, board: str, now: datetime) -> None:
        """Forget what retro wrote on a board, and remember that it has left it."""
        with self._database.writing() as connection:
            for table in (tables.acknowledged, tables.declined, tables.advised):
                connection.execute(delete(table).where(table.c.board == board))
            connection.execute(delete(tables.boards).where(tables.boards.c.key == board))
            connection.execute(insert(tables.boards).values(key=board, cleaned=now))

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
