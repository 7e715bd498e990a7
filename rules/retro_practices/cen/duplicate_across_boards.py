"""CEN101 duplicate-across-boards."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field

from retro.i18n.words import fold
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_board, a_task, bad, case, on
from retro.model import Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.titles import is_cross_channel, is_vague
from retro_practices.words import phrase

_TEMPLATE_BOARDS = 3
"""A title that stands on so many boards comes from a model that they share."""

_BOARDS = (a_board(), a_board("Site", key="notion:site", alias="site"))


def _twice(title: str, first: date = date(2027, 2, 1), second: date = date(2027, 2, 3)) -> tuple[Task, ...]:
    return a_task(title, due=first), a_task(title, key="notion:2", on="notion:site", due=second)


class DuplicateAcrossBoards(BaseRule):
    """The same task on two boards.

    What it says:
        Two open tasks of the same project or the same client have the same title, stand on two boards (of one tool or
        of two) and are due within `days` days of each other. Titles that come back (on one board twice, "hebdo",
        "weekly"), that a model gives to every board, and that name no deliverable of their own are no duplicates.

    Why:
        Two cards for one piece of work drift apart: one is ticked, the other one is late, and two people think that
        the other one does it.

    How to fix it in Notion:
        Keep one of the two rows. Where another team needs to see it, give them a linked view rather than a copy.

    How to fix it in Trello:
        Keep one of the two cards. Where another team needs to see it, mirror the card rather than copy it.
    """

    code: ClassVar[str] = "CEN101"
    name: ClassVar[str] = "duplicate-across-boards"
    french_name: ClassVar[str] = "doublon entre tableaux"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("also on the board “{other}”, due on {date}")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks stand on another board too")
    field: ClassVar[str | None] = "title"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "due"})

    days: int = Field(default=5, ge=0, description="Days between the two due dates, at most.")

    good: ClassVar[tuple[Case, ...]] = (
        case("On one board only.", a_task("[Print] Flyer du salon")),
        case("Weeks apart.", *_twice("[CRM] Newsletter clients", second=date(2027, 3, 1)), boards=_BOARDS),
        case("It comes back every month.", *_twice("[Data] Reporting mensuel des ventes"), boards=_BOARDS),
        case("A meeting stands wherever people look.", *_twice("Kick-off"), boards=_BOARDS),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("On Trello and in Notion.", *_twice("[Print] Flyer du salon"), boards=_BOARDS),
            on("[Print] Flyer du salon", other="Site", date=date(2027, 2, 3)),
        ),
        bad(
            case(
                "Accents and case aside.",
                a_task("[Web] Page « Évènements »", due=date(2027, 2, 1)),
                a_task("[WEB] page « évenements »", key="notion:2", on="notion:site", due=date(2027, 2, 1)),
                boards=_BOARDS,
            ),
            on("[Web] Page « Évènements »", other="Site", date=date(2027, 2, 1)),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare the titles of the dated tasks that a project or a client has on several boards."""
        shared = _shared(context)
        if not shared:
            return
        words = context.derived(titles)
        groups: dict[tuple[str, str], list[Task]] = {}
        for task in self.base(context):
            scopes = [scope for scope in _scopes(task, context) if scope in shared] if task.due is not None else ()
            if not scopes or task.milestone or task.key in context.parents:
                continue
            title = fold(task.title)
            for scope in scopes:
                groups.setdefault((scope, title), []).append(task)
        usual = _usual({title for (_, title), tasks in groups.items() if len(tasks) > 1}, context)
        said: set[str] = set()
        for (_, title), tasks in sorted(groups.items()):
            rest = words[tasks[0].key].rest
            if len(tasks) < 2 or title in usual or _general(title, rest):  # noqa: PLR2004 - one and another
                continue
            tasks.sort(key=lambda task: (context.boards[task.board].name, task.board, task.key))
            for task, other in self._pairs(tasks, context):
                if task.key not in said:
                    said.add(task.key)
                    yield self._finding(task, other, context)

    def _pairs(self, tasks: list[Task], context: Context) -> Iterator[tuple[Task, Task]]:
        """Each task with the next one on another board that is due about when it is."""
        for place, task in enumerate(tasks):
            for other in tasks[place + 1 :]:
                if other.board != task.board and self._near(task, other, context):
                    yield task, other
                    break

    def _near(self, one: Task, other: Task, context: Context) -> bool:
        if one.due is None or other.due is None:
            return False
        return abs((context.day(one.due) - context.day(other.due)).days) <= self.days

    def _finding(self, task: Task, other: Task, context: Context) -> Finding:
        facts = {"other": context.boards[other.board].name, "date": context.day(other.due) if other.due else None}
        unsure = not self.rests_on.isdisjoint(other.assumed)
        return self.on_task(task, facts, assumed=unsure)


def _scopes(task: Task, context: Context) -> Iterator[str]:
    """What a task shares with its copies: its project, and its client."""
    project = context.projects.get(task.key)
    if project is not None:
        yield f"project {project.key}"
    client = task.client or (project.client if project is not None else "")
    if client:
        yield f"client {fold(client)}"


def _shared(context: Context) -> frozenset[str]:
    """The projects and clients whose tasks stand on several boards."""
    projects = context.portfolio.projects
    together = any(len(project.boards) > 1 or project.client for project in projects)
    if not together and not any(task.client for task in context.wanted):
        return frozenset()
    boards: dict[str, set[str]] = {}
    for task in context.wanted:
        for scope in _scopes(task, context):
            boards.setdefault(scope, set()).add(task.board)
    return frozenset(scope for scope, places in boards.items() if len(places) > 1)


def _usual(wanted: set[str], context: Context) -> frozenset[str]:
    """Of some folded titles, those that come back on a board, or stand on as many boards as a model's do."""
    if not wanted:
        return frozenset()
    places: Counter[tuple[str, str]] = Counter()
    for task in context.portfolio.tasks:
        if task.counts and (title := fold(task.title)) in wanted:
            places[title, task.board] += 1
    boards = Counter(title for title, _ in places)
    return frozenset(
        {title for (title, _), count in places.items() if count > 1}
        | {title for title, count in boards.items() if count >= _TEMPLATE_BOARDS}
    )


def _general(title: str, rest: str) -> bool:
    """Whether a folded title says no piece of work of its own: a meeting, a step, something that comes back."""
    return is_vague(rest) or is_cross_channel(rest) or phrase("recurring", "words").search(title) is not None
