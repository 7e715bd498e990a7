"""CEN105 several-projects-on-a-board."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar

from pydantic import Field

from retro.i18n.words import fold, says_milestone
from retro.lint import BaseRule
from retro.lint.examples import BOARD, Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import BoardKind, Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.channels import titles, vocabulary
from retro_practices.ends import is_launch, members
from retro_practices.title_reader import Kind

_LAUNCHES = Template(
    "several launches on one board, told apart by the labels {labels}: a [projects] table each, with "
    '`filter = "label:…"`, gives each its own date'
)


def _of(client: str, count: int) -> tuple[Task, ...]:
    return tuple(a_task(f"[Web] Page {number} de {client}", client=client) for number in range(count))


def _labelled(label: str, due: date) -> tuple[Task, ...]:
    return (
        a_task(f"Lancement {label}", labels=(label, "Jalon"), milestone=True, due=due),
        *(a_task(f"[Web] Page {number} {label}", labels=(label,)) for number in range(2)),
    )


class SeveralProjectsOnABoard(BaseRule):
    """One board for several clients, or for several launches.

    What it says:
        The open tasks of a project board are for two clients or more (by its client column, or by prefixes and labels
        that name a known client; `tasks` tasks each at least), or lead to several launches on different days that
        labels tell apart. It is silent once the configuration splits the board: `[projects.brise]` with
        `filter = "label:Brise"`. Boards that are always on may serve as many clients as they like.

    Why:
        A project works to one date. On a board of two, each task counts as late or in time by the date of the other
        one, and a client cannot be shown their plan.

    How to fix it in Notion:
        Give each project its own base or its own row in a base of projects; or leave the board as it is and write a
        `[projects]` table for each, with `filter = "column:Client=…"`.

    How to fix it in Trello:
        Give each project its own board; or a label each, and a `[projects]` table each with `filter = "label:…"`.
    """

    code: ClassVar[str] = "CEN105"
    name: ClassVar[str] = "several-projects-on-a-board"
    french_name: ClassVar[str] = "plusieurs projets sur un tableau"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template(
        "several clients on one board ({clients}): a [projects] table each, with "
        '`filter = "label:…"`, gives each its own date'
    )
    templates: ClassVar[tuple[Template, ...]] = (_LAUNCHES,)
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    rests_on: ClassVar[frozenset[str]] = frozenset()

    tasks: int = Field(default=2, ge=1, description="Open tasks that a client or a launch has at least, to be counted.")

    good: ClassVar[tuple[Case, ...]] = (
        case("One client.", *_of("Brise", 4)),
        case("One task for another.", *_of("Brise", 4), *_of("Cidre", 1)),
        case("Always on.", *_of("Brise", 4), *_of("Cidre", 4), boards=(a_board(kind=BoardKind.FLOW),)),
        case(
            "Two launches of one project: their labels are channels.",
            *_labelled("SEA", date(2027, 2, 1)),
            *_labelled("Email", date(2027, 2, 15)),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Two clients.", *_of("Brise", 3), *_of("Cidre", 2)),
            Expected(BOARD, {"clients": ("Brise", "Cidre")}, "clients"),
        ),
        bad(
            case("Two launches.", *_labelled("Brise", date(2027, 2, 1)), *_labelled("Cidre", date(2027, 3, 1))),
            Expected(BOARD, {"labels": ("Brise", "Cidre")}, "launches"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look at the open tasks of each board that one project has to itself."""
        for board, tasks in _undivided(context, self.kinds).items():
            clients = self._clients(tasks, context)
            if len(clients) > 1:
                yield self.on_subject(board, {"clients": clients}, board=board, detail="clients")
                continue
            labels = self._launches(tasks, context)
            if len(labels) > 1:
                yield self.on_subject(board, {"labels": labels}, board=board, template=_LAUNCHES, detail="launches")

    def _clients(self, tasks: Sequence[Task], context: Context) -> tuple[str, ...]:
        """The clients that enough tasks are for, as they are written."""
        known = context.derived(vocabulary).clients
        count: Counter[str] = Counter()
        written: dict[str, str] = {}
        for task in tasks:
            said = task.client or (_known_client(task, known, context) if known else None)
            if said:
                count[fold(said)] += 1
                written[fold(said)] = min(written.get(fold(said), said), said)
        return tuple(sorted(written[client] for client, number in count.items() if number >= self.tasks))

    def _launches(self, tasks: Sequence[Task], context: Context) -> tuple[str, ...]:
        """The labels that tell apart the launches of a board, with enough tasks each."""
        launches = [task for task in tasks if task.milestone and task.due is not None]
        if len(launches) < 2:  # noqa: PLR2004 - one and another
            return ()
        words, channels = context.derived(titles), context.derived(vocabulary)
        launches = [task for task in launches if is_launch(words[task.key].rest)]
        of_label: dict[str, list[Task]] = {}
        for task in launches:
            for label in task.labels:
                if not says_milestone(label) and not channels.is_channel(fold(label)):
                    of_label.setdefault(label, []).append(task)
        alone = {label for label, marked in of_label.items() if len(marked) == 1}
        days = {context.day(due) for label in alone if (due := of_label[label][0].due) is not None}
        if len(days) < 2:  # noqa: PLR2004 - idem
            return ()
        return self._apart(alone, tasks)

    def _apart(self, labels: set[str], tasks: Sequence[Task]) -> tuple[str, ...]:
        """Of some labels, those that enough tasks carry; none where a task carries two of them."""
        count: Counter[str] = Counter()
        for task in tasks:
            mine = labels.intersection(task.labels)
            if len(mine) > 1:
                return ()
            count.update(mine)
        return tuple(sorted(label for label, number in count.items() if number > self.tasks))


def _undivided(context: Context, kinds: frozenset[BoardKind]) -> Mapping[str, list[Task]]:
    """By board of some kinds, its open tasks, where all of these belong to one project."""
    found: dict[str, list[Task]] = {}
    owners: dict[str, set[str]] = {}
    for project, tasks in context.derived(members).items():
        for task in tasks:
            found.setdefault(task.board, []).append(task)
            owners.setdefault(task.board, set()).add(project)
    return {
        board: tasks
        for board, tasks in found.items()
        if len(owners[board]) == 1 and context.boards[board].kind in kinds
    }


def _known_client(task: Task, known: frozenset[str], context: Context) -> str | None:
    """The client that a task's prefix or label names."""
    title = context.derived(titles)[task.key]
    prefix = next((each.word for each in title.prefixes if each.kind is Kind.CLIENT), None)
    return prefix or next((label for label in task.labels if fold(label) in known), None)
