"""What each read of a board adds to what earlier ones told: no old snapshot is read again for it. Pure."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from retro.model import Category, Day, DueMove, Identity, Seen, Snapshot, Standing, Task

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_UNDER_WAY = (Category.DOING, Category.REVIEW)
_DATE_LENGTH = len("2027-03-01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of the reads of a board: what they tell, and what the next one is compared with."""

    seen: Seen
    mark: str
    """A digest of what `Seen.changed` looks at."""
    dues: Mapping[str, Day] = field(default_factory=dict[str, Day])
    """Due dates as last read, by task."""


def with_read(kept: Kept | None, snapshot: Snapshot, own: Mapping[str, datetime]) -> tuple[Kept, dict[str, DueMove]]:
    """What is kept once a board was read again, and the due dates that moved in between, by task.

    `own` tells when retro last wrote on each task, as the tool dates it. A run that looked ahead in time (`--now`)
    and a later one that did not tell the earlier of both instants. What a cut read does not show is left as it was.
    """
    at = snapshot.read_at
    tasks = [task for task in snapshot.tasks if task.counts]
    before = kept.seen if kept is not None else Seen(first=at)
    whole = snapshot.board.whole
    mark = _mark(tasks) if whole or kept is None else kept.mark
    changed = before.changed
    if kept is not None:
        changed = at if mark != kept.mark else min(changed, at) if changed is not None else None
    known = [task for task in tasks if task.identity is not Identity.POSITIONAL]
    standing = {task.key: _standing(task, before.standing.get(task.key), at) for task in known if task.is_open}
    dues = {task.key: task.due for task in known if task.due is not None}
    old_dues = kept.dues if kept is not None else {}
    moves = {
        key: DueMove(at, None, old, due)
        for key, due in dues.items()
        if (old := old_dues.get(key, due)) is not due and old != due
    }
    people = _people(tasks, before, own)
    if not whole:
        read = {task.key for task in snapshot.tasks}
        standing = {key: each for key, each in before.standing.items() if key not in read} | standing
        dues = {key: due for key, due in old_dues.items() if key not in read} | dues
    stamps = (task.updated for task in tasks if task.updated is not None and not _is_own(task, own))
    seen = Seen(
        first=min(before.first, at),
        changed=changed,
        touched=max((stamp for stamp in (before.touched, *stamps) if stamp is not None), default=None),
        standing=standing,
        people=people,
    )
    return Kept(seen=seen, mark=mark, dues=dues), moves


def _standing(task: Task, before: Standing | None, at: datetime) -> Standing:
    category = task.status.category
    if before is None or before.category is not category:
        return Standing(category, at)
    return before if before.since <= at else Standing(category, at)


def _people(tasks: Iterable[Task], before: Seen, own: Mapping[str, datetime]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for task in tasks:
        if task.status.category in _UNDER_WAY and task.updated is not None:
            stamp = before.people.get(task.key) if _is_own(task, own) else task.updated
            if stamp is not None:
                found[task.key] = stamp
    return found


def _is_own(task: Task, own: Mapping[str, datetime]) -> bool:
    written = own.get(task.key)
    return written is not None and task.updated is not None and task.updated <= written


def _mark(tasks: Iterable[Task]) -> str:
    """A digest of which tasks stand where; of all that decisions read, where the tool dates no change."""
    lines = sorted(
        f"{task.key}\n{task.status.category}\n{task.revision if task.updated is None else ''}" for task in tasks
    )
    return hashlib.sha256("\n\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()


# As texts of the ledger


def seen_text(seen: Seen) -> str:
    """What tasks' standing and stamps are, as JSON: tasks that stand together since the same read share a line."""
    groups: dict[tuple[str, int], list[str]] = {}
    for key in sorted(seen.standing):
        each = seen.standing[key]
        groups.setdefault((each.category.value, _number(each.since)), []).append(key)
    return _text(
        {
            "standing": [[category, since, keys] for (category, since), keys in sorted(groups.items())],
            "people": {key: _number(seen.people[key]) for key in sorted(seen.people)},
        }
    )


def seen_of(text: str, *, first: datetime, changed: datetime | None, touched: datetime | None) -> Seen:
    """What `seen_text` wrote, with what stands beside it."""
    data = json.loads(text)
    standing: dict[str, Standing] = {}
    for category, since, keys in data["standing"]:
        standing.update(dict.fromkeys(keys, Standing(Category(category), _instant(since))))
    people = {key: _instant(stamp) for key, stamp in data["people"].items()}
    return Seen(first=first, changed=changed, touched=touched, standing=standing, people=people)


def dues_text(dues: Mapping[str, Day]) -> str:
    """Due dates as JSON."""
    return _text({key: dues[key].isoformat() for key in sorted(dues)})


def dues_of(text: str) -> dict[str, Day]:
    """What `dues_text` wrote."""
    return {key: day_of(day) for key, day in json.loads(text).items()}


def day_of(text: str) -> Day:
    """A date or an instant, by its shape."""
    return date.fromisoformat(text) if len(text) == _DATE_LENGTH else datetime.fromisoformat(text)


def _text(data: Any) -> str:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":"))


def _number(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND


def _instant(number: int) -> datetime:
    return _EPOCH + number * _MICROSECOND
