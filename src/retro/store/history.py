"""The history of snapshots: what each board was when it was read, kept for good.

A board that did not change between two reads takes one more row and no more room.
"""

import hashlib
import json
import zlib
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, insert, or_, select

from retro.model import Board, Snapshot
from retro.model.codec import decode, encode
from retro.store import tables
from retro.store.database import Database


class History:
    """The part of the ledger that keeps snapshots."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def store_snapshot(self, snapshot: Snapshot) -> None:
        """Add a board's snapshot to the history."""
        data = encode(snapshot)
        del data["read_at"]
        body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
        digest = hashlib.sha256(body).hexdigest()
        row = {
            "board": snapshot.board.key,
            "alias": snapshot.board.alias,
            "url": snapshot.board.url or "",
            "read_at": snapshot.read_at,
            "digest": digest,
        }
        with self._database.writing() as connection:
            if not connection.execute(select(tables.contents.c.digest).where(tables.contents.c.digest == digest)).all():
                connection.execute(insert(tables.contents).values(digest=digest, body=zlib.compress(body)))
            connection.execute(insert(tables.snapshots).values(row))

    def last_snapshot(self, at: str) -> Snapshot | None:
        """The last snapshot stored of a board: by its key, its name in the configuration, or its URL."""
        found = self._newest(_named(at)) if at else None
        return decode(Snapshot, found) if found is not None else None

    def last_board(self, at: str) -> Board | None:
        """The board of the last snapshot stored of it, without its tasks; named as for `last_snapshot`."""
        found = self._newest(_named(at)) if at else None
        return decode(Board, found["board"]) if found is not None else None

    def previous_snapshot(self, board: str, before: datetime) -> Snapshot | None:
        """The newest snapshot of a board read before an instant."""
        table = tables.snapshots
        found = self._newest(table.c.board == board, table.c.read_at < before)
        return decode(Snapshot, found) if found is not None else None

    def _newest(self, *where: ColumnElement[bool]) -> dict[str, Any] | None:
        """The last snapshot stored of those, as `encode` made it."""
        table, contents = tables.snapshots, tables.contents
        query = (
            select(table.c.read_at, contents.c.body)
            .join(contents)
            .where(*where)
            # The last one stored, whatever its date: a run that looked ahead (`--now`) is no newer for that.
            .order_by(table.c.id.desc())
            .limit(1)
        )
        with self._database.reading() as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return {**json.loads(zlib.decompress(row.body)), "read_at": row.read_at.isoformat()}


def _named(at: str) -> ColumnElement[bool]:
    table = tables.snapshots
    return or_(table.c.board == at, table.c.alias == at, table.c.url == at)
