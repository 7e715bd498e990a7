"""Who works on what: resources with calendars of their own, and assignments at full time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from retro.model import Owner, OwnerKind, Task, Team
from retro.report.mspdi.elements import child, duration, name, resource_name, uids, unlike
from retro.report.mspdi.placed import Placed

_WORKS = 1
"""`Type` of a resource that is no material."""


@dataclass(frozen=True, slots=True)
class Resource:
    """Somebody, or a team."""

    owner: Owner
    uid: int
    name: str


def at_work(task: Task) -> tuple[Owner, ...]:
    """Who is busy with a task, each once."""
    return tuple({owner.key: owner for owner in task.busy}.values())


def resources(tasks: Iterable[Task]) -> dict[str, Resource]:
    """Everybody who works on one of `tasks`, by owner's key."""
    owners = {owner.key: owner for task in tasks for owner in reversed(at_work(task))}
    numbers = uids(owners)
    taken: set[str] = set()
    return {
        key: Resource(owners[key], numbers[key], unlike(resource_name(owners[key].name), taken))
        for key in sorted(owners)
    }


def write_resources(
    parent: Element, found: Iterable[Resource], calendars: Mapping[str, int], teams: Iterable[Team]
) -> None:
    """`Resource` elements; `calendars` are UIDs by owner's key, `teams` those whose size is known."""
    sizes = {team.key: team.size or len(team.members) for team in teams}
    for place, each in enumerate(found, 1):
        child(
            parent,
            "Resource",
            UID=each.uid,
            ID=place,
            Name=each.name,
            Type=_WORKS,
            IsNull=False,
            EmailAddress=name(each.owner.email) if each.owner.email else None,
            MaxUnits=max(sizes.get(each.owner.key, 1), 1),
            CalendarUID=calendars[each.owner.key],
            IsGeneric=each.owner.kind is OwnerKind.TEAM,
        )


def write_assignments(
    parent: Element,
    of_task: Iterable[tuple[int, Task, Placed]],
    found: Mapping[str, Resource],
    instants: Callable[[datetime], str],
) -> None:
    """`Assignment` elements of tasks, each with its UID; every owner gives the whole duration."""
    uid = 0
    for task_uid, task, place in of_task:
        for owner in at_work(task):
            uid += 1
            child(
                parent,
                "Assignment",
                UID=uid,
                TaskUID=task_uid,
                ResourceUID=found[owner.key].uid,
                PercentWorkComplete=place.percent,
                ActualFinish=instants(place.finish) if place.done else None,
                ActualStart=instants(place.start) if place.begun else None,
                ActualWork=duration(place.minutes - place.left),
                Finish=instants(place.finish),
                RemainingWork=duration(place.left),
                Start=instants(place.start),
                Units=1,
                Work=duration(place.minutes),
            )
