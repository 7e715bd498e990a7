"""How each project stood on earlier days: a row a day and project, by the last run of that day."""

import json
from collections.abc import Collection
from datetime import date

from sqlalchemy import delete, select

from retro.model import ProjectStanding
from retro.model.codec import decode, dumps
from retro.ports import REMEMBERED
from retro.store import tables
from retro.store.database import Database


class Standings:
    """The part of the ledger that keeps them."""

    _database: Database

    def standings(self, since: date) -> list[ProjectStanding]:
        """Those of a day and after it, oldest day first, then by project."""
        table = tables.standings
        query = select(table.c.body).where(table.c.day >= since.isoformat()).order_by(table.c.day, table.c.project)
        with self._database.reading() as connection:
            return [decode(ProjectStanding, json.loads(row.body)) for row in connection.execute(query)]

    def keep_standings(self, found: Collection[ProjectStanding]) -> None:
        """Keep some of one day, in the place of any of that day and project; what is too old or after it goes."""
        if not found:
            return
        table = tables.standings
        rows = [{"day": each.day.isoformat(), "project": each.project, "body": dumps(each)} for each in found]
        last = max(each.day for each in found)
        with self._database.writing() as connection:
            tables.put(connection, table, ("day", "project"), rows)
            connection.execute(delete(table).where(table.c.day < (last - REMEMBERED).isoformat()))
            connection.execute(delete(table).where(table.c.day > last.isoformat()))
