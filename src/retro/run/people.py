"""Match people over all tools: by configured ids and aliases, by e-mail, by full name; never by first name."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from retro.config.shape import PersonSection
from retro.i18n.words import fold
from retro.model import Owner, OwnerKind, Person, Snapshot, Task, Team


def match(
    snapshots: Iterable[Snapshot], configured: Mapping[str, PersonSection], teams: Iterable[Team] = ()
) -> tuple[tuple[Person, ...], dict[str, str]]:
    """The people of all boards, and the person's key for each owner's key.

    A configured person's key is their name in the configuration, anybody else's the first of their owner keys. Owners
    that mean one of `teams` are nobody in particular.
    """
    listed = tuple(snapshots)
    in_teams = {key for team in teams for key in team.keys}
    owners = [owner for owner in _owners(listed) if owner.key not in in_teams]
    person_of: dict[str, str] = {}
    by_word: dict[str, str] = {}
    for key, section in configured.items():
        for owner_key in section.ids:
            person_of[owner_key] = key
        for word in (section.name, *section.aliases):
            if word:
                by_word[fold(word)] = key
    by_email: dict[str, str] = {}
    by_name: dict[str, str] = {}
    for owner in owners:
        found = person_of.get(owner.key) or _by_words(owner, by_word)
        if found is None and owner.email:
            found = by_email.get(owner.email.casefold())
        if found is None and _is_full_name(owner.name):
            found = by_name.get(fold(owner.name))
        key = found or owner.key
        person_of[owner.key] = key
        if owner.email:
            by_email.setdefault(owner.email.casefold(), key)
        if _is_full_name(owner.name):
            by_name.setdefault(fold(owner.name), key)
    return _people(owners, person_of, configured, _gone(listed)), person_of


def kinds_of(
    snapshots: Iterable[Snapshot],
    person_of: Mapping[str, str],
    configured: Mapping[str, PersonSection],
    teams: Iterable[Team] = (),
) -> dict[str, OwnerKind]:
    """What is known of owners by their person's or team's key: a text that a list of people knows is a person."""
    persons = {person_of[each.key] for each in _owners(snapshots) if _is_person(each) and each.key in person_of}
    return {
        **dict.fromkeys((*configured, *persons), OwnerKind.PERSON),
        **{team.key: OwnerKind.TEAM for team in teams},
    }


def all_with_people(
    tasks: Iterable[Task], person_of: Mapping[str, str], names: Mapping[str, str], kinds: Mapping[str, OwnerKind]
) -> Iterator[Task]:
    """Tasks of snapshots, each `with_people`."""
    # By identity: the codec makes owners of one text once, and the snapshots keep them all.
    known: set[int] = set()
    for task in tasks:
        if id(task.owners) in known and task.reviewer is None and not task.checklist:
            yield task
            continue
        found = with_people(task, person_of, names, kinds)
        if found is task:
            known.add(id(task.owners))
        yield found


def with_people(
    task: Task,
    person_of: Mapping[str, str],
    names: Mapping[str, str],
    kinds: Mapping[str, OwnerKind] = MappingProxyType({}),
) -> Task:
    """The task with each owner known by the key, name and kind of the person or team that it means."""
    if task.reviewer is None and not task.checklist:  # most tasks
        for owner in task.owners:
            if _known(owner, person_of, names, kinds) is not owner:
                break
        else:
            return task
    owners = tuple([_known(owner, person_of, names, kinds) for owner in task.owners])
    reviewer = _known(task.reviewer, person_of, names, kinds) if task.reviewer else None
    checklist = tuple(
        replace(item, owner=_known(item.owner, person_of, names, kinds)) if item.owner else item
        for item in task.checklist
    )
    if (owners, reviewer, checklist) == (task.owners, task.reviewer, task.checklist):
        return task
    return replace(task, owners=owners, reviewer=reviewer, checklist=checklist)


def _known(
    owner: Owner, person_of: Mapping[str, str], names: Mapping[str, str], kinds: Mapping[str, OwnerKind]
) -> Owner:
    key = person_of.get(owner.key, owner.key)
    name, kind = names.get(key, owner.name), kinds.get(key, owner.kind)
    if key == owner.key and name == owner.name and kind is owner.kind:
        return owner
    return replace(owner, key=key, name=name, kind=kind)


def _is_person(owner: Owner) -> bool:
    return owner.kind is OwnerKind.PERSON


def _owners(snapshots: Iterable[Snapshot]) -> list[Owner]:
    """Everyone named on any board, once, in a stable order."""
    found: dict[str, Owner] = {}
    for snapshot in snapshots:
        for person in snapshot.people:
            found.setdefault(person.key, Owner(person.key, person.name, email=person.email))
        for task in snapshot.tasks:
            for owner in task.owners:
                if owner.key not in found:
                    found[owner.key] = owner
            if task.reviewer is not None:
                found.setdefault(task.reviewer.key, task.reviewer)
    return [found[key] for key in sorted(found) if found[key].kind is not OwnerKind.TEAM]


def _by_words(owner: Owner, by_word: Mapping[str, str]) -> str | None:
    return next((by_word[word] for word in map(fold, filter(None, (owner.email, owner.name))) if word in by_word), None)


def _is_full_name(name: str) -> bool:
    return len(name.split()) > 1


def _gone(snapshots: Iterable[Snapshot]) -> frozenset[str]:
    """The owners' keys of those whom every place that tells its people says to have left."""
    left: dict[str, bool] = {}
    for snapshot in snapshots:
        for person in snapshot.people:
            left[person.key] = person.left and left.get(person.key, True)
    return frozenset(key for key, gone in left.items() if gone)


def _people(
    owners: Iterable[Owner],
    person_of: Mapping[str, str],
    configured: Mapping[str, PersonSection],
    gone: frozenset[str],
) -> tuple[Person, ...]:
    grouped: dict[str, list[Owner]] = {key: [] for key in configured}
    for owner in owners:
        grouped.setdefault(person_of[owner.key], []).append(owner)
    people = []
    for key, known_as in sorted(grouped.items()):
        section = configured.get(key)
        name = (section.name if section else "") or (known_as[0].name if known_as else key)
        people.append(
            Person(
                key=key,
                name=name,
                keys=tuple(sorted({owner.key for owner in known_as} | set(section.ids if section else ()))),
                aliases=tuple(section.aliases) if section else (),
                email=next((owner.email for owner in known_as if owner.email), None),
                left=bool(known_as) and all(owner.key in gone for owner in known_as),
            )
        )
    return tuple(people)
