"""The ledger on SQLite: what retro wrote, what it was about to write, and what it read."""

import json
from collections.abc import Collection, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, bindparam, delete, insert, select, update

from retro.model import Change, Day, WriteLevel
from retro.model.codec import decode, dumps, encode, loads
from retro.ports import Acknowledged, Intent, RunRecord
from retro.store import tables
from retro.store.boards import Boards
from retro.store.database import Database
from retro.store.history import History
from retro.store.past import Past
from retro.store.plan_baselines import PlanBaselines
from retro.store.reports import Reports
from retro.store.standings import Standings

Value = Day | str | float | None

_ASKED_AT_ONCE = 500
"""Values that one query may name: SQLite takes a thousand at least."""


class SqlLedger(Boards, PlanBaselines, Past, Standings, Reports, History):
    """`retro.ports.Ledger` in `<folder>/retro.db`. Opened at first use; every method commits before it returns.

    Raises ConfigurationError where the file is damaged, newer than this retro, or cannot be written. Snapshots are
    all kept; a board that did not change takes no room but a row. Instants of runs and intents come back in UTC.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(Database(folder))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        self._database.close()

    # Last acknowledged values

    def acknowledged(self, board: str) -> dict[tuple[str, str], Acknowledged]:
        """Last acknowledged values of a board by (task, field)."""
        with self._database.reading() as connection:
            rows = connection.execute(select(tables.acknowledged).where(tables.acknowledged.c.board == board)).all()
            return {(row.task, row.field): _acknowledged(row) for row in rows}

    def all_acknowledged(self) -> dict[str, dict[tuple[str, str], Acknowledged]]:
        """Those of every board that has any, by board."""
        found: dict[str, dict[tuple[str, str], Acknowledged]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(select(tables.acknowledged)):
                found.setdefault(row.board, {})[row.task, row.field] = _acknowledged(row)
        return found

    def adopt(self, board: str, values: Iterable[Acknowledged]) -> None:
        """Take values up as last acknowledged."""
        with self._database.writing() as connection:
            _acknowledge(connection, board, values)

    def marks(self) -> dict[str, dict[str, str]]:
        """What holds own values outside of fields: task → own field → mark."""
        table = tables.acknowledged
        found: dict[str, dict[str, str]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(select(table.c.task, table.c.field, table.c.mark).where(table.c.mark != "")):
                found.setdefault(row.task, {})[row.field.removeprefix("retro_")] = row.mark
        return found

    # Runs

    def begin(self, run: RunRecord) -> None:
        """Open a run."""
        with self._database.writing() as connection:
            connection.execute(insert(tables.runs).values(_run_row(run)))

    def finish(self, run: RunRecord) -> None:
        """Close a run with what it wrote."""
        with self._database.writing() as connection:
            connection.execute(update(tables.runs).where(tables.runs.c.id == run.id).values(_run_row(run)))

    def runs(self, limit: int = 20) -> list[RunRecord]:
        """Latest runs, newest first."""
        order = (tables.runs.c.started.desc(), tables.runs.c.id.desc())
        with self._database.reading() as connection:
            rows = connection.execute(select(tables.runs).order_by(*order).limit(limit)).mappings().all()
        return [RunRecord(**row) for row in rows]

    # The journal

    def intend(self, run: str, changes: Sequence[Change], now: datetime) -> list[Intent]:
        """Journal changes, all or none."""
        made: list[Intent] = []
        with self._database.writing() as connection:
            for change in changes:
                row = {
                    "run": run,
                    "state": "pending",
                    "created": now,
                    "returned": _text(None),
                    "board": change.board,
                    "task": change.task,
                    "change": dumps(change),
                }
                key = connection.execute(insert(tables.intents).values(row)).inserted_primary_key
                made.append(Intent(id=key[0] if key else 0, run=run, change=change, state="pending", created=now))
        return made

    def pending(self) -> list[Intent]:
        """Intents that no answer settled, oldest first."""
        return self._intents(select(tables.intents).where(tables.intents.c.state == "pending"))

    def settle(
        self, intent: Intent, state: str, returned: Value, now: datetime, *, mark: str = "", editor: str = ""
    ) -> None:
        """Settle an intent; "acknowledged" moves the last acknowledged value in the same transaction."""
        change = intent.change
        with self._database.writing() as connection:
            _settle(connection, intent, state, returned, now)
            if state != "acknowledged":
                return
            if change.level is not WriteLevel.FIX:
                value = Acknowledged(
                    task=change.task,
                    field=change.field,
                    value=returned,
                    run=intent.run,
                    asked=change.new,
                    at=now,
                    mark=mark,
                    editor=editor,
                )
                _acknowledge(connection, change.board, [value])
            connection.execute(delete(tables.declined).where(*_cell(tables.declined, change)))

    def take_back(
        self, intent: Intent, returned: Value, now: datetime, *, last: Acknowledged | None, declined: AbstractSet[Value]
    ) -> None:
        """Settle an undo's intent as acknowledged, with the last written value and the declined ones it leaves."""
        change = intent.change
        with self._database.writing() as connection:
            _settle(connection, intent, "acknowledged", returned, now)
            if last is None:
                connection.execute(delete(tables.acknowledged).where(*_cell(tables.acknowledged, change)))
            else:
                _acknowledge(connection, change.board, [last])
            connection.execute(delete(tables.declined).where(*_cell(tables.declined, change)))
            rows = [
                {"board": change.board, "task": change.task, "field": change.field, "value": _text(value)}
                for value in declined
            ]
            if rows:
                connection.execute(insert(tables.declined), rows)

    def clear_columns(self, board: str, fields: Sequence[str], intents: Iterable[Intent], now: datetime) -> None:
        """Forget own fields that a clean removed, and the values that went with them, in one transaction."""
        gone = list(intents)
        cells = [{"of": each.change.board, "task_is": each.change.task, "field_is": each.change.field} for each in gone]
        table = tables.columns
        with self._database.writing() as connection:
            if gone:
                settled = {"state": "acknowledged", "settled": now, "returned": _text(None)}
                settle = update(tables.intents).where(tables.intents.c.id == bindparam("intent")).values(settled)
                connection.execute(settle, [{"intent": each.id} for each in gone])
                for cell in (tables.acknowledged.c, tables.declined.c):
                    connection.execute(
                        delete(cell.board.table).where(
                            cell.board == bindparam("of"),
                            cell.task == bindparam("task_is"),
                            cell.field == bindparam("field_is"),
                        ),
                        cells,
                    )
            connection.execute(delete(table).where(table.c.board == board, table.c.field.in_(fields)))

    def declined(self, board: str) -> dict[tuple[str, str], frozenset[Value]]:
        """Values that an undo took back from a board, by (task, field)."""
        found: dict[tuple[str, str], frozenset[Value]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(select(tables.declined).where(tables.declined.c.board == board)):
                cell = (row.task, row.field)
                found[cell] = found.get(cell, frozenset()) | {_value(row.value)}
        return found

    def intents(
        self, *, run: str | None = None, task: str | None = None, tasks: Collection[str] | None = None
    ) -> list[Intent]:
        """The journal of a run, of a task or of some tasks."""
        if tasks is not None:
            wanted = sorted(tasks)
            asked = (wanted[start : start + _ASKED_AT_ONCE] for start in range(0, len(wanted), _ASKED_AT_ONCE))
            found = (self._intents(select(tables.intents).where(tables.intents.c.task.in_(some))) for some in asked)
            of_tasks = (each for some in found for each in some)
            mine = (each for each in of_tasks if run in (None, each.run) and task in (None, each.change.task))
            return sorted(mine, key=lambda each: each.id)
        query = select(tables.intents)
        if run is not None:
            query = query.where(tables.intents.c.run == run)
        if task is not None:
            query = query.where(tables.intents.c.task == task)
        return self._intents(query)

    def _intents(self, query: Select[Any]) -> list[Intent]:
        with self._database.reading() as connection:
            rows = connection.execute(query.order_by(tables.intents.c.id)).all()
            return [
                Intent(
                    id=row.id,
                    run=row.run,
                    change=loads(Change, row.change),
                    state=row.state,
                    created=row.created,
                    settled=row.settled,
                    returned=_value(row.returned),
                )
                for row in rows
            ]

    # Conflicts

    def reported_conflicts(self) -> set[tuple[str, str, str]]:
        """(task, field, current value as text) of conflicts already told in text."""
        with self._database.reading() as connection:
            return {(row.task, row.field, row.current) for row in connection.execute(select(tables.conflicts))}

    def report_conflicts(self, conflicts: Iterable[tuple[str, str, str]]) -> None:
        """Replace the set of told conflicts by those that stand now."""
        rows = [{"task": task, "field": field, "current": current} for task, field, current in set(conflicts)]
        with self._database.writing() as connection:
            connection.execute(delete(tables.conflicts))
            if rows:
                connection.execute(insert(tables.conflicts), rows)


def _cell(table: Table, change: Change) -> tuple[ColumnElement[bool], ...]:
    """The rows of one field of one task."""
    columns = table.c
    return (columns.board == change.board, columns.task == change.task, columns.field == change.field)


def _settle(connection: Connection, intent: Intent, state: str, returned: Value, now: datetime) -> None:
    settled = {"state": state, "settled": now, "returned": _text(returned)}
    connection.execute(update(tables.intents).where(tables.intents.c.id == intent.id).values(settled))


def _acknowledged(row: Row[Any]) -> Acknowledged:
    return Acknowledged(
        task=row.task,
        field=row.field,
        value=_value(row.value),
        run=row.run,
        asked=_value(row.asked),
        at=row.at,
        mark=row.mark,
        editor=row.editor,
    )


def _acknowledge(connection: Connection, board: str, values: Iterable[Acknowledged]) -> None:
    rows = [
        {
            "board": board,
            "task": value.task,
            "field": value.field,
            "value": _text(value.value),
            "asked": _text(value.asked),
            "run": value.run,
            "at": value.at,
            "mark": value.mark,
            "editor": value.editor,
        }
        for value in values
    ]
    tables.put(connection, tables.acknowledged, ("board", "task", "field"), rows)


def _run_row(run: RunRecord) -> dict[str, Any]:
    return {each.name: getattr(run, each.name) for each in fields(run)}


def _text(value: Value) -> str:
    return json.dumps(encode(value, Value), ensure_ascii=False)


def _value(text: str) -> Value:
    value: Value = decode(Value, json.loads(text))  # type: ignore[arg-type]  # a union is no class to the type checker
    return value
