"""How far days have moved, in words: the same in every report that holds a plan against a baseline."""

from collections.abc import Sequence
from datetime import date

from retro.i18n import Style, format_date, format_days, plural
from retro.i18n import text as _
from retro.model import EndBasis, EndSlip, Happened, Moved, Slippage
from retro.report.untrusted import printable


def way(moved: Moved) -> str:
    """How far apart two days are, without its direction: “7 days (5 working days)”."""
    days = plural("{count} day", "{count} days", abs(moved.days))
    return f"{days} ({format_days(abs(moved.working_days), 1)})"


def end_said(end: EndSlip) -> str:
    """What became of an end, in one short sentence."""
    if not end.moved.days:
        return _("The end stands")
    if end.moved.days > 0:
        return _("The end slips by {days}", days=way(end.moved))
    return _("The end comes {days} earlier", days=way(end.moved))


def moved_end(ends: Sequence[EndSlip]) -> tuple[str, Moved | None]:
    """What became of a project's end, in words, and how far it moved: where its date stands its last finish tells.

    Nothing where none moved; what is only the soonest that all could be over is no end.
    """
    for number, end in enumerate(ends):
        if end.moved.days and end.basis is not EndBasis.EARLIEST:
            return last_finish_said(end) if number else end_said(end), end.moved
    return "", None


def direction(moved: Moved) -> str:
    """The way between two days with its direction: “7 days (5 working days) later”."""
    return _("{days} later", days=way(moved)) if moved.days > 0 else _("{days} earlier", days=way(moved))


def signed(moved: Moved | None) -> str:
    """Calendar days from one day to another, as short as can be: “+7 d”; empty where nothing moved."""
    if moved is None or not moved.days:
        return ""
    number = f"+{moved.days}" if moved.days > 0 else f"−{-moved.days}"
    return _("{number} d", number=number)


def span(was: date, now: date) -> str:
    """From one day to another, the year once where both are of the same: “16/04 → 23 Apr 2025”."""
    if was == now:
        return format_date(was, Style.LONG)
    first = format_date(was, Style.SHORT if was.year == now.year else Style.LONG)
    return f"{first} → {format_date(now, Style.LONG)}"


def counts(slippage: Slippage) -> str:
    """How many tasks moved, which way, and how many did not."""
    moved = slippage.that(Happened.MOVED)
    later = sum(task.moved is not None and task.moved.days > 0 for task in moved)
    said = plural("{count} task moved", "{count} tasks moved", len(moved))
    if moved:
        ways = [plural("{count} later", "{count} later", later)] if later else []
        ways += [plural("{count} earlier", "{count} earlier", len(moved) - later)] if later < len(moved) else []
        said += f" ({', '.join(ways)})"
    return " · ".join([said, plural("{count} as planned", "{count} as planned", slippage.kept)])


def last_finish_said(end: EndSlip) -> str:
    """How the last planned finish has moved, where the date to work to is another thing."""
    days, task = span(end.was.day, end.now.day), printable(end.now.name)
    return _("Last planned finish: {span}, {days} (“{task}”)", span=days, days=direction(end.moved), task=task)
