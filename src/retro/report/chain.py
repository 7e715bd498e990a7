"""The chain that makes a date impossible, a line a task: what it follows, after how long, in whose hours."""

from collections.abc import Iterator, Mapping

from retro.i18n import format_days, format_number, plural
from retro.i18n import text as _
from retro.model import AnchorVerdict, Assessment, ChainStep, ConstraintType, LinkType, Task
from retro.report import wording
from retro.report.untrusted import printable

_MINUTES_A_DAY = 24 * 60
_FIRST, _LAST = 8, 3
"""Tasks of a long chain that are told: where it begins, and where it ends."""


def chain_lines(anchor: AnchorVerdict, assessment: Assessment, tasks: Mapping[str, Task]) -> Iterator[str]:
    """The tasks of an anchor's chain in order, numbered, each with what is particular about its place.

    The middle of a chain too long for a screen is counted.
    """
    people = {person.key: person.name for person in assessment.portfolio.people}
    shown = [step for step in anchor.steps if step.task in tasks]
    left_out = len(shown) - _FIRST - _LAST
    for number, step in enumerate(shown, 1):
        if left_out > 1 and number == _FIRST + 1:
            yield plural("… {count} more task …", "… {count} more tasks …", left_out)
        if left_out > 1 and _FIRST < number <= len(shown) - _LAST:
            continue
        notes = list(step_notes(step, tasks[step.task], people, assessment.day_minutes))
        yield f"{number}. {wording.short_title(tasks[step.task])}" + (f" ({', '.join(notes)})" if notes else "")


def step_notes(step: ChainStep, task: Task, people: Mapping[str, str], day_minutes: int) -> Iterator[str]:
    """What is particular about a task's place in a chain; `people` are names by key."""
    match step.link:
        case LinkType.SS:
            yield _("starts with the one before")
        case LinkType.FF:
            yield _("ends with the one before")
        case LinkType.SF:
            yield _("ends when the one before starts")
        case _:
            pass
    if step.lag_minutes:
        days = (
            _("{count} days round the clock", count=format_number(round(step.lag_minutes / _MINUTES_A_DAY, 1)))
            if step.elapsed
            else format_days(step.lag_minutes, day_minutes)
        )
        yield _("{days} after", days=days) if step.lag_minutes > 0 else _("{days} of overlap", days=days.lstrip("-−"))
    if step.constraint in (ConstraintType.SNET, ConstraintType.MSO):
        yield _("not before its own date")
    elif step.constraint is not None:
        yield _("held by its own date")
    if step.calendar is not None:
        owner = next((each.name for each in task.owners if each.key == step.calendar), people.get(step.calendar))
        yield _("in the hours of {name}", name=printable(owner or step.calendar))
