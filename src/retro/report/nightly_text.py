"""`retro nightly status` in words, and as JSON."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model.nightly import NightlyStatus, ScheduledRun
from retro.report.document import head, instant
from retro.report.untrusted import printable

_MOST_LINES = 6
_PASSED_ON = 5
"""Another run held the state, so that this one left."""


def lines(status: NightlyStatus) -> Iterator[str]:
    """The status, a line each: whether it is installed, the last run, the next one, and where to read more."""
    if not status.schedulers:
        yield _("The nightly run is not installed. To have it every day: `retro nightly install --at 06:30`")
    for scheduler, place in status.schedulers:
        yield (
            _("Installed, by {scheduler} ({place}).", scheduler=called(scheduler), place=place)
            if status.at is None
            else _(
                "Installed: every day at {at}, by {scheduler} ({place}).",
                at=f"{status.at:%H:%M}",
                scheduler=called(scheduler),
                place=place,
            )
        )
    yield from _last(status)
    if status.overdue:
        yield _(
            "! More than a day has gone by without one: was this machine off, or were you not logged in? "
            "`retro sync` does it now."
        )
    if status.following is not None:
        yield _("Next run: {when}.", when=moment(status.following))
    if status.moved:
        yield _(
            "retro or its retro.toml has another place than when this was installed. "
            "`retro nightly install` sets it right."
        )
    if len(status.schedulers) > 1:
        yield _("Two schedulers start it. `retro nightly install` leaves one of them.")


def called(scheduler: str) -> str:
    """A scheduler as its system's people know it."""
    return {"launchd": "launchd (macOS)", "schtasks": _("the Windows Task Scheduler")}.get(scheduler, scheduler)


def moment(at: datetime) -> str:
    """A day and an hour on the machine's clock."""
    local = at.astimezone()
    return _("{day} at {hour}", day=format_date(local, Style.WEEKDAY), hour=f"{local:%H:%M}")


def _last(status: NightlyStatus) -> Iterator[str]:
    last = status.last
    if last is None:
        if status.schedulers:
            yield _("It has not run yet.")
        return
    when = moment(last.began)
    if last.ended is None:
        yield (
            _("A run is under way, since {when}.", when=when)
            if status.running
            else _("Last run: {when}. It was interrupted; the next one takes over from there.", when=when)
        )
        return
    yield _("Last run: {when}. {outcome}", when=when, outcome=_outcome(last))
    said = [printable(line) for line in last.said.splitlines() if line.strip()]
    yield from (f"  {line}" for line in said[:_MOST_LINES])
    if len(said) > _MOST_LINES or last.code:
        yield _("All that it said: {log}", log=status.log)


def _outcome(last: ScheduledRun) -> str:
    if last.code == 0:
        if last.writes is None:
            return _("All went well.")
        return plural("All went well: {count} value written.", "All went well: {count} values written.", last.writes)
    if last.code == _PASSED_ON:
        return _("Another run held the state, so that this one left.")
    return _("It did not end as it should ({code}):", code=last.code)


def document(status: NightlyStatus, *, now: datetime, zone_name: str, lang: str) -> dict[str, Any]:
    """The same for a machine."""
    last = status.last
    return {
        **head(now, zone_name, lang),
        "installed": bool(status.schedulers),
        "schedulers": [{"name": name, "place": place} for name, place in status.schedulers],
        "at": None if status.at is None else f"{status.at:%H:%M}",
        "last": None
        if last is None
        else {
            "began": instant(last.began, zone_name),
            "ended": instant(last.ended, zone_name),
            "exit_code": last.code,
            "writes": last.writes,
            "said": last.said,
        },
        "running": status.running,
        "overdue": status.overdue,
        "next": instant(status.following, zone_name),
        "moved": status.moved,
        "log": status.log or None,
    }
