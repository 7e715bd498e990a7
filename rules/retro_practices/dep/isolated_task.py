"""DEP101 isolated-task."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_link, a_task, bad, case, on
from retro.model import BoardKind, Category, Finding, Project, Severity, Task, Template
from retro.ports import Context
from retro_practices.columns import told_by
from retro_practices.gestures import gestures
from retro_practices.launch import AfterLaunch, linked_tasks, standing_tasks, tied_tasks

_PAIR = (a_task("Design", due=date(2027, 1, 18)), a_task("Intégration", due=date(2027, 2, 5)))
_LINKED = (a_link("Design", "Intégration"),)
_AWAY = (Category.IDEA, Category.CANCELLED)


class IsolatedTask(BaseRule):
    """A task that waits for nothing, and that nothing waits for.

    What it says:
        In a project that uses dependencies, an open task has neither a predecessor nor a successor, and no parent that
        has one. The first task of the project by its dates, the last one, the launch itself and work after the launch
        need none, nor does a gesture ("Appeler l’imprimeur"), which belongs in a checklist. A project without a
        single link is not judged here.

    Why:
        A date on a task without links is a guess: nothing moves it when the work before it slips, and nobody is told
        when it slips itself.

    How to fix it in Notion:
        Fill the relation to the rows that it waits for ("Bloqué par", "Blocked by") or that wait for it.

    How to fix it in Trello:
        Add a checklist "Dépendances" with the links of the cards that it waits for; or put its link into that
        checklist of the card that waits for it.
    """

    code: ClassVar[str] = "DEP101"
    name: ClassVar[str] = "isolated-task"
    french_name: ClassVar[str] = "tâche isolée"
    default: ClassVar[Severity] = Severity.WARNING
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("waits for nothing, and nothing waits for it")
    many: ClassVar[Template | None] = Template("no dependency on {count} of {base} tasks")
    field: ClassVar[str | None] = "predecessors"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "links"})
    """Links are assumed where a read was cut: what was not read may be what a task waits for."""
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    good: ClassVar[tuple[Case, ...]] = (
        case("Linked.", *_PAIR, links=_LINKED),
        case("Nobody uses links here: another rule says so once.", *_PAIR),
        case(
            "The first, the last, and what comes after the launch.",
            a_task("Kick-off", due=date(2027, 1, 12)),
            *_PAIR,
            a_task("[Web] Mise en ligne", due=date(2027, 3, 1)),
            a_task("Débrief", due=date(2027, 3, 15)),
            links=_LINKED,
        ),
        case(
            "A gesture is no task.",
            *_PAIR,
            a_task("[Print] Appeler l’imprimeur", due=date(2027, 1, 20)),
            links=_LINKED,
        ),
        case(
            "Its parent is linked.",
            *_PAIR,
            a_task("[Web] Maquette", due=date(2027, 1, 20), parent="trello:design"),
            links=_LINKED,
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Between two linked tasks.", *_PAIR, a_task("[Web] FAQ", due=date(2027, 1, 25)), links=_LINKED),
            on("[Web] FAQ"),
        ),
        bad(
            case(
                "Two that end last together: neither is the launch.",
                *_PAIR,
                a_task("[Web] FAQ", due=date(2027, 2, 8)),
                a_task("[Print] Flyer", due=date(2027, 2, 8)),
                links=_LINKED,
            ),
            on("[Print] Flyer"),
            on("[Web] FAQ"),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Open tasks of projects that use links, without parents, first and last ones, and work after the launch."""
        return _of_plan(super().base(context), context)

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for any link at all."""
        tied = context.derived(tied_tasks)
        alone = [task for task in super().base(context) if task.key not in tied]  # few of them
        for task in _of_plan(alone, context) if alone else ():
            if task.key not in context.derived(gestures):
                yield self.on_task(task)


def _of_plan(tasks: Iterable[Task], context: Context) -> Iterator[Task]:
    """Of some tasks, those of projects that use links and the rest that `IsolatedTask.base` says."""
    judged, after = context.derived(_judged), context.derived(AfterLaunch)
    open_ = told_by("predecessors", tasks, context)
    return after.without(task for task in open_ if task.key in judged)


def _judged(context: Context) -> AbstractSet[str]:
    """Tasks of projects that use links, without parents, launches, first and last ones."""
    linked = context.derived(linked_tasks)
    start_days = {task.key: context.day(task.start) for task in context.counted if task.start is not None}
    judged: set[str] = set()
    for project in context.portfolio.projects:
        if not linked.isdisjoint(project.tasks):
            judged.update(project.tasks)
            judged.difference_update(_ends(project, start_days, context))
    judged.difference_update(context.derived(standing_tasks).values(), context.parents)
    return judged


def _ends(project: Project, start_days: Mapping[str, date], context: Context) -> Iterator[str]:
    """The task that begins first in a project, and the one that ends last before the launch, if no other does."""
    due_days = context.due_days
    ends = _by_day(project.tasks, due_days, start_days)
    begins = ends if start_days.keys().isdisjoint(project.tasks) else _by_day(project.tasks, start_days, due_days)
    for tasks, last in ((begins, False), (ends, True)):
        # Only the tasks of one day are looked at, or of a few.
        days = sorted(tasks, reverse=last)
        found = next((judged for day in days if (judged := _with_place(tasks[day], context))), ())
        if len(found) == 1:
            yield found[0]


def _by_day(keys: Iterable[str], days: Mapping[str, date], others: Mapping[str, date]) -> Mapping[date, list[str]]:
    """Tasks by their day, else by their other one."""
    found: dict[date, list[str]] = {}
    for key in keys:
        day = days.get(key) or others.get(key)
        if day is not None:
            found.setdefault(day, []).append(key)
    return found


def _with_place(keys: Iterable[str], context: Context) -> list[str]:
    """Of some tasks, those that may be the first or the last one: more than ideas, parts, and before the launch."""
    after, known, parents = context.derived(AfterLaunch), context.tasks, context.parents
    return [
        key
        for key in keys
        if (task := known.get(key)) is not None
        and task.counts
        and task.status.category not in _AWAY
        and key not in parents
        and task not in after
    ]
