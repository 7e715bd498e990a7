"""A person's part of everybody's lists (`worklists`): nothing stands in two of theirs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar
from zoneinfo import ZoneInfo

from retro.model import Assessment, Owner, Task
from retro.report.worklists import Beginning, Dated, Wait, worklists


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """A task that is theirs, the day it is expected on, and who waits for it."""

    task: Task
    day: date
    advised: bool = False
    """Whether the day is the schedule's, for want of one of the team's."""
    waiters: tuple[Owner, ...] = ()
    warn: bool = False
    """Whether those who wait are to be told: it is late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A task that somebody waits for: others for this person, or this person for `people`."""

    task: Task
    people: tuple[Owner, ...]
    day: date | None
    warn: bool = False
    in_review: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenMove:
    """A date that was moved back while it still lay ahead."""

    task: Task
    was: date
    now: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What retro did for a person since a day: facts of its journal and of its reads."""

    since: date
    filled: int = 0
    """Dates that it gave tasks of theirs which had none, and that stand."""
    moves: tuple[SeenMove, ...] = ()
    """Of what they wait for, in the order of the old dates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """One person's lists, each by date."""

    owner: Owner
    today: date
    week: date
    """The Monday of the week that counts as this one."""
    late: tuple[Todo, ...] = ()
    due: tuple[Todo, ...] = ()
    """Due in that week."""
    asked: tuple[Asked, ...] = ()
    """What others wait for, of what is neither late nor due this week; `people` are those who wait."""
    waiting: tuple[Asked, ...] = ()
    """What this person waits for; `people` are those who have it."""
    soon: tuple[Beginning, ...] = ()
    dateless: tuple[Task, ...] = ()
    """Tasks without a date that stand in no other list."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.late or self.due or self.asked or self.waiting or self.soon or self.dateless)


_Thing = TypeVar("_Thing")
_ByPerson = Mapping[str, list[_Thing]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """Everybody's lists, by the key of a person or team: they are gone through once, whoever asks."""

    today: date
    week: date
    late: _ByPerson[Dated]
    due: _ByPerson[Dated]
    held: _ByPerson[Wait]
    """Waits for somebody, by who is waited for."""
    waits: _ByPerson[Wait]
    """The same, by who waits."""
    soon: _ByPerson[Beginning]
    dateless: _ByPerson[Task]
    teams: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Keys of the teams that a person belongs to."""

    @classmethod
    def of(cls, assessment: Assessment) -> "Weeks":
        """Those of an assessment, on its day."""
        lists = worklists(assessment)
        teams: dict[str, tuple[str, ...]] = defaultdict(tuple)
        for team in assessment.portfolio.teams:
            for member in team.members:
                teams[member] = (*teams[member], team.key)
        return cls(
            today=assessment.now.astimezone(ZoneInfo(assessment.zone_name)).date(),
            week=lists.week,
            late=_by_person(lists.late, lambda each: each.task.busy),
            due=_by_person(lists.due, lambda each: each.task.busy),
            held=_by_person(lists.waits, lambda each: each.blocker.busy),
            waits=_by_person(lists.waits, lambda each: each.task.owners),
            soon=_by_person(lists.soon, lambda each: each.task.busy),
            dateless=_by_person(lists.dateless, lambda each: each.busy),
            teams=dict(teams),
        )

    def keys(self, owner: Owner) -> tuple[str, ...]:
        """What means this person on a task: they themselves, and the teams they belong to."""
        return (owner.key, *self.teams.get(owner.key, ()))

    def week_of(self, owner: Owner) -> Mine:
        """The lists of one person or team."""
        keys = self.keys(owner)
        held: dict[str, list[Wait]] = defaultdict(list)
        for wait in _all(self.held, keys, lambda each: (each.blocker.key, each.task.key)):
            if wait.in_review or not _is_theirs(wait.task.owners, keys):
                held[wait.blocker.key].append(wait)
        reviews = {key for key, waits in held.items() if any(wait.in_review for wait in waits)}
        late = [each for each in _all(self.late, keys, _task_of) if each.task.key not in reviews]
        due = [each for each in _all(self.due, keys, _task_of) if each.task.key not in reviews]
        told = {each.task.key for each in (*late, *due)}
        asked = [_asked(waits, _waiters) for key, waits in held.items() if key not in told]
        soon = [each for each in _all(self.soon, keys, _task_of) if each.task.key not in held]
        told |= held.keys() | {each.task.key for each in soon}
        return Mine(
            owner=owner,
            today=self.today,
            week=self.week,
            late=tuple(_todo(each, held) for each in sorted(late, key=_first)),
            due=tuple(_todo(each, held) for each in sorted(due, key=_first)),
            asked=tuple(sorted(asked, key=_asked_first)),
            waiting=tuple(sorted(self._waiting(keys), key=_asked_first)),
            soon=tuple(sorted(soon, key=_first)),
            dateless=tuple(task for task in _all(self.dateless, keys, lambda each: each.key) if task.key not in told),
        )

    def _waiting(self, keys: tuple[str, ...]) -> Iterable[Asked]:
        found: dict[str, list[Wait]] = defaultdict(list)
        for wait in _all(self.waits, keys, lambda each: (each.blocker.key, each.task.key)):
            if not _is_theirs(wait.blocker.busy, keys):
                found[wait.blocker.key].append(wait)
        return (_asked(waits, lambda wait: wait.blocker.busy) for waits in found.values())


def _by_person(things: Iterable[_Thing], owners: Callable[[_Thing], Iterable[Owner]]) -> dict[str, list[_Thing]]:
    found: dict[str, list[_Thing]] = defaultdict(list)
    for thing in things:
        for key in dict.fromkeys(owner.key for owner in owners(thing)):
            found[key].append(thing)
    return dict(found)


def _all(lists: _ByPerson[_Thing], keys: Iterable[str], name: Callable[[_Thing], object]) -> list[_Thing]:
    """What several keys have between them, once each."""
    return list({name(each): each for key in keys for each in lists.get(key, ())}.values())


def _is_theirs(owners: Iterable[Owner], keys: tuple[str, ...]) -> bool:
    return any(owner.key in keys for owner in owners)


def _task_of(each: Dated | Beginning) -> str:
    return each.task.key


def _waiters(wait: Wait) -> tuple[Owner, ...]:
    """Who waits: nobody whom the wait is for."""
    return tuple(owner for owner in wait.task.owners if wait.holder is None or owner.key != wait.holder.key)


def _asked(waits: Iterable[Wait], people: Callable[[Wait], Iterable[Owner]]) -> Asked:
    """All waits for one task as one."""
    each = list(waits)
    return Asked(
        task=each[0].blocker,
        people=_by_name(owner for wait in each for owner in people(wait)),
        day=each[0].day,
        warn=any(wait.warn for wait in each),
        in_review=any(wait.in_review for wait in each),
    )


def _todo(dated: Dated, held: Mapping[str, list[Wait]]) -> Todo:
    waits = held.get(dated.task.key, [])
    return Todo(
        task=dated.task,
        day=dated.day,
        advised=dated.advised,
        waiters=_by_name(owner for wait in waits for owner in _waiters(wait)),
        warn=any(wait.warn for wait in waits),
    )


def _by_name(owners: Iterable[Owner]) -> tuple[Owner, ...]:
    return tuple(sorted({owner.key: owner for owner in owners}.values(), key=lambda owner: (owner.name, owner.key)))


def _first(each: Dated | Beginning) -> tuple[date, str, str]:
    return (each.day, each.task.title, each.task.key)


def _asked_first(each: Asked) -> tuple[date, str, str]:
    return (each.day or date.max, each.task.title, each.task.key)
