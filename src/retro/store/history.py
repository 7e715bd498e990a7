"""The history of snapshots: what each board was when it was read, kept for good.

A board that did not change between two reads takes one more row and no more room.
"""

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select

from retro.model import Board, Snapshot
from retro.model.codec import decode, encode
from retro.model.quick_codec import loads
from retro.store import tables
from retro.store.database import Database
from retro.store.past import keep_read, looks_back, tells_nothing_new

T = TypeVar("T")

_OPENING = '{"board":'
_FRONTS = (8 * 1024, 64 * 1024, 0)
"""Bytes at the beginning of a body among which its board is looked for, one after the other; 0: all of them."""
_PIECE = 64 * 1024
"""Bytes of a body that are unpacked at once."""
_ASKED_AT_ONCE = 500
"""Snapshots that one query may name: SQLite takes a thousand values at least."""
_BODIES = select(tables.snapshots.c.id, tables.snapshots.c.read_at, tables.contents.c.body).join(tables.contents)
_SIZES = select(func.sum(func.length(tables.contents.c.body))).join_from(tables.snapshots, tables.contents)


@dataclass(frozen=True, slots=True)
class _Packed:
    """A snapshot, and what the file holds of it."""

    snapshot: Snapshot
    digest: str
    body: bytes


class History:
    """The part of the ledger that keeps snapshots."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._packed: dict[int, _Packed] = {}
        """Those prepared, by the identity of their snapshot, which each of them keeps alive."""

    def prepare(self, snapshot: Snapshot) -> None:
        """Do already what the storing of this very snapshot takes before the disk; from any thread."""
        self._packed[id(snapshot)] = _packed(snapshot)

    def store_snapshot(self, snapshot: Snapshot) -> None:
        """Add a board's snapshot to the history."""
        self.store_snapshots([snapshot])

    def store_snapshots(self, snapshots: Iterable[Snapshot], *, told_now: bool = False) -> None:
        """Add the snapshots of some boards, all or none: hundreds of boards wait for the disk once."""
        kept, added = tables.contents, tables.snapshots
        with self._database.writing() as connection:
            for snapshot in snapshots:
                packed = self._packed.pop(id(snapshot), None) or _packed(snapshot)
                digest = packed.digest
                if not connection.execute(select(kept.c.digest).where(kept.c.digest == digest)).all():
                    connection.execute(insert(kept).values(digest=digest, body=packed.body))
                row = {
                    "board": snapshot.board.key,
                    "alias": snapshot.board.alias,
                    "url": snapshot.board.url or "",
                    "read_at": snapshot.read_at,
                    "digest": digest,
                }
                back = told_now and looks_back(connection, snapshot)
                known = back or tells_nothing_new(connection, snapshot, digest)
                connection.execute(insert(added).values(row))
                if not known:
                    keep_read(self._database, connection, snapshot)
        self._packed.clear()  # what was changed after it had been prepared

    def last_snapshot(self, at: str) -> Snapshot | None:
        """The last snapshot stored of a board: by its key, its name in the configuration, or its URL."""
        return self.last_snapshots([at]).get(at)

    def last_snapshots(self, ats: Iterable[str]) -> dict[str, Snapshot]:
        """The last snapshots stored of several boards, each by what it was asked for as."""
        return self._last(_whole_in, ats)

    def last_board(self, at: str) -> Board | None:
        """The board of the last snapshot stored of it, without its tasks; named as for `last_snapshot`."""
        return self.last_boards([at]).get(at)

    def last_boards(self, ats: Iterable[str]) -> dict[str, Board]:
        """The boards of the last snapshots stored of several, without their tasks, each by what it was asked for as."""
        return self._last(_board_in, ats)

    def stored_bytes(self, ats: Iterable[str]) -> int:
        """What the last snapshots stored of several boards take in the file."""
        found = 0
        with self._database.reading() as connection:
            some = sorted(_last_named(connection, {at for at in ats if at}))
            for start in range(0, len(some), _ASKED_AT_ONCE):
                asked = _SIZES.where(tables.snapshots.c.id.in_(some[start : start + _ASKED_AT_ONCE]))
                found += connection.execute(asked).scalar_one() or 0
        return found

    def snapshots_at(self, board: str, read_at: datetime) -> list[Snapshot]:
        """The snapshots of a board read at that very instant, the last one stored first."""
        table = tables.snapshots
        return self._found(_whole_in, table.c.board == board, table.c.read_at == read_at)

    def previous_snapshot(self, board: str, before: datetime) -> Snapshot | None:
        """The newest snapshot of a board read before an instant."""
        table = tables.snapshots
        return self._newest(_whole_in, table.c.board == board, table.c.read_at < before)

    def _last(self, made: Callable[[bytes, datetime], T], ats: Iterable[str]) -> dict[str, T]:
        """What is made of the last snapshots stored of boards, and of when each was read, by what they are asked as."""
        wanted = {at for at in ats if at}
        found: dict[str, T] = {}
        with self._database.reading() as connection:
            named = _last_named(connection, wanted)
            some = sorted(named)
            for start in range(0, len(some), _ASKED_AT_ONCE):
                asked = _BODIES.where(tables.snapshots.c.id.in_(some[start : start + _ASKED_AT_ONCE]))
                for row in connection.execute(asked):
                    found |= dict.fromkeys(named[row.id], made(row.body, row.read_at))
        return found

    def _newest(self, made: Callable[[bytes, datetime], T], *where: ColumnElement[bool]) -> T | None:
        """What is made of the last snapshot stored of those, and of when it was read."""
        return next(iter(self._found(made, *where, most=1)), None)

    def _found(
        self, made: Callable[[bytes, datetime], T], *where: ColumnElement[bool], most: int | None = None
    ) -> list[T]:
        """What is made of the snapshots of those, the last one stored first, and of when each was read."""
        # The last one stored, whatever its date: a run that looked ahead (`--now`) is no newer for that.
        query = _BODIES.where(*where).order_by(tables.snapshots.c.id.desc()).limit(most)
        with self._database.reading() as connection:
            return [made(row.body, row.read_at) for row in connection.execute(query)]


