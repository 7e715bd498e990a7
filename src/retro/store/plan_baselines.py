"""The dates of plans that were kept under a name, to compare later ones with."""

import json
import zlib

from sqlalchemy import select

from retro.model import NamedBaseline, PlanBaseline
from retro.model.codec import decode, dumps
from retro.store import tables
from retro.store.database import Database


class PlanBaselines:
    """The part of the ledger that keeps them."""

    _database: Database

    def plan_baselines(self) -> list[NamedBaseline]:
        """All that are kept, the last one set first."""
        table = tables.plan_baselines
        query = select(table.c.name, table.c.set_at, table.c.tasks).order_by(table.c.set_at.desc(), table.c.name)
        with self._database.reading() as connection:
            return [NamedBaseline(row.name, row.set_at, row.tasks) for row in connection.execute(query)]

    def plan_baseline(self, name: str) -> PlanBaseline | None:
        """The one of that name."""
        table = tables.plan_baselines
        with self._database.reading() as connection:
            body = connection.execute(select(table.c.body).where(table.c.name == name)).scalar()
            return decode(PlanBaseline, json.loads(zlib.decompress(body))) if body is not None else None

    def keep_plan_baseline(self, baseline: PlanBaseline) -> None:
        """Keep one, in the place of any of its name."""
        row = {
            "name": baseline.name,
            "set_at": baseline.set_at,
            "tasks": len(baseline.tasks),
            "body": zlib.compress(dumps(baseline).encode()),
        }
        with self._database.writing() as connection:
            tables.put(connection, tables.plan_baselines, ("name",), [row])
