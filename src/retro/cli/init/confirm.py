"""One board's mapping before it is written: shown whole, and put right line by line until somebody agrees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from retro.cli.asking import ask, choice
from retro.cli.asking_end import asked_day
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo

    from retro.model import Portfolio
    from retro.model.proposal import Proposal


def confirmed(proposal: Proposal, portfolio: Portfolio, zone: tzinfo) -> Proposal:
    """The proposal as somebody agrees to it; a proposal of no board is as it was."""
    from retro.report.init_reading import lines

    while any(board.picked for board in proposal.boards):
        typer.echo("\n" + _("This is how retro reads it:"))
        for line in lines(proposal, portfolio):
            typer.echo(f"  {line}")
        puts_right = _what_can_change(proposal, portfolio, zone)
        said = choice(_("Is that right?"), [_("yes, go on"), *(name for name, _change in puts_right)])
        if said == 0:
            break
        proposal = puts_right[said - 1][1](proposal)
    return proposal


def _what_can_change(
    proposal: Proposal, portfolio: Portfolio, zone: tzinfo
) -> Sequence[tuple[str, Callable[[Proposal], Proposal]]]:
    """What a person may put right, each with the questions that do it."""
    from retro.model import BoardKind

    names = _sections(proposal, portfolio)
    can: list[tuple[str, Callable[[Proposal], Proposal]]] = [(_("no: it is another kind of board"), _kind)]
    if names:
        can.append((_("no: a list or status means something else"), lambda each: _status(each, names)))
    can.append((_("no: these are not the channels"), _channels))
    if any(board.picked and board.kind is BoardKind.PROJECT for board in proposal.boards):
        can.append((_("no: the date is another"), lambda each: _date(each, zone)))
    return can


def _kind(proposal: Proposal) -> Proposal:
    from retro.cli.init.questions import asked_kind
    from retro.run.discovery.answers import with_board

    board = next(each for each in proposal.boards if each.picked)
    return with_board(proposal, asked_kind(board))


def _status(proposal: Proposal, names: Sequence[str]) -> Proposal:
    from retro.model import Category
    from retro.report.mapping_words import category_word
    from retro.report.untrusted import printable
    from retro.run.discovery.answers import with_board, with_meaning

    board = next(each for each in proposal.boards if each.picked)
    name = names[choice(_("Which one?"), [printable(each) for each in names])]
    categories = list(Category)
    meant = categories[choice(_("What does it mean?"), [category_word(each) for each in categories])]
    return with_board(proposal, with_meaning(board, name, meant))


def _channels(proposal: Proposal) -> Proposal:
    known = ", ".join(proposal.channels)
    said = ask(_("The channels, with commas between"), known, shown=bool(known))
    named = dict.fromkeys(each.strip() for each in said.split(",") if each.strip())
    return replace(proposal, channels=tuple(named))


def _date(proposal: Proposal, zone: tzinfo) -> Proposal:
    from retro.run.discovery.answers import with_end

    for project in proposal.projects:
        question = _(
            "By which date must “{project}” be ready (2027-03-01 or 01/03/2027; Enter: later)?", project=project.name
        )
        if (day := asked_day(question, zone)) is not None:
            proposal = with_end(proposal, project, day)
    return proposal


def _sections(proposal: Proposal, portfolio: Portfolio) -> list[str]:
    """The lists or statuses of the board, as it has them."""
    from retro.report.init_reading import met

    keys = [board.key for board in proposal.boards if board.picked]
    return list(dict.fromkeys(status.raw or "" for key in keys for status in met(key, portfolio)))
