"""STA103 late-start."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import NOW, ZONE, Bad, Case, a_schedule, a_task, bad, case, on, planned
from retro.model import Category, EstimateOrigin, Finding, Severity, Task, Template, as_date
from retro.ports import Context
from retro_practices.assumptions import DefaultWork
from retro_practices.columns import told_by
from retro_practices.planned_tasks import judged

_LATEST = Template("still to do, though it had to start by {latest} to end in time")
_FRIDAY = datetime(2027, 1, 8, 9, tzinfo=ZONE)


class LateStart(BaseRule):
    """A task that is still to do although it should have begun.

    What it says:
        The start date of a task has passed and nobody has begun it; or, where it has none, its latest start has: the
        day by which it must begin if nothing after it is to be late. Milestones take no time and parents are judged
        by their parts; what is overdue is another rule's business. A task whose status nobody knows is not judged: it
        may be under way. Where the latest start rests on durations that nobody gave, it is information only.

    Why:
        A late start is the first sign of a late end, days or weeks before the due date passes, and the only one that
        still leaves time to do something.

    How to fix it in Notion:
        Set the status to under way if it is. Else agree with the owner on a start that holds, and look at what waits
        for it.

    How to fix it in Trello:
        Move the card to the list of work under way if it is. Else agree with the owner on a start that holds, and
        look at what waits for it.
    """

    code: ClassVar[str] = "STA103"
    name: ClassVar[str] = "late-start"
    french_name: ClassVar[str] = "commence en retard"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("still to do, though it was to start on {start}")
    templates: ClassVar[tuple[Template, ...]] = (_LATEST,)
    many: ClassVar[Template | None] = Template("{count} of {base} tasks have not begun in time")
    field: ClassVar[str | None] = "start"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "start"})

    good: ClassVar[tuple[Case, ...]] = (
        case("It is overdue: that says it all.", a_task("[Web] FAQ", start=date(2027, 1, 4), due=date(2027, 1, 8))),
        case("A list that no word list knows.", a_task("[Web] FAQ", section="Zone 51", start=date(2027, 1, 8))),
        case("It starts today.", a_task("[Web] FAQ", start=NOW.date())),
        case("Somebody is at work on it.", a_task("[Web] FAQ", start=date(2027, 1, 4), section="À produire")),
        case(
            "It must begin today at the latest.",
            a_task("[Web] FAQ"),
            schedule=a_schedule(planned("[Web] FAQ", latest_start=NOW)),
        ),
        case(
            "Its own start is still to come: that is what the team goes by.",
            a_task("[Web] FAQ", start=date(2027, 1, 18)),
            schedule=a_schedule(planned("[Web] FAQ", latest_start=_FRIDAY)),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("It was to start on Friday.", a_task("[Web] FAQ", start=date(2027, 1, 8))),
            on("[Web] FAQ", start=date(2027, 1, 8)),
        ),
        bad(
            case(
                "No start, and the plan leaves no more time.",
                a_task("[Web] FAQ"),
                schedule=a_schedule(planned("[Web] FAQ", latest_start=_FRIDAY)),
            ),
            on("[Web] FAQ", latest=date(2027, 1, 8)),
        ),
        bad(
            case(
                "Nobody said how long it takes: only information.",
                a_task("[Web] FAQ"),
                schedule=a_schedule(planned("[Web] FAQ", latest_start=_FRIDAY, origin=EstimateOrigin.DEFAULT)),
            ),
            on("[Web] FAQ", latest=date(2027, 1, 8), assumed=True),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Tasks of which somebody says that they are to do, without parents and milestones."""
        return _to_do(super().base(context), context)

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare each start, else each latest start, with today in the workspace's zone."""
        today, due_days, zone = context.today, context.due_days, context.zone
        defaults = context.derived(DefaultWork)
        # Few tasks are late: who judges them is asked of those alone.
        late = {
            task.key: latest
            for task, planned_, due in judged(self, context)
            if planned_.latest_start is not None
            and (latest := as_date(planned_.latest_start, zone)) < today
            and (due is None or due >= today)
        }
        asked = (task for task in super().base(context) if task.start is not None or task.key in late)
        for task in _to_do(asked, context):
            if task.start is None:
                assumed = defaults.behind_latest_start(task)
                yield self.on_task(task, {"latest": late[task.key]}, template=_LATEST, assumed=assumed)
            elif (start := context.day(task.start)) < today <= due_days.get(task.key, today):
                yield self.on_task(task, {"start": start})


def _to_do(tasks: Iterable[Task], context: Context) -> Iterator[Task]:
    """Of some tasks, those that are to do as somebody says, without parents and milestones."""
    parents = context.parents
    return (
        task
        for task in told_by("status", tasks, context)
        if task.status.category is Category.TODO
        and not task.milestone
        and task.key not in parents
        and "status" not in task.assumed
    )
