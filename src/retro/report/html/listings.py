"""The lists of the page: their entries in words, and what to say where there are none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from retro.i18n import text as _
from retro.model import Assessment, Task
from retro.report import wording
from retro.report.html.facets import Facets
from retro.report.naming import named, project_and_title
from retro.report.untrusted import printable, web_address
from retro.report.worklists import Beginning, Dated, Wait, Worklists, told_once

MOST = 400
"""Entries of one list that the page carries; the rest is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a list."""

    facets: str
    when: str
    title: str
    url: str | None
    who: str
    project: str = ""
    """Its project's name, where tasks of others have the same title."""
    lead: str = ""
    """Said above the title, where the title alone does not say it."""
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list with its name, what to say when it is empty, and how many entries the page does not carry."""

    id: str
    name: str
    empty: str
    entries: tuple[Entry, ...]
    more: int = 0


def meeting(lists: Worklists, facets: Facets, assessment: Assessment) -> tuple[Listing, ...]:
    """Late, this week, who waits for whom, who is to be told of what begins soon."""
    today, known = assessment.now.astimezone(ZoneInfo(assessment.zone_name)).date(), named(assessment.portfolio.tasks)
    ahead = lists.week > today
    return (
        _listing(
            "late",
            _("Late"),
            _("Nothing is late."),
            [_dated(each, facets, today, known, "late") for each in lists.late],
        ),
        _listing(
            "week",
            _("Next week") if ahead else _("This week"),
            _("Nothing is due."),
            [_dated(each, facets, today, known) for each in lists.due],
        ),
        _listing(
            "waits",
            _("Who waits for whom"),
            _("Nobody waits for anybody."),
            [_wait(each, facets, today, known) for each in told_once(lists.waits)],
        ),
        _listing(
            "soon",
            _("To be told"),
            _("Nothing else begins within ten working days."),
            [_beginning(each, facets, today, known) for each in lists.soon],
        ),
    )


def _listing(name: str, title: str, empty: str, entries: list[Entry]) -> Listing:
    return Listing(id=name, name=title, empty=empty, entries=tuple(entries[:MOST]), more=max(0, len(entries) - MOST))


def _dated(dated: Dated, facets: Facets, today: date, known: Mapping[str, Task], tone: str = "") -> Entry:
    project, title = _said(dated.task, known)
    return Entry(
        facets=facets.of(dated.task, reviewed=False),
        when=wording.when(dated.day, today),
        title=title,
        project=project,
        url=web_address(dated.task.url),
        who=wording.owners(dated.task),
        note=_("advised") if dated.advised else "",
        tone=tone,
    )


def _beginning(beginning: Beginning, facets: Facets, today: date, known: Mapping[str, Task]) -> Entry:
    task = beginning.task
    project, title = _said(task, known)
    return Entry(
        facets=facets.of(task, reviewed=False),
        when=_("from {date}", date=wording.when(beginning.day, today)),
        title=title,
        project=project,
        url=web_address(task.url),
        who=wording.owners(task),
    )


def _wait(waits: Sequence[Wait], facets: Facets, today: date, known: Mapping[str, Task]) -> Entry:
    """One person's wait for one task, with however many of theirs."""
    wait = waits[0]
    project, title = _said(wait.blocker, known)
    return Entry(
        facets=facets.of_all((wait.blocker, *(each.task for each in waits)), reviewed=wait.in_review),
        when=wording.when(wait.day, today) if wait.day else "",
        title=title,
        project=project,
        url=web_address(wait.blocker.url),
        who="",
        lead=wording.waiting(wait),
        note=_("to be told") if wait.warn else "",
        tone="late" if wait.warn else "",
    )


def gaps(lists: Worklists, facets: Facets, assessment: Assessment) -> tuple[Listing, ...]:
    """What nobody holds, and what has no date."""
    known = named(assessment.portfolio.tasks)
    return (
        _listing(
            "ownerless",
            _("No owner"),
            _("Every task has an owner."),
            [_held(x, facets, known) for x in lists.ownerless],
        ),
        _listing(
            "dateless", _("No date"), _("Every task has a date."), [_held(x, facets, known) for x in lists.dateless]
        ),
    )


def _held(task: Task, facets: Facets, known: Mapping[str, Task]) -> Entry:
    project, title = _said(task, known)
    return Entry(
        facets=facets.of(task),
        when="",
        title=title,
        project=project,
        url=web_address(task.url),
        who=wording.names(task) if task.owners else printable(task.section),
    )


def _said(task: Task, known: Mapping[str, Task]) -> tuple[str, str]:
    """Its project, where others have a task of that title, and its title."""
    project, plain = project_and_title(task, known[task.key])
    return printable(project), wording.title(replace(task, title=plain))
