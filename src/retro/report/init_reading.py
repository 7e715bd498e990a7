"""How one board is read, in a few lines that a person can agree to: kind, columns, lists, people, date."""

from collections.abc import Iterator

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.i18n.words import fold
from retro.model import Category, Portfolio, Status, StatusOrigin
from retro.model.proposal import BoardProposal, Proposal
from retro.report.mapping_words import category_word, columns_in_words, kind_word
from retro.report.untrusted import printable

_PEOPLE = 8


def lines(proposal: Proposal, portfolio: Portfolio) -> Iterator[str]:
    """The lines, for the boards that are picked."""
    for board in (each for each in proposal.boards if each.picked):
        yield _("{board}: {kind}, {size}", board=board.name, kind=kind_word(board.kind), size=board.size)
        yield from _mapping(board, portfolio)
        yield from _people(board, portfolio)
    if proposal.channels:
        yield _("Channels: {names}", names=", ".join(proposal.channels))
    for project in proposal.projects:
        for anchor in project.anchors:
            day, name = format_date(anchor.date, Style.LONG), printable(anchor.name)
            if anchor.sure:
                yield _("Works to {date}: {name}", date=day, name=name)
            else:
                yield _("Works to no date that is written; perhaps to {date}: {name}", date=day, name=name)
        if not project.anchors and not project.settled:
            yield _("Works to no date yet")


def _mapping(board: BoardProposal, portfolio: Portfolio) -> Iterator[str]:
    uses = next((each.mapping for each in portfolio.boards if each.key == board.key), ())
    if board.columns and uses:
        yield _("Columns: {columns}", columns=columns_in_words(uses))
    yield from _statuses(board, portfolio)
    yield from (note.text for note in board.estimate_notes)


def _statuses(board: BoardProposal, portfolio: Portfolio) -> Iterator[str]:
    """Lists or options by what they mean: as somebody said, else as retro knows them."""
    told = {fold(name): category for category, names in board.status.items() for name in names}
    meant: dict[Category | None, dict[str, None]] = {}
    for status in met(board.key, portfolio):
        name = status.raw or ""
        known = None if status.origin is StatusOrigin.INFERRED else status.category
        meant.setdefault(told.get(fold(name), known), {})[printable(name)] = None
    if said := [f"{', '.join(meant[each])} = {category_word(each)}" for each in Category if each in meant]:
        yield _("Lists or statuses: {statuses}", statuses=" · ".join(said))
    if None in meant:
        yield _("Not known, and read as to do: {names}", names=", ".join(meant[None]))


def met(board: str, portfolio: Portfolio) -> list[Status]:
    """The lists or statuses of a board, each once, in the board's order."""
    told = [status for each in portfolio.boards if each.key == board for status in each.sections]
    told += [task.status for task in portfolio.tasks if task.board == board and task.counts]
    found: dict[str, Status] = {}
    for status in told:
        if status.raw and status.raw.strip():
            found.setdefault(fold(status.raw), status)
    return list(found.values())


def _people(board: BoardProposal, portfolio: Portfolio) -> Iterator[str]:
    names = dict.fromkeys(
        printable(owner.name)
        for task in portfolio.tasks
        if task.board == board.key
        for owner in task.owners
        if owner.name
    )
    if names:
        more = ", …" if len(names) > _PEOPLE else ""
        yield _("People: {names}", names=", ".join(list(names)[:_PEOPLE]) + more)
