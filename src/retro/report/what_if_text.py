"""`retro what-if` at the terminal: does the date hold, what moves, what becomes critical or late, who is over."""

from collections.abc import Callable, Iterator
from itertools import product
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import AnchorVerdict
from retro.model.what_if import EndChange, OtherEnd, WeekOver, WhatIf
from retro.report import wording
from retro.report.chain import chain_lines
from retro.report.levelling_text import bottleneck_line
from retro.report.outlook import Prospect, rooms
from retro.report.schedule_assumed import date_to_give
from retro.report.terminal import PROSPECTS, folded, put
from retro.report.untrusted import printable
from retro.report.what_if_moves import cut, moves_lines
from retro.report.what_if_words import end_dates, end_verdict, lateness, question, weeks_over

_STYLES = {prospect: style for prospect, (style, _sign, _plain) in PROSPECTS.items()}
_SCREEN = 24
"""Lines that a screen has: moves take what the rest leaves, and leave it some where there is much of it."""
_LEAST_ROWS, _MOST_ROWS = 2, 10
_MOST_SHRINK = 2
"""How many less of each kind are named, where otherwise hardly a row would be left."""
_QUESTIONS, _ENDS, _NAMES, _LINES, _WEEKS, _CHAIN = 4, 3, 4, 3, 4, 4
"""What is named of each kind unless everything is asked for."""


_Most = Callable[[int], int | None]
"""How many of a kind are named, where a screen has room for so many; None: all."""


def draw(what_if: WhatIf, console: Console, *, everything: bool = False) -> None:
    """Print a what-if in the current language, whatever the console's width: one screen unless everything is asked."""
    if everything:
        put(console, _lines(what_if, console, _all, None))
        return
    lines: list[Text] = []
    for shrink, rows in product(range(_MOST_SHRINK + 1), range(_MOST_ROWS, _LEAST_ROWS - 1, -1)):
        lines = _lines(what_if, console, _fewer(shrink), rows)
        if len(lines) <= _SCREEN:
            break
    put(console, lines)


def _lines(what_if: WhatIf, console: Console, most: _Most, rows: int | None) -> list[Text]:
    """Everything, as lines that the console will not fold."""
    head = [*_questions(what_if, rows), *_ends(what_if, most, console.width)]
    tail = [*_critical(what_if, most), *_late(what_if, most), *_over(what_if, most)]
    moves = [Text(), *moves_lines(what_if, console, rows)]
    return [*folded(head, console), *moves, *([Text(), *folded(tail, console)] if tail else [])]


def _all(_room: int) -> int | None:
    return None


def _fewer(shrink: int) -> _Most:
    """So many less of each kind than there would be room for."""
    return lambda room: max(1, room - shrink)


def _questions(what_if: WhatIf, rows: int | None) -> Iterator[Text]:
    asked = [question(each, what_if.after) for each in what_if.suppositions]
    shown, left = cut(asked, None if rows is None else _QUESTIONS)
    yield from (Text(each, style="bold") for each in shown)
    if left:
        yield Text(left, style="dim")


# Whether the dates hold


def _ends(what_if: WhatIf, most: _Most, width: int) -> Iterator[Text]:
    if not what_if.ends:
        yield from _without_end(what_if)
        return
    shown, left = cut(what_if.ends, most(_ENDS))
    for end in shown:
        yield from _end(end, what_if, width)
        if end.after is not None and not end.after.feasible and end.changed:
            yield from _ways_out(end.after, what_if, most)
        yield from _held_up(end, what_if)
    others = what_if.ends[len(shown) :]
    if others and not any(end.changed for end in others):
        left = plural("{count} other date stays as it is", "{count} other dates stay as they are", len(others))
    if left:
        yield Text(left, style="dim")
    if any(isinstance(each, OtherEnd) for each in what_if.suppositions) and not what_if.before.schedule.anchors:
        yield Text(_("There is no end date to compare with; name the one that holds now with --instead-of."))


