"""`retro plan` at the terminal: what would be written, board by board, old to new and why; and what was."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from rich.console import Console
from rich.text import Text

from retro.i18n import Style, format_date, format_number, plural
from retro.i18n import text as _
from retro.model import CLEAN, MADE, NEW, Change, Conflict, Day, Plan
from retro.model.values import ARCHIVED, TICK
from retro.report.terminal import linked, put
from retro.report.untrusted import printable

MOST = 12
"""Changes shown of one board; `everything` shows all."""

Value = Day | str | float | None


def draw(plan: Plan, console: Console, boards: Mapping[str, str], *, everything: bool = False) -> None:
    """Print the plan in the current language. `boards` gives the name of each board by key."""
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in plan.changes:
        changes[change.board].append(change)
    conflicts: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in plan.conflicts:
        if conflict.new or everything:
            conflicts[conflict.board].append(conflict)
    keys = dict.fromkeys(
        [*changes, *conflicts, *(each.board for each in plan.setup), *(each.board for each in plan.guards)]
    )
    for key in keys:
        put(console, _head(key, plan, boards), whole=True)
        put(console, _board(key, plan, changes[key], conflicts[key], everything=everything))
    put(console, [Text(_pending(plan), style="bold")])


def draw_overruled(plan: Plan, console: Console, boards: Mapping[str, str]) -> None:
    """Print what people set over values of retro's since the last report, board by board, where there is any."""
    overruled: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in plan.conflicts:
        if conflict.new and conflict.written is not None:
            overruled[conflict.board].append(conflict)
    for key, conflicts in overruled.items():
        put(console, [Text(printable(boards.get(key, key)), style="bold"), *map(_conflict, conflicts)], whole=True)


def _pending(plan: Plan) -> str:
    if not plan.changes:
        return _("Nothing to write.")
    made = len({change.task for change in plan.changes if change.creates})
    written = [change for change in plan.changes if not change.creates]
    if made:
        rows = plural("{count} row to make.", "{count} rows to make.", made)
        return f"{rows} {_to_write(written)}" if written else rows
    return _to_write(written)


def _to_write(changes: list[Change]) -> str:
    tasks = len({change.task for change in changes})
    where = plural("on {count} task", "on {count} tasks", tasks)
    return plural("{count} change to write {where}.", "{count} changes to write {where}.", len(changes), where=where)


def _head(key: str, plan: Plan, boards: Mapping[str, str]) -> Iterator[Text]:
    yield Text(printable(boards.get(key, key)), style="bold")
    for guard in plan.guards:
        if guard.board == key:
            held = _("Held: {reason}", reason=printable(guard.reason)) if guard.held else printable(guard.reason)
            yield Text(f"  {held}", style="red" if guard.held else "yellow")


def _board(
    key: str, plan: Plan, changes: list[Change], conflicts: list[Conflict], *, everything: bool
) -> Iterator[Text]:
    for setup in plan.setup:
        if setup.board == key:
            yield Text(_("  New field on the board: “{name}”", name=printable(setup.name)), style="cyan")
    changes = _one_a_new_task(changes)
    shown = changes if everything else changes[:MOST]
    task = None
    for change in shown:
        if change.task != task:
            yield Text("  ").append_text(linked(change.title or change.task, change.url))
            task = change.task
        yield _change(change)
    if len(changes) > len(shown):
        count = len(changes) - len(shown)
        yield Text(plural("  {count} more change: --all", "  {count} more changes: --all", count), style="dim")
    yield from _kept(conflicts, everything=everything)
    yield Text()


def _one_a_new_task(changes: list[Change]) -> list[Change]:
    """The changes, those that make a task as one: all that it will hold is in its source."""
    made: set[str] = set()
    kept = []
    for change in changes:
        if change.creates and change.task in made:
            continue
        if change.creates:
            made.add(change.task)
        kept.append(change)
    return kept


def _change(change: Change) -> Text:
    if change.creates:
        return Text(_("    new row"), style="green")
    line = Text.assemble("    ", (field_name(change.field), "dim"), "  ")
    old, new = (said(value, change.field) for value in (change.old, change.new))
    line.append(old, style="dim").append(" → ").append(new, style="green")
    return line.append(f"  ({reason(change.why)})", style="dim")


def _kept(conflicts: list[Conflict], *, everything: bool) -> Iterator[Text]:
    """What the team set and retro leaves. A date that stood there before retro came is no news: one line for all."""
    before = 0
    for conflict in conflicts:
        if conflict.written is None and not everything:
            before += 1
        else:
            yield _conflict(conflict)
    if before:
        yield Text(
            plural(
                "  {count} date that the team set differs from the advised one, and stays.",
                "  {count} dates that the team set differ from the advised ones, and stay.",
                before,
            ),
            style="dim",
        )


def _conflict(conflict: Conflict) -> Text:
    return Text(
        _(
            "  Kept as the team set it: “{title}”, {field}: {current} (retro would write {wanted})",
            title=printable(conflict.title),
            field=field_name(conflict.field),
            current=said(conflict.current, conflict.field),
            wanted=said(conflict.wanted, conflict.field),
        ),
        style="yellow",
    )


def field_name(field: str) -> str:
    """A field in words."""
    return {
        "retro_latest": _("at the latest"),
        "retro_review": _("to review"),
        "retro_start": _("advised start"),
        "retro_due": _("advised finish"),
        "retro_margin": _("margin"),
        "start": _("start"),
        "due": _("due"),
        "title": _("title"),
        TICK: _("done tick"),
        ARCHIVED: _("archived"),
        MADE: _("card made"),
        "section": _("list"),
        "owners": _("owner"),
        "status": _("status"),
        "retro_key": _("key"),
        "retro_board": _("board"),
        "retro_project": _("project"),
        "retro_owners": _("owner"),
        "retro_status": _("status"),
        "retro_begins": _("start"),
        "retro_ends": _("due"),
        "retro_verdict": _("outlook"),
        "retro_link": _("link"),
        "retro_presence": _("presence"),
        "retro_changed": _("changed on"),
    }.get(field, printable(field))


def reason(why: str) -> str:
    """Why a change is made, in words: the schedule, its task, a rule's code, the run that it takes back, a plan."""
    if why == "schedule":
        return _("schedule")
    if why == "mirror":
        return _("as its task")
    if why == CLEAN:
        return _("retro leaves the board")
    if why == NEW:
        return _("new plan")
    if why.startswith("undo "):
        return _("takes back run {run}", run=printable(why.removeprefix("undo ")))
    return printable(why)


def said(value: Value, field: str = "") -> str:
    """A value of a field in words; what is empty is said so."""
    if field == TICK:
        return _("ticked") if value else _("not ticked")
    if field == ARCHIVED:
        return _("yes") if value else _("no")
    if value is None or value == "":
        return _("empty")
    if isinstance(value, date):
        return format_date(value, Style.LONG)  # with its year: a date far away must not pass for a near one
    return format_number(value) if isinstance(value, int | float) else printable(value)


def result(written: int, *, kept: int = 0, refused: int = 0, held: int = 0) -> str:
    """What a run did, in one line: writes made, values kept, tasks that changed meanwhile, boards held."""
    parts = [plural("{count} write", "{count} writes", written)]
    if kept:
        parts.append(plural("{count} value kept as the team set it", "{count} values kept as the team set them", kept))
    if refused:
        parts.append(
            plural("{count} task changed meanwhile: left alone", "{count} tasks changed meanwhile: left alone", refused)
        )
    if held:
        parts.append(plural("{count} board held", "{count} boards held", held))
    return " · ".join(parts)
