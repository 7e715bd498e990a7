"""`retro view --text`: the central page on a terminal, the first screen of it first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from retro.i18n import format_date, format_number, plural
from retro.i18n import text as _
from retro.model import Assessment, SourceStatus, Task, as_date
from retro.report import wording
from retro.report.load import PersonLoad, Week, part_loads
from retro.report.naming import named
from retro.report.outlook import Outlook, Prospect, outlooks
from retro.report.project_strips import project_strips
from retro.report.schedule_assumed import date_to_give
from retro.report.slips import end_said, moved_end
from retro.report.terminal import PROSPECTS, fitted, mark, put
from retro.report.terminal_timeline import Column, legend
from retro.report.terminal_timeline import draw as draw_strips
from retro.report.untrusted import printable
from retro.report.worklists import Beginning, Dated, Wait, Worklists, told_once, worklists

_MOST_PROJECTS = 8
_MOST_NAMED = 4
"""Projects that make their dates and are named; the others are counted."""
_MOST_ENTRIES = 5
_MOST_PEOPLE = 8
_MOST_DRAWN = 3
"""Projects whose timelines are drawn."""
_MOST_ROWS, _FEWER_ROWS = 15, 8
"""Rows of the only timeline, and of each where there are several."""
_WEEKS = 6
_NAME = 28
_WHO = 18
_CELL = 8


def draw(assessment: Assessment, console: Console, *, whole: Assessment | None = None, public: bool = False) -> None:
    """Print it in the current language, at any width.

    Where it is a part of another assessment, `whole` is that: people's load is all of their work. What is `public`
    has no load: it is sent out.
    """
    lists = worklists(assessment)
    found = outlooks(assessment, lists.late_keys)
    put(console, _head(found, assessment, console), whole=True)
    put(console, [Text(), *_projects(found, assessment, console)])
    for lines in _meeting(lists, assessment, console):
        put(console, [Text(), *lines])
    if not public:
        load = part_loads(assessment, whole or assessment, lists.week, _WEEKS)
        put(console, _load(load, lists.week, assessment, console))
    _timelines(found, lists, assessment, console)


def _head(found: Sequence[Outlook], assessment: Assessment, console: Console) -> Iterator[Text]:
    headline, when = Text().append(wording.headline(found), style="bold"), wording.as_of(assessment)
    if headline.cell_len + 2 + cell_len(when) <= console.width:
        yield headline.append(f"  {when}", style="dim")
    else:
        yield from (headline, Text(when, style="dim"))
    if old := wording.outdated(assessment.portfolio.sources, assessment.now):
        yield Text(old, style="yellow")
    for source in assessment.portfolio.sources:
        if source.state is not SourceStatus.FRESH:
            yield Text(wording.stale(source, assessment.zone_name), style="yellow")


def _projects(found: Sequence[Outlook], assessment: Assessment, console: Console) -> Iterator[Text]:
    """A line for each project that needs attention, the worst first; those that make their dates on one line."""
    open_ = [each for each in found if each.prospect < Prospect.HOLDS]
    calm = [each for each in found if each.prospect >= Prospect.HOLDS]
    if len(found) == 1:
        open_, calm = list(found), []
    names = [printable(each.project.name) for each in open_[:_MOST_PROJECTS]]
    width = min(_NAME, max(map(cell_len, names), default=0))
    days = max((cell_len(wording.days_left(each)) for each in open_[:_MOST_PROJECTS]), default=0)
    for each, name in zip(open_, names, strict=False):
        line = (
            Text().append_text(mark(each.prospect, console)).append(f" {fitted(name, width, console)}  ", style="bold")
        )
        line.append(f"{wording.days_left(each):>{days}}  ")
        line.append(wording.verdict(each, assessment.day_minutes), style=PROSPECTS[each.prospect][0])
        for fact in _facts(each, assessment):
            if line.cell_len + cell_len(fact) + 3 <= console.width:
                line.append(f" · {fact}", style="dim")
        yield line
    if more := len(open_) - len(names):
        yield Text(
            "  " + plural("{count} other project to watch", "{count} other projects to watch", more), style="dim"
        )
    if len(found) == 1 and found[0].prospect is Prospect.UNKNOWN:
        keys = set(found[0].project.tasks)
        hint = date_to_give([task for task in assessment.portfolio.tasks if task.key in keys], assessment)
        yield Text(f"  {hint}", style="dim")
    if calm:
        said = plural("{count} project makes its date", "{count} projects make their dates", len(calm))
        told = ", ".join(printable(each.project.name) for each in calm[:_MOST_NAMED])
        line = Text().append_text(mark(Prospect.HOLDS, console)).append(f" {said}")
        yield line.append(f"  {told}{', …' if len(calm) > _MOST_NAMED else ''}", style="dim")


def _facts(outlook: Outlook, assessment: Assessment) -> Iterator[str]:
    """What stands behind a verdict, the weightiest first."""
    if outlook.late:
        yield plural("{count} late", "{count} late", outlook.late)
    if ground := wording.ground(outlook, assessment.margin):
        yield ground
    yield from (wording.stale(each, assessment.zone_name) for each in outlook.stale)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of a list: when, what, who."""

    when: str
    said: str
    who: str = ""
    note: str = ""
    style: str = ""


