"""When retro itself last touched each task, and when somebody had touched it before: a ritual asks for the latter."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from retro.model import Portfolio
from retro.ports import EVERY_RUN, Ledger
from retro.sync.journal import ACKNOWLEDGED

_NEVER: Mapping[str, datetime] = {}


@dataclass(frozen=True, slots=True)
class Touches:
    """By task: retro's last write as the tool dates it, and the tool's stamp as it was read before that write."""

    own: Mapping[str, datetime] = field(default_factory=lambda: _NEVER)
    before: Mapping[str, datetime] = field(default_factory=lambda: _NEVER)


FIX = "lint --fix"
"""How the commands of runs that fix begin."""


def fixed_at(ledger: Ledger) -> dict[tuple[str, str], datetime]:
    """When retro last mended a finding on each task, or took that back, by board and task.

    What it wrote there is the team's own value, of which nothing else is remembered but the journal.
    """
    found: dict[tuple[str, str], datetime] = {}
    ours: set[str] = set()
    for run in reversed(ledger.runs(EVERY_RUN)):
        undo, _space, of = run.command.partition(" ")
        if not (run.command.startswith(FIX) or (undo == "undo" and of.partition(" ")[0] in ours)):
            continue
        ours.add(run.id)
        for intent in ledger.intents(run=run.id):
            cell = (intent.change.board, intent.change.task)
            if intent.state == ACKNOWLEDGED and intent.settled is not None:
                found[cell] = max(found.get(cell, intent.settled), intent.settled)
    return found


def touches(ledger: Ledger | None, portfolio: Portfolio) -> Touches:
    """What the ledger and the history of snapshots tell of a portfolio's boards; one snapshot is read a run."""
    own: dict[str, datetime] = {}
    before: dict[str, datetime] = {}
    if ledger is None:
        return Touches()
    begun = sorted(run.started for run in ledger.runs(EVERY_RUN))
    everywhere = ledger.all_acknowledged()
    fixed: dict[str, dict[str, datetime]] = {}
    for (key, task), when in fixed_at(ledger).items():
        fixed.setdefault(key, {})[task] = when
    for board in portfolio.boards:
        last = fixed.get(board.key, {})
        for (task, _field), value in everywhere.get(board.key, {}).items():
            if value.at is not None and (task not in last or value.at > last[task]):
                last[task] = value.at
        own.update(last)
        by_run: dict[datetime, set[str]] = {}
        for task, at in last.items():
            # The tool's clock may run ahead of ours: what was read since by ours may be dated before the write by
            # the tool's. What was read when the run began was not.
            place = bisect_right(begun, at)
            by_run.setdefault(begun[place - 1] if place else at, set()).add(task)
        for start, tasks in by_run.items():
            snapshot = ledger.previous_snapshot(board.key, start)
            for seen in snapshot.tasks if snapshot is not None else ():
                if seen.updated is not None and seen.key in tasks:
                    before[seen.key] = seen.updated
    return Touches(own, before)
