"""`retro lint --fix`: which findings are mended, on live boards and in copies of files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime

from retro.lint.families import finding_order
from retro.model import Board, Change, Finding, Fixes, Snapshot, Task
from retro.ports import Capabilities, Ledger, Rule
from retro.run.assess import Assessed, Means, judge
from retro.run.nightly import declined
from retro.run.own_writes import Known
from retro.run.policies import fix_policies
from retro.run.touches import fixed_at
from retro.sync.decide import WritePolicy, decide_fixes
from retro.sync.decide.tasks import LastWrite, last_writes

Apart = Callable[[Iterable[str]], Sequence[Rule]]
"""All rules, those of some codes set never to let one finding stand for many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person asked for: unsafe fixes too, and those that an undo took back."""

    unsafe: bool = False
    forced: bool = False


def make_fixes(
    assessed: Assessed,
    means: Means,
    ledger: Ledger | None,
    *,
    known: Known,
    boards: AbstractSet[str],
    asked: Asked,
    now: datetime,
    apart: Apart,
) -> Fixes:
    """The fixes of what an assessment found on `boards`, by key: those that were read now, where they are to be sent.

    Boards that the configuration does not name are not written to.
    """
    portfolio = assessed.assessment.portfolio
    chosen = [board for board in portfolio.boards if board.key in boards]
    return decide_fixes(
        fixable(assessed, means, now=now, apart=apart),
        portfolio,
        fix_policies(means.settings, chosen, means.capabilities, forced=asked.forced),
        unsafe=asked.unsafe,
        last=_last_writes(ledger, known),
        declined={} if ledger is None else declined(ledger, portfolio),
        now=now,
        zone=means.calendars.project.zone,
    )


def make_copied_fixes(
    assessed: Assessed, means: Means, held: Mapping[str, AbstractSet[str]], *, asked: Asked, now: datetime, apart: Apart
) -> Fixes:
    """The fixes that go into copies of files; `held` are the fields that each board's table has a column of."""
    portfolio = assessed.assessment.portfolio
    return decide_fixes(
        fixable(assessed, means, now=now, apart=apart),
        portfolio,
        {board.key: _of_a_table(board, held) for board in portfolio.boards},
        unsafe=asked.unsafe,
        last={},
        declined={},
        now=now,
        zone=means.calendars.project.zone,
    )


def fixable(assessed: Assessed, means: Means, *, now: datetime, apart: Apart) -> list[Finding]:
    """The findings that stand and carry a fix, gravest first.

    Where one finding stands for many, each of those is asked for by itself: what is mended is one task after the
    other. Findings that are suppressed or in the baseline do not stand.
    """
    found = [finding for finding in assessed.assessment.findings if finding.fix is not None]
    many = [(finding.code, finding.tally) for finding in assessed.assessment.findings if finding.tally is not None]
    members = {(code, key) for code, tally in many for key in tally.keys}
    if members:
        alone = replace(means, rules=apart({code for code, _key in members}), statistics=False, stopwatch=None)
        schedule = assessed.assessment.unlevelled or assessed.assessment.schedule
        each_one = judge(assessed.assessment.portfolio, schedule, alone, now=now).findings
        found += [each for each in each_one if each.fix is not None and (each.code, each.task) in members]
    return sorted(found, key=finding_order)


def with_answers(snapshots: Iterable[Snapshot], answered: Mapping[str, Task]) -> tuple[Snapshot, ...]:
    """What was read, with the tasks as their tools gave them back once they were written."""
    return tuple(
        replace(snapshot, tasks=tuple(_as_answered(task, answered) for task in snapshot.tasks))
        for snapshot in snapshots
    )


def with_changes(snapshots: Iterable[Snapshot], changes: Iterable[Change]) -> tuple[Snapshot, ...]:
    """What was read of files, with the titles and dates that their copies hold."""
    cells: dict[str, dict[str, object]] = {}
    for change in changes:
        cells.setdefault(change.task, {})[change.field] = change.new
    return tuple(
        replace(
            snapshot,
            tasks=tuple(
                replace(task, **cells[task.key]) if task.key in cells else task  # type: ignore[arg-type]  # by name
                for task in snapshot.tasks
            ),
        )
        for snapshot in snapshots
    )


def _as_answered(task: Task, answered: Mapping[str, Task]) -> Task:
    """A task read alone, with what only the read of its board tells."""
    now = answered.get(task.key)
    if now is None:
        return task
    comments = task.comments if now.comments is None else now.comments
    return replace(now, due_history=now.due_history or task.due_history, comments=comments)


def _of_a_table(board: Board, held: Mapping[str, AbstractSet[str]]) -> WritePolicy:
    fields = frozenset(held.get(board.key, ()))
    return WritePolicy(where_guests_see=True, capabilities=Capabilities(writable=fields))


def _last_writes(ledger: Ledger | None, known: Known) -> dict[str, LastWrite]:
    last = last_writes(known.written)
    for (_board, task), when in (fixed_at(ledger) if ledger is not None else {}).items():
        if task not in last or when > last[task].at:
            last[task] = LastWrite(when)
    return last
