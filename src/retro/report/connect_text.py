"""What `retro connect` says: what to click, what the token sees, where it is kept."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, tzinfo

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.ports import Discovered, Standing, Step
from retro.report.untrusted import printable

_SHOWN = 15
"""Boards that are listed; the rest is counted."""


def clicks(step: Step, address: str) -> Iterator[str]:
    """A step: the page's address, and what to do there."""
    yield _("Page: {address}", address=address)
    for number, click in enumerate(step.clicks, 1):
        yield f"  {number}. {click}"


def standing(stands: Standing, *, write: bool, zone: tzinfo) -> Iterator[str]:
    """Whom the token acts for, what it may do, until when."""
    if stands.name:
        yield _("The token works: it acts for {name}.", name=printable(stands.name))
    else:
        yield _("The token works.")
    if stands.may_write and not write:
        yield _("It may write as well; retro writes nothing as long as `write` is empty in retro.toml.")
    elif stands.may_write:
        yield _("It may write.")
    if stands.expires is not None:
        yield _(
            "It ends on {date}: connect again before then, and choose one without an end.",
            date=format_date(stands.expires.astimezone(zone).date(), Style.LONG),
        )


def boards(seen: Sequence[Discovered], zone: tzinfo) -> Iterator[str]:
    """The boards that it sees, the one touched last first, and who else sees them."""
    yield plural("It sees {count} board:", "It sees {count} boards:", len(seen))
    for board in seen[:_SHOWN]:
        yield f"  {printable(board.name) or board.at}{''.join(f' – {said}' for said in _facts(board, zone))}"
    if (more := len(seen) - _SHOWN) > 0:
        yield "  " + plural("… and {count} more", "… and {count} more", more)


def _facts(board: Discovered, zone: tzinfo) -> Iterable[str]:
    if board.last_activity and board.activity_whole:
        day = datetime.fromisoformat(board.last_activity).astimezone(zone).date()
        yield _("last activity on {date}", date=format_date(day, Style.LONG))
    if board.guests_see:
        yield _("seen by guests") if board.private else _("public, or seen by guests")
