"""CAP102 too-many-at-once."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_task, bad, case, key_of
from retro.model import Category, Finding, Owner, OwnerKind, Param, Severity, Task, Template
from retro.ports import Context
from retro_practices.owners import has_hours

_SECTIONS = ("À produire", "En validation")


def _tasks(doing: int, review: int = 0, owner: str = "Léa Martin") -> tuple[Task, ...]:
    sections = [_SECTIONS[0]] * doing + [_SECTIONS[1]] * review
    return tuple(
        a_task(f"[Web] Page {number}", section=section, owners=(owner,)) for number, section in enumerate(sections)
    )


def _expected(*titles: str) -> Expected:
    keys = tuple(key_of(title) for title in titles)
    facts: dict[str, Param] = {"person": "Léa Martin", "count": len(titles), "most": 5}
    facts |= {"tasks": titles, "task_keys": keys}
    return Expected("lea martin", facts)


class TooManyAtOnce(BaseRule):
    """A person with too many tasks under way.

    What it says:
        More than `tasks` tasks are under way for one person, on all boards together. What is in review waits for
        somebody else and does not count; parents count through their children. A group may well do more at once.

    Why:
        Each task that is begun makes the others slower. With five at once a day of work is five beginnings, and
        everything is delivered late together.

    How to fix it in Notion:
        Put back to "À faire" what nobody works on this week, and finish what is left before taking the next one.

    How to fix it in Trello:
        Move back to the list "À faire" what nobody works on this week, and finish what is left before taking the next
        one.
    """

    code: ClassVar[str] = "CAP102"
    name: ClassVar[str] = "too-many-at-once"
    french_name: ClassVar[str] = "trop de tâches à la fois"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("{person}: {count} tasks under way at once, more than {most}: {tasks}")
    field: ClassVar[str | None] = "owners"

    tasks: int = Field(default=5, ge=1, description="The most tasks that one person has under way.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Five.", *_tasks(5)),
        case("Review apart.", *_tasks(5, 4)),
        case(
            "Three each.", *_tasks(3), *(a_task(f"[SEO] {n}", section=_SECTIONS[0], owners=("Karim",)) for n in "ABC")
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(case("Six.", *_tasks(6)), _expected(*(f"[Web] Page {number}" for number in range(6)))),
        bad(
            case("Six, and two in review.", *_tasks(6, 2)), _expected(*(f"[Web] Page {number}" for number in range(6)))
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Count what is under way, person by person."""
        busy: dict[str, tuple[Owner, list[Task]]] = {}
        for task in self.base(context):
            if task.status.category is Category.DOING and task.key not in context.parents:
                for owner in {each.key: each for each in task.owners}.values():
                    if owner.kind is OwnerKind.PERSON and has_hours(owner):
                        busy.setdefault(owner.key, (owner, []))[1].append(task)
        for key, (owner, tasks) in busy.items():
            if len(tasks) > self.tasks:
                tasks.sort(key=lambda task: (task.title, task.key))
                boards = {task.board for task in tasks}
                sure = sum("status" not in task.assumed for task in tasks)
                yield self.on_subject(
                    key,
                    {
                        "person": owner.name,
                        "count": len(tasks),
                        "most": self.tasks,
                        "tasks": tuple(task.title for task in tasks),
                        "task_keys": tuple(task.key for task in tasks),
                    },
                    board=boards.pop() if len(boards) == 1 else None,
                    assumed=sure <= self.tasks,
                )