def _packed(snapshot: Snapshot) -> _Packed:
    data = encode(snapshot, short=True)
    del data["read_at"]
    body = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return _Packed(snapshot, hashlib.sha256(body).hexdigest(), zlib.compress(body))


def _whole_in(body: bytes, read_at: datetime) -> Snapshot:
    unpacking = zlib.decompressobj()
    unpacking.decompress(body, 1)  # the brace, behind which the instant goes
    said = [b'{"read_at":"%b",' % read_at.isoformat().encode()]
    # Of a whole body at once the system would give the memory, and take it back, board by board.
    while rest := unpacking.unconsumed_tail:
        said.append(unpacking.decompress(rest, _PIECE))
    said.append(unpacking.flush())
    if not unpacking.eof:
        raise zlib.error("incomplete")
    return loads(Snapshot, b"".join(said))


def _board_in(body: bytes, _read_at: datetime) -> Board:
    """The board, with which every body begins: the tasks behind it are not even unpacked where it is all in front."""
    for size in _FRONTS:
        front = zlib.decompressobj().decompress(body, size).decode("utf-8", "ignore")
        with suppress(ValueError):
            data, _end = json.JSONDecoder().raw_decode(front, front.index(_OPENING, 0, len(_OPENING)) + len(_OPENING))
            return decode(Board, data)
    return decode(Board, json.loads(zlib.decompress(body))["board"])


def _last_named(connection: Connection, ats: AbstractSet[str]) -> dict[int, list[str]]:
    """The ids of the last snapshots stored of boards, each with what its board is asked for as."""
    found: dict[int, list[str]] = {}
    if not ats:
        return found
    table, missing = tables.snapshots, set(ats)
    newest = select(table.c.id, table.c.board, table.c.alias, table.c.url).order_by(table.c.id.desc())
    # Boards are mostly all stored by one run, so that each is among the last rows; the others are looked for by name.
    for row in connection.execute(newest.limit(2 * len(missing))):
        if here := missing & {row.board, row.alias, row.url}:
            found[row.id] = sorted(here)
            missing -= here
    for at in sorted(missing):
        named = or_(table.c.board == at, table.c.alias == at, table.c.url == at)
        for row in connection.execute(newest.where(named).limit(1)):
            found.setdefault(row.id, []).append(at)
    return found
