"""What `retro init` asks a person at a terminal: one question at a time, each of which may be left for later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retro.cli import asking
from retro.cli.asking import choice
from retro.cli.asking_end import asked_day
from retro.i18n import plural
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, tzinfo

    from retro.model.proposal import BoardProposal, ProjectProposal, Proposal
    from retro.run.discovery.found import Found

_CHOICES = 20
"""Boards that are offered at once, the ones touched last."""
_STATUSES = 8
"""Names of one board that are asked about; the rest stays in the file as a comment."""


def choose(found: Sequence[Found]) -> Found:
    """The one board that somebody wants; where nobody can be asked, the first."""
    if not asking.may_ask():
        return found[0]
    offered = found[:_CHOICES]
    return offered[choice(_("Which board?"), [_offer(each) for each in offered])]


def _offer(found: Found) -> str:
    """A board among others: its name, when something last happened on it, whether others see it."""
    from retro.i18n import Style, format_date
    from retro.report.untrusted import printable

    facts = [printable(found.name or found.target.at)]
    if found.last_activity is not None and found.activity_whole:
        facts.append(_("last activity on {date}", date=format_date(found.last_activity, Style.LONG)))
    if found.guests_see:
        facts.append(_("public, or seen by guests"))
    return " – ".join(facts)


def settle(proposal: Proposal, zone: tzinfo) -> Proposal:
    """The proposal after everything open was asked about: kinds, names of lists, dates to work to."""
    from retro.run.discovery.answers import with_board, with_end

    for board in (each for each in proposal.boards if each.picked):
        asked = _statuses(_kind(board))
        if asked is not board:
            proposal = with_board(proposal, asked)
    for project in proposal.projects:
        if not project.settled and (day := _end(project, zone)) is not None:
            proposal = with_end(proposal, project, day)
    return proposal


def _kind(board: BoardProposal) -> BoardProposal:
    return board if board.kind_sure else asked_kind(board)


def asked_kind(board: BoardProposal) -> BoardProposal:
    """The board of the kind that a person says."""
    from retro.model import BoardKind
    from retro.run.discovery.answers import with_kind

    names = {
        BoardKind.PROJECT: _("project: works to a date"),
        BoardKind.FLOW: _("flow: always on"),
        BoardKind.EDITORIAL: _("editorial: each card is its own publication"),
    }
    kinds = list(names)
    chosen = kinds[choice(_("What is “{board}” for?", board=board.name), list(names.values()), kinds.index(board.kind))]
    return with_kind(board, chosen, _("as you said."))


def _statuses(board: BoardProposal) -> BoardProposal:
    from retro.model import Category
    from retro.report.mapping_words import category_word
    from retro.report.untrusted import printable
    from retro.run.discovery.answers import with_statuses

    categories = list(Category)
    offered = [_("leave it open"), *map(category_word, categories)]
    meant: dict[str, Category] = {}
    for each in board.open_statuses[:_STATUSES]:
        question = plural(
            "On “{board}”, what does “{name}” mean ({count} task)?",
            "On “{board}”, what does “{name}” mean ({count} tasks)?",
            each.tasks,
            board=board.name,
            name=printable(each.name),
        )
        if place := choice(question, offered):
            meant[each.name] = categories[place - 1]
    return with_statuses(board, meant) if meant else board


def _end(project: ProjectProposal, zone: tzinfo) -> date | None:
    """The day that a project works to; None where that is left for later."""
    question = _(
        "By which date must “{project}” be ready (2027-03-01 or 01/03/2027; Enter: later)?", project=project.name
    )
    return asked_day(question, zone)
