"""Find the task, person, project or client that words of a command line mean; say which ones they may mean else."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Generic, TypeVar

from retro.i18n import plural
from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import Owner, OwnerKind, Person, Portfolio, Project, Task
from retro.ports import ConfigurationError
from retro.report.untrusted import printable

_Thing = TypeVar("_Thing")

_SHOWN = 6
"""Candidates that an error names."""


@dataclass(frozen=True, slots=True)
class _Entry(Generic[_Thing]):
    """Something with a name: what means it exactly, what it is called, and how an error names it."""

    thing: _Thing
    exact: tuple[str, ...]
    names: tuple[str, ...]
    shown: str


def find_task(words: str, portfolio: Portfolio, where: str, preferred: Callable[[Task], bool]) -> Task:
    """The task that a key, an address, a title or an unambiguous part of one means, case and accents aside.

    Where a title or a part fits several, those are meant that are `preferred`. Raises ConfigurationError that lists
    whom the words may mean, or the titles that come near.
    """
    boards = {board.key: board.name for board in portfolio.boards}
    entries = [
        _Entry(task, (task.key, task.url or task.key, *task.handles), (task.title,), _task(task, boards))
        for task in portfolio.tasks
        if task.counts
    ]
    found = _meant(words, entries)
    if len(found) > 1:
        found = [entry for entry in found if preferred(entry.thing)] or found
    return _one(words, found, entries, where, unknown=_('no task is called "{words}".', words=words))


def find_owner(words: str, portfolio: Portfolio, where: str) -> Owner:
    """The person or team that a key, a name, an alias or an unambiguous part of a name means. Raises as `find_task`."""
    entries = [_Entry(_owner(each), (each.key, *each.keys), _names(each), _person(each)) for each in portfolio.people]
    known = {entry.thing.key for entry in entries}
    others = {owner.key: owner for task in portfolio.tasks for owner in task.owners if owner.key not in known}
    entries += [_Entry(owner, (key,), (owner.name,), printable(owner.name)) for key, owner in sorted(others.items())]
    kinds = {owner.key: owner.kind for task in portfolio.tasks for owner in task.owners}
    found = _one(words, _meant(words, entries), entries, where, unknown=_('nobody is called "{words}".', words=words))
    return Owner(found.key, found.name, kinds.get(found.key, found.kind), found.email)


def find_project(words: str, projects: Sequence[Project], where: str) -> Project:
    """The project that a key, a name or an unambiguous part of one means. Raises as `find_task`."""
    entries = [_Entry(each, (each.key,), (each.name,), printable(each.name)) for each in projects]
    return _one(
        words, _meant(words, entries), entries, where, unknown=_('no project is called "{words}".', words=words)
    )


def find_client(words: str, clients: Sequence[str], where: str) -> str:
    """The client that a name or an unambiguous part of one means. Raises as `find_task`."""
    entries = [_Entry(each, (each,), (each,), printable(each)) for each in clients]
    return _one(words, _meant(words, entries), entries, where, unknown=_('no client is called "{words}".', words=words))


def _meant(words: str, entries: Iterable[_Entry[_Thing]]) -> list[_Entry[_Thing]]:
    """What the words mean: exactly, else by name, else by a part of a name."""
    wanted, part = words.strip(), fold(words)
    by_name, by_part = [], []
    for entry in entries:
        if wanted in entry.exact:
            return [entry]
        folded = [fold(name) for name in entry.names]
        if part in folded:
            by_name.append(entry)
        elif part and any(part in name for name in folded):
            by_part.append(entry)
    return by_name or by_part


def _one(
    words: str, found: Sequence[_Entry[_Thing]], entries: Sequence[_Entry[_Thing]], where: str, *, unknown: str
) -> _Thing:
    if len(found) == 1:
        return found[0].thing
    if found:
        raise ConfigurationError(
            _('"{words}" is in {count} names.', words=words, count=len(found)),
            where=where,
            remedy=_("Give more of the name, or a key: {names}", names=_listed([entry.shown for entry in found])),
        )
    by_name: dict[str, str] = {}
    for entry in entries:
        for name in entry.names:
            by_name.setdefault(fold(name), entry.shown)
    near = get_close_matches(fold(words), list(by_name), n=_SHOWN, cutoff=0.6)
    if near:
        remedy = _("Did you mean {names}", names=_listed([by_name[name] for name in near]).removesuffix(".") + "?")
    elif entries:
        remedy = _("There are: {names}", names=_listed([entry.shown for entry in entries]))
    else:
        remedy = _("There are none here.")
    raise ConfigurationError(unknown, where=where, remedy=remedy)


def _listed(names: Sequence[str]) -> str:
    left = len(names) - _SHOWN
    more = "; " + plural("and {count} more", "and {count} more", left) if left > 0 else ""
    return "; ".join(names[:_SHOWN]) + more + "."


def _task(task: Task, boards: dict[str, str]) -> str:
    """A task as an error names it: title, whose, where, and the key that means it alone."""
    owners = ", ".join(printable(owner.name) for owner in task.owners)
    facts = [fact for fact in (owners, printable(boards.get(task.board, "")), task.key) if fact]
    return f"{printable(task.title)} ({' · '.join(facts)})"


def _owner(person: Person) -> Owner:
    return Owner(person.key, person.name, OwnerKind.PERSON, person.email)


def _names(person: Person) -> tuple[str, ...]:
    return (person.name, *person.aliases, *((person.email,) if person.email else ()))


def _person(person: Person) -> str:
    name = printable(person.name)
    return name if name == person.key else f"{name} ({person.key})"
