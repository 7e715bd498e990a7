"""What the reads so far tell of boards, tasks and anchors, kept beside the snapshots and read without them."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, delete, func, insert, select

from retro.model import AnchorSeen, DueMove, Seen, Snapshot
from retro.ports import REMEMBERED
from retro.store import tables
from retro.store.database import Database
from retro.store.reads import Kept, day_of, dues_of, dues_text, seen_of, seen_text, with_read


class Past:
    """The part of the ledger that speaks of them."""

    _database: Database

    def seen(self) -> dict[str, Seen]:
        """What the reads of each board tell together, by board."""
        table = tables.reads
        query = select(table.c.board, table.c.first, table.c.changed, table.c.touched, table.c.tasks)
        with self._database.reading() as connection:
            return {
                row.board: seen_of(row.tasks, first=row.first, changed=row.changed, touched=row.touched)
                for row in connection.execute(query)
            }

    def due_moves(self) -> dict[str, tuple[DueMove, ...]]:
        """Due dates that were another at the next read, by task, oldest first; those of the last two years."""
        table = tables.due_moves
        found: dict[str, list[DueMove]] = {}
        with self._database.reading() as connection:
            for row in connection.execute(select(table).order_by(table.c.id)):
                found.setdefault(row.task, []).append(DueMove(row.at, None, day_of(row.old), day_of(row.new)))
        return {task: tuple(moves) for task, moves in found.items()}

    def anchors_seen(self) -> list[AnchorSeen]:
        """Every day on which an anchor was found, in the order in which it was."""
        table = tables.anchors
        with self._database.reading() as connection:
            return [
                AnchorSeen(project=row.project, anchor=row.anchor, day=date.fromisoformat(row.day), at=row.at)
                for row in connection.execute(select(table).order_by(table.c.id))
            ]

    def see_anchors(self, found: Iterable[AnchorSeen]) -> None:
        """Remember anchors that are on another day than they were when last found, or that were never found."""
        last = {(each.project, each.anchor): each.day for each in self.anchors_seen()}
        rows = [
            {"project": each.project, "anchor": each.anchor, "day": each.day.isoformat(), "at": each.at}
            for each in found
            if last.get((each.project, each.anchor)) != each.day
        ]
        if rows:
            with self._database.writing() as connection:
                connection.execute(insert(tables.anchors), rows)


def looks_back(connection: Connection, snapshot: Snapshot) -> bool:
    """Whether its board was read at a later hour already."""
    stored = tables.snapshots
    latest = connection.execute(select(func.max(stored.c.read_at)).where(stored.c.board == snapshot.board.key)).scalar()
    return latest is not None and latest > snapshot.read_at


def tells_nothing_new(connection: Connection, snapshot: Snapshot, digest: str) -> bool:
    """Whether a snapshot, to be stored under `digest`, is what the read before it was: most are, most nights."""
    stored, board = tables.snapshots, snapshot.board.key
    query = (
        select(stored.c.digest, stored.c.read_at)
        .join_from(stored, tables.reads, stored.c.board == tables.reads.c.board)
        .where(stored.c.board == board)
        .order_by(stored.c.id.desc())
        .limit(1)
    )
    last = connection.execute(query).one_or_none()
    return last is not None and last.digest == digest and last.read_at <= snapshot.read_at


def keep_read(database: Database, connection: Connection, snapshot: Snapshot) -> None:
    """Add what a read tells, in the transaction that stores it; a read that tells nothing new writes nothing."""
    table, written, board = tables.reads, tables.acknowledged, snapshot.board.key
    row = connection.execute(select(table).where(table.c.board == board)).mappings().one_or_none()
    kept = None
    if row is not None:
        with database.meant():
            seen = seen_of(row["tasks"], first=row["first"], changed=row["changed"], touched=row["touched"])
            kept = Kept(seen=seen, mark=row["mark"], dues=dues_of(row["dues"]))
    own = select(written.c.task, func.max(written.c.at)).where(written.c.board == board)
    touches = {task: at for task, at in connection.execute(own.group_by(written.c.task)).all() if at is not None}
    after, moves = with_read(kept, snapshot, touches)
    new = {
        "board": board,
        "first": after.seen.first,
        "changed": after.seen.changed,
        "touched": after.seen.touched,
        "mark": after.mark,
        "tasks": seen_text(after.seen),
        "dues": dues_text(after.dues),
    }
    if row is None or dict(row) != new:
        tables.put(connection, table, ("board",), [new])
    if moves:
        rows = [
            {"board": board, "task": task, "at": move.when, "old": old.isoformat(), "new": new_.isoformat()}
            for task, move in sorted(moves.items())
            if (old := move.old) is not None and (new_ := move.new) is not None
        ]
        connection.execute(insert(tables.due_moves), rows)
        connection.execute(delete(tables.due_moves).where(tables.due_moves.c.at < snapshot.read_at - REMEMBERED))
