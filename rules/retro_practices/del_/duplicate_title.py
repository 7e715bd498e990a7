"""DEL104 duplicate-title."""

from collections.abc import Hashable, Iterator
from typing import ClassVar

from retro.i18n.words import fold
from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, key_of, on
from retro.model import BoardKind, Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.titles import is_cross_channel, is_informative, is_vague
from retro_practices.words import phrase

_SERIES = 3
"""So many tasks of one title, each due on another day, are a series."""
_AROUND = " .,;:!?…-–—_*\"'()"


class DuplicateTitle(BaseRule):
    """Two open tasks with the same title.

    What it says:
        Another open task of the same board, parent, phase and client has the same title: case, accents, emoji and
        punctuation aside. What comes back (weekly, reporting…), meetings and milestones are exempt, and so are series:
        three tasks or more that are due on different days, or publications of an editorial board. A vague title has to
        be renamed first.

    Why:
        Either the work is planned twice, or two things cannot be told apart: in a message, in a filter, in a meeting.

    How to fix it in Notion:
        Delete one of the two rows, or say in each title what makes it different.

    How to fix it in Trello:
        Archive one of the two cards, or say in each title what makes it different.
    """

    code: ClassVar[str] = "DEL104"
    name: ClassVar[str] = "duplicate-title"
    french_name: ClassVar[str] = "titre en double"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("another open task has the same title, in “{place}”")
    many: ClassVar[Template | None] = Template("the same title as another task on {count} of {base} tasks")
    field: ClassVar[str | None] = "title"

    good: ClassVar[tuple[Case, ...]] = (
        case("Another channel.", a_task("[SEO] Audit technique"), a_task("[SEA] Audit technique")),
        case(
            "Another parent.",
            a_task("[Web] Page tarifs"),
            a_task("[Web] Page contact"),
            a_task("[Web] Relire la page", key="a", parent=key_of("[Web] Page tarifs")),
            a_task("[Web] Relire la page", key="b", parent=key_of("[Web] Page contact")),
        ),
        case("One of them is done.", a_task("[Print] Flyer"), a_task("[Print] Flyer", key="b", section="Terminé")),
        case("It comes back.", a_task("[SEO] Reporting mensuel"), a_task("[SEO] Reporting mensuel", key="b")),
        case("Another client.", a_task("[Web] Page tarifs", client="Orfeo"), a_task("[Web] Page tarifs", key="b")),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Planned twice?", a_task("[Print] Flyer salon"), a_task("[print] flyer Salon !", section="À produire")
            ),
            on("[print] flyer Salon !", place="À planifier"),
        ),
        bad(
            case(
                "Which of the two?",
                a_task("[Web] Page tarifs"),
                a_task("[Web] Relire la page", key="trello:web-relire-la-page", parent=key_of("[Web] Page tarifs")),
                a_task("[Web] Relire la page", key="trello:a", parent=key_of("[Web] Page tarifs")),
            ),
            on("[Web] Relire la page", place="À planifier"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Group the titles of each board; of each group, the first task is the one that the others repeat."""
        read = context.derived(titles)
        firsts: dict[tuple[str, str], Task] = {}
        alike: dict[tuple[str, str], list[Task]] = {}
        for task, title in read.of(self.base(context)):
            place_and_words = (task.board, title.rest.strip(_AROUND))
            first = firsts.setdefault(place_and_words, task)
            if first is not task:
                alike.setdefault(place_and_words, [first]).append(task)
        for same in alike.values():
            groups: dict[Hashable, list[Task]] = {}
            for task in same:
                place = (read[task.key].prefixes, task.parent, task.phase, task.client, task.projects)
                groups.setdefault(place, []).append(task)
            for tasks in groups.values():
                if len(tasks) > 1 and not self._repeats(tasks, read[tasks[0].key].rest, context):
                    yield from self._told(tasks, context)

    def _told(self, tasks: list[Task], context: Context) -> Iterator[Finding]:
        first, *others = sorted(tasks, key=_age)
        place = first.section or context.boards[first.board].name
        unsure = not self.rests_on.isdisjoint(first.assumed)
        for task in others:
            yield self.on_task(task, {"place": place}, assumed=unsure)

    def _repeats(self, tasks: list[Task], rest: str, context: Context) -> bool:
        """Whether tasks have the same title for a reason: it comes back, is a meeting, or they are a series."""
        dates = [context.day(task.due) for task in tasks if task.due is not None]
        least = 2 if context.kind(tasks[0]) is BoardKind.EDITORIAL else _SERIES
        return (
            len(dates) == len(set(dates)) >= least
            or is_vague(rest)
            or is_cross_channel(rest)
            or any(task.milestone or is_informative(task.title) for task in tasks)
            or any(phrase("recurring", "words").search(text) for text in (rest, *_labels(tasks)))
        )


def _labels(tasks: list[Task]) -> set[str]:
    return {fold(label) for task in tasks for label in task.labels}


def _age(task: Task) -> tuple[float, str]:
    """Sorts tasks by when they were made, those of which it is not known last."""
    return (task.created.timestamp() if task.created is not None else float("inf"), task.key)