def _without_end(what_if: WhatIf) -> Iterator[Text]:
    """When all would be done at the earliest, and how to give a date to work back from."""
    before = what_if.before
    finishes = [
        max((planned.earliest_finish for planned in found if planned.earliest_finish is not None), default=None)
        for found in (before.schedule.tasks.values(), what_if.after.schedule.tasks.values())
    ]
    yield Text(_("No end date: nothing to work back from"), style="dim")
    dates = [
        format_date(each.astimezone(ZoneInfo(before.zone_name)), Style.LONG) for each in finishes if each is not None
    ]
    if dates:
        yield Text(_("All done at the earliest: {dates}", dates=" → ".join(dict.fromkeys(dates))))
    yield Text(date_to_give([task for task in before.portfolio.tasks if task.key in before.schedule.tasks], before))


def _end(end: EndChange, what_if: WhatIf, width: int) -> Iterator[Text]:
    """An anchor and its verdict: on a line where there is room, else on two."""
    anchor = end.after or end.before
    name = "" if anchor is None else printable(anchor.name)
    room = None if end.after is None else rooms(what_if.after)[end.after.key]
    style = "" if room is None else _STYLES[room.prospect]
    tight = room is not None and room.prospect is Prospect.TIGHT and not room.crowded
    dates = end_dates(end, ZoneInfo(what_if.after.zone_name))
    said = Text.assemble((name, "bold"), f" · {dates}")
    verdict = Text(end_verdict(end, what_if.after.day_minutes, tight=tight), style=style)
    if said.cell_len + 3 + verdict.cell_len <= width:
        yield Text(" · ").join([said, verdict])
    else:
        yield from (said, verdict)


def _held_up(end: EndChange, what_if: WhatIf) -> Iterator[Text]:
    """Whose hours would make the levelled plan begin before today, where that is new."""
    said = bottleneck_line(end.after, what_if.after) if end.after is not None else ""
    if said and (end.before is None or said != bottleneck_line(end.before, what_if.before)):
        yield Text(said, style="yellow")


def _ways_out(anchor: AnchorVerdict, what_if: WhatIf, most: _Most) -> Iterator[Text]:
    """The chain, in a line unless everything is asked for, and the levers."""
    after = what_if.after
    tasks = {task.key: task for task in after.portfolio.tasks}
    shown = most(_CHAIN)
    if shown is None:
        yield Text(_("What holds it up:"), style="dim")
        yield from (Text(f"  {line}") for line in chain_lines(anchor, after, tasks))
    elif chain := [wording.short_title(tasks[key]) for key in anchor.chain if key in tasks]:
        if len(chain) > shown:
            middle = plural("({count} more)", "({count} more)", len(chain) - shown + 1)
            chain = [*chain[: shown // 2], middle, *chain[-(shown // 2) :]]
        yield Text.assemble((_("What holds it up:"), "dim"), " " + " → ".join(chain))
    if anchor.levers:
        titles = {key: wording.title(task) for key, task in tasks.items()}
        yield Text(_("What can be done:"), style="dim")
        # Where there is room for few, the date that would hold is one of them.
        count = most(len(anchor.levers))
        levers = anchor.levers if count is None else (*anchor.levers[: count - 1], anchor.levers[-1])
        yield from (Text(f"  – {wording.lever(lever, titles, after.day_minutes)}") for lever in levers)


# What becomes critical or late, and who is over


def _critical(what_if: WhatIf, most: _Most) -> Iterator[Text]:
    if what_if.critical:
        shown, left = cut(what_if.critical, most(_NAMES))
        said = " · ".join([*map(wording.short_title, shown), *([left] if left else [])])
        yield Text.assemble((_("Becomes critical:"), "yellow"), " " + said)


def _late(what_if: WhatIf, most: _Most) -> Iterator[Text]:
    if what_if.late:
        shown, left = cut(what_if.late, most(_LINES))
        yield Text(_("No longer fits the team’s own dates:"), style="yellow")
        yield from (Text("  " + lateness(late)) for late in shown)
        if left:
            yield Text("  " + left, style="dim")


def _over(what_if: WhatIf, most: _Most) -> Iterator[Text]:
    people: dict[str, list[WeekOver]] = {}
    for week in what_if.over:
        people.setdefault(week.owner.key, []).append(week)
    if people:
        shown, left = cut(list(people.values()), most(_LINES))
        yield Text(_("Over their hours, by week:"), style="yellow")
        for weeks in shown:
            yield Text(f"  {printable(weeks[0].owner.name)} · {weeks_over(weeks, most(_WEEKS))}")
        if left:
            yield Text("  " + left, style="dim")
