"""BUF104 crowded-end-date."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import BoardKind, Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.ends import End, ends, is_the_end, members
from retro_practices.launch import AfterLaunch, standing_tasks

_MONDAY, _EARLIER = date(2027, 3, 1), date(2027, 2, 15)
_UNSURE = frozenset({"status", "due"})


def _tasks(early: int, last: int, day: date = _MONDAY) -> tuple[Task, ...]:
    """Some tasks that are due earlier, and some that are due on one day."""
    return (
        *(a_task(f"[Web] Page {number}", due=_EARLIER) for number in range(early)),
        *(a_task(f"[Print] Affiche {number}", due=day) for number in range(last)),
    )


class CrowdedEndDate(BaseRule):
    """Too many tasks of a project are due on its last working day.

    What it says:
        More than `share` of the open tasks of a project, and `threshold` at least, are due on the last working day
        before its end date or on the end date itself. The launch card, milestones, what happens on the day of the
        launch and what comes after it do not count.

    Why:
        A date that was put on everything is a date on nothing: nobody can tell which task has to begin first, and the
        whole work meets on one evening.

    How to fix it in Notion:
        Spread the dates: each row's advised date is counted back from the end date, one after the other.

    How to fix it in Trello:
        Spread the due dates: each card's advised date is counted back from the end date, one after the other.
    """

    code: ClassVar[str] = "BUF104"
    name: ClassVar[str] = "crowded-end-date"
    french_name: ClassVar[str] = "tout pour le dernier jour"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("{count} of {base} open tasks are due on the last working day, {date}")
    field: ClassVar[str | None] = "due"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    share: float = Field(default=0.3, ge=0, le=1, description="The share of the open tasks that may be due on it…")
    threshold: int = Field(default=3, ge=1, description="…where so many are at least: two are no crowd.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Three of ten.", *_tasks(7, 3), end=_MONDAY),
        case("Two of two: no crowd.", *_tasks(0, 2), end=_MONDAY),
        case("Publications on their day.", *_tasks(9, 5), end=_MONDAY, boards=(a_board(kind=BoardKind.EDITORIAL),)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Four of ten.", *_tasks(6, 4), end=_MONDAY),
            Expected("p", {"count": 4, "base": 10, "date": _MONDAY}, "lancement"),
        ),
        bad(
            case(
                "The fair is on a Saturday: Friday is the last working day.",
                *_tasks(0, 3, date(2027, 2, 26)),
                end=date(2027, 2, 27),
            ),
            Expected("p", {"count": 3, "base": 3, "date": date(2027, 2, 26)}, "lancement"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Count, project by project, what is due on the last working day before its last end."""
        known, open_ = context.derived(ends), context.derived(members)
        standing, due_days = frozenset(context.derived(standing_tasks).values()), context.due_days
        for project in self.projects(context):
            if project.key not in known or known[project.key][-1].day < context.today:
                continue
            end = known[project.key][-1]
            last = context.calendar.previous_working_day(end.day)
            tasks = open_.get(project.key, ())
            on_the_day = (last, end.day)
            due = [task for task in tasks if due_days.get(task.key) in on_the_day]
            if len(due) < self.threshold or len(due) <= self.share * len(tasks):
                continue
            # The schedule is asked here alone: where nothing is crowded, nobody waits for it.
            words, after = context.derived(titles), context.derived(AfterLaunch)
            apart = {
                task.key
                for task in tasks
                if task.milestone or task.key in standing or is_the_end(words[task.key].rest) or task in after
            }
            yield from self._finding(
                project.key, end, last, [task for task in tasks if task.key not in apart], {task.key for task in due}
            )

    def _finding(self, project: str, end: End, last: date, tasks: list[Task], due: set[str]) -> Iterator[Finding]:
        crowd = [task for task in tasks if task.key in due]
        if self._crowded(len(crowd), len(tasks)):
            boards = {task.board for task in tasks}
            sure = sum(_UNSURE.isdisjoint(task.assumed) for task in crowd)
            yield self.on_subject(
                project,
                {"count": len(crowd), "base": len(tasks), "date": last},
                board=boards.pop() if len(boards) == 1 else None,
                project=project,
                detail=end.key,
                assumed=not self._crowded(sure, len(tasks)),
            )

    def _crowded(self, count: int, base: int) -> bool:
        return count >= self.threshold and count > self.share * base
