"""Whose week is asked for, and what retro did for that person of late."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from retro.i18n import text as _
from retro.model import Assessment, History, Owner, OwnerKind, Portfolio, Task, WriteLevel, as_date
from retro.model.due_moves import steps
from retro.model.values import agrees, value_of
from retro.ports import ConfigurationError, Intent, Ledger
from retro.report.untrusted import printable
from retro.report.week import Saved, SeenMove
from retro.run.named import find_owner

_LOOKED_BACK = timedelta(days=7)
_DATES = ("start", "due")
_MOST_NAMES = 12


def whose(words: str | None, portfolio: Portfolio) -> Owner:
    """The person or team that is meant; without words the only one there is, else the one guardian of all projects.

    Raises ConfigurationError that says whose week can be asked for.
    """
    if words:
        return find_owner(words, portfolio, _("PERSON"))
    people = busy(portfolio)
    if len(people) == 1:
        return people[0]
    guardians = {project.guardian for project in portfolio.projects}
    if len(guardians) == 1 and (guardian := guardians.pop()):
        return find_owner(guardian, portfolio, "guardian")
    names = [printable(owner.name) for owner in people]
    more = len(names) - _MOST_NAMES
    raise ConfigurationError(
        _("whose week is it?"),
        where=_("PERSON"),
        remedy=_(
            'Name one: `retro week "{name}"`. There are: {names}.',
            name=names[0] if names else "…",
            names=", ".join([*names[:_MOST_NAMES], *(["…"] if more > 0 else [])]) or "–",
        ),
    )


def busy(portfolio: Portfolio) -> list[Owner]:
    """Everyone who has something to do, by name: those who left, and teams whose members are known, are not asked."""
    aside = {team.key for team in portfolio.teams if team.members}
    aside |= {person.key for person in portfolio.people if person.left}
    members = {member for team in portfolio.teams for member in team.members}
    found = {owner.key: owner for task in portfolio.tasks if task.is_awaited for owner in task.busy}
    for person in portfolio.people:
        if person.key in members:
            found.setdefault(person.key, Owner(person.key, person.name, OwnerKind.PERSON, person.email))
    return sorted(
        (owner for key, owner in found.items() if key not in aside), key=lambda owner: (owner.name, owner.key)
    )


def saved(
    assessment: Assessment, keys: Collection[str], history: History | None, ledger: Ledger | None
) -> Saved | None:
    """What retro did in a week for whoever `keys` mean; None where nothing is remembered."""
    if ledger is None or history is None:
        return None
    zone = ZoneInfo(assessment.zone_name)
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    theirs = {key for key, task in tasks.items() if any(owner.key in keys for owner in task.owners)}
    since = as_date(assessment.now, zone) - _LOOKED_BACK
    awaited = {
        link.predecessor
        for link in assessment.portfolio.links
        if link.successor in theirs and link.predecessor not in theirs and tasks[link.successor].is_awaited
    }
    moves = [move for key in awaited if key in tasks and (move := _moved(tasks[key], history, since, zone)) is not None]
    return Saved(
        since=since,
        filled=sum(_stands(each, tasks, since, zone) for each in _last(ledger.intents(tasks=theirs))),
        moves=tuple(sorted(moves, key=lambda each: (each.was, each.task.title, each.task.key))),
    )


def _last(intents: list[Intent]) -> Iterator[Intent]:
    """The last write to each cell that was made."""
    made = {(each.change.task, each.change.field): each for each in intents if each.state == "acknowledged"}
    yield from made.values()


def _stands(intent: Intent, tasks: dict[str, Task], since: date, zone: ZoneInfo) -> bool:
    """Whether a write gave an empty cell of the team's a date since a day, and the board has it still."""
    change, at = intent.change, intent.settled or intent.created
    if change.level is not WriteLevel.FILL or change.field not in _DATES or change.new is None or change.undoes:
        return False
    return as_date(at, zone) >= since and agrees(value_of(tasks[change.task], change.field), change.new, zone)


def _moved(task: Task, history: History, since: date, zone: ZoneInfo) -> SeenMove | None:
    """The last time since a day that people moved a date back before it had come."""
    mine = history.own_moves.get(task.key, frozenset())
    moves = [move for move in task.due_history or history.due_moves.get(task.key, ()) if move.when not in mine]
    found = None
    for step, held in steps(moves, zone):
        on, was = as_date(step[-1].when, zone), as_date(held, zone)
        new = step[-1].new
        if new is not None and on >= since and on < was < as_date(new, zone):
            found = SeenMove(task=task, was=was, now=as_date(new, zone))
    return found