def _meeting(lists: Worklists, assessment: Assessment, console: Console) -> Iterator[list[Text]]:
    today = as_date(assessment.now, ZoneInfo(assessment.zone_name))
    week = _("Next week") if lists.week > today else _("This week")
    late = [_dated(each, today, "red") for each in lists.late]
    waits = [_wait(each[0], today) for each in told_once(lists.waits)]
    yield _listing(_("Late"), _("Nothing is late."), late, console)
    yield _listing(week, _("Nothing is due."), [_dated(each, today) for each in lists.due], console)
    yield _listing(_("Who waits for whom"), _("Nobody waits for anybody."), waits, console)
    if lists.soon:
        yield _listing(_("To be told"), "", [_beginning(each, today) for each in lists.soon], console)


def _listing(name: str, empty: str, entries: Sequence[_Entry], console: Console) -> list[Text]:
    """A list, its columns one below the other; where there is little room titles give way."""
    head = Text().append(name, style="bold")
    if not entries:
        return [head.append(f"  {empty}", style="dim")]
    head.append(f"  {len(entries)}", style="dim")
    shown = entries[:_MOST_ENTRIES]
    when = max(cell_len(each.when) for each in shown)
    who = min(_WHO, max(cell_len(each.who) for each in shown))
    note = max(cell_len(each.note) for each in shown)
    room = console.width - 3 - when - sum(each + 2 for each in (who, note) if each)
    said = max(1, min(max(cell_len(each.said) for each in shown), room))
    lines = [head]
    for each in shown:
        line = (
            Text("  ")
            .append(fitted(each.when, when, console), style=each.style or "dim")
            .append(f" {fitted(each.said, said, console)}")
        )
        line.append(f"  {fitted(each.who, who, console)}" if who else "", style="dim")
        line.append(f"  {each.note}" if each.note else "", style=each.style or "dim")
        line.rstrip()
        lines.append(line)
    if more := len(entries) - len(shown):
        lines.append(Text("  " + plural("… and {count} more", "… and {count} more", more), style="dim"))
    return lines


def _dated(dated: Dated, today: date, style: str = "") -> _Entry:
    note = _("advised") if dated.advised else ""
    return _Entry(wording.when(dated.day, today), wording.title(dated.task), wording.owners(dated.task), note, style)


def _beginning(beginning: Beginning, today: date) -> _Entry:
    task = beginning.task
    return _Entry(_("from {date}", date=wording.when(beginning.day, today)), wording.title(task), wording.owners(task))


def _wait(wait: Wait, today: date) -> _Entry:
    when = wording.when(wait.day, today) if wait.day else ""
    said = f"{wording.waiting(wait)} · {wording.title(wait.blocker)}"
    return _Entry(when, said, note=_("to be told") if wait.warn else "", style="red" if wait.warn else "")


