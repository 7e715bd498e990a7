"""DAT108 due-after-advised."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, a_schedule, a_task, bad, case, on, planned
from retro.model import BoardKind, Category, Finding, Severity, Template, as_date
from retro.ports import Context
from retro_practices.assumptions import DefaultWork
from retro_practices.planned_tasks import judged

_ADVISED, _LATEST = datetime(2027, 1, 28, 17, tzinfo=ZONE), datetime(2027, 2, 3, 17, tzinfo=ZONE)
_PLAN = a_schedule(planned("[Web] FAQ", advised=_ADVISED, latest=_LATEST))


class DueAfterAdvised(BaseRule):
    """A task that is due later than advised, though not too late.

    What it says:
        The due date of an open task lies after the finish that the plan advises, and not after its latest finish:
        part of the margin of the tasks after it is given away. What is due after the latest finish is another rule's
        business, and so are what is ready and what is overdue already.

    Why:
        Margin belongs to what goes wrong. A date that uses it up before anything has happened leaves the launch
        without protection, and nobody decided so.

    How to fix it in Notion:
        Bring the row's date forward to the advised one, or leave it knowingly: nothing is late yet.

    How to fix it in Trello:
        Bring the card's due date forward to the advised one, or leave it knowingly: nothing is late yet.
    """

    code: ClassVar[str] = "DAT108"
    name: ClassVar[str] = "due-after-advised"
    french_name: ClassVar[str] = "attendue après la date conseillée"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("due on {due}, later than advised: {advised} ({latest} at the latest)")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks are due later than advised")
    field: ClassVar[str | None] = "due"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "due"})
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    good: ClassVar[tuple[Case, ...]] = (
        case("Due on the advised day.", a_task("[Web] FAQ", due=date(2027, 1, 28)), schedule=_PLAN),
        case(
            "After its latest finish: another rule says so.", a_task("[Web] FAQ", due=date(2027, 2, 5)), schedule=_PLAN
        ),
        case("No plan, no advice.", a_task("[Web] FAQ", due=date(2027, 2, 1))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Two days of margin are given away.", a_task("[Web] FAQ", due=date(2027, 2, 1)), schedule=_PLAN),
            on("[Web] FAQ", due=date(2027, 2, 1), advised=date(2027, 1, 28), latest=date(2027, 2, 3)),
        ),
        bad(
            case("On the very last day.", a_task("[Web] FAQ", due=date(2027, 2, 3)), schedule=_PLAN),
            on("[Web] FAQ", due=date(2027, 2, 3), advised=date(2027, 1, 28), latest=date(2027, 2, 3)),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare the day of each due date with the advised and the latest one."""
        defaults, today, zone = context.derived(DefaultWork), context.today, context.zone
        for task, dates, due in judged(self, context):
            if due is None or due < today or dates.advised_finish is None or dates.latest_finish is None:
                continue
            advised = as_date(dates.advised_finish, zone)
            if not advised < due or task.status.category is Category.READY:
                continue
            if due <= (latest := as_date(dates.latest_finish, zone)):
                facts = {"due": due, "advised": advised, "latest": latest}
                yield self.on_task(task, facts, assumed=defaults.behind_latest_finish(task, short=1))
