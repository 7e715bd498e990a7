"""What went over the wire, as a table at the terminal: requests, repetitions and waits, source by source."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from retro.i18n import format_number, plural
from retro.i18n import text as _
from retro.ports import SourceTally, Tally
from retro.report.terminal import encodable, put
from retro.report.untrusted import printable

_SHORTEST = 0.05
"""Seconds: a shorter wait is none."""
_TOO_MANY = 429


def draw(tallies: Sequence[SourceTally], console: Console) -> None:
    """Print the table; nothing where no source was opened."""
    if not tallies:
        return
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="dim")
    table.add_column(_("Requests"), no_wrap=True)
    table.add_column(_("sent"), justify="right")
    table.add_column(_("again"), ratio=1, overflow="fold")
    table.add_column(_("wait: pace"), justify="right")
    table.add_column(_("wait: service"), justify="right")
    for tally in tallies:
        cells = [(printable(tally.source), *_numbers(_total(tally)))]
        cells += [(f"  {line.method} {printable(line.path)}", *_numbers(line)) for line in tally.lines]
        for place, row in enumerate(cells):
            table.add_row(*(encodable(Text(cell), console) for cell in row), style="" if place else "bold")
    console.print(table)
    put(console, (Text(line) for tally in tallies if (line := _left(tally))), whole=True)


def _total(tally: SourceTally) -> Tally:
    again: dict[int | None, int] = {}
    for line in tally.lines:
        for status, count in line.again:
            again[status] = again.get(status, 0) + count
    return Tally(
        method="",
        path="",
        calls=sum(line.calls for line in tally.lines),
        again=tuple(again.items()),
        paced=sum(line.paced for line in tally.lines),
        told=sum(line.told for line in tally.lines),
    )


def _numbers(line: Tally) -> tuple[str, str, str, str]:
    again = ", ".join(_repeated(status, count) for status, count in line.again)
    return str(line.calls), again or "-", _seconds(line.paced), _seconds(line.told)


def _repeated(status: int | None, count: int) -> str:
    if status is None:
        return _("{count} × lost", count=count)
    return _("{count} × HTTP {status}", count=count, status=status)


def _seconds(seconds: float) -> str:
    return _("{seconds} s", seconds=format_number(round(seconds, 1))) if seconds >= _SHORTEST else "-"


def _left(tally: SourceTally) -> str:
    refused = any(status == _TOO_MANY for line in tally.lines for status, _count in line.again)
    if tally.left is None or refused:
        return ""  # nobody asks how near a limit was that was reached
    return plural(
        "{source}: always at least {count} request away from the service’s limit.",
        "{source}: always at least {count} requests away from the service’s limit.",
        tally.left,
        source=printable(tally.source),
    )
