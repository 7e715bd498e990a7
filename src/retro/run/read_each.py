"""Read boards so that each failure stays its own: for those who look at every board and stop at none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from retro.model import Snapshot
from retro.ports import Connector, Progress, RetroError, SourceError
from retro.run.headway import Watcher, unwatched
from retro.run.read import Target, as_named, pulls_at_once
from retro.run.side_by_side import side_by_side


@dataclass(frozen=True, slots=True)
class Outcome:
    """One board's read: its snapshot, or why there is none."""

    target: Target
    snapshot: Snapshot | None = None
    error: RetroError | None = None


def read_each(
    targets: Sequence[Target], connectors: Mapping[str, Connector], watcher: Watcher = unwatched
) -> list[Outcome]:
    """Read every target, sources side by side; nothing is stored. The answer has the order of `targets`.

    Once a source as a whole cannot be asked, its other boards are not tried.
    """
    return side_by_side(
        targets,
        lambda target, progress: _one(connectors[target.source], target, progress),
        _instead,
        at_once=lambda source: pulls_at_once(connectors[source]),
        watcher=watcher,
    )


def _instead(outcome: Outcome, other: Target) -> Outcome | None:
    whole = isinstance(outcome.error, SourceError) and outcome.error.whole
    return Outcome(other, error=outcome.error) if whole else None


def _one(connector: Connector, target: Target, progress: Progress) -> Outcome:
    try:
        pulled = connector.pull(target.at, progress)
    except RetroError as error:
        return Outcome(target, error=error)
    return Outcome(target, as_named(pulled.snapshot, target))
