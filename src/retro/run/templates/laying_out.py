"""A template as a board: one task for each of its own, the launch as its milestone, roles or people as owners."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import (
    Anchor,
    AnchorOrigin,
    Board,
    Category,
    Estimate,
    EstimateOrigin,
    Lag,
    Owner,
    Reference,
    Snapshot,
    Status,
    StatusOrigin,
    Task,
)
from retro.model.plan_template import LAUNCH, After, PlanTemplate, TemplateTask

SOURCE = "new"
"""What the new plan is called as a source."""
_EVE = 1.0
"""Working days between the end of the preparation and the launch: nothing is due on the day itself."""


def laid_out(
    template: PlanTemplate,
    end: date,
    *,
    people: Mapping[str, str],
    day_minutes: int,
    now: datetime,
    lang: str,
) -> Snapshot:
    """The board of a new plan, without dates but the launch's.

    Args:
        template: what is planned.
        end: the day of the launch.
        people: by the id of a role, who has it; a role that is not named here stands for itself.
        day_minutes: working minutes of a day.
        now: when the plan is made.
        lang: the language of phases and statuses.
    """
    layout = _Layout(template, people, day_minutes, lang)
    later = after_launch(template)
    tasks = {task.id: layout.task(task) for task in template.tasks}
    before = tuple(task for name, task in tasks.items() if name not in later)
    after = tuple(task for name, task in tasks.items() if name in later)
    launch = layout.launch(end, _before_launch(template, later))
    anchor = Anchor(
        key=f"{layout.board}/end",
        name=template.launch,
        date=end,
        project="",
        origin=AnchorOrigin.OPTION,
        task=launch.key,
    )
    return Snapshot(
        board=Board(key=layout.board, name=template.name, source=SOURCE, anchors=(anchor,)),
        tasks=(*before, launch, *after),
        read_at=now,
    )


def after_launch(template: PlanTemplate) -> frozenset[str]:
    """The ids of the tasks that come after the launch, directly or by way of others."""
    followers: dict[str, list[str]] = {}
    for task in template.tasks:
        for each in task.after:
            followers.setdefault(each.task, []).append(task.id)
    found: set[str] = set()
    waiting = [LAUNCH]
    while waiting:
        for name in followers.get(waiting.pop(), ()):
            if name not in found:
                found.add(name)
                waiting.append(name)
    return frozenset(found)


def phase_name(phase: str, lang: str) -> str:
    """What a phase of the shipped templates is called; a team's own phase is called as it calls it."""
    word = _PHASES.get(phase)
    return word(lang) if word is not None else phase


_PHASES: Mapping[str, Callable[[str], str]] = {
    "scoping": lambda lang: _("Scoping", lang=lang),
    "production": lambda lang: _("Production", lang=lang),
    "approval": lambda lang: _("Approval", lang=lang),
    "setup": lambda lang: _("Setup", lang=lang),
    LAUNCH: lambda lang: _("Launch", lang=lang),
    "after": lambda lang: _("After launch", lang=lang),
}


def _before_launch(template: PlanTemplate, later: frozenset[str]) -> list[After]:
    """What the launch waits for: the tasks that say how long before it, and on its eve those nothing else waits for."""
    awaited = {each.task for task in template.tasks for each in task.after if task.id not in later}
    return [
        After(task.id, _EVE if task.wait is None else task.wait)
        for task in template.tasks
        if task.id not in later and (task.wait is not None or task.id not in awaited)
    ]


@dataclass(frozen=True, slots=True)
class _Layout:
    """Makes the tasks of one plan."""

    template: PlanTemplate
    people: Mapping[str, str]
    day_minutes: int
    lang: str

    @property
    def board(self) -> str:
        """The board's key."""
        return f"{SOURCE}:{self.template.key}"

    def task(self, task: TemplateTask) -> Task:
        """One task, without dates."""
        return Task(
            key=self._key(task.id),
            board=self.board,
            title=task.title,
            owners=self._owners(task.role),
            phase=phase_name(task.phase, self.lang),
            channel=_channel(task.title),
            estimates=(Estimate(EstimateOrigin.NUMBER, task.days, "days"),),
            status=self._to_do(),
            references=self._references(task.after),
            revision=task.id,
        )

    def launch(self, end: date, after: Iterable[After]) -> Task:
        """The milestone, on its day."""
        return Task(
            key=self._key(LAUNCH),
            board=self.board,
            title=self.template.launch,
            owners=self._owners(self.template.launch_role),
            due=end,
            milestone=True,
            phase=phase_name(LAUNCH, self.lang),
            channel=_channel(self.template.launch),
            status=self._to_do(),
            references=self._references(after),
            revision=LAUNCH,
        )

    def _references(self, after: Iterable[After]) -> tuple[Reference, ...]:
        return tuple(
            Reference(self._key(each.task), lag=Lag(round(each.days * self.day_minutes)), origin="template")
            for each in after
        )

    def _key(self, name: str) -> str:
        return f"{self.board}-{name}"

    def _owners(self, role: str) -> tuple[Owner, ...]:
        name = self.people.get(role) or self.template.roles[role]
        return (Owner(f"{SOURCE}:{fold(name)}", name),)

    def _to_do(self) -> Status:
        return Status(_("To do", lang=self.lang), Category.TODO, StatusOrigin.MAPPED)


def _channel(title: str) -> str | None:
    """The word in square brackets before a title."""
    prefix, closing, _rest = title.partition("]")
    return prefix[1:].strip() or None if closing and prefix.startswith("[") else None
