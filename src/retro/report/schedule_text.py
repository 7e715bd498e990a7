"""`retro schedule` at the terminal: each anchor with its verdict, then its tasks as a table and a timeline."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from retro.i18n import Style, format_date, format_days, plural
from retro.i18n import text as _
from retro.model import AnchorVerdict, Assessment, Category, Task, TaskSchedule
from retro.report import wording
from retro.report.chain import chain_lines
from retro.report.schedule_assumed import assumed, date_to_give
from retro.report.terminal import put
from retro.report.untrusted import printable

_NARROW = 60
"""Below this width there is no room for a timeline: dates only."""
_LEAST_TITLE, _MOST_TITLE = 16, 44
_OWNER = 14
_DAY = 8
_WIDE = 90
"""From this width on there is room for the dates that the team set."""
_LEAST_TIMELINE = 16


def draw(assessment: Assessment, console: Console) -> None:
    """Print the schedule in the current language, whatever the console's width."""
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    groups: dict[str | None, list[Task]] = defaultdict(list)
    for key, planned in assessment.schedule.tasks.items():
        if key in tasks and tasks[key].status.category is not Category.DONE:
            groups[planned.anchor].append(tasks[key])
    for anchor in sorted(assessment.schedule.anchors, key=lambda each: (each.feasible, each.date, each.key)):
        put(console, _anchor(anchor, assessment, tasks), whole=True)
        put(console, _table(groups.pop(anchor.key, []), assessment, console, anchor))
        put(console, [Text()])
    loose = [task for group in groups.values() for task in group]
    anchored = _anchored(assessment)
    after = [task for task in loose if task.key in anchored]
    free = [task for task in loose if task.key not in anchored]
    for heading, group, hint in (
        (_("After the launch"), after, ""),
        (_("Without an end date"), free, date_to_give(free, assessment)),
    ):
        if group:
            put(console, [Text(heading, style="bold"), *([Text(hint)] if hint else [])], whole=True)
            put(console, _table(group, assessment, console, None))
            put(console, [Text()])
    put(console, _hindrances(assessment, tasks), whole=True)
    put(console, (Text(sentence, style="dim") for sentence in assumed(assessment)), whole=True)


def _anchored(assessment: Assessment) -> set[str]:
    """The tasks of projects that have a date to work back from."""
    dated = {anchor.project for anchor in assessment.schedule.anchors}
    return {key for project in assessment.portfolio.projects if project.key in dated for key in project.tasks}


def _anchor(anchor: AnchorVerdict, assessment: Assessment, tasks: dict[str, Task]) -> Iterator[Text]:
    titles = {key: wording.title(task) for key, task in tasks.items()}
    day = anchor.on(ZoneInfo(assessment.zone_name))
    yield Text.assemble((printable(anchor.name), "bold"), f" · {format_date(day, Style.LONG)}")
    if anchor.feasible:
        if anchor.slack_minutes is None:
            yield Text(_("On time"), style="green")
        else:
            room = format_days(anchor.slack_minutes, assessment.day_minutes)
            yield Text(_("On time: {days} of margin", days=room), style="green")
        return
    missing = format_days(anchor.missing_minutes, assessment.day_minutes)
    yield Text(_("{days} short", days=missing) if anchor.missing_minutes else _("The date cannot be met"), style="red")
    if chain := list(chain_lines(anchor, assessment, tasks)):
        yield Text(_("What holds it up:"), style="dim")
        yield from (Text(f"  {line}") for line in chain)
    if anchor.levers:
        yield Text(_("What can be done:"), style="dim")
        yield from (Text(f"  – {wording.lever(lever, titles, assessment.day_minutes)}") for lever in anchor.levers)


