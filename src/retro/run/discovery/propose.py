"""From everything that was found to one configuration."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model import Board, Portfolio, Task
from retro.model.proposal import BoardProposal, Note, Proposal, SourceProposal
from retro.run.discovery.boards import is_plan, left_out, proposed
from retro.run.discovery.found import Found
from retro.run.discovery.names import aliases
from retro.run.discovery.people import busy, doubtful, joined
from retro.run.discovery.projects import Plan, projects
from retro.run.discovery.vocabulary import channels, clients


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where and when a proposal is made."""

    lang: str
    timezone: str
    zone: tzinfo
    today: date
    timezone_note: Note | None = None
    country: str | None = None
    end: date | None = None
    active_since: date
    """Boards without activity since then stand in the file as comments."""


def propose(
    found: Sequence[Found],
    sources: Sequence[SourceProposal],
    portfolio: Portfolio,
    setting: Setting,
    taken: Iterable[str] = (),
) -> Proposal:
    """The configuration for what was found; `portfolio` is what was read of it, people matched and links resolved.

    `taken` are names of boards that a configuration already has.
    """
    by_key = {board.key: board for board in portfolio.boards}
    tasks: dict[str, list[Task]] = {board.key: [] for board in portfolio.boards}
    for task in portfolio.tasks:
        tasks[task.board].append(task)
    home = {task.key: task.board for task in portfolio.tasks}
    linked = {home[end] for link in portfolio.links for end in (link.predecessor, link.successor)}
    names = aliases([each.name or each.at for each in found], set(taken), _("board"))
    boards: list[BoardProposal] = []
    for each, name in zip(found, names, strict=True):
        board = by_key.get(each.snapshot.board.key) if each.snapshot is not None else None
        mine = tasks[board.key] if board is not None else []
        why = _why_not(each, board, mine, setting) or _again(board, boards)
        if board is None or why:
            boards.append(left_out(each, name, why))
        else:
            in_links = board.key in linked
            made = proposed(each, board, mine, alias=name, linked=in_links, today=setting.today, zone=setting.zone)
            boards.append(made)
    picked = [board for board in boards if board.picked]
    counted = [task for board in picked for task in tasks[board.key]]
    plan = Plan(
        boards={board.alias: by_key[board.key] for board in picked},
        tasks={board.alias: tasks[board.key] for board in picked},
        links=portfolio.links,
        today=setting.today,
        zone=setting.zone,
        end=setting.end,
    )
    people = busy(portfolio.people, counted)
    named = clients(counted)
    return Proposal(
        lang=setting.lang,
        timezone=setting.timezone,
        timezone_note=setting.timezone_note,
        country=setting.country,
        sources=tuple(sources),
        boards=tuple(boards),
        projects=projects(picked, plan),
        people=joined(people),
        doubtful=doubtful(people),
        channels=channels(counted, named),
        clients=named,
    )


def _why_not(found: Found, board: Board | None, tasks: Collection[Task], setting: Setting) -> str:
    """Why a board stands as a comment only; "" where it is picked."""
    if found.missing:
        return found.missing
    if found.asked:
        return ""
    if found.last_activity is not None and found.idle_since(setting.active_since):
        return _("nothing has happened on it since {date}.", date=format_date(found.last_activity, Style.LONG))
    if board is not None and not is_plan(board, tasks):
        return _("it has neither statuses, nor dates, nor people: it does not look like a plan.")
    return ""


def _again(board: Board | None, boards: Iterable[BoardProposal]) -> str:
    """Said of a board that is there already, as a file beside the live one."""
    other = next((each.name for each in boards if board is not None and each.picked and each.key == board.key), None)
    return _("it is the same board as “{name}”.", name=other) if other is not None else ""
