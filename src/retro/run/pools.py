"""Who can do how much: the pools, demands and priorities of a levelling, from what was read and the configuration."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from retro.calendars import Calendars
from retro.config.shape import Settings
from retro.i18n.words import USUAL_PRIORITY, priority_rank
from retro.model import Board, BoardKind, Owner, OwnerKind, Portfolio, Task, Team
from retro.schedule import Levelling, Pool

_RANKS = 5
"""How many priorities a task may have within its project."""
_PLAN_RANKS = ((800, 0), (501, 1), (500, USUAL_PRIORITY), (200, 3))
"""Least numbers of Microsoft Project's scale of 0 to 1000, on which 500 is usual, and what each amounts to."""


def levelling(
    portfolio: Portfolio, calendars: Calendars, settings: Settings, previous: Mapping[str, datetime]
) -> Levelling:
    """What levels a portfolio: each person and each configured team is one pool, over all boards together.

    Tasks of boards of kind flow or editorial are not scheduled, so they take no part: `reserve`, or a person's
    `share`, keeps room for them. `previous`: the advised finishes that were last written or shown.
    """
    teams = {team.key: team for team in portfolio.teams}
    boards = {board.key: board for board in portfolio.boards if board.kind is BoardKind.PROJECT}
    pools: dict[str, Pool] = {}
    demands: dict[str, tuple[tuple[str, ...], ...]] = {}
    tasks = [task for task in portfolio.tasks if task.board in boards and task.is_open]
    for task in tasks:
        if wanted := _demand(task.busy, teams):
            demands[task.key] = wanted
            for key in (key for candidates in wanted for key in candidates if key not in pools):
                pools[key] = _pool(key, teams.get(key), calendars, settings.schedule.reserve)
    return Levelling(
        pools=pools,
        demands=demands,
        priorities=_priorities(portfolio, tasks, boards, list(settings.projects)),
        previous=previous,
        steady=5 * calendars.project.day_minutes,
    )


def _pool(key: str, team: Team | None, calendars: Calendars, reserve: float) -> Pool:
    return Pool(key=key, calendar=calendars.of(key), capacity=team.size if team else 1, reserve=reserve)


def _demand(owners: Iterable[Owner], teams: Mapping[str, Team]) -> tuple[tuple[str, ...], ...]:
    """For each owner of a task whose hours are counted, the pools of which one is taken.

    Whoever has a task in person is not the one whom their team sends besides.
    """
    named = list({owner.key: owner for owner in owners}.values())
    persons = {owner.key for owner in named if owner.kind is OwnerKind.PERSON}
    wanted = (_candidates(owner, teams.get(owner.key), persons) for owner in named)
    return tuple(candidates for candidates in wanted if candidates)


def _candidates(owner: Owner, team: Team | None, persons: Iterable[str]) -> tuple[str, ...]:
    """None for a team that the configuration does not know, or a text that names nobody it knows."""
    if team is None:
        return (owner.key,) if owner.kind is OwnerKind.PERSON else ()
    if not team.members:
        return (team.key,)
    return tuple(member for member in team.members if member not in persons)


def _priorities(
    portfolio: Portfolio, tasks: Iterable[Task], boards: Mapping[str, Board], order: list[str]
) -> dict[str, int]:
    """The rank of each task: its project's place in the configuration, then its own priority.

    Projects that the configuration does not name come after those that it does. Empty where all tasks are equal.
    """
    places = {key: place for place, key in enumerate(order)}
    place_of = {
        task: places[project.key] for project in portfolio.projects if project.key in places for task in project.tasks
    }
    ranks = {task.key: place_of.get(task.key, len(order)) * _RANKS + _rank(task, boards[task.board]) for task in tasks}
    return ranks if len(set(ranks.values())) > 1 else {}


def _rank(task: Task, board: Board) -> int:
    if not task.priority:
        return USUAL_PRIORITY
    if board.begins is not None and task.priority.isdecimal():
        number = int(task.priority)
        return next((rank for least, rank in _PLAN_RANKS if number >= least), _RANKS - 1)
    return priority_rank(task.priority)
