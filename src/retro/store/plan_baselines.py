"""The dates of plans that were kept under a name, to compare later ones with."""

import json
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import select

from retro.model import BaselineAnchor, NamedBaseline, PlanBaseline
from retro.model.codec import decode, dumps
from retro.store import tables
from retro.store.database import Database

_PIECE = 64 * 1024
"""Bytes that are unpacked at once."""


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
        return self._unpacked(self._body(name))

    def last_agreed(self) -> Callable[[], PlanBaseline | None]:
        """The one that was set last, unpacked when it is asked for: the ledger may be closed by then."""
        last = next(iter(self.plan_baselines()), None)
        body = None if last is None else self._body(last.name)
        return partial(self._unpacked, body)

    def baseline_anchors(self, name: str) -> tuple[BaselineAnchor, ...]:
        """The anchors of the one of that name: the tasks behind them are not even unpacked."""
        body = self._body(name)
        with self._database.meant():
            return () if body is None else decode(tuple[BaselineAnchor, ...], _front(body, "anchors"))

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

    def _body(self, name: str) -> bytes | None:
        table = tables.plan_baselines
        with self._database.reading() as connection:
            body: bytes | None = connection.execute(select(table.c.body).where(table.c.name == name)).scalar()
            return body

    def _unpacked(self, body: bytes | None) -> PlanBaseline | None:
        with self._database.meant():
            return None if body is None else decode(PlanBaseline, json.loads(zlib.decompress(body)))


def _front(body: bytes, name: str) -> Any:
    """One value of a baseline, unpacked no further than needed: no text inside of it holds a name in bare quotes."""
    opening, unpacker, text = f'"{name}":'.encode(), zlib.decompressobj(), b""
    while True:
        piece = unpacker.decompress(body if not text else unpacker.unconsumed_tail, _PIECE)
        text += piece
        if (place := text.find(opening)) >= 0:
            try:
                return json.JSONDecoder().raw_decode(text[place + len(opening) :].decode("utf-8", "ignore"))[0]
            except json.JSONDecodeError:
                if not piece:
                    raise
        if not piece:
            raise KeyError(name)
