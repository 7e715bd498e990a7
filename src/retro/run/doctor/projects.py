"""Does every project work to a date, and is that date still to come."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import Project, Task, as_date
from retro.model.check import Check, Topic, remark
from retro.report.untrusted import printable
from retro.schedule import ScheduleOptions
from retro.schedule.anchors import anchors_of


def of_project(
    project: Project, tasks: Mapping[str, Task], options: ScheduleOptions, *, now: datetime, zone: tzinfo
) -> Iterator[Check]:
    """A project and its dates; `tasks` are all of them, by key."""
    mine = [tasks[key] for key in project.tasks if key in tasks]
    still = sum(task.is_open for task in mine)
    name = printable(project.name)
    anchors = anchors_of(project, mine, options)
    if not anchors:
        if still:
            yield remark(
                Topic.PROJECTS,
                plural(
                    "no date to work to is known, for {count} open task (END101).",
                    "no date to work to is known, for {count} open tasks (END101).",
                    still,
                ),
                subject=name,
                remedy=_("Give it `anchors`, or a milestone with a due date on its board."),
            )
        return
    today = as_date(now, zone)
    last = max(anchors, key=lambda anchor: as_date(anchor.date, zone))
    day = as_date(last.date, zone)
    said = _("works to “{name}”, {date}.", name=printable(last.name), date=format_date(day, Style.LONG))
    if day >= today or not still:
        yield Check(topic=Topic.PROJECTS, said=said, subject=name)
        return
    yield remark(
        Topic.PROJECTS,
        plural(
            "“{name}”, {date}, is past, and {count} task is open.",
            "“{name}”, {date}, is past, and {count} tasks are open.",
            still,
            name=printable(last.name),
            date=format_date(day, Style.LONG),
        ),
        subject=name,
        remedy=_("Give the new date, or set the project's tasks to done."),
    )


def overlooked(projects: Sequence[Project], aliases: Mapping[str, str], keys: Sequence[str]) -> Iterator[Check]:
    """Boards whose project matches none of their tasks: a filter that is misspelt looks like an empty project.

    `aliases` are by board key, `keys` the projects of the configuration that have a filter.
    """
    for project in projects:
        if project.key in keys and not project.tasks:
            boards = ", ".join(aliases.get(key, key) for key in project.boards)
            yield remark(
                Topic.PROJECTS,
                _("its filter matches no task of {boards}.", boards=boards or "–"),
                subject=printable(project.name),
                remedy=_("Check the spelling: label:NAME, list:NAME or column:NAME=VALUE, as on the board."),
            )
