"""Read boards so that each failure stays its own: for those who look at every board and stop at none."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from retro.model import Snapshot
from retro.ports import Connector, Progress, RetroError, SourceError
from retro.run.headway import Headway, Watcher, unwatched
from retro.run.read import Target, as_named


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
    by_source: dict[str, list[Target]] = {}
    for target in targets:
        by_source.setdefault(target.source, []).append(target)
    with ThreadPoolExecutor(max_workers=max(1, len(by_source))) as pool:
        read = pool.map(lambda name: _source(connectors[name], by_source[name], watcher), by_source)
        outcomes = {id(outcome.target): outcome for group in read for outcome in group}
    return [outcomes[id(target)] for target in targets]


def _source(connector: Connector, targets: Sequence[Target], watcher: Watcher) -> list[Outcome]:
    done: list[Outcome] = []
    now = Headway(source=targets[0].source, done=0, total=len(targets))
    for target in targets:
        now = replace(now, done=len(done), board=target.alias, tasks=0)
        watcher(now)
        outcome = _one(connector, target, partial(_told, watcher, now))
        done.append(outcome)
        if isinstance(outcome.error, SourceError) and outcome.error.whole:
            done += [Outcome(other, error=outcome.error) for other in targets[len(done) :]]
            break
    watcher(replace(now, done=now.total, board="", tasks=0))
    return done


def _told(watcher: Watcher, now: Headway, board: str, tasks: int, _of: int | None) -> None:
    watcher(replace(now, board=board, tasks=tasks))


def _one(connector: Connector, target: Target, progress: Progress) -> Outcome:
    try:
        pulled = connector.pull(target.at, progress)
    except RetroError as error:
        return Outcome(target, error=error)
    return Outcome(target, as_named(pulled.snapshot, target))
