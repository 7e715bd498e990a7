"""The journal: what is about to be sent is written down first, and settled by what the board then holds.

After a crash, a killed process or a lost answer, `replay` asks the board, not the memory, what happened.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from retro.model import NEW, Change, Task, field_empty
from retro.ports import Acknowledged, Clock, Intent, Ledger, SourceError
from retro.sync.decide.refused import standing
from retro.sync.decide.stamp import recognised
from retro.sync.decide.values import arrived, mark_of, untouched, value_of

PENDING = "pending"
ACKNOWLEDGED = "acknowledged"
REFUSED = "refused"
ABANDONED = "abandoned"

ReadTasks = Callable[[str, Sequence[str]], Mapping[str, Task]]
"""The tasks of a board as they stand now, by key; absent ones are left out. May raise SourceError."""


@dataclass(frozen=True, slots=True)
class Journal:
    """The ledger as one run writes in it."""

    ledger: Ledger
    clock: Clock
    run: str
    zone: tzinfo

    def intend(self, changes: Sequence[Change]) -> list[Intent]:
        """Write down what is about to be sent."""
        return self.ledger.intend(self.run, changes, self.clock.now())

    def settle(self, intents: Iterable[Intent], task: Task) -> list[Change]:
        """Settle intents by the task that the server gave back for them; the changes that it did not take.

        A value in a form of the tool's own (rounded, cut) was taken; one that stayed as it was, was not.
        """
        dropped: list[Change] = []
        for intent in intents:
            change, current = intent.change, value_of(task, intent.change.field)
            taken = arrived(current, change.new, self.zone) or not untouched(change.old, current)
            # The answer to the write: whoever edited the task last is retro.
            _settle(self.ledger, intent, task, self.clock.now(), taken=taken, editor=task.last_editor or "")
            if not taken:
                dropped.append(change)
        return dropped

    def refuse(self, intents: Iterable[Intent], task: Task | None = None) -> None:
        """Settle intents that were never sent; `task` is the one that was found changed, where it was found."""
        for intent in intents:
            held = None if task is None else value_of(task, intent.change.field)
            self.ledger.settle(intent, REFUSED, held, self.clock.now())


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What became of the intents that an interrupted run left open."""

    acknowledged: tuple[Change, ...] = ()
    """They had happened: only the answer was lost."""
    abandoned: tuple[Change, ...] = ()
    """They had not, or a person changed the value since: decided anew."""
    open: tuple[Change, ...] = ()
    """Their board cannot be read now: the next run asks again."""


def replay(ledger: Ledger, read: ReadTasks, *, now: datetime, zone: tzinfo) -> Replayed:
    """Settle every pending intent by what the board holds now.

    To be called before deciding, with the board as it was pulled in this very run (no request of its own) or as it
    is re-read. A board for which `read` raises SourceError keeps its intents open, and so do the cards of a new plan:
    they are known by more than a key, and whoever makes more of them looks first (`retro.run.new_cards`).
    """
    by_board: dict[str, list[Intent]] = {}
    acknowledged: list[Change] = []
    abandoned: list[Change] = []
    still_open: list[Change] = []
    for intent in ledger.pending():
        if intent.change.why == NEW:
            still_open.append(intent.change)
        else:
            by_board.setdefault(intent.change.board, []).append(intent)
    for board, intents in by_board.items():
        try:
            tasks = read(board, sorted({intent.change.task for intent in intents}))
        except SourceError:
            still_open += [intent.change for intent in intents]
            continue
        for intent in intents:
            task = tasks.get(intent.change.task)
            happened = task is not None and arrived(value_of(task, intent.change.field), intent.change.new, zone)
            _settle(ledger, intent, task, now, taken=happened)
            (acknowledged if happened else abandoned).append(intent.change)
    return Replayed(acknowledged=tuple(acknowledged), abandoned=tuple(abandoned), open=tuple(still_open))


def adopt(ledger: Ledger, board: str, tasks: Iterable[Task], *, zone: tzinfo) -> int:
    """Take up own values that the state does not know but the stamp vouches for; how many.

    Without it, a state that was lost is made up for at each run, and only for as long as nobody edits the task.
    """
    found = recognised(tasks, ledger.acknowledged(board), zone)
    if found:
        ledger.adopt(board, found.values())
    return len(found)


def recalled(ledger: Ledger, task: Task, field: str) -> Acknowledged | None:
    """A value that stands on a task as a last written one, if the journal tells that retro once wrote it there.

    For values that the ledger knows no last write of where they stand: their place was given up and taken up again,
    or the task came from another board.
    """
    current = value_of(task, field)
    if field_empty(current):
        return None
    for intent in reversed(ledger.intents(task=task.key)):
        change = intent.change
        if intent.state == ACKNOWLEDGED and change.field == field and untouched(intent.returned, current):
            mark = mark_of(task, field)
            return Acknowledged(task=task.key, field=field, value=current, run=intent.run, asked=change.new, mark=mark)
    return None


def _cell(ledger: Ledger, intent: Intent) -> list[Intent]:
    """What was written before in the cell that an intent is about, oldest first."""
    at = intent.change
    return [
        each
        for each in ledger.intents(task=at.task)
        if each.state == ACKNOWLEDGED and each.change.board == at.board and each.change.field == at.field
    ]


def _settle(ledger: Ledger, intent: Intent, task: Task | None, now: datetime, *, taken: bool, editor: str = "") -> None:
    current = None if task is None else value_of(task, intent.change.field)
    # The task's own stamp may run ahead of our clock: what came before it was still ours.
    when = now if task is None or task.updated is None else max(now, task.updated)
    mark = "" if task is None else mark_of(task, intent.change.field)
    if taken and intent.change.cleans:
        ledger.take_back(intent, current, when, last=None, declined=frozenset())
        return
    if taken and intent.change.undoes is not None:
        after = standing([*_cell(ledger, intent), replace(intent, returned=current, settled=when)])
        last = None if after.last is None else replace(after.last, mark=mark, editor=editor)
        ledger.take_back(intent, current, when, last=last, declined=after.declined)
        return
    ledger.settle(intent, ACKNOWLEDGED if taken else ABANDONED, current, when, mark=mark, editor=editor)
