"""What a debrief looks back on: the baseline that a project began with, and the moves of dates that people made."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from retro.i18n.words import fold
from retro.model import Assessment, DueMove, History, PlanBaseline, Project, Task
from retro.run.plan_baseline import Shelf

_FIRST = "kickoff"


def first_baseline(shelf: Shelf, project: Project, tasks: Sequence[Task], *, of_paths: bool) -> str | None:
    """The name of the baseline that a project began with: `kickoff`, else the oldest that knows it; None: none does.

    `tasks` are those that were read. What is read from files has one key whatever they hold (`of_paths`): there a
    baseline knows the project by a task of it.
    """
    kept = sorted(shelf.listed(), key=lambda each: (fold(each.name) != _FIRST, each.set_at, each.name))
    titles = frozenset(fold(task.title) for task in tasks) if of_paths else None
    return next((each.name for each in kept if _knows(shelf.find(each.name), project, titles)), None)


def moves_of(assessment: Assessment, history: History | None) -> Mapping[str, Sequence[DueMove]]:
    """By task: what its tool tells of the moves of its date, else what retro's reads tell; none of retro's own."""
    found = {}
    for task in assessment.portfolio.tasks:
        moves = task.due_history
        if history is not None:
            moves = moves or history.due_moves.get(task.key, ())
            mine = history.own_moves.get(task.key, frozenset())
            moves = tuple(move for move in moves if move.when not in mine)
        if moves:
            found[task.key] = moves
    return found


def _knows(baseline: PlanBaseline | None, project: Project, titles: AbstractSet[str] | None) -> bool:
    """Whether a baseline has a project: by its key, else by its name; with `titles`, by one of them."""
    if baseline is None:
        return False
    if titles is not None:
        return any(fold(task.title) in titles for task in baseline.tasks)
    return any(each.key == project.key or fold(each.name) == fold(project.name) for each in baseline.projects)
