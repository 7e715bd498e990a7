"""What was told at meetings, and until when a state knows what happened."""

import json
from datetime import datetime

from sqlalchemy import delete, func, insert, select

from retro.model import Told
from retro.model.codec import decode, dumps
from retro.store import tables
from retro.store.database import Database


class Reports:
    """The part of the ledger that keeps them."""

    _database: Database

    def last_told(self, kind: str, before: datetime) -> Told | None:
        """What was told last in reports of a kind before an instant."""
        table = tables.reports
        query = select(table.c.body).where(table.c.kind == kind, table.c.at < before).order_by(table.c.at.desc())
        with self._database.reading() as connection:
            body = connection.execute(query.limit(1)).scalar()
            return None if body is None else decode(Told, json.loads(body))

    def keep_told(self, kind: str, told: Told, since: datetime) -> None:
        """Keep what was told, in the place of any of its kind since an instant."""
        table = tables.reports
        row = {"kind": kind, "at": told.at, "body": dumps(told)}
        with self._database.writing() as connection:
            connection.execute(delete(table).where(table.c.kind == kind, table.c.at >= since))
            connection.execute(insert(table), [row])

    def latest_read(self) -> datetime | None:
        """The latest hour at which any board was read; None: none was."""
        with self._database.reading() as connection:
            at: datetime | None = connection.execute(select(func.max(tables.snapshots.c.read_at))).scalar()
            return at
