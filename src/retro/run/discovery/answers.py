"""What a person answers, put into a proposal."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from retro.i18n import text as _
from retro.model import BoardKind, Category
from retro.model.proposal import AnchorProposal, BoardProposal, Note, ProjectProposal, Proposal


def with_board(proposal: Proposal, board: BoardProposal) -> Proposal:
    """The proposal with one board otherwise; one that is no project board any more leaves the projects."""
    boards = tuple(board if each.alias == board.alias else each for each in proposal.boards)
    projects = proposal.projects
    if board.kind is not BoardKind.PROJECT:
        left = (replace(each, boards=tuple(name for name in each.boards if name != board.alias)) for each in projects)
        projects = tuple(each for each in left if each.boards)
    return replace(proposal, boards=boards, projects=projects)


def with_kind(board: BoardProposal, kind: BoardKind, why: str) -> BoardProposal:
    """A board of that kind, which settles it."""
    return replace(board, kind=kind, kind_sure=True, why=why)


def with_statuses(board: BoardProposal, meant: Mapping[str, Category]) -> BoardProposal:
    """A board whose open statuses mean this; those that nobody named stay open."""
    status = {category: list(names) for category, names in board.status.items()}
    for name, category in meant.items():
        status.setdefault(category, []).append(name)
    return replace(
        board,
        status={category: tuple(status[category]) for category in Category if category in status},
        open_statuses=tuple(each for each in board.open_statuses if each.name not in meant),
    )


def with_meaning(board: BoardProposal, name: str, category: Category) -> BoardProposal:
    """A board one of whose statuses means this, whatever retro or an earlier answer took it for."""
    others = {each: tuple(one for one in names if one != name) for each, names in board.status.items()}
    cleared = replace(
        board,
        status={each: names for each, names in others.items() if names},
        status_notes=(Note(_("As you said; other names are known by themselves.")),),
    )
    return with_statuses(cleared, {name: category})


def with_end(proposal: Proposal, project: ProjectProposal, day: date) -> Proposal:
    """The proposal with a date that a project works to, in the place of what was suggested."""
    settled = replace(project, anchors=(AnchorProposal(name=project.name, date=day),), settled=True, notes=())
    projects = tuple(settled if each.alias == project.alias else each for each in proposal.projects)
    return replace(proposal, projects=projects)
