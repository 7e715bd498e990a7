"""`retro lint --fix` and `--diff` at the terminal: old to new, what it may set off, what was mended, what was not."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.text import Text

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Change, Fixes, Unfixed
from retro.model.values import TICK
from retro.report.plan_text import field_name, said
from retro.report.terminal import linked, put
from retro.report.untrusted import printable

_COUNTED = (Unfixed.UNSAFE, Unfixed.AGAIN)
"""Reasons that the line of the result counts; the others are told, one line each."""


def draw(fixes: Fixes, console: Console, boards: Mapping[str, str], *, live: bool) -> None:
    """Print every fix, board by board and task by task, whole lines: what is asked about must be there to be read.

    `boards` gives the name of each board by key; on `live` ones a write may set things off.
    """
    changes: dict[str, dict[str, list[Change]]] = defaultdict(lambda: defaultdict(list))
    for change in fixes.plan.changes:
        changes[change.board][change.task].append(change)
    for board, tasks in changes.items():
        put(console, [Text(printable(boards.get(board, board)), style="bold")], whole=True)
        for group in tasks.values():
            put(console, _task(group, fixes), whole=True)
    if live:
        put(console, _triggers(fixes), whole=True)
    put(console, _reasons(fixes), whole=True)


def _task(changes: list[Change], fixes: Fixes) -> Iterator[Text]:
    yield Text("  ").append_text(linked(changes[0].title or changes[0].task, changes[0].url))
    for change in changes:
        old, new = (said(value, change.field) for value in (change.old, change.new))
        line = Text.assemble("    ", (printable(change.why), "cyan"), "  ", (f"{field_name(change.field)}  ", "dim"))
        line.append(old, style="dim").append(" → ").append(new, style="green")
        fix = fixes.findings[change.id].fix
        if fix is not None and not fix.safe:
            line.append("  " + _("(unsafe)"), style="yellow")
        yield line


def _triggers(fixes: Fixes) -> Iterator[Text]:
    """What unsafe fixes may set off, of those that are there."""
    if not fixes.unsafe:
        return
    unsafe = {change.field for change in fixes.plan.changes if change.why in fixes.unsafe}
    kinds = {
        "title": _("titles change"),
        "start": _("dates move"),
        "due": _("dates move"),
        TICK: _("cards are ticked"),
        "section": _("cards change lists"),
    }
    what = ", ".join(dict.fromkeys(words for field, words in kinds.items() if field in unsafe))
    yield Text(
        _(
            "Unsafe ({codes}): {what}. That may set off automations (Trello’s Butler rules, Notion’s automations) and"
            " notices to people, as it would by hand.",
            codes=", ".join(map(printable, fixes.unsafe)),
            what=what or _("values change"),
        ),
        style="yellow",
    )


def _reasons(fixes: Fixes) -> Iterator[Text]:
    counts = Counter(each.why for each in fixes.left)
    for why in Unfixed:
        if counts[why] and why not in _COUNTED:
            yield Text(_reason(why, counts[why]), style="dim")


def _reason(why: Unfixed, count: int) -> str:
    return {
        Unfixed.DECLINED: plural(
            "{count} fix was taken back by an undo and is not made again: --force makes it.",
            "{count} fixes were taken back by an undo and are not made again: --force makes them.",
            count,
        ),
        Unfixed.RECENT: plural(
            "{count} fix waits: someone has just edited the task.",
            "{count} fixes wait: someone has just edited the tasks.",
            count,
        ),
        Unfixed.TOOL: plural(
            "{count} fix is left to you: retro cannot write that field there.",
            "{count} fixes are left to you: retro cannot write those fields there.",
            count,
        ),
        Unfixed.GUESTS: plural(
            "{count} fix is not made: people outside the team can see the board (`write_where_guests_see`).",
            "{count} fixes are not made: people outside the team can see the board (`write_where_guests_see`).",
            count,
        ),
        Unfixed.CLOSED: plural(
            "{count} fix is not made: the task is done, archived or a template.",
            "{count} fixes are not made: the tasks are done, archived or templates.",
            count,
        ),
        Unfixed.OPTED_OUT: plural(
            "{count} fix is not made: the task has opted out.",
            "{count} fixes are not made: the tasks have opted out.",
            count,
        ),
        Unfixed.SPAN: plural(
            "{count} fix is not made: the task spans others, whose dates are its own.",
            "{count} fixes are not made: the tasks span others, whose dates are their own.",
            count,
        ),
        Unfixed.STANDS: plural(
            "{count} fix is left to you: the plan rests on that date.",
            "{count} fixes are left to you: the plan rests on those dates.",
            count,
        ),
        Unfixed.NAMED: plural(
            "{count} fix is left to you: other tasks name the task by its title.",
            "{count} fixes are left to you: other tasks name the tasks by their titles.",
            count,
        ),
        Unfixed.CROSSED: plural(
            "{count} fix is left to you: the task would start after it is due.",
            "{count} fixes are left to you: the tasks would start after they are due.",
            count,
        ),
        Unfixed.UNREAD: plural(
            "{count} fix waits: not every source could be read.",
            "{count} fixes wait: not every source could be read.",
            count,
        ),
    }[why]


def planned(fixes: Fixes) -> str:
    """What would be fixed, in one line."""
    count = len(fixes.plan.changes)
    first = plural("{count} fix", "{count} fixes", count) if count else _("Nothing to fix.")
    return _joined([first.rstrip(".") if _more(fixes) else first, *_more(fixes)])


def done(count: int, after: Fixes, *, unsafe: bool) -> str:
    """What was fixed and what is left, in one line; `after` are the fixes of what stands now, unsafe ones too.

    `unsafe`: they were asked for, so what is left of them only needs another run.
    """
    found = [after.findings[change.id].fix for change in after.plan.changes]
    safe = sum(fix is not None and (fix.safe or unsafe) for fix in found)
    again = safe + sum(each.why is Unfixed.AGAIN for each in after.left)
    rest = {Unfixed.UNSAFE: len(found) - safe, Unfixed.AGAIN: again}
    return _joined([plural("{count} fixed", "{count} fixed", count), *_parts(rest)])


def _more(fixes: Fixes) -> list[str]:
    return _parts(Counter(each.why for each in fixes.left))


def _parts(counts: Mapping[Unfixed, int]) -> list[str]:
    parts = []
    if unsafe := counts.get(Unfixed.UNSAFE, 0):
        parts.append(plural("{count} more with --unsafe-fixes", "{count} more with --unsafe-fixes", unsafe))
    if again := counts.get(Unfixed.AGAIN, 0):
        parts.append(plural("{count} more by another run", "{count} more by other runs", again))
    return parts


def _joined(parts: list[str]) -> str:
    return " · ".join(parts)
