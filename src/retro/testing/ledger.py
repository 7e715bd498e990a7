"""A ledger that lives in memory: for tests, and for runs without a state."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime

from retro.model import (
    AnchorSeen,
    BaselineAnchor,
    Board,
    Change,
    Day,
    DueMove,
    NamedBaseline,
    PlanBaseline,
    ProjectStanding,
    Seen,
    Snapshot,
    Told,
    WriteLevel,
)
from retro.model.codec import dumps
from retro.ports import REMEMBERED, Accepted, Acknowledged, Intent, RunRecord
from retro.store.reads import Kept, with_read


class MemoryLedger:
    """Keeps the promises of `retro.ports.Ledger` but one: nothing survives the process."""

    def __init__(self) -> None:
        self._values: dict[str, dict[tuple[str, str], Acknowledged]] = {}
        self._runs: dict[str, RunRecord] = {}
        self._intents: dict[int, Intent] = {}
        self._accepted: dict[str, Accepted] = {}
        self._advised: dict[str, dict[str, datetime]] = {}
        self._columns: dict[str, dict[str, str]] = {}
        self._made_by: dict[tuple[str, str], str] = {}
        self._declined: dict[str, dict[tuple[str, str], frozenset[Day | str | float | None]]] = {}
        self._applied: set[str] = set()
        self._cleaned: set[str] = set()
        self._without_columns: set[str] = set()
        self._conflicts: set[tuple[str, str, str]] = set()
        self._snapshots: list[Snapshot] = []
        self._baselines: dict[str, PlanBaseline] = {}
        self._reads: dict[str, Kept] = {}
        self._due_moves: dict[str, tuple[DueMove, ...]] = {}
        self._anchors: list[AnchorSeen] = []
        self._standings: dict[tuple[date, str], ProjectStanding] = {}
        self._told: list[tuple[str, Told]] = []

    def acknowledged(self, board: str) -> dict[tuple[str, str], Acknowledged]:
        """Last acknowledged values of a board by (task, field)."""
        return dict(self._values.get(board, {}))

    def all_acknowledged(self) -> dict[str, dict[tuple[str, str], Acknowledged]]:
        """Those of every board that has any, by board."""
        return {board: dict(values) for board, values in self._values.items() if values}

    def adopt(self, board: str, values: Iterable[Acknowledged]) -> None:
        """Take values up as last acknowledged."""
        self._values.setdefault(board, {}).update({(value.task, value.field): value for value in values})

    def marks(self) -> dict[str, dict[str, str]]:
        """What holds own values outside of fields, by task."""
        found: dict[str, dict[str, str]] = {}
        for values in self._values.values():
            for (task, field), value in values.items():
                if value.mark:
                    found.setdefault(task, {})[field.removeprefix("retro_")] = value.mark
        return found

    def begin(self, run: RunRecord) -> None:
        """Open a run."""
        self._runs[run.id] = run

    def finish(self, run: RunRecord) -> None:
        """Close a run."""
        self._runs[run.id] = run

    def runs(self, limit: int = 20) -> list[RunRecord]:
        """Latest runs, newest first."""
        return list(reversed(self._runs.values()))[:limit]

    def intend(self, run: str, changes: Sequence[Change], now: datetime) -> list[Intent]:
        """Journal changes."""
        made = [
            Intent(id=len(self._intents) + place, run=run, change=change, state="pending", created=now)
            for place, change in enumerate(changes, start=1)
        ]
        self._intents.update({intent.id: intent for intent in made})
        return made

    def pending(self) -> list[Intent]:
        """Intents that no answer settled, oldest first."""
        return [intent for intent in self._intents.values() if intent.state == "pending"]

    def settle(
        self,
        intent: Intent,
        state: str,
        returned: Day | str | float | None,
        now: datetime,
        *,
        mark: str = "",
        editor: str = "",
    ) -> None:
        """Settle an intent."""
        self._intents[intent.id] = replace(intent, state=state, returned=returned, settled=now)
        if state != "acknowledged":
            return
        change = intent.change
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
            self.adopt(change.board, [value])
        self._declined.get(change.board, {}).pop((change.task, change.field), None)

    def take_back(
        self,
        intent: Intent,
        returned: Day | str | float | None,
        now: datetime,
        *,
        last: Acknowledged | None,
        declined: AbstractSet[Day | str | float | None],
    ) -> None:
        """Settle an undo's intent, with what it leaves behind."""
        board, cell = intent.change.board, (intent.change.task, intent.change.field)
        self.settle(intent, "acknowledged", returned, now)
        if last is None:
            self._values.get(board, {}).pop(cell, None)
        else:
            self.adopt(board, [last])
        if declined:
            self._declined.setdefault(board, {})[cell] = frozenset(declined)

    def declined(self, board: str) -> dict[tuple[str, str], frozenset[Day | str | float | None]]:
        """Values that an undo took back, by (task, field)."""
        return dict(self._declined.get(board, {}))

    def intents(
        self, *, run: str | None = None, task: str | None = None, tasks: Collection[str] | None = None
    ) -> list[Intent]:
        """The journal of a run, of a task or of some tasks."""
        some = None if tasks is None else set(tasks)
        return [
            intent
            for intent in self._intents.values()
            if run in (None, intent.run)
            and task in (None, intent.change.task)
            and (some is None or intent.change.task in some)
        ]

    def accepted(self, board: str) -> Accepted | None:
        """The state of a board that the last run which was not held decided on."""
        return self._accepted.get(board)

    def accept(self, *accepted: Accepted) -> None:
        """Remember the states of boards that a run decided on."""
        self._accepted |= {each.board: each for each in accepted}

    def advised(self, board: str) -> dict[str, datetime]:
        """The advised finish of each task of a board that was last written or shown."""
        return dict(self._advised.get(board, {}))

    def all_advised(self) -> dict[str, dict[str, datetime]]:
        """Those of every board that has any, by board."""
        return {board: dict(finishes) for board, finishes in self._advised.items() if finishes}

    def remember_advised(self, board: str, finishes: Mapping[str, datetime]) -> None:
        """Replace what `advised` gives for a board."""
        self._advised[board] = dict(finishes)

    def without_columns(self) -> set[str]:
        """Boards that refused to be given a field of retro's own."""
        return set(self._without_columns)

    def refuse_columns(self, board: str, now: datetime | None) -> None:
        """Remember that a board cannot be given own fields; None: forget it."""
        (self._without_columns.discard if now is None else self._without_columns.add)(board)

    def columns(self, board: str) -> dict[str, str]:
        """Own fields that retro made on a board."""
        return dict(self._columns.get(board, {}))

    def pins(self) -> dict[str, dict[str, str]]:
        """Ids of own fields by board."""
        return {
            board: {field.removeprefix("retro_"): column for field, column in columns.items() if column}
            for board, columns in self._columns.items()
        }

    def columns_of(self, run: str) -> dict[str, dict[str, str]]:
        """Own fields that a run made, by board."""
        found: dict[str, dict[str, str]] = {}
        for (board, field), made_by in self._made_by.items():
            if made_by == run and self._columns[board].get(field):
                found.setdefault(board, {})[field] = self._columns[board][field]
        return found

    def remember_column(self, board: str, field: str, column: str, *, run: str | None = None) -> None:
        """Remember the id of an own field, and the run that made it."""
        self._columns.setdefault(board, {})[field] = column
        if run is not None:
            self._made_by[board, field] = run

    def forget_column(self, board: str, field: str) -> None:
        """Forget an own field."""
        self._columns.get(board, {}).pop(field, None)
        self._made_by.pop((board, field), None)

    def applied_boards(self) -> set[str]:
        """Boards whose first apply has been made by hand."""
        return set(self._applied)

    def mark_applied(self, board: str, now: datetime) -> None:  # noqa: ARG002 - the port's signature
        """Remember a board's first apply."""
        self._applied.add(board)
        self._cleaned.discard(board)

    def clear_columns(self, board: str, fields: Sequence[str], intents: Iterable[Intent], now: datetime) -> None:
        """Forget own fields that a clean removed, and the values that went with them."""
        for intent in intents:
            cell = (intent.change.task, intent.change.field)
            self._intents[intent.id] = replace(intent, state="acknowledged", returned=None, settled=now)
            self._values.get(intent.change.board, {}).pop(cell, None)
            self._declined.get(intent.change.board, {}).pop(cell, None)
        for field in fields:
            self.forget_column(board, field)

    def forget_board(self, board: str, now: datetime) -> None:  # noqa: ARG002 - the port's signature
        """Forget what retro wrote on a board."""
        for held in (self._values, self._declined, self._advised, self._accepted):
            held.pop(board, None)
        self._applied.discard(board)
        self._without_columns.discard(board)
        self._cleaned.add(board)

    def cleaned_boards(self) -> set[str]:
        """Boards that a clean has left."""
        return set(self._cleaned)

    def reported_conflicts(self) -> set[tuple[str, str, str]]:
        """Conflicts already told in text."""
        return set(self._conflicts)

    def report_conflicts(self, conflicts: Iterable[tuple[str, str, str]]) -> None:
        """Replace the set of told conflicts."""
        self._conflicts = set(conflicts)

    def store_snapshot(self, snapshot: Snapshot) -> None:
        """Add a board's snapshot to the history."""
        self.store_snapshots([snapshot])

    def prepare(self, snapshot: Snapshot) -> None:
        """There is nothing to do ahead."""

    def store_snapshots(self, snapshots: Iterable[Snapshot], *, told_now: bool = False) -> None:
        """Add the snapshots of some boards."""
        for snapshot in list(snapshots):
            board = snapshot.board.key
            earlier = [each.read_at for each in self._snapshots if each.board.key == board]
            self._snapshots.append(snapshot)
            if told_now and max(earlier, default=snapshot.read_at) > snapshot.read_at:
                continue
            own: dict[str, datetime] = {}
            for (task, _field), value in self.acknowledged(board).items():
                if value.at is not None:
                    own[task] = max(own.get(task, value.at), value.at)
            self._reads[board], moves = with_read(self._reads.get(board), snapshot, own)
            if not moves:
                continue
            for task, move in moves.items():
                self._due_moves[task] = (*self._due_moves.get(task, ()), move)
            self._due_moves = {
                task: kept
                for task, each in self._due_moves.items()
                if (kept := tuple(move for move in each if move.when >= snapshot.read_at - REMEMBERED))
            }

    def seen(self) -> dict[str, Seen]:
        """What the reads of each board tell together."""
        return {board: kept.seen for board, kept in self._reads.items()}

    def due_moves(self) -> dict[str, tuple[DueMove, ...]]:
        """Due dates that were another at the next read, by task."""
        return dict(self._due_moves)

    def anchors_seen(self) -> list[AnchorSeen]:
        """Every day on which an anchor was found."""
        return list(self._anchors)

    def see_anchors(self, found: Iterable[AnchorSeen]) -> None:
        """Remember anchors that are on another day than they were when last found."""
        last = {(each.project, each.anchor): each.day for each in self._anchors}
        self._anchors += [each for each in found if last.get((each.project, each.anchor)) != each.day]

    def standings(self, since: date) -> list[ProjectStanding]:
        """How projects stood on a day and after it."""
        return [self._standings[key] for key in sorted(self._standings) if key[0] >= since]

    def keep_standings(self, found: Collection[ProjectStanding]) -> None:
        """Keep how projects stand on one day."""
        if not found:
            return
        self._standings |= {(each.day, each.project): each for each in found}
        last = max(each.day for each in found)
        self._standings = {key: each for key, each in self._standings.items() if last - REMEMBERED <= key[0] <= last}

    def last_told(self, kind: str, before: datetime) -> Told | None:
        """What was told last in reports of a kind before an instant."""
        found = [told for name, told in self._told if name == kind and told.at < before]
        return max(found, key=lambda told: told.at, default=None)

    def keep_told(self, kind: str, told: Told, since: datetime) -> None:
        """Keep what was told, in the place of any of its kind since an instant."""
        kept = [(name, each) for name, each in self._told if name != kind or each.at < since]
        self._told = [*kept, (kind, told)]

    def latest_read(self) -> datetime | None:
        """The latest hour at which any board was read."""
        return max((snapshot.read_at for snapshot in self._snapshots), default=None)

    def baseline_anchors(self, name: str) -> tuple[BaselineAnchor, ...]:
        """The anchors of a plan's dates that are kept under a name."""
        return self._baselines[name].anchors if name in self._baselines else ()

    def last_snapshot(self, at: str) -> Snapshot | None:
        """The last snapshot stored of a board, by its key, alias or URL."""
        found = [each for each in self._snapshots if at and at in (each.board.key, each.board.alias, each.board.url)]
        return found[-1] if found else None

    def last_snapshots(self, ats: Iterable[str]) -> dict[str, Snapshot]:
        """Those of several boards."""
        return {at: found for at in ats if (found := self.last_snapshot(at)) is not None}

    def last_board(self, at: str) -> Board | None:
        """The board of that snapshot."""
        found = self.last_snapshot(at)
        return found.board if found is not None else None

    def last_boards(self, ats: Iterable[str]) -> dict[str, Board]:
        """The boards of several."""
        return {at: found.board for at, found in self.last_snapshots(ats).items()}

    def stored_bytes(self, ats: Iterable[str]) -> int:
        """What the last snapshots of several boards take: as their JSON does."""
        return sum(len(dumps(found)) for found in self.last_snapshots(ats).values())

    def snapshots_at(self, board: str, read_at: datetime) -> list[Snapshot]:
        """The snapshots of a board read at an instant, the last one stored first."""
        found = [each for each in self._snapshots if (each.board.key, each.read_at) == (board, read_at)]
        return found[::-1]

    def previous_snapshot(self, board: str, before: datetime) -> Snapshot | None:
        """The newest snapshot of a board read before an instant."""
        found = [each for each in self._snapshots if each.board.key == board and each.read_at < before]
        return found[-1] if found else None

    def plan_baselines(self) -> list[NamedBaseline]:
        """Every plan's dates that are kept under a name, the last one set first."""
        kept = sorted(self._baselines.values(), key=lambda each: each.name)
        kept.sort(key=lambda each: each.set_at, reverse=True)
        return [NamedBaseline(each.name, each.set_at, len(each.tasks)) for each in kept]

    def plan_baseline(self, name: str) -> PlanBaseline | None:
        """The one of that name."""
        return self._baselines.get(name)

    def last_agreed(self) -> Callable[[], PlanBaseline | None]:
        """The one that was set last."""
        last = next(iter(self.plan_baselines()), None)
        return lambda: None if last is None else self._baselines[last.name]

    def keep_plan_baseline(self, baseline: PlanBaseline) -> None:
        """Keep a plan's dates under their name."""
        self._baselines[baseline.name] = baseline

    def close(self) -> None:
        """Nothing is open."""
