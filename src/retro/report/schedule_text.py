"""`retro schedule` at the terminal: each anchor with its verdict, then its tasks as a table and a timeline."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from retro.i18n import Style, format_date, format_days, plural
from retro.i18n import text as _
from retro.model import AnchorVerdict, Assessment, Category, Task, TaskSchedule, as_date
from retro.report import wording
from retro.report.bars import Bar, bar
from retro.report.buffers_text import buffer_lines
from retro.report.chain import chain_lines
from retro.report.levelling_text import bottleneck_line, levelling_lines
from retro.report.outlook import Prospect, Room, rooms
from retro.report.schedule_assumed import assumed, date_to_give
from retro.report.schedule_hindrances import hindrances
from retro.report.terminal import put
from retro.report.terminal_timeline import Column, Strip, legend
from retro.report.terminal_timeline import draw as draw_strips
from retro.report.untrusted import printable
from retro.report.worklists import late_keys

_OWNER = 14
_MOST_ANCHORS = 12
_MOST_ROWS, _LEAST_ROWS = 200, 10
"""Rows of all tables, and of each however many stand above it: who has more tasks wants a sheet."""


def draw(assessment: Assessment, console: Console) -> None:
    """Print the schedule in the current language, whatever the console's width."""
    tasks = {task.key: task for task in assessment.portfolio.tasks}
    groups: dict[str | None, list[Task]] = defaultdict(list)
    for key, planned in assessment.schedule.tasks.items():
        if key in tasks and tasks[key].status.category is not Category.DONE:
            groups[planned.anchor].append(tasks[key])
    room, rows, late = rooms(assessment), _Rows(), late_keys(assessment)
    ordered = sorted(assessment.schedule.anchors, key=lambda each: (each.feasible, each.date, each.key))
    for anchor in ordered[:_MOST_ANCHORS]:
        put(console, _anchor(anchor, room[anchor.key], assessment, tasks), whole=True)
        if held_up := bottleneck_line(anchor, assessment):
            put(console, [Text(held_up, style="yellow")], whole=True)
        put(console, buffer_lines(anchor, assessment), whole=True)
        put(console, _table(groups.pop(anchor.key, []), assessment, console, anchor, rows=rows, late=late))
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
            put(console, _table(group, assessment, console, None, rows=rows, late=late))
            put(console, [Text()])
    if assessment.schedule.tasks:
        put(console, legend(console))
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
        yield Text(_("What can be done:"), style="dim")
        yield from (Text(f"  – {each}") for each in wording.levers(anchor, tasks, assessment.day_minutes))


def _held(anchor: AnchorVerdict, room: Room, assessment: Assessment, tasks: dict[str, Task]) -> Iterator[Text]:
    """A date that is met, in the words of every report; where the team's dates use up its margin, whose these are."""
    day, slack, crowded = assessment.day_minutes, anchor.slack_minutes, bool(room.crowded)
    style = "green" if room.prospect is Prospect.HOLDS else "yellow"
    yield Text(wording.holding(room.prospect, slack, day, crowded=crowded), style=style)
    if not crowded:
        return
    yield Text(wording.crowded(room.crowded, tasks), style="dim")
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
    found: list[Task],
    assessment: Assessment,
    console: Console,
    anchor: AnchorVerdict | None,
    *,
    rows: _Rows,
    late: AbstractSet[str],
) -> Iterator[Text]:
    zone = ZoneInfo(assessment.zone_name)
    today = as_date(assessment.now, zone)
    planned = assessment.schedule.tasks
    bars = [(bar(task, planned[task.key], late=task.key in late, today=today, zone=zone), task) for task in found]
    whole = sorted(
        ((drawn, task) for drawn, task in bars if drawn is not None),
        key=lambda each: (each[0].start, each[0].finish, each[1].title, each[1].key),
    )
    shown = whole[: rows.take(len(whole))]
    strips = [_strip(task, planned[task.key], drawn, zone) for drawn, task in shown]
    columns = [
        Column(_("owner"), most=_OWNER, rank=2, right=False),
        Column(_("set"), rank=3),
        Column(_("advised"), rank=1),
        Column(_("latest")),
    ]
    yield from draw_strips(strips, columns, assessment, console, [anchor.on(zone)] if anchor else [])
    if more := len(whole) - len(shown):
        said = plural("… and {count} more task: --format csv", "… and {count} more tasks: --format csv", more)
        yield Text(said, style="dim")


def _strip(task: Task, plan: TaskSchedule, drawn: Bar, zone: ZoneInfo) -> Strip:
    dates = (task.due, plan.advised_finish, plan.latest_finish)
    said = ("–" if day is None else format_date(as_date(day, zone)) for day in dates)
    return Strip(title=wording.title(task), bar=drawn, cells=(wording.names(task), *said), bold=plan.critical)
