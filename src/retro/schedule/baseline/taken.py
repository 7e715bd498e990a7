"""A plan's dates as they stand, in the form in which they are kept and compared."""

from collections.abc import Mapping
from datetime import datetime, tzinfo

from retro.model import (
    BaselineAnchor,
    BaselineBoard,
    BaselineProject,
    BaselineTask,
    BoardKind,
    Category,
    PlanBaseline,
    Portfolio,
    Role,
    Schedule,
    Task,
    TaskSchedule,
)

_UNPLANNED = (Category.IDEA, Category.CANCELLED)


def taken(
    portfolio: Portfolio, schedule: Schedule, *, name: str, now: datetime, read_at: Mapping[str, datetime], zone: tzinfo
) -> PlanBaseline:
    """The dates of every planned task of boards that work to dates: of all but boards of kind flow.

    Ideas, and what is cancelled or archived without being done, are in no plan. `read_at` tells by board when it was
    read.
    """
    boards = [board for board in portfolio.boards if board.kind is not BoardKind.FLOW]
    keys = {board.key for board in boards}
    project_of = {key: project.key for project in portfolio.projects for key in project.tasks}
    return PlanBaseline(
        name=name,
        set_at=now,
        boards=tuple(BaselineBoard(key=board.key, name=board.name, read_at=read_at.get(board.key)) for board in boards),
        projects=tuple(BaselineProject(project.key, project.name) for project in portfolio.projects),
        anchors=tuple(
            BaselineAnchor(
                key=anchor.key,
                name=anchor.name,
                project=anchor.project,
                day=anchor.on(zone),
                slack_minutes=anchor.slack_minutes,
            )
            for anchor in schedule.anchors
        ),
        tasks=tuple(
            _task(task, schedule.tasks.get(task.key), project_of.get(task.key, ""))
            for task in portfolio.tasks
            if task.board in keys and _planned(task)
        ),
    )


def set_aside(portfolio: Portfolio) -> frozenset[str]:
    """Keys of tasks that were read and are in no plan: a task that is among them now is not gone from its board."""
    return frozenset(task.key for task in portfolio.tasks if task.role is Role.TASK and not _planned(task))


def _planned(task: Task) -> bool:
    if task.role is not Role.TASK:
        return False
    return task.status.category is Category.DONE or not (task.archived or task.status.category in _UNPLANNED)


def _task(task: Task, plan: TaskSchedule | None, project: str) -> BaselineTask:
    return BaselineTask(
        key=task.key,
        board=task.board,
        title=task.title,
        identity=task.identity,
        project=project,
        owners=tuple(owner.name for owner in task.owners),
        milestone=task.milestone,
        done=task.status.category is Category.DONE,
        start=task.start,
        due=task.due,
        finished=task.actual_finish or task.completed,
        advised_start=plan.advised_start if plan is not None else None,
        advised_finish=plan.advised_finish if plan is not None else None,
        latest_finish=plan.latest_finish if plan is not None else None,
        earliest_finish=plan.earliest_finish if plan is not None else None,
    )
