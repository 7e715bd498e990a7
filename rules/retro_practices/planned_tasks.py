"""Wanted tasks beside what the schedule says of them: ten rules look at both, of every task."""

from collections.abc import Sequence
from datetime import date

from retro.lint import BaseRule
from retro.model import Task, TaskSchedule
from retro.ports import Context

PlannedTask = tuple[Task, TaskSchedule, date | None]
"""A task, its dates, and the day in the workspace's zone that it is due."""


def planned_tasks(context: Context) -> Sequence[PlannedTask]:
    """The tasks that are wanted (open, more than an idea) and scheduled."""
    planned, due_days = context.schedule.tasks, context.due_days
    # In large plans each look into these tables waits for memory: they are looked into once, for all rules.
    return [
        (task, dates, due_days.get(task.key)) for task in context.wanted if (dates := planned.get(task.key)) is not None
    ]


def judged(rule: BaseRule, context: Context) -> Sequence[PlannedTask]:
    """Those of them that stand on boards of the rule's kinds."""
    found, silent = context.derived(planned_tasks), rule.silent_boards(context)
    return found if not silent else [each for each in found if each[0].board not in silent]