def _load(load: Sequence[PersonLoad], first: date, assessment: Assessment, console: Console) -> Iterator[Text]:
    """Days of work and days that can be taken on, by person and week: whoever has too much is always shown."""
    if not load:
        return
    over = {each.owner.key for each in load if any(week.over for week in each.weeks)}
    shown = load
    if len(load) > _MOST_PEOPLE:
        keys = [each.owner.key for each in load]
        kept = set([*(key for key in keys if key in over), *(key for key in keys if key not in over)][:_MOST_PEOPLE])
        shown = [each for each in load if each.owner.key in kept]
    names = [printable(each.owner.name) for each in shown]
    width = min(_WHO, max(map(cell_len, names)))
    weeks = max(1, min(_WEEKS, (console.width - width - 2) // _CELL))
    yield Text()
    yield Text.assemble((_("Load"), "bold"), (f"  {_('days of work / days that can be taken on')}", "dim"))
    mondays = (format_date(first + timedelta(weeks=number)) for number in range(weeks))
    yield Text(" " * (width + 2) + "".join(f"{monday:>{_CELL}}" for monday in mondays), style="dim")
    for each, name in zip(shown, names, strict=True):
        line = Text(f"  {fitted(name, width, console)}")
        for week in each.weeks[:weeks]:
            line.append_text(_cell(week, assessment.day_minutes))
        yield line
    if more := len(load) - len(shown):
        yield Text("  " + plural("… and {count} more", "… and {count} more", more), style="dim")


def _cell(week: Week, day_minutes: int) -> Text:
    load, room = (format_number(round(minutes / day_minutes, 1)) for minutes in (week.load, week.capacity))
    if not week.load:
        return Text(f"{'–' if not week.capacity else '·':>{_CELL}}", style="dim")
    said = f"{load}/{room}{'!' if week.over else ''}"
    return Text(f"{said:>{_CELL}}", style="red" if week.over else "")


def _timelines(found: Sequence[Outlook], lists: Worklists, assessment: Assessment, console: Console) -> None:
    """The timelines of the projects that miss their dates, or of the only one."""
    drawn = found if len(found) == 1 else [each for each in found if each.prospect is Prospect.MISSED]
    tasks = named(assessment.portfolio.tasks)
    shown, most = 0, _MOST_ROWS if len(drawn) == 1 else _FEWER_ROWS
    for outlook in drawn[:_MOST_DRAWN]:
        strips, left = project_strips(outlook.project, tasks, lists.late_keys, assessment, most=most)
        if not any(strip.bar.latest or strip.bar.due for strip in strips):
            continue  # everything could be done at once: that is no plan
        shown += 1
        put(console, _project_head(outlook, assessment, tasks, console, alone=len(found) == 1), whole=True)
        zone = ZoneInfo(assessment.zone_name)
        anchors = [each.on(zone) for each in (outlook.anchor, *outlook.others) if each is not None]
        slip = [Column(_("slip"), rank=1)] if assessment.slippage is not None else []
        columns = [Column(_("owner"), most=_WHO, rank=2, right=False), *slip, Column(_("latest"))]
        put(console, draw_strips(strips, columns, assessment, console, anchors))
        put(console, (Text(f"  {each}", style="dim") for each in left))
    agreed = assessment.slippage is not None
    if shown:
        put(console, [Text(), *legend(console, agreed=agreed)])
    if len(found) > max(shown, 1):
        said = _("The timeline of another project: `retro view --text --project NAME`")
        put(console, [Text(), Text(said, style="dim")], whole=True)


def _project_head(
    outlook: Outlook, assessment: Assessment, tasks: dict[str, Task], console: Console, *, alone: bool
) -> Iterator[Text]:
    """What a project's timeline has above it: its verdict, how far its end has slipped, and what can be done."""
    yield Text()
    if not alone:  # its verdict stands above already
        line = Text().append_text(mark(outlook.prospect, console))
        line.append(f" {printable(outlook.project.name)}", style="bold")
        facts = [wording.days_left(outlook), wording.verdict(outlook, assessment.day_minutes)]
        yield line.append("".join(f" · {fact}" for fact in facts if fact))
    slips = assessment.slippage.projects if assessment.slippage is not None else ()
    for slip in slips:
        if slip.key == outlook.project.key and slip.ends:
            said, _moved = moved_end(slip.ends)
            yield Text(f"  {said or end_said(slip.ends[0])}")
    for lever in wording.levers(outlook.anchor, tasks, assessment.day_minutes):
        yield Text(f"  – {lever}")
