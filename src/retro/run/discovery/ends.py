"""The dates that plans work to: what the boards tell of them, and what is only likely."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, tzinfo

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.i18n.words import says, says_after_launch
from retro.model import Anchor, Category, Role, Task, as_date
from retro.model.proposal import AnchorProposal, Note
from retro.report.untrusted import printable

_FINAL = re.compile(r"(?<![\w.])v?\d+\.\d+(?:\.0)?(?![\w.-])")


def milestones(tasks: Iterable[Task]) -> list[Task]:
    """Open milestones with a due date: retro works to them without being told."""
    return [task for task in tasks if task.milestone and task.is_open and task.due is not None]


def said(name: str, day: date) -> str:
    """A date that is worked to, in words: “Mise en ligne”, 1 March 2027."""
    return _("“{name}”, {date}", name=printable(name), date=format_date(day, Style.LONG))


def last_of(tasks: Sequence[Task], anchors: Sequence[Anchor], zone: tzinfo) -> tuple[str, date] | None:
    """Name and day of the last milestone of these tasks, or date that their board names; None where there is none."""
    named = [(task.title, as_date(task.due, zone)) for task in milestones(tasks) if task.due is not None]
    named += [(anchor.name, as_date(anchor.date, zone)) for anchor in anchors]
    named += [
        (task.title, as_date(task.launch, zone))
        for task in tasks
        if task.role is Role.PROJECT and not task.archived and task.launch is not None
    ]
    return max(named, key=lambda each: each[1], default=None)


def likely(tasks: Sequence[Task], zone: tzinfo) -> tuple[Task, date] | None:
    """The task that reads like the launch, the latest where several do; None where no title says so."""
    dated = _dated(tasks, zone)
    for words in ("words", "releases", "endings"):
        fit = [each for each in dated if says("launch", words, each[1].title)]
        if fit:
            # A release that has a number of its own goes before its trials and repairs: "v1.35.0", not "v1.35.0-rc.1".
            day, task = max(fit, key=lambda each: (_FINAL.search(each[1].title) is not None, each[0]))
            return task, day
    return None


def _dated(tasks: Iterable[Task], zone: tzinfo) -> list[tuple[date, Task]]:
    """Open tasks with a due date, those after a launch aside."""
    return [
        (as_date(task.due, zone), task)
        for task in tasks
        if task.is_open
        and task.status.category is not Category.IDEA
        and task.due is not None
        and not says_after_launch(task.title)
    ]


def suggested(
    tasks: Sequence[Task], anchors: Sequence[Anchor], zone: tzinfo, today: date
) -> tuple[tuple[AnchorProposal, ...], bool, tuple[Note, ...]]:
    """The anchors to write, whether a date is known, and what is said of it."""
    told = last_of(tasks, anchors, zone)
    if told is not None:
        name, day = told
        note = Note(_("Works to {what}, as the board says; the date moves with it.", what=said(name, day)))
        past = Note(_("that date is past: give it another on the board, or tick it off."), check=True)
        return (), True, (note, past) if day < today else (note,)
    found = likely(tasks, zone)
    if found is None:
        return _last_due(_dated(tasks, zone))
    task, day = found
    # An address outlasts a new title; a row of a file has none, and a title that changed would be an error.
    anchor = AnchorProposal(name=printable(task.title), date=day, task=task.url or "", sure=day >= today)
    if anchor.sure:
        return (anchor,), True, (Note(_("the date is that of the task of this title; is it the one?"), check=True),)
    note = Note(_("{what} reads like the end, but that day is past.", what=said(task.title, day)), check=True)
    return (anchor,), False, (note,)


def _last_due(dated: Sequence[tuple[date, Task]]) -> tuple[tuple[AnchorProposal, ...], bool, tuple[Note, ...]]:
    """No title tells the end: the last due date is what anybody would look at."""
    if not dated:
        return (), False, ()
    day, task = max(dated, key=lambda each: each[0])
    text = _(
        "no date to work to is named, which END101 says; the last due date is that of {what}.",
        what=said(task.title, day),
    )
    return (AnchorProposal(name=printable(task.title), date=day, sure=False),), False, (Note(text, check=True),)
