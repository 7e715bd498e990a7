"""The lists of the page: their entries in words, and what to say where there are none."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model import Assessment, Task
from retro.report import wording
from retro.report.html.facets import THIS_WEEK, Facets
from retro.report.untrusted import printable, web_address
from retro.report.worklists import Dated, Wait, Worklists

_NEAR = 180
"""Days within which a date needs no year."""

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
    """Late, this week, who waits for whom."""
    week = {each.task.key for each in (*lists.late, *lists.due)}
    today = assessment.now.astimezone(ZoneInfo(assessment.zone_name)).date()
    ahead = lists.week > today
    waits = [_wait(each, facets, week, today) for each in lists.waits]
    return (
        _listing(
            "late", _("Late"), _("Nothing is late."), [_dated(each, facets, today, "late") for each in lists.late]
        ),
        _listing(
            "week",
            _("Next week") if ahead else _("This week"),
            _("Nothing is due."),
            [_dated(each, facets, today) for each in lists.due],
        ),
        _listing("waits", _("Who waits for whom"), _("Nobody waits for anybody."), waits),
    )


def _listing(name: str, title: str, empty: str, entries: list[Entry]) -> Listing:
    return Listing(id=name, name=title, empty=empty, entries=tuple(entries[:MOST]), more=max(0, len(entries) - MOST))


def _when(day: date, today: date) -> str:
    """A day near enough to be known by its weekday, else with its year."""
    return format_date(day, Style.WEEKDAY if abs((day - today).days) < _NEAR else Style.LONG)


def _dated(dated: Dated, facets: Facets, today: date, tone: str = "") -> Entry:
    return Entry(
        facets=f"{facets.of(dated.task)} {THIS_WEEK}",
        when=_when(dated.day, today),
        title=wording.title(dated.task),
        url=web_address(dated.task.url),
        who=wording.names(dated.task) if dated.task.owners else _("no owner"),
        note=_("advised") if dated.advised else "",
        tone=tone,
    )


def _wait(wait: Wait, facets: Facets, week: set[str], today: date) -> Entry:
    waiter = printable(wait.waiter.name) if wait.waiter else _("Nobody yet")
    holder = printable(wait.holder.name) if wait.holder else _("nobody yet")
    if wait.in_review:
        said = _("{waiter} waits for {holder}’s approval", waiter=waiter, holder=holder)
    else:
        said = _("{waiter} waits for {holder}", waiter=waiter, holder=holder)
    marks = f" {THIS_WEEK}" if {wait.blocker.key, wait.task.key} & week else ""
    return Entry(
        facets=facets.of_all((wait.blocker, wait.task)) + marks,
        when=_when(wait.day, today) if wait.day else "",
        title=wording.title(wait.blocker),
        url=web_address(wait.blocker.url),
        who="",
        lead=said,
        note=_("to be told") if wait.warn else "",
        tone="late" if wait.warn else "",
    )


def gaps(lists: Worklists, facets: Facets) -> tuple[Listing, ...]:
    """What nobody holds, and what has no date."""
    return (
        _gap("ownerless", _("No owner"), _("Every task has an owner."), lists.ownerless, facets),
        _gap("dateless", _("No date"), _("Every task has a date."), lists.dateless, facets),
    )


def _gap(name: str, title: str, empty: str, tasks: tuple[Task, ...], facets: Facets) -> Listing:
    entries = [
        Entry(
            facets=facets.of(task),
            when="",
            title=wording.title(task),
            url=web_address(task.url),
            who=wording.names(task) if task.owners else printable(task.section),
        )
        for task in tasks
    ]
    return _listing(name, title, empty, entries)
