"""How the token of a source stands: whom it acts for, whether it may write, how long it lasts."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from retro.i18n import Style, format_date, plural
from retro.i18n import text as _
from retro.model import as_date
from retro.model.check import Check, Topic, remark
from retro.ports import Standing

_SOON_DAYS = 30
"""A token that lasts no longer than this wants a new one: Trello's own shortest common term."""


def of_standing(source: str, standing: Standing, *, now: datetime, zone: tzinfo, writes: bool) -> Iterator[Check]:
    """What a tool told; `writes`: a board of this source is configured to be written to."""
    yield Check(
        topic=Topic.SOURCES,
        said=_("the token is accepted; it acts for {name}.", name=standing.name)
        if standing.name
        else _("the token is accepted."),
        subject=source,
    )
    yield _rights(source, standing, writes=writes)
    yield _term(source, standing, now, zone)


def _rights(source: str, standing: Standing, *, writes: bool) -> Check:
    if standing.may_write is None:
        said = (
            _(
                "the account's {tokens} tokens differ in what they may do; which of them is in use is not told.",
                tokens=standing.candidates,
            )
            if standing.candidates > 1
            else _("whether the token may write is not told by the tool; the first `retro apply` shows it.")
        )
        return Check(topic=Topic.SOURCES, said=said, subject=source)
    if standing.may_write:
        return Check(topic=Topic.SOURCES, said=_("the token may read and write."), subject=source)
    said = _("the token may only read, which is enough for everything but writing.")
    if not writes:
        return Check(topic=Topic.SOURCES, said=said, subject=source)
    remedy = _("Make a token that may write, or leave `write` of its boards empty.")
    return remark(Topic.SOURCES, said, subject=source, remedy=remedy)


def _term(source: str, standing: Standing, now: datetime, zone: tzinfo) -> Check:
    if not standing.expiry_told:
        return Check(topic=Topic.SOURCES, said=_("how long the token lasts is not told by the tool."), subject=source)
    if standing.expires is None:
        return Check(topic=Topic.SOURCES, said=_("the token never expires."), subject=source)
    days = (as_date(standing.expires, zone) - as_date(now, zone)).days
    date = format_date(as_date(standing.expires, zone), Style.LONG)
    if standing.candidates > 1:
        said = plural(
            "one of the {tokens} tokens of this account expires in {count} day, on {date}; "
            "which of them is in use is not told.",
            "one of the {tokens} tokens of this account expires in {count} days, on {date}; "
            "which of them is in use is not told.",
            days,
            tokens=standing.candidates,
            date=date,
        )
    else:
        said = plural(
            "the token expires in {count} day, on {date}.",
            "the token expires in {count} days, on {date}.",
            days,
            date=date,
        )
    if days > _SOON_DAYS:
        return Check(topic=Topic.SOURCES, said=said, subject=source)
    return remark(
        Topic.SOURCES,
        said,
        subject=source,
        remedy=_("Make one that never expires, else the nightly run ends that day without a word."),
    )
