"""`retro baseline plan show` at the terminal: how far the end has slipped, then what moved with it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import islice
from zoneinfo import ZoneInfo

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from retro.i18n import Style, format_date, format_days, plural
from retro.i18n import text as _
from retro.model import (
    BaselineProject,
    EndBasis,
    EndSlip,
    Happened,
    NamedBaseline,
    PlanBaseline,
    PlanEnd,
    ProjectSlip,
    Slippage,
    SourceState,
    SourceStatus,
    TaskSlip,
    as_date,
)
from retro.report import wording
from retro.report.outlook import Prospect
from retro.report.slips import counts, direction, end_said, last_finish_said, signed, span
from retro.report.terminal import fitted, mark, put
from retro.report.untrusted import printable

_SCREEN = 24
_MOST_PROJECTS = 3
_MOST_SOURCES = 3
_MOST_BOARDS = 4
"""Boards not compared that are named; `--all` names all."""
_LEAST_ROWS = 3
_OWNER = 16
_WIDE = 72
"""From this width on there is room for owners."""
_DAYS = 7
_LEAST_NAME = 10


def draw(
    slippage: Slippage,
    sources: Iterable[SourceState],
    console: Console,
    *,
    zone_name: str,
    day_minutes: int,
    everything: bool = False,
) -> None:
    """Print it in the current language: one screen, unless `everything` is wanted. The zone is the workspace's."""
    stale = list(_stale(sources, zone_name))
    head = [*(stale if everything else stale[:_MOST_SOURCES]), _set(slippage, ZoneInfo(zone_name))]
    head += _projects(slippage.projects, console, day_minutes, everything=everything)
    moved = slippage.that(Happened.MOVED)
    if everything:
        put(console, [*head, Text(counts(slippage))], whole=True)
        for happened, found in ((Happened.MOVED, moved), *_by_kind(slippage)):
            if found:
                put(console, [Text(), Text(_of_them(happened, len(found)), style="bold"), *_rows(found, console)])
        put(console, _not_compared(slippage), whole=True)
        return
    head.append(Text(counts(slippage)))
    tail = [*_others(slippage), *islice(_not_compared(slippage), _MOST_BOARDS)]
    room = max(_LEAST_ROWS, _SCREEN - len(head) - len(tail))
    shown = moved if len(moved) <= room else moved[: room - 1]
    rows = list(_rows(shown, console))
    if len(moved) > len(shown):
        rows.append(Text("  " + plural("{count} more: --all", "{count} more: --all", len(moved) - len(shown)), "dim"))
    put(console, [*head, *rows, *tail])


def draw_kept(
    plan: PlanBaseline,
    ends: Iterable[tuple[BaselineProject, EndBasis, PlanEnd]],
    console: Console,
    *,
    file: str,
    kept: bool,
) -> None:
    """Print what was kept and where (`file`; "": in the state), or that it was already; and each project's end."""
    name = printable(plan.name)
    count = len(plan.tasks)
    if kept:
        said = plural("{count} task is kept as “{name}”", "{count} tasks are kept as “{name}”", count, name=name)
    else:
        said = _("“{name}” holds these dates already", name=name)
    lines = [Text(said, style="bold").append(f" ({printable(file)})" if file else "", style="dim")]
    for project, basis, end in ends:
        line = Text.assemble("  ", (printable(project.name), "bold"), f" · {format_date(end.day, Style.LONG)} · ")
        lines.append(line.append(_rests_on(basis, _("“{name}”", name=printable(end.name))), style="dim"))
    put(console, lines, whole=True)


def draw_list(baselines: Sequence[NamedBaseline], console: Console, zone: tzinfo) -> None:
    """Print which baselines there are, the last one set first."""
    if not baselines:
        put(console, [Text(_("No baseline is kept here yet: `retro baseline plan set NAME`."))], whole=True)
    width = max((cell_len(printable(each.name)) for each in baselines), default=0)
    put(
        console,
        (
            Text.assemble(
                (set_cell_size(printable(each.name), width), "bold"),
                f"  {format_date(as_date(each.set_at, zone), Style.LONG)}  ",
                (plural("{count} task", "{count} tasks", each.tasks), "dim"),
            )
            for each in baselines
        ),
    )


def _stale(sources: Iterable[SourceState], zone_name: str) -> Iterator[Text]:
    for state in sources:
        if state.state is not SourceStatus.FRESH:
            yield Text(wording.stale(state, zone_name), style="yellow")


def _set(slippage: Slippage, zone: tzinfo) -> Text:
    said = _(
        "“{name}”, set on {date}: {then} then, {now} now",
        name=printable(slippage.name),
        date=format_date(as_date(slippage.set_at, zone), Style.LONG),
        then=plural("{count} open task", "{count} open tasks", slippage.then),
        now=slippage.open,
    )
    return Text(said, style="dim")


def _projects(
    projects: Sequence[ProjectSlip], console: Console, day_minutes: int, *, everything: bool
) -> Iterator[Text]:
    dated = [project for project in projects if project.ends]
    shown = dated if everything else dated[:_MOST_PROJECTS]
    if not dated:
        yield Text(_("Nothing tells the end of this plan: it has no dates."), style="bold")
    for project in shown:
        yield from _project(project, console, day_minutes, whole=everything)
    if len(dated) > len(shown):
        count = len(dated) - len(shown)
        yield Text("  " + plural("{count} more project", "{count} more projects", count), style="dim")


