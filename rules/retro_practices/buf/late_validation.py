"""BUF105 late-validation."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, on
from retro.model import BoardKind, Finding, Severity, Task, Template
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.ends import ends, is_validation, members
from retro_practices.launch import AfterLaunch, standing_tasks

_MONDAY = date(2027, 3, 1)
_PAGE = a_task("[Web] Landing page", due=date(2027, 2, 10))


class LateValidation(BaseRule):
    """The last validation comes too shortly before the launch.

    What it says:
        Of the open tasks of a project that are validations by their title (Validation client, BAT signé, Legal
        approval), the last one is due less than `days` working days before the end date, or on it.

    Why:
        A validation that cannot say no is none. Whoever validates may ask for changes, and changes need time before
        the launch.

    How to fix it in Notion:
        Bring the date of the validation forward, and with it the dates of what is to be validated.

    How to fix it in Trello:
        Bring the due date of the validation forward, and with it the dates of what is to be validated.
    """

    code: ClassVar[str] = "BUF105"
    name: ClassVar[str] = "late-validation"
    french_name: ClassVar[str] = "validation trop tardive"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template(
        "the last validation is due on {due}, less than {days} working days before the end date of {date} ({anchor})"
    )
    field: ClassVar[str | None] = "due"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "due"})

    days: int = Field(default=3, ge=1, description="Working days that the last validation leaves before the end date.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Three working days are left.", _PAGE, a_task("Validation client", due=date(2027, 2, 24)), end=_MONDAY),
        case(
            "It only looks like one.",
            _PAGE,
            a_task("[CRM] Email de validation d’inscription", due=date(2027, 2, 26)),
            end=_MONDAY,
        ),
        case("No end date.", _PAGE, a_task("Validation client", due=date(2027, 2, 26))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Friday for Monday.", _PAGE, a_task("Validation client", due=date(2027, 2, 26)), end=_MONDAY),
            on("Validation client", due=date(2027, 2, 26), days=3, anchor="Lancement", date=_MONDAY),
        ),
        bad(
            case(
                "The last of two decides.",
                a_task("[Print] BAT signé", due=date(2027, 2, 12)),
                a_task("[Web] Faire valider la landing page", due=_MONDAY),
                end=_MONDAY,
            ),
            on("[Web] Faire valider la landing page", due=_MONDAY, days=3, anchor="Lancement", date=_MONDAY),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Find, project by project, the last validation before its last end."""
        known, open_ = context.derived(ends), context.derived(members)
        standing = context.derived(standing_tasks)
        for project in self.projects(context):
            if project.key not in known or project.key not in open_:
                continue
            end = known[project.key][-1]
            if end.day < context.today:
                continue
            since = context.calendar.shift(context.calendar.previous_working_day(end.day), 1 - self.days)
            last = _last(open_[project.key], (since, end.day), context, standing.get(end.key))
            if last is not None:
                due, task = last
                yield self.on_task(task, {"due": due, "days": self.days, "anchor": end.name, "date": end.day})


def _last(
    tasks: tuple[Task, ...], span: tuple[date, date], context: Context, standing: str | None
) -> tuple[date, Task] | None:
    """The validation that is due last within some days, and when; the one that stands for the end date apart."""
    found: list[tuple[date, Task]] = []
    due_days = context.due_days
    for task in tasks:
        due = due_days.get(task.key)
        if due is None or not span[0] <= due <= span[1] or task.key == standing:
            continue
        # The schedule is asked here alone: where nothing is validated so late, nobody waits for it.
        if is_validation(context.derived(titles)[task.key].rest) and task not in context.derived(AfterLaunch):
            found.append((due, task))
    return max(found, key=lambda each: (each[0], each[1].key), default=None)
