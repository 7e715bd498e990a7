"""DEP102 open-end."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import BOARD, Bad, Case, Expected, a_board, a_link, a_task, bad, case, on
from retro.model import BoardKind, Finding, Project, Severity, Tally, Task, Template
from retro.ports import Context
from retro_practices.columns import told_by
from retro_practices.launch import AfterLaunch, awaited_tasks, standing_tasks, tied_tasks
from retro_practices.launch_day import on_launch_day

_CHAIN = (
    a_task("Design", due=date(2027, 1, 18)),
    a_task("Textes", due=date(2027, 1, 20)),
    a_task("Intégration", due=date(2027, 2, 5)),
)
_LINKED = (a_link("Design", "Intégration"),)
_UNTIED = Template("not one dependency between {count} tasks: nothing tells what waits for what")
_FEWEST = 3
"""Open tasks from which on a project is expected to have links."""


class OpenEnd(BaseRule):
    """A task that waits for others, while nothing waits for it.

    What it says:
        In a project that uses dependencies, an open task has a predecessor but no successor, and neither has a parent
        of it. The launch itself and what happens on its day, the last task of the project and work after the launch
        need none; a task without any link is another rule's business. In a project of at least three dated tasks
        without a single link one finding a board says so, unless its table has no column for them; a project without
        dates either is no plan yet, which another rule says.

    Why:
        Work is done for something: an approval, a page, the launch. Where nothing waits for it, its delay moves
        nothing in the plan, its latest date is that of the whole project, and it is always started last.

    How to fix it in Notion:
        Fill the relation to the rows that wait for it ("Bloque", "Blocking"); if nothing else does, that is the row
        of the launch.

    How to fix it in Trello:
        Put the card's link into the checklist "Dépendances" of the card that waits for it; if no other does, that is
        the card of the launch.
    """

    code: ClassVar[str] = "DEP102"
    name: ClassVar[str] = "open-end"
    french_name: ClassVar[str] = "fin ouverte"
    default: ClassVar[Severity] = Severity.INFO
    aggregates: ClassVar[bool] = True
    template: ClassVar[Template] = Template("nothing waits for it")
    templates: ClassVar[tuple[Template, ...]] = (_UNTIED,)
    many: ClassVar[Template | None] = Template("nothing waits for {count} of {base} tasks")
    field: ClassVar[str | None] = "successors"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "links"})
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    good: ClassVar[tuple[Case, ...]] = (
        case("The only end of the chain is the end of the project.", *_CHAIN[:1], *_CHAIN[2:], links=_LINKED),
        case(
            "The last one by its date.",
            *_CHAIN,
            a_task("[Web] Mise en ligne", due=date(2027, 3, 1)),
            links=(*_LINKED, a_link("Textes", "[Web] Mise en ligne"), a_link("Intégration", "[Web] Mise en ligne")),
        ),
        case("Two tasks need no link.", *_CHAIN[:2]),
        case("Neither dates nor links: another rule says so.", *(a_task(title, due=None) for title in "ABC")),
        case("An editorial board has no chain.", *_CHAIN, boards=(a_board(kind=BoardKind.EDITORIAL),)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "The visuals are made, and then?",
                *_CHAIN,
                a_task("[Print] Visuels", due=date(2027, 1, 25)),
                links=(*_LINKED, a_link("Textes", "Intégration"), a_link("Design", "[Print] Visuels")),
            ),
            on("[Print] Visuels"),
        ),
        bad(
            case("Dates without a single link: one finding for all.", *_CHAIN),
            Expected(BOARD, {"count": 3, "base": 3}),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Open tasks of projects that have links or dates, without parents, launches and work after the launch."""
        return _of_plan(super().base(context), context)

    def check(self, context: Context) -> Iterator[Finding]:
        """Look for a successor of each task; where a project has no link at all, say it once a board."""
        base, by_project = super().base(context), dict[str, list[Task]]()
        tied, awaited = context.derived(tied_tasks), context.derived(awaited_tasks)
        untied = {project.key for project in context.derived(_planned) if tied.isdisjoint(project.tasks)}
        if not untied:
            base = (task for task in base if task.key not in awaited)  # few of them
        for task in _of_plan(base, context):
            by_project.setdefault(context.projects[task.key].key, []).append(task)
        for project in context.derived(_planned):
            tasks = by_project.get(project.key, [])
            if project.key in untied:
                yield from self._without_links(tasks)
                continue
            open_ = [task for task in tasks if task.key not in awaited]
            last = _last(open_, context)
            for task in open_:
                if task.key in tied and task.key != last:
                    yield self.on_task(task)

    def _without_links(self, tasks: list[Task]) -> Iterator[Finding]:
        """One finding for each board of a project that has no link; nothing of a handful of tasks."""
        boards: dict[str, list[Task]] = {}
        for task in tasks:
            boards.setdefault(task.board, []).append(task)
        for board, listed in boards.items() if len(tasks) >= _FEWEST else ():
            count = len(listed)
            yield Finding(
                code=self.code,
                name=self.name,
                severity=self.default,
                template=_UNTIED,
                params={"count": count, "base": count},
                subject=board,
                board=board,
                tally=Tally(count=count, base=count, keys=tuple(sorted(task.key for task in listed))),
                field=self.field,
                assumed=all(not self.rests_on.isdisjoint(task.assumed) for task in listed),
            )


def _of_plan(tasks: Iterable[Task], context: Context) -> Iterator[Task]:
    """Of some tasks, those of projects that have links or dates and the rest that `OpenEnd.base` says."""
    after = context.derived(AfterLaunch)
    judged = set[str]().union(*(project.tasks for project in context.derived(_planned)))
    judged.difference_update(context.derived(standing_tasks).values(), context.parents, context.derived(on_launch_day))
    open_ = told_by("predecessors", tasks, context)
    return after.without(task for task in open_ if task.key in judged)


def _planned(context: Context) -> list[Project]:
    """The projects with a link, or with a date on an open task."""
    tied = context.derived(tied_tasks)
    return [
        project
        for project in context.portfolio.projects
        if not tied.isdisjoint(project.tasks) or not context.derived(_dated).isdisjoint(project.tasks)
    ]


def _dated(context: Context) -> frozenset[str]:
    """The open tasks with a date."""
    return frozenset(task.key for task in context.wanted if task.due is not None or task.start is not None)


def _last(tasks: Collection[Task], context: Context) -> str | None:
    """The task that ends a project: the only one that nothing waits for, else the last one by its date."""
    if len(tasks) == 1:
        return next(iter(tasks)).key
    days: dict[date, list[str]] = {}
    for task in tasks:
        day = task.due or task.start
        if day is not None:
            days.setdefault(context.day(day), []).append(task.key)
    alone = days[max(days)] if days else []
    return alone[0] if len(alone) == 1 else None
