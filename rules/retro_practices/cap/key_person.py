"""CAP103 key-person."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_link, a_schedule, a_task, bad, case, planned
from retro.model import BoardKind, EstimateOrigin, Finding, Owner, OwnerKind, Severity, Task, TaskSchedule, Template
from retro.ports import Context
from retro_practices.ends import End, ends, members
from retro_practices.launch import linked_tasks
from retro_practices.owners import is_collective

_END = date(2027, 3, 1)
_PERSON = OwnerKind.PERSON


def _chain(
    says: str, *days: tuple[str, float], origin: EstimateOrigin = EstimateOrigin.NUMBER, linked: bool = True
) -> Case:
    """A chain of critical tasks of so many days each, in which each person has one."""
    titles = [f"[Web] Étape {number}" for number in range(len(days))]
    tasks = tuple(a_task(title, owners=(who,)) for title, (who, _) in zip(titles, days, strict=True))
    shown = (
        planned(title, work=round(length * 420), origin=origin, margin=210)
        for title, (_, length) in zip(titles, days, strict=True)
    )
    links = tuple(a_link(*pair) for pair in pairwise(titles)) if linked else ()
    return case(
        says,
        *tasks,
        links=links,
        end=_END,
        schedule=a_schedule(*shown),
    )


class KeyPerson(BaseRule):
    """One person on whom most of the critical work rests.

    What it says:
        One person owns more than `share` of the work that is left on the critical tasks of a project: those that
        carry a margin, and that links tie to others. A project of fewer than `threshold` people, or of fewer critical
        tasks, is not judged: nobody can be spread any better there.

    Why:
        A cold in the wrong week, and the launch moves. Whoever holds the chain alone needs somebody who can take over,
        or tasks that others can take now.

    How to fix it in Notion:
        Give some of these rows to somebody else, or name in each who stands in.

    How to fix it in Trello:
        Give some of these cards to somebody else, or name in each who stands in.
    """

    code: ClassVar[str] = "CAP103"
    name: ClassVar[str] = "key-person"
    french_name: ClassVar[str] = "personne clé"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("{person} owns {percent} % of the critical work before {date} ({anchor})")
    field: ClassVar[str | None] = "owners"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    share: float = Field(default=0.5, ge=0, le=1, description="The share of the critical work that one may own…")
    threshold: int = Field(default=3, ge=1, description="…of so many critical tasks, among so many people, at least.")

    good: ClassVar[tuple[Case, ...]] = (
        _chain("A third each.", ("Léa Martin", 5), ("Karim Benali", 5), ("Ines Roux", 5)),
        _chain("They are only two.", ("Léa Martin", 8), ("Karim Benali", 1), ("Karim Benali", 1)),
        _chain(
            "In no chain: nothing is critical because of anything else.",
            ("Léa Martin", 8),
            ("Karim Benali", 1),
            ("Ines Roux", 1),
            linked=False,
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            _chain("Six days of ten.", ("Léa Martin", 6), ("Karim Benali", 2), ("Ines Roux", 2)),
            Expected("p", {"person": "Léa Martin", "percent": 60, "date": _END, "anchor": "Lancement"}, "lea martin"),
        ),
        bad(
            _chain(
                "The same, of durations that nobody gave.",
                ("Léa Martin", 6),
                ("Karim Benali", 2),
                ("Ines Roux", 2),
                origin=EstimateOrigin.DEFAULT,
            ),
            Expected(
                "p",
                {"person": "Léa Martin", "percent": 60, "date": _END, "anchor": "Lancement"},
                "lea martin",
                assumed=True,
            ),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Add up, project by project, the critical work of each person."""
        known, planned = context.derived(ends), context.schedule.tasks
        tied = context.derived(linked_tasks)
        if not tied:
            return
        for project, tasks in context.derived(members).items():
            if project not in known:
                continue
            critical = [
                (task, found)
                for task in tasks
                if task.key in tied
                and (found := planned.get(task.key)) is not None
                # With work left and a margin: what is critical whatever the time is.
                and found.work_minutes > 0
                and (found.margin_minutes or found.protects_minutes is not None)
            ]
            if len(critical) < self.threshold or not self._has_team(tasks):
                continue
            yield from self._finding(project, critical, known[project][-1])

    def _has_team(self, tasks: Iterable[Task]) -> bool:
        """Whether enough people have some of the tasks; most projects show it by their first ones."""
        people = set[str]()
        for task in tasks:
            if (owner := _owner(task)) is not None:
                people.add(owner.key)
                if len(people) >= self.threshold:
                    return True
        return False

    def _finding(self, project: str, critical: list[tuple[Task, TaskSchedule]], end: End) -> Iterator[Finding]:
        work: dict[str, int] = {}
        owners: dict[str, Owner] = {}
        for task, found in critical:
            if (owner := _owner(task)) is not None:
                work[owner.key] = work.get(owner.key, 0) + found.work_minutes
                owners[owner.key] = owner
        whole = sum(found.work_minutes for _, found in critical)
        if not work:
            return
        most = max(work, key=lambda key: (work[key], key))
        if work[most] > self.share * whole:
            unsure = any(found.estimate_origin is EstimateOrigin.DEFAULT or task.assumed for task, found in critical)
            boards = {task.board for task, _ in critical}
            yield self.on_subject(
                project,
                {
                    "person": owners[most].name,
                    "percent": round(100 * work[most] / whole),
                    "date": end.day,
                    "anchor": end.name,
                },
                board=boards.pop() if len(boards) == 1 else None,
                project=project,
                detail=most,
                assumed=unsure,
            )


def _owner(task: Task) -> Owner | None:
    """The person whose task it is first of all."""
    owner = task.owners[0] if task.owners else None
    return None if owner is None or owner.kind is not _PERSON or is_collective(owner.name) else owner
