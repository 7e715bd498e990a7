"""Boards beside the plan: those that the token sees in workspaces of which a board is configured."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from retro.calendars import build_calendar
from retro.i18n import say
from retro.i18n import text as _
from retro.model import Portfolio, Schedule
from retro.model.check import Check, Topic, remark
from retro.ports import Context, Discovered, Rule
from retro.report.untrusted import printable
from retro.run.discovery.gather import Account, places

CODE = "CEN103"
"""The rule that says it, here and nowhere else."""


def outside(account: Account) -> tuple[Discovered, ...]:
    """Boards of an account that are not configured, though others of their workspace are; never private ones.

    Nothing is told of a tool that does not say in which workspace a board is, or which boards are private.

    Raises:
        SourceError: the tool cannot be asked.
    """
    listed = [(board, bool(places(board, account) & account.known)) for board in account.connector.discover()]
    workspaces = {board.workspace for board, known in listed if known and board.workspace}
    return tuple(
        board for board, known in listed if not known and board.private is False and board.workspace in workspaces
    )


def of_outside(source: str, boards: tuple[Discovered, ...], rule: Rule, now: datetime, zone: tzinfo) -> Iterator[Check]:
    """What the rule says of such boards."""
    context = Context(
        portfolio=Portfolio(),
        schedule=Schedule(),
        calendar=build_calendar(zone=zone),
        now=now,
        zone=zone,
        outside=boards,
    )
    remedy = _(
        "Write a [boards] section for each that belongs to the plan, or `ignore` {code} under [lint].", code=CODE
    )
    for finding in rule.check(context):
        yield remark(Topic.BOARDS, printable(say(finding)), subject=source, remedy=remedy)
