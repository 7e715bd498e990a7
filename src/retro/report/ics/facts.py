"""What entries of both kinds of feed say of a task: who, for which project, until when at the latest, and where."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from icalendar.cal import Component

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import Assessment, Owner, Project, Task, as_date
from retro.report.naming import named
from retro.report.untrusted import printable, web_address
from retro.report.wording import shortened

_SPACE = UUID("9f1c8f5e-6a43-5d0e-8f0b-0d6f3c3c9b52")
"""Under which UIDs are made: the same key always gives the same one, whatever its task is called."""
_LONGEST = 200
"""Characters of a title: calendars cut longer ones anyhow."""


def uid(kind: str, key: str) -> str:
    """The UID of what is made of a key: an `event` and a `todo` of one task are two things."""
    return f"{uuid5(_SPACE, f'{kind}:{key}')}@retroplan"


class Facts:
    """An assessment as feeds look at it: tasks by key with their cards' names, projects, days in one zone."""

    def __init__(self, assessment: Assessment, lang: str) -> None:
        portfolio = assessment.portfolio
        self.assessment = assessment
        self.lang = lang
        self.zone = ZoneInfo(assessment.zone_name)
        self.today: date = as_date(assessment.now, self.zone)
        self.tasks = named(portfolio.tasks)
        self._projects: dict[str, list[Project]] = {}
        for project in portfolio.projects:
            for key in project.tasks:
                self._projects.setdefault(key, []).append(project)

    def day(self, value: date | datetime | None) -> date | None:
        """A day in the workspace's zone."""
        return None if value is None else as_date(value, self.zone)

    def latest(self, task: Task) -> date | None:
        """The day on which a task must be over."""
        planned = self.assessment.schedule.tasks.get(task.key)
        return self.day(planned.latest_finish) if planned else None

    def title(self, words: str) -> str:
        """A title on one line, never empty, of a length that calendars show."""
        return shortened(printable(words) or _("(untitled)", lang=self.lang), _LONGEST)

    def people(self, owners: Iterable[Owner]) -> str:
        """Who has a task, in one line; "" for nobody."""
        return shortened(", ".join(printable(owner.name) for owner in owners), _LONGEST)

    def project(self, task: Task) -> str:
        """The projects that a task belongs to; a line of a checklist to its card's."""
        found = self._projects.get(task.key) or self._projects.get(task.parent or "") or []
        return shortened(", ".join(printable(project.name) for project in found), _LONGEST)

    def lines(self, task: Task, *, advised: bool) -> Iterator[str]:
        """What stands below the title; `advised` where the team gave the task no date of its own."""
        owners, latest = self.people(task.owners), self.latest(task)
        if owners:
            yield plural("Owner: {names}", "Owners: {names}", len(task.owners), lang=self.lang, names=owners)
        else:
            yield _("Owner: nobody yet", lang=self.lang)
        if task.reviewer is not None:
            yield _("Validation: {name}", lang=self.lang, name=self.people([task.reviewer]))
        if project := self.project(task):
            yield _("Project: {name}", lang=self.lang, name=project)
        if task.client and printable(task.client):
            yield _("Client: {name}", lang=self.lang, name=shortened(printable(task.client), _LONGEST))
        if advised:
            yield _("No date on the board: this is the advised one.", lang=self.lang)
        if latest is not None and task.status.category.is_open:
            yield _("At the latest: {date}", lang=self.lang, date=format_date(latest, Style.LONG, self.lang))
        if address := web_address(task.url):
            yield address

    def describe(self, entry: Component, task: Task, *, advised: bool) -> None:
        """Give an entry what both kinds have: channel, description and address."""
        if task.channel and (channel := printable(task.channel)):
            entry.add("categories", [shortened(channel, _LONGEST)])
        entry.add("description", "\n".join(self.lines(task, advised=advised)))
        if address := web_address(task.url):
            entry.add("url", address)