def _project(project: ProjectSlip, console: Console, day_minutes: int, *, whole: bool) -> Iterator[Text]:
    end = project.ends[0]
    said = end_said(end)
    short = project.slack_now is not None and project.slack_now < 0 and end.basis is EndBasis.ANCHOR
    if short and not end.moved.days:
        said = _("The end stands, but the plan does not fit before it any more")
    sign = mark(Prospect.MISSED if short or end.moved.days > 0 else Prospect.HOLDS, console)
    line = Text.assemble(sign, " ", (said, sign.style), " · ")
    when = f" · {span(end.was.day, end.now.day)}"
    # A long name gives way before the dates do.
    room = max(_LEAST_NAME, console.width - line.cell_len - cell_len(when))
    name = printable(project.name)
    yield line.append(name if whole else fitted(name, min(cell_len(name), room), console), style="bold").append(when)
    yield Text(f"  {_rests_on(end.basis, _names(end))}", style="dim")
    planned = next((each for each in project.ends[1:] if each.basis is EndBasis.PLANNED), None)
    if planned is not None and planned.moved.days:
        yield Text(f"  {last_finish_said(planned)}")
    if project.slack_was is not None and project.slack_now is not None and project.slack_was != project.slack_now:
        was, now = (_room(slack, day_minutes) for slack in (project.slack_was, project.slack_now))
        yield Text("  " + _("Margin before the end: {was} then, {now} now", was=was, now=now))


def _room(slack: int, day_minutes: int) -> str:
    days = format_days(abs(slack), day_minutes)
    return f"−{days}" if slack < 0 else days


def _names(end: EndSlip) -> str:
    was, now = printable(end.was.name), printable(end.now.name)
    return _("“{name}”", name=now) if was == now else _("“{was}” then, “{now}” now", was=was, now=now)


def _rests_on(basis: EndBasis, name: str) -> str:
    """What an end is, so that nobody takes one reckoning for another."""
    match basis:
        case EndBasis.ANCHOR:
            return _("the date that cannot move: {name}", name=name)
        case EndBasis.PLANNED:
            return _("no date is fixed; this is the last planned finish: {name}", name=name)
        case EndBasis.EARLIEST:
            return _("no date is set; this is the soonest that all could be over: {name}", name=name)


def _by_kind(slippage: Slippage) -> Iterator[tuple[Happened, Sequence[TaskSlip]]]:
    """What else became of tasks, those that moved aside."""
    for happened in Happened:
        found = slippage.that(happened)
        if found and happened is not Happened.MOVED:
            yield happened, found


def _of_them(happened: Happened, count: int) -> str:
    said = {
        Happened.MOVED: plural("{count} task moved", "{count} tasks moved", count),
        Happened.DONE: plural("{count} done since", "{count} done since", count),
        Happened.DATED: plural("{count} given a date", "{count} given a date", count),
        Happened.UNDATED: plural("{count} that lost its date", "{count} that lost their dates", count),
        Happened.NEW: plural("{count} new", "{count} new", count),
        Happened.GONE: plural("{count} no longer there", "{count} no longer there", count),
        Happened.ASIDE: plural("{count} archived or cancelled", "{count} archived or cancelled", count),
    }
    return said[happened]


def _others(slippage: Slippage) -> Iterator[Text]:
    """A line for each kind: how many, and the first of them by name."""
    for happened, found in _by_kind(slippage):
        line = Text.assemble((_of_them(happened, len(found)), "bold"), "  ")
        yield line.append(" · ".join(_titled(task) for task in found))


def _titled(task: TaskSlip) -> str:
    title = printable(task.title) or _("(untitled)")
    if task.moved is not None and task.moved.days:
        return f"{title} ({direction(task.moved)})"
    if task.now is not None:
        return f"{title} ({format_date(task.now)})"
    return title


def _rows(tasks: Iterable[TaskSlip], console: Console) -> Iterator[Text]:
    """A line a task: how far, from when to when, its title and its owners."""
    found = list(tasks)
    spans = [_row_span(task) for task in found]
    span = max(map(cell_len, spans), default=0)
    owner = _OWNER if console.width >= _WIDE else 0
    title = max(1, console.width - _DAYS - span - owner - 4)
    for task, days in zip(found, spans, strict=True):
        line = Text("  ").append(f"{signed(task.moved):>{_DAYS - 2}}  ", style=_colour(task))
        line.append(f"{set_cell_size(days, span)}  ")
        line.append(
            fitted(printable(task.title) or _("(untitled)"), title, console), style="bold" if task.milestone else ""
        )
        if owner:
            line.append(" " + fitted(", ".join(map(printable, task.owners)) or "–", owner - 1, console), style="dim")
        yield line


def _row_span(task: TaskSlip) -> str:
    style = Style.SHORT if task.was is None or task.now is None or task.was.year == task.now.year else Style.LONG
    was, now = ("–" if day is None else format_date(day, style) for day in (task.was, task.now))
    return f"{was} → {now}"


def _colour(task: TaskSlip) -> str:
    return "" if task.moved is None or not task.moved.days else "red" if task.moved.days > 0 else "green"


def _not_compared(slippage: Slippage) -> Iterator[Text]:
    for board in slippage.unread:
        said = plural(
            "“{board}” was not read: {count} task of the baseline is not compared.",
            "“{board}” was not read: {count} tasks of the baseline are not compared.",
            board.tasks,
            board=printable(board.name),
        )
        yield Text(said, style="yellow")
    for board in slippage.unknown:
        said = plural(
            "“{board}” is not in the baseline: {count} task of it is not compared.",
            "“{board}” is not in the baseline: {count} tasks of it are not compared.",
            board.tasks,
            board=printable(board.name),
        )
        yield Text(said, style="dim")
