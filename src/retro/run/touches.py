"""When retro itself last touched each task, and when somebody had touched it before: a ritual asks for the latter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from retro.model import Portfolio
from retro.ports import Ledger

_NEVER: Mapping[str, datetime] = {}


@dataclass(frozen=True, slots=True)
class Touches:
    """By task: retro's last write as the tool dates it, and the tool's stamp as it was read before that write."""

    own: Mapping[str, datetime] = field(default_factory=lambda: _NEVER)
    before: Mapping[str, datetime] = field(default_factory=lambda: _NEVER)


def touches(ledger: Ledger | None, portfolio: Portfolio) -> Touches:
    """What the ledger and the history of snapshots tell of a portfolio's boards; one snapshot is read a run."""
    own: dict[str, datetime] = {}
    before: dict[str, datetime] = {}
    if ledger is None:
        return Touches()
    for board in portfolio.boards:
        last: dict[str, tuple[datetime, str]] = {}
        for (task, _field), value in ledger.acknowledged(board.key).items():
            if value.at is not None and (task not in last or value.at > last[task][0]):
                last[task] = (value.at, value.run)
        own.update({task: at for task, (at, _run) in last.items()})
        runs: dict[str, datetime] = {}
        for at, run in last.values():
            runs[run] = min(at, runs.get(run, at))
        for run, begun in runs.items():
            snapshot = ledger.previous_snapshot(board.key, begun)
            for seen in snapshot.tasks if snapshot is not None else ():
                if seen.updated is not None and last.get(seen.key, (begun, ""))[1] == run:
                    before[seen.key] = seen.updated
    return Touches(own, before)
