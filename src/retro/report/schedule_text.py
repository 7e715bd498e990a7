"""`retro schedule` at the terminal: each anchor with its verdict, then its tasks as a table and a timeline."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from retro.i18n import Style, format_date, format_days, plural
from retro.i18n import text as _
from retro.model import AnchorVerdict, Assessment, Category, Task, TaskSchedule
from retro.report import wording
from retro.report.buffers_text import buffer_lines
from retro.report.chain import chain_lines
from retro.report.levelling_text import bottleneck_line, levelling_lines
from retro.report.outlook import Prospect, Room, rooms
from retro.report.schedule_assumed import assumed, date_to_give
from retro.report.schedule_hindrances import hindrances
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
_MOST_ANCHORS = 12
_MOST_ROWS, _LEAST_ROWS = 200, 10
"""Rows of all tables, and of each however many stand above it: who has more tasks wants a sheet."""
_NAMED = 3


def draw(assessment: Assessment, console: Console) -> None:
    """Print the schedule in the current language, whatever the console's width."""
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    groups: dict[str | None, list[Task]] = defaultdict(list)
    for key, planned in assessment.schedule.tasks.items():
        if key in tasks and tasks[key].status.category is not Category.DONE:
            groups[planned.anchor].append(tasks[key])
    room, rows = rooms(assessment), _Rows()
    ordered = sorted(assessment.schedule.anchors, key=lambda each: (each.feasible, each.date, each.key))
    for anchor in ordered[:_MOST_ANCHORS]:
        put(console, _anchor(anchor, room[anchor.key], assessment, tasks), whole=True)
        if held_up := bottleneck_line(anchor, assessment):
            put(console, [Text(held_up, style="yellow")], whole=True)
        put(console, buffer_lines(anchor, assessment), whole=True)
        put(console, _table(groups.pop(anchor.key, []), assessment, console, anchor, rows))
        put(console, [Text()])
    if others := ordered[_MOST_ANCHORS:]:
        put(console, [_others(others), Text()], whole=True)
        for anchor in others:
            groups.pop(anchor.key, None)
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
            put(console, _table(group, assessment, console, None, rows))
            put(console, [Text()])
    put(console, hindrances(assessment, tasks), whole=True)
    put(console, (Text(sentence) for sentence in levelling_lines(assessment)), whole=True)
    put(console, (Text(sentence, style="dim") for sentence in assumed(assessment)), whole=True)


def _anchored(assessment: Assessment) -> set[str]:
    """The tasks of projects that have a date to work back from."""
    dated = {anchor.project for anchor in assessment.schedule.anchors}
    return {key for project in assessment.portfolio.projects if project.key in dated for key in project.tasks}


def _others(anchors: Sequence[AnchorVerdict]) -> Text:
    missed = sum(not anchor.feasible for anchor in anchors)
    words = plural("… and {count} more date", "… and {count} more dates", len(anchors))
    if missed:
        words += plural(", {count} of which cannot be met", ", {count} of which cannot be met", missed)
    return Text(words, style="red" if missed else "dim")


def _anchor(anchor: AnchorVerdict, room: Room, assessment: Assessment, tasks: dict[str, Task]) -> Iterator[Text]:
    day = anchor.on(ZoneInfo(assessment.zone_name))
    yield Text.assemble((printable(anchor.name), "bold"), f" · {format_date(day, Style.LONG)}")
    if anchor.chance is not None:
        # Draws prove no certainty.
        share = wording.percent(min(max(anchor.chance, 0.01), 0.99))
        yield Text(_("Chance of making it: {share}", share=share), style="dim")
    if anchor.feasible:
        yield from _held(anchor, room, assessment, tasks)
        return
    missing = format_days(anchor.missing_minutes, assessment.day_minutes)
    yield Text(_("{days} short", days=missing) if anchor.missing_minutes else _("The date cannot be met"), style="red")
    if chain := list(chain_lines(anchor, assessment, tasks)):
        yield Text(_("What holds it up:"), style="dim")
        yield from (Text(f"  {line}") for line in chain)
    if anchor.levers:
        named = {lever.task for lever in anchor.levers} | {lever.other for lever in anchor.levers}
        titles = {key: wording.short_title(tasks[key]) for key in named if key in tasks}
        yield Text(_("What can be done:"), style="dim")
        yield from (Text(f"  – {wording.lever(lever, titles, assessment.day_minutes)}") for lever in anchor.levers)


def _held(anchor: AnchorVerdict, room: Room, assessment: Assessment, tasks: dict[str, Task]) -> Iterator[Text]:
    """A date that is met, in the words of every report; where the team's dates use up its margin, whose these are."""
    day, slack, crowded = assessment.day_minutes, anchor.slack_minutes, bool(room.crowded)
    style = "green" if room.prospect is Prospect.HOLDS else "yellow"
    yield Text(wording.holding(room.prospect, slack, day, crowded=crowded), style=style)
    if not crowded:
        return
    names = ", ".join(wording.short_title(tasks[key]) for key in room.crowded[:_NAMED])
    yield Text(
        plural(
            "{count} task is set to end later than its margin allows: {names}",
            "{count} tasks are set to end later than their margin allows: {names}",
            len(room.crowded),
            names=names + (", …" if len(room.crowded) > _NAMED else ""),
        ),
        style="dim",
    )
    if slack is not None:
        days = format_days(slack, day)
        yield Text(_("Done as early as possible, the work would leave {days} of margin.", days=days), style="dim")


class _Rows:
    """How many rows the tables that are still to be drawn may have."""

    def __init__(self) -> None:
        self._left = _MOST_ROWS

    def take(self, wanted: int) -> int:
        """Rows of the next table, of those that it could have."""
        given = min(wanted, max(self._left, _LEAST_ROWS))
        self._left -= given
        return given


def _table(
    found: list[Task], assessment: Assessment, console: Console, anchor: AnchorVerdict | None, left: _Rows
) -> Iterator[Text]:
    if not found:
        return
    zone = ZoneInfo(assessment.zone_name)
    planned = assessment.schedule.tasks
    whole = sorted((_dates(planned[task.key]), task.title, task.key, task) for task in found)
    rows = whole[: left.take(len(whole))]
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
    if more := len(whole) - len(rows):
        said = plural("… and {count} more task: --format csv", "… and {count} more tasks: --format csv", more)
        yield Text(said, style="dim")


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
