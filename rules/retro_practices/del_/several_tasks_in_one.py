"""DEL105 several-tasks-in-one."""

from collections.abc import Iterator
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, key_of, on
from retro.model import Finding, Role, Severity, Template
from retro.ports import Context
from retro_practices.channels import titles
from retro_practices.steps import joins, steps
from retro_practices.titles import is_cross_channel, is_informative, is_vague


class SeveralTasksInOne(BaseRule):
    """A title that lists several tasks.

    What it says:
        The title of an open task lists steps that follow each other ("Brief + design + intégration LP"): two or more
        joined by a plus, an arrow or "puis", three or more joined otherwise. "Rédiger et envoyer la newsletter" is one
        task. Nothing is said of a task with parts, or with lines of a checklist that have a person and a date of
        their own: these count as tasks.

    Why:
        One card, one task. Steps have different people, durations and dates: in one card they have one of each, and
        the card stays "almost done" for weeks.

    How to fix it in Notion:
        Make a row of each step, with its owner and its date, and link each to the next. Or make them sub-items.

    How to fix it in Trello:
        Make a card of each step. Or a checklist whose lines have a member and a due date each (Advanced Checklists).
    """

    code: ClassVar[str] = "DEL105"
    name: ClassVar[str] = "several-tasks-in-one"
    french_name: ClassVar[str] = "plusieurs tâches en une"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("several tasks in one: {count} steps in the title")
    many: ClassVar[Template | None] = Template("several steps in one title on {count} of {base} tasks")
    field: ClassVar[str | None] = "title"

    good: ClassVar[tuple[Case, ...]] = (
        case("One step.", a_task("[Web] Intégration de la landing page")),
        case("Two verbs, one task.", a_task("[Email] Rédiger et envoyer la newsletter")),
        case(
            "No steps, but channels and things.",
            a_task("[Ads] Audit SEO + SEA"),
            a_task("[Web] Menu, pied de page, FAQ"),
        ),
        case(
            "A heading over its steps.",
            a_task("[Web] Brief + design + intégration LP"),
            a_task("[Web] Design LP", parent=key_of("[Web] Brief + design + intégration LP")),
        ),
        case(
            "Lines with a person and a date are tasks.",
            a_task("[Web] Brief + design + intégration LP"),
            a_task("Design", role=Role.ITEM, parent=key_of("[Web] Brief + design + intégration LP")),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Three tasks.", a_task("[Web] Brief + design + intégration LP")),
            on("[Web] Brief + design + intégration LP", count=3),
        ),
        bad(
            case("Three verbs.", a_task("[Social] Rédiger, illustrer et programmer 6 posts")),
            on("[Social] Rédiger, illustrer et programmer 6 posts", count=3),
        ),
        bad(
            case("One after the other.", a_task("[Vidéo] Tournage puis montage du teaser")),
            on("[Vidéo] Tournage puis montage du teaser", count=2),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Read each title for steps."""
        for task, title in context.derived(titles).of(self.base(context)):
            rest = title.rest
            listed = steps(rest) if not title.plain or joins(title.words) else ()
            if not listed or task.milestone or task.key in context.parents or task.key in context.derived(_with_items):
                continue
            if not (is_vague(rest) or is_cross_channel(rest) or is_informative(task.title)):
                yield self.on_task(task, {"count": len(listed)})


def _with_items(context: Context) -> frozenset[str]:
    """The cards that have lines of a checklist which are tasks."""
    return frozenset(task.parent for task in context.portfolio.tasks if task.role is Role.ITEM and task.parent)
