"""A clock that jumped: what is late, quiet or over would be judged by a wrong day."""

from datetime import UTC, datetime, timedelta

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model import Guard

BACK = timedelta(minutes=10)
"""Clocks that are set right over the network go back by less."""
AHEAD = timedelta(days=35)
"""A laptop sleeps over the holidays, and nobody edits a card meanwhile; both for longer than that is rare."""


def jumped(board: str, seen: datetime | None, now: datetime, edited: datetime | None) -> Guard | None:
    """Hold a board that is judged before the time of its last run, or long after it with nobody at work meanwhile.

    `seen` is what the machine's clock said at the last run that was not held (None: it is not known); `now` what it
    says, in the workspace's zone; `edited` when somebody last edited any task that was read, by the tools' own
    clocks: with work going on, a long time between two runs is only that.
    """
    if seen is None:
        return None
    at, last = now.astimezone(UTC), seen.astimezone(UTC)
    if at < last - BACK:
        reason = _(
            "The clock of this machine says {now}, which is before the last run ({last}). Is it right?",
            now=_spoken(now),
            last=_spoken(seen.astimezone(now.tzinfo)),
        )
        return Guard(board=board, reason=reason)
    if at > last + AHEAD and (edited is None or edited.astimezone(UTC) < at - AHEAD):
        reason = _(
            "The clock of this machine says {now}, and nothing was edited since the last run ({last}). Is it right?",
            now=_spoken(now),
            last=_spoken(seen.astimezone(now.tzinfo)),
        )
        return Guard(board=board, reason=reason)
    return None


def _spoken(instant: datetime) -> str:
    return _("{day} at {hour}", day=format_date(instant, Style.LONG), hour=f"{instant:%H:%M}")
