"""A new plan as cards, before they are made: each with its days and its owner, and what the board cannot hold of it."""

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import tzinfo

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from retro.i18n import format_date, plural
from retro.i18n import text as _
from retro.model import Task, as_date
from retro.report.terminal import put
from retro.report.untrusted import printable

_NAMED = 8
"""Owners that are named where there are more."""


def draw(
    tasks: Sequence[Task], console: Console, *, board: str, there: int, unknown: Collection[str], zone: tzinfo
) -> None:
    """Print the cards that are to be made on a board, in that order; `there` are as many that need not be.

    `unknown` are owners whom the board does not know: they stand in brackets. `zone` is the workspace's.
    """
    name = printable(board)
    if not tasks:
        said = plural(
            "Nothing to make: the {count} card of this plan is on “{board}” already.",
            "Nothing to make: the {count} cards of this plan are on “{board}” already.",
            there,
            board=name,
        )
        put(console, [Text(said if there else _("Nothing to make."))], whole=True)
        return
    put(console, [Text(_head(tasks, name), style="bold")], whole=True)
    days = [_days(task, zone) for task in tasks]
    width = max(map(cell_len, days))
    put(console, (_card(task, said, width, unknown) for task, said in zip(tasks, days, strict=True)))
    if there:
        put(console, [Text(plural("{count} card is there already.", "{count} cards are there already.", there))])


def lacking(unknown: Sequence[str], waits: int, holds: AbstractSet[str], *, tool: str) -> Iterator[str]:
    """What the board will not tell of the plan, a sentence each.

    `unknown` are owners whom it does not know, `waits` the links with a wait that it cannot hold, `holds` the fields
    that it has a place for.
    """
    if "owners" not in holds:
        yield _("This board has no column for people: no owner is set.")
    elif unknown:
        names = ", ".join(printable(name) for name in unknown[:_NAMED])
        yield _(
            'Not known to {tool}, so without an owner: {names}. With --owner "ROLE=NAME", a name of the board\'s own.',
            tool=tool,
            names=names if len(unknown) <= _NAMED else f"{names}…",
        )
    if "references" not in holds:
        yield _("This board has no relation for what a task waits for: no link is made.")
    elif waits:
        yield plural(
            "{count} wait between two tasks has no place on this board: the dates alone keep it.",
            "{count} waits between two tasks have no place on this board: the dates alone keep them.",
            waits,
        )
    if "description" not in holds:
        yield _("This board has no column of text for what a card is about: roles and deliverables are not written.")


def _head(tasks: Sequence[Task], name: str) -> str:
    count, section = len(tasks), tasks[0].section
    if not section:
        return plural("{count} card to make on “{board}”:", "{count} cards to make on “{board}”:", count, board=name)
    return plural(
        "{count} card to make on “{board}”, in “{section}”:",
        "{count} cards to make on “{board}”, in “{section}”:",
        count,
        board=name,
        section=printable(section),
    )


def _days(task: Task, zone: tzinfo) -> str:
    found = [format_date(as_date(day, zone)) for day in (task.start, task.due) if day is not None]
    return " → ".join(dict.fromkeys(found))


def _card(task: Task, days: str, width: int, unknown: Collection[str]) -> Text:
    line = Text.assemble("  ", (days + " " * (width - cell_len(days)), "dim"), "  ", printable(task.title))
    names = (
        printable(owner.name) if owner.name not in unknown else f"({printable(owner.name)})" for owner in task.owners
    )
    people = ", ".join(names)
    if task.milestone:
        line.append(f"  {_('milestone')}", style="cyan")
    return line.append(f"  {people}", style="dim") if people else line