def _table(found: list[Task], assessment: Assessment, console: Console, anchor: AnchorVerdict | None) -> Iterator[Text]:
    if not found:
        return
    zone = ZoneInfo(assessment.zone_name)
    planned = assessment.schedule.tasks
    rows = sorted((_dates(planned[task.key]), task.title, task.key, task) for task in found)
    width = console.width
    owner = _OWNER if width >= _NARROW else 0
    own = width >= _WIDE and any(task.due for task in found)
    days = (3 if own else 2) * (_DAY + 1)
    title = min(_MOST_TITLE, max(_LEAST_TITLE, width - owner - days - _LEAST_TIMELINE - 2))
    room = width - title - owner - days - 2
    today = assessment.now.astimezone(zone).date()
    ends = [last for (_first, last), *_rest in rows] + ([anchor.on(zone)] if anchor else []) + [today]
    scale = _Scale(min([first for (first, _last), *_rest in rows] + [today]), max(ends), room)
    heads = ((_("set"),) if own else ()) + (_("advised"), _("latest"))
    head = f"{'':{title}} {'':{owner}} {' '.join(f'{each:>{_DAY}}' for each in heads)} "
    yield Text(head + (scale.head(today) if room >= _LEAST_TIMELINE else ""), style="dim")
    for _span, _title, key, task in rows:
        plan = planned[key]
        line = Text(set_cell_size(_fit(wording.title(task), title), title), style="bold" if plan.critical else "")
        line.append(" " + set_cell_size(_fit(wording.names(task), owner), owner), style="dim")
        dates = ((task.due,) if own else ()) + (plan.advised_finish, plan.latest_finish)
        line.append(f" {' '.join(f'{_day(each, zone):>{_DAY}}' for each in dates)} ")
        if room >= _LEAST_TIMELINE:
            line.append_text(scale.bar(task, plan, today, ascii_only=console.options.ascii_only))
        yield line


def _fit(words: str, width: int) -> str:
    if cell_len(words) <= width:
        return words
    return set_cell_size(words, max(0, width - 1)).rstrip() + "…" if width else ""


def _day(moment: date | None, zone: ZoneInfo) -> str:
    return "–" if moment is None else format_date(_local(moment, zone))


def _local(moment: date, zone: ZoneInfo) -> date:
    return moment.astimezone(zone) if hasattr(moment, "astimezone") else moment


def _dates(plan: TaskSchedule) -> tuple[date, date]:
    """First and last day worth drawing; a task that is scheduled has earliest dates at least."""
    starts = [day.date() for day in (plan.advised_start, plan.earliest_start) if day]
    ends = [day.date() for day in (plan.latest_finish, plan.advised_finish, plan.earliest_finish) if day]
    first = min(starts or ends or [date.max - timedelta(days=1)])
    return first, max(ends or [first])


class _Scale:
    """Days onto characters."""

    def __init__(self, first: date, last: date, room: int) -> None:
        self.first, self.room = first, max(room, 1)
        self.per = max(1.0, ((last - first).days + 1) / self.room)

    def at(self, day: date) -> int:
        """The column of a day, within the room."""
        return min(self.room - 1, max(0, int((day - self.first).days / self.per)))

    def head(self, today: date) -> str:
        """A mark over today's column."""
        return " " * self.at(today) + "▾"

    def bar(self, task: Task, plan: TaskSchedule, today: date, *, ascii_only: bool) -> Text:
        """Advised dates as a bar, the margin up to the latest finish lighter; earliest ones where advised are gone."""
        late = plan.total_slack_minutes is not None and plan.total_slack_minutes < 0
        gone = plan.advised_start is None or plan.advised_start.date() < today
        start, finish = (
            (plan.earliest_start, plan.earliest_finish) if gone else (plan.advised_start, plan.advised_finish)
        )
        if start is None or finish is None:
            return Text()
        begin, end = self.at(start.date()), self.at(finish.date())
        last = self.at(plan.latest_finish.date()) if plan.latest_finish else end
        doing = task.status.category in (Category.DOING, Category.REVIEW)
        solid, light = ("#", ".") if ascii_only else ("█", "░")
        line = Text(" " * begin)
        line.append(solid * (end - begin + 1), style="red" if late else "yellow" if doing else "blue")
        return line.append(light * max(0, last - end), style="dim")


def _hindrances(assessment: Assessment, tasks: dict[str, Task]) -> Iterable[Text]:
    schedule = assessment.schedule
    for cycle in schedule.cycles:
        names = " → ".join(wording.title(tasks[key]) for key in (*cycle, *cycle[:1]) if key in tasks)
        yield Text(_("These tasks wait for each other: {tasks}", tasks=names), style="red")
    if schedule.unresolved:
        count = len(schedule.unresolved)
        yield Text(
            plural("{count} link leads to no known task", "{count} links lead to no known task", count), "yellow"
        )
    if not schedule.settled:
        yield Text(
            _("Margins had not settled after {count} rounds: advised dates are near, not exact.", count=schedule.rounds)
        )
    if not schedule.tasks:
        yield Text(_("Nothing to schedule."))
