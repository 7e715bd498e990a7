"""The memory of what retro wrote: last acknowledged values, the journal of intents, runs, and snapshots."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

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
)

Value = Day | str | float | None

EVERY_RUN = 1_000_000
"""As the limit of `Ledger.runs`: all that any state holds."""

REMEMBERED = timedelta(days=730)
"""How long moves of due dates and the standing of projects are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """The value of a field as the server returned it after retro's last write there."""

    task: str
    field: str
    value: Value
    run: str
    asked: Value = None
    """What retro sent; differs from `value` where the tool holds it in a form of its own (rounded, cut)."""
    at: datetime | None = None
    """When the answer came, no earlier than the task's own time stamp after that write; None: not known."""
    mark: str = ""
    """What holds the value where that is no field of the board (`Task.marks`)."""
    editor: str = ""
    """Who had last edited the task once retro had written it (`Task.last_editor`): itself. "": not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """A write that was decided and journalled, and whether it is settled yet.

    `state` is pending, acknowledged, refused (revision changed) or abandoned (found not to have happened).
    """

    id: int
    run: str
    change: Change
    state: str
    created: datetime
    settled: datetime | None = None
    returned: Value = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    """The state of a board on which a run last decided without holding it: what guards compare with."""

    board: str
    read_at: datetime
    fingerprint: str
    """Of anchors, calendars, configuration, links and estimates (`retro.sync.guards.fingerprint`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run: when, which command, and what it wrote."""

    id: str
    command: str
    started: datetime
    finished: datetime | None = None
    writes: int = 0
    who: str = ""
    """The name of the account that ran it, as its machine tells; "": not known."""


class Ledger(Protocol):
    """Every method commits before it returns: what it says was stored survives a crash of the next instruction."""

    def acknowledged(self, board: str) -> dict[tuple[str, str], Acknowledged]:
        """Last acknowledged values of a board by (task, field)."""
        ...

    def begin(self, run: RunRecord) -> None:
        """Open a run."""
        ...

    def finish(self, run: RunRecord) -> None:
        """Close a run with what it wrote."""
        ...

    def runs(self, limit: int = 20) -> list[RunRecord]:
        """Latest runs, newest first."""
        ...

    def intend(self, run: str, changes: Sequence[Change], now: datetime) -> list[Intent]:
        """Journal changes before anything is sent."""
        ...

    def pending(self) -> list[Intent]:
        """Intents that no answer settled, oldest first."""
        ...

    def settle(
        self, intent: Intent, state: str, returned: Value, now: datetime, *, mark: str = "", editor: str = ""
    ) -> None:
        """Settle an intent; "acknowledged" moves the last acknowledged value in the same transaction.

        That of a fix moves none: the value is the team's. `mark` is what holds the value, `editor` who then was the
        last (`Acknowledged`).
        """
        ...

    def take_back(
        self, intent: Intent, returned: Value, now: datetime, *, last: Acknowledged | None, declined: AbstractSet[Value]
    ) -> None:
        """Settle an undo's intent as acknowledged, and what it leaves behind, in one transaction.

        `last` becomes the last acknowledged value there (None: retro never wrote there), and `declined` the values
        that are not to be proposed there again. Any other acknowledged write lifts what was declined.
        """
        ...

    def declined(self, board: str) -> dict[tuple[str, str], frozenset[Value]]:
        """Values that an undo took back from a board and that were not overtaken since, by (task, field)."""
        ...

    def intents(
        self, *, run: str | None = None, task: str | None = None, tasks: Collection[str] | None = None
    ) -> list[Intent]:
        """The journal of a run, of a task or of some tasks, oldest first."""
        ...

    def all_acknowledged(self) -> dict[str, dict[tuple[str, str], Acknowledged]]:
        """Those of every board that has any, by board: hundreds of boards are asked for in one go."""
        ...

    def adopt(self, board: str, values: Iterable[Acknowledged]) -> None:
        """Take values up as last acknowledged that were recognised on the board after the state was lost."""
        ...

    def accepted(self, board: str) -> Accepted | None:
        """The state of a board that the last run which was not held decided on."""
        ...

    def accept(self, *accepted: Accepted) -> None:
        """Remember that a run decided on these states of boards without holding them, all or none."""
        ...

    def advised(self, board: str) -> dict[str, datetime]:
        """The advised finish of each task of a board that was last written or shown."""
        ...

    def all_advised(self) -> dict[str, dict[str, datetime]]:
        """Those of every board that has any, by board."""
        ...

    def remember_advised(self, board: str, finishes: Mapping[str, datetime]) -> None:
        """Replace what `advised` gives for a board."""
        ...

    def marks(self) -> dict[str, dict[str, str]]:
        """What holds own values outside of fields, as connectors take it: task → own field (`review`) → mark."""
        ...

    def without_columns(self) -> set[str]:
        """Boards that refused to be given a field of retro's own."""
        ...

    def refuse_columns(self, board: str, now: datetime | None) -> None:
        """Remember that a board cannot be given own fields; None: forget it, for it turned out that it can."""
        ...

    def columns(self, board: str) -> dict[str, str]:
        """Own fields that retro made on a board, by field (`retro_latest`): the tool's id, "" while being made."""
        ...

    def pins(self) -> dict[str, dict[str, str]]:
        """Ids of own fields as connectors take them: board key → own field (`latest`) → the tool's id."""
        ...

    def columns_of(self, run: str) -> dict[str, dict[str, str]]:
        """Own fields that a run made and that are remembered still: board key → field (`retro_latest`) → id."""
        ...

    def remember_column(self, board: str, field: str, column: str, *, run: str | None = None) -> None:
        """Remember the id of an own field that retro makes or made; "" before it is asked for.

        `run` is the run that makes it; None leaves what is known of that.
        """
        ...

    def forget_column(self, board: str, field: str) -> None:
        """Forget an own field: it turned out to be someone else's, or it was removed."""
        ...

    def applied_boards(self) -> set[str]:
        """Boards whose first apply has been made by hand."""
        ...

    def mark_applied(self, board: str, now: datetime) -> None:
        """Remember a board's first apply."""
        ...

    def clear_columns(self, board: str, fields: Sequence[str], intents: Iterable[Intent], now: datetime) -> None:
        """Forget own fields that a clean removed from a board, in one transaction.

        `intents` are those of the values that went with them: each is settled as acknowledged with nothing returned,
        and its cell is as though retro had never written there.
        """
        ...

    def forget_board(self, board: str, now: datetime) -> None:
        """Forget what retro wrote on a board, which a clean has left: values, dates and the first apply by hand.

        The journal, snapshots and own fields that are there still are kept, and so is that the board was cleaned.
        """
        ...

    def cleaned_boards(self) -> set[str]:
        """Boards that a clean has left and on which nobody has let retro write since."""
        ...

    def reported_conflicts(self) -> set[tuple[str, str, str]]:
        """(task, field, current value as text) of conflicts already told in text."""
        ...

    def report_conflicts(self, conflicts: Iterable[tuple[str, str, str]]) -> None:
        """Replace the set of told conflicts by those that stand now."""
        ...

    def store_snapshot(self, snapshot: Snapshot) -> None:
        """Add a board's snapshot to the history."""
        ...

    def prepare(self, snapshot: Snapshot) -> None:
        """Do already what storing this very snapshot will take, where that can be done ahead; from any thread."""
        ...

    def store_snapshots(self, snapshots: Iterable[Snapshot], *, told_now: bool = False) -> None:
        """Add the snapshots of some boards, all or none.

        With `told_now`, a person named the hour (`--now`): where it lies before an earlier read, nothing was seen
        then that the reads together could tell (`seen`).
        """
        ...

    def last_snapshot(self, at: str) -> Snapshot | None:
        """The last snapshot stored of a board, by its key or by the `at` it was pulled from."""
        ...

    def last_snapshots(self, ats: Iterable[str]) -> dict[str, Snapshot]:
        """Those of several boards, each by what it was asked for as; a board that was never stored is not there."""
        ...

    def last_board(self, at: str) -> Board | None:
        """The board of that snapshot, without its tasks."""
        ...

    def last_boards(self, ats: Iterable[str]) -> dict[str, Board]:
        """Those of several, each by what it was asked for as; a board that was never stored is not there."""
        ...

    def stored_bytes(self, ats: Iterable[str]) -> int:
        """What those last snapshots take in the state: how much there is to read, before any of it is."""
        ...

    def snapshots_at(self, board: str, read_at: datetime) -> list[Snapshot]:
        """The snapshots of a board read at that very instant, the last one stored first."""
        ...

    def previous_snapshot(self, board: str, before: datetime) -> Snapshot | None:
        """The newest snapshot of a board read before an instant."""
        ...

    def seen(self) -> dict[str, Seen]:
        """What the stored reads of each board tell together, by board: kept as each is stored."""
        ...

    def due_moves(self) -> dict[str, tuple[DueMove, ...]]:
        """Due dates that were another at the next read, by task, oldest first; none longer ago than `REMEMBERED`."""
        ...

    def anchors_seen(self) -> list[AnchorSeen]:
        """Every day on which an anchor was found, in the order in which it was."""
        ...

    def see_anchors(self, found: Iterable[AnchorSeen]) -> None:
        """Remember anchors that are on another day than they were when last found, or that were never found."""
        ...

    def standings(self, since: date) -> list[ProjectStanding]:
        """How projects stood on a day and after it, oldest day first, then by project."""
        ...

    def keep_standings(self, found: Collection[ProjectStanding]) -> None:
        """Keep how projects stand on one day, each in the place of what was kept of it for that day.

        Days longer before that one than `REMEMBERED` are forgotten, and so are days after it: no more than somebody's
        look ahead (`--now`).
        """
        ...

    def last_told(self, kind: str, before: datetime) -> Told | None:
        """What was told last in reports of a kind before an instant."""
        ...

    def keep_told(self, kind: str, told: Told, since: datetime) -> None:
        """Keep what was told, in the place of any of its kind since an instant."""
        ...

    def latest_read(self) -> datetime | None:
        """The latest hour at which any board was read, in the future where somebody looked ahead; None: none was."""
        ...

    def baseline_anchors(self, name: str) -> tuple[BaselineAnchor, ...]:
        """The anchors of a plan's dates that are kept under a name, without the tasks; none where there are none."""
        ...

    def plan_baselines(self) -> list[NamedBaseline]:
        """Every plan's dates that are kept under a name, the last one set first."""
        ...

    def plan_baseline(self, name: str) -> PlanBaseline | None:
        """The one of that name."""
        ...

    def last_agreed(self) -> Callable[[], PlanBaseline | None]:
        """The one that was set last, unpacked when it is asked for: the ledger may be closed by then."""
        ...

    def keep_plan_baseline(self, baseline: PlanBaseline) -> None:
        """Keep a plan's dates under their name, in the place of any of that name."""
        ...

    def close(self) -> None:
        """Let go of what is open, as before another process is made; the next use opens it again."""
        ...
