"""One task of an apply: intent, re-read, check, write, acknowledge.

A task that changed since the plan is left alone and reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from retro.model import Change, Task, Write, field_empty
from retro.ports import (
    Connector,
    Intent,
    OwnFieldsRefusedError,
    Pushed,
    ReadOnlyError,
    SourceError,
    StaleRevisionError,
    WriteUncertainError,
)
from retro.sync.apply.outcome import Refusal
from retro.sync.decide.stamp import holds, vouched
from retro.sync.decide.values import OWN_PREFIX, REVIEW, arrived, untouched, value_of
from retro.sync.journal import Journal, recalled

_OF_ONE_TASK = frozenset({400, 404, 409, 413, 422})
"""Statuses by which a tool refuses one write for what it is: the next task may well be taken."""


@dataclass(slots=True)
class TaskWriter:
    """Writes tasks, and counts what became of their changes. With `dry`, nothing is sent or written down."""

    journal: Journal
    dry: bool
    written: list[Change] = field(default_factory=list)
    refused: list[tuple[Change, Refusal]] = field(default_factory=list)
    rejected: dict[str, SourceError] = field(default_factory=dict)
    """What the tool said of tasks whose write it refused."""
    answered: dict[str, Task] = field(default_factory=dict)
    """Tasks as the tool held them once they were written."""
    pushes: int = 0
    requests: int = 0

    def write(self, board: str, connector: Connector, changes: Sequence[Change]) -> None:
        """Write the changes of one task.

        Raises SourceError and ReadOnlyError where nothing more can be written on the board; OwnFieldsRefusedError,
        with nothing written, where some fields have to be left out.
        """
        key = changes[0].task
        intents = [] if self.dry else self.journal.intend(changes)
        task = connector.read(board, [key]).get(key)
        task = _with_unshown_remark(task, changes) if task is not None else None
        if task is not None and (remark := _unseen(changes, task)) is not None:
            changes = [change for change in changes if change is not remark]
            self._leave_remark(board, remark, task, [each for each in intents if each.change is remark])
            intents = [each for each in intents if each.change is not remark]
            if not changes:
                return
        new = task is None and changes[0].creates
        refusal = None if new else _refusal(changes, task, self.journal.zone)
        if refusal is not None:
            self._refuse(intents, changes, refusal, task)
        elif self.dry:
            self.written += changes
        else:
            self._send(connector, changes, intents)

    def _send(self, connector: Connector, changes: Sequence[Change], intents: Sequence[Intent]) -> None:
        try:
            pushed = _made(connector, changes) if changes[0].creates else connector.push(_write(changes))
        except StaleRevisionError:
            self._refuse(intents, changes, Refusal.CHANGED)
            return
        except (ReadOnlyError, OwnFieldsRefusedError):
            self.journal.refuse(intents)
            raise
        except SourceError as error:
            if isinstance(error, WriteUncertainError) or error.status not in _OF_ONE_TASK:
                raise
            self.refused += [(change, Refusal.REJECTED) for change in changes]
            self.rejected[changes[0].task] = error
            return
        # A failure may come after a part was written, a rejection too: its intents stay pending, `replay` reads back.
        self.pushes += 1
        self.requests += pushed.requests
        self.answered[pushed.task.key] = pushed.task
        dropped = {change.id for change in self.journal.settle(intents, pushed.task)}
        self.written += [change for change in changes if change.id not in dropped]
        self.refused += [(change, Refusal.NOT_TAKEN) for change in changes if change.id in dropped]

    def _leave_remark(self, board: str, remark: Change, task: Task, intents: Sequence[Intent]) -> None:
        """Leave alone the remarks of which only the re-read showed how they stand, and remember that."""
        current, zone = value_of(task, REVIEW), self.journal.zone
        there = arrived(current, remark.new, zone)
        self._refuse(intents, [remark], Refusal.THERE if there else Refusal.CHANGED, task)
        if self.dry:
            return
        ledger, cell = self.journal.ledger, (task.key, REVIEW)
        if field_empty(current):
            last = ledger.acknowledged(board).get(cell)
            if last is not None and last.mark:
                # Somebody took it away: there is nothing any more that a pull might not reach.
                ledger.adopt(board, [replace(last, mark=f"{last.mark.partition(':')[0]}:")])
        elif there:
            ledger.adopt(board, [replace(vouched(task, only="review")[cell], asked=remark.new)])
        elif holds(task, zone):
            ledger.adopt(board, vouched(task).values())
        elif (ours := recalled(ledger, task, REVIEW)) is not None:
            ledger.adopt(board, [ours])

    def _refuse(
        self, intents: Sequence[Intent], changes: Sequence[Change], why: Refusal, task: Task | None = None
    ) -> None:
        self.journal.refuse(intents, task)
        self.refused += [(change, why) for change in changes]


def _write(changes: Sequence[Change]) -> Write:
    first = changes[0]
    fields = tuple((change.field, change.new) for change in changes)
    return Write(task=first.task, board=first.board, revision=first.revision, fields=fields)


def _made(connector: Connector, changes: Sequence[Change]) -> Pushed:
    """Have a task made. Its changes are of fields that `create` takes."""
    first, task = changes[0], Task(key=changes[0].task, board=changes[0].board, title="")
    for change in changes:
        own = change.field.removeprefix(OWN_PREFIX)
        if own != change.field:
            task = replace(task, own={**task.own, own: change.new})
        else:
            task = replace(task, **{own: change.new})  # type: ignore[arg-type]  # the field of the model, by name
    (made,) = connector.create(first.board, [task])
    return Pushed(task=made, requests=1)


def _with_unshown_remark(task: Task, changes: Sequence[Change]) -> Task:
    """The task with the remark that its tool holds and does not show (a comment that is resolved), as planned from.

    Where somebody took it away, a tool that can tell gives no mark of it either.
    """
    own = REVIEW.removeprefix(OWN_PREFIX)
    held = next((change.old for change in changes if change.field == REVIEW and not field_empty(change.old)), None)
    if held is None or own in task.own or own not in task.marks:
        return task
    return replace(task, own={**task.own, own: held})


def _unseen(changes: Sequence[Change], task: Task) -> Change | None:
    """The change of remarks that a pull does not always show: they stand in no field, and so in no revision."""
    return next(
        (
            change
            for change in changes
            if change.field == REVIEW
            and change.revision == task.revision
            and not untouched(change.old, value_of(task, REVIEW))
        ),
        None,
    )


def _refusal(changes: Sequence[Change], task: Task | None, zone: tzinfo) -> Refusal | None:
    """Why the changes of one task may not be sent: what the decision read no longer holds."""
    if task is None:
        return Refusal.GONE
    if all(arrived(value_of(task, change.field), change.new, zone) for change in changes):
        return Refusal.THERE
    same = all(
        change.revision == task.revision
        and change.as_of in (None, task.updated)
        and untouched(change.old, value_of(task, change.field))
        for change in changes
    )
    return None if same else Refusal.CHANGED
