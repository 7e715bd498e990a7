"""Resources as people: who works on which task, and by which calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from retro.model import Owner, OwnerKind, Person
from retro_msproject.records import Record
from retro_msproject.values import flag, number, whole

_WORK = 1
"""The type of a resource that works: 0 is material, 2 cost."""


@dataclass(slots=True)
class People:
    """The resources that work, and their tasks. Material, costs, budgets and nameless resources are set aside."""

    by_uid: dict[str, Owner] = field(default_factory=dict[str, Owner])
    calendars: dict[str, str] = field(default_factory=dict[str, str])
    """UID of the calendar, by owner's key."""
    of_task: dict[str, list[Owner]] = field(default_factory=dict[str, list[Owner]])
    """Owners by the task's UID, in the order of the plan; those of no time last."""
    shares: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """By the task's UID: "Anna 50 %", of those who give it less or more than their whole time."""
    others: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    """By the task's UID: names of materials and costs."""

    def calendar_of(self, uid: str) -> str:
        """UID of a resource's calendar, or ""."""
        owner = self.by_uid.get(uid)
        return self.calendars.get(owner.key, "") if owner is not None else ""

    @property
    def persons(self) -> tuple[Person, ...]:
        """Everyone who is a single person."""
        return tuple(
            Person(key=owner.key, name=owner.name, keys=(owner.key,), email=owner.email)
            for owner in self.by_uid.values()
            if owner.kind is OwnerKind.PERSON
        )


def people(resources: Iterable[Record], assignments: Iterable[Record], prefix: str) -> People:
    """Read resources and assignments; owners' keys are `<prefix>:resource:<uid>`."""
    found = People()
    things: dict[str, str] = {}
    for resource in resources:
        uid, name = resource.get("UID"), resource.get("Name")
        if not uid or not name or flag(resource.get("IsNull")):
            continue
        if not _works(resource):
            things[uid] = name
            continue
        owner = Owner(f"{prefix}:resource:{uid}", name, _kind(resource), resource.get("EmailAddress") or None)
        if found.by_uid.setdefault(uid, owner) is owner:
            found.calendars[owner.key] = resource.get("CalendarUID")
    # Whoever gives a task no time at all comes last: the hours of the first are the task's.
    for assignment in sorted(assignments, key=lambda each: _number(each.get("Units")) == 0):
        _assign(found, things, assignment)
    return found


def _assign(found: People, things: Mapping[str, str], assignment: Record) -> None:
    task, uid = assignment.get("TaskUID"), assignment.get("ResourceUID")
    if uid in things:
        found.others.setdefault(task, []).append(things[uid])
    owner = found.by_uid.get(uid)
    if owner is None or owner in found.of_task.get(task, ()):
        return  # nobody in particular, or a resource that the plan does not hold
    found.of_task.setdefault(task, []).append(owner)
    units = _number(assignment.get("Units"))
    if units is not None and units != 1:
        found.shares.setdefault(task, []).append(f"{owner.name} {units * 100:g} %")


def _works(resource: Record) -> bool:
    thing = flag(resource.get("IsCostResource")) or flag(resource.get("IsBudget"))
    return whole(resource.get("Type"), _WORK) == _WORK and not thing


def _kind(resource: Record) -> OwnerKind:
    """A generic resource, or one of more than one person, is a team."""
    units = _number(resource.get("MaxUnits"))
    several = units is not None and units > 1
    return OwnerKind.TEAM if several or flag(resource.get("IsGeneric")) else OwnerKind.PERSON


def _number(text: str) -> float | None:
    try:
        return number(text)
    except ValueError:
        return None
