"""A proposed configuration as the text of a retro.toml: commented, calm, and ready to load.

Everything is in the current language. Names from boards are made safe, as values and as comments.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from retro.i18n import Style, format_date
from retro.i18n import text as _
from retro.model.proposal import (
    AnchorProposal,
    BoardProposal,
    Note,
    PersonProposal,
    ProjectProposal,
    Proposal,
    SourceProposal,
)
from retro.report.init_board import table
from retro.report.toml_comments import comment, marked, noted
from retro.report.toml_text import literal, table_key
from retro.report.untrusted import printable

_EXAMPLE_WEEKS = 12
"""How far ahead the example of a missing date lies."""


def render(proposal: Proposal, today: date) -> str:
    """The whole file."""
    blocks = [
        _head(today),
        _workspace(proposal),
        *_calendar(proposal),
        *map(_source, proposal.sources),
        *_boards(proposal.boards),
        *_left_out(proposal.boards),
        *(_project(each, today) for each in proposal.projects),
        *map(_person, proposal.people),
        *_doubts(proposal),
        *_lint(proposal),
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def snippet(proposal: Proposal, sources: Iterable[str], today: date, *, projects: bool = True) -> str:
    """What a configuration that is there already lacks, to be pasted into it.

    `sources` are those that it has. `projects`: it has some; where it has none each of its boards is one, which a
    first [projects] would end.
    """
    known = set(sources)
    blocks = [
        *(_source(each) for each in proposal.sources if each.alias not in known),
        *_boards(proposal.boards),
        *_left_out(proposal.boards),
        *(_project(each, today) for each in proposal.projects if projects),
    ]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n" if blocks else ""


def to_check(proposal: Proposal) -> int:
    """How many comments ask a person to check something."""
    boards = [board for board in proposal.boards if board.picked]
    notes = [note for each in boards for note in (*each.status_notes, *each.estimate_notes, *each.notes)]
    notes += [note for project in proposal.projects for note in project.notes]
    notes += [note for note in (proposal.timezone_note, *proposal.notes) if note is not None]
    unsettled = sum(len({each.informs for each in board.open_statuses}) + (not board.kind_sure) for board in boards)
    return (
        sum(note.check for note in notes)
        + unsettled
        + sum(not project.settled and not project.anchors for project in proposal.projects)
        + len(proposal.doubtful)
    )


def _head(today: date) -> list[str]:
    return [
        *comment(
            _(
                "Written by `retro init` on {date}. Nothing is written on any board as long as `write` is empty.",
                date=format_date(today, Style.LONG),
            )
        ),
        *comment(_("Look for “{mark}”: that is what retro could not settle by itself.", mark=_("to check"))),
        "version = 1",
    ]


def _workspace(proposal: Proposal) -> list[str]:
    note = proposal.timezone_note
    return [
        "[workspace]",
        f"lang = {literal(proposal.lang)}",
        *noted([note] if note is not None else []),
        f"timezone = {literal(proposal.timezone)}",
    ]


def _calendar(proposal: Proposal) -> Iterator[list[str]]:
    if proposal.country is not None:
        yield ["[calendar]", f"country = {literal(proposal.country)}"]


def _source(source: SourceProposal) -> list[str]:
    lines = [f"[sources.{table_key(source.alias)}]", f"kind = {literal(source.kind)}"]
    if source.path:
        lines.append(f"path = {literal(source.path)}")
    if source.url:
        lines.append(f"url = {literal(source.url)}")
    return lines + [f"{name} = {literal(reference)}" for name, reference in source.secrets.items()]


def _boards(boards: Iterable[BoardProposal]) -> Iterator[list[str]]:
    first = True
    for board in boards:
        if board.picked:
            yield table(board, explained=first)
            first = first and not board.writable


def _left_out(boards: Iterable[BoardProposal]) -> Iterator[list[str]]:
    """Boards that are not read, each as a table to be taken in by removing the marks."""
    left = [board for board in boards if not board.picked]
    if not left:
        return
    yield comment(_("Left out; to take one in, remove the # before its lines."))
    for board in left:
        yield [
            *comment(f"{printable(board.name)} – {board.why}"),
            f"# [boards.{table_key(board.alias)}]",
            f"# source = {literal(board.source)}",
            f"# at = {literal(board.at)}",
        ]


def _project(project: ProjectProposal, today: date) -> list[str]:
    lines = [
        f"[projects.{table_key(project.alias)}]",
        f"name = {literal(project.name)}",
        f"boards = {literal(list(project.boards))}",
    ]
    if project.filter:
        lines.append(f"filter = {literal(project.filter)}")
    if project.client:
        lines.append(f"client = {literal(project.client)}")
    lines += noted(project.notes)
    if project.anchors:
        mark = "" if all(anchor.sure for anchor in project.anchors) else "# "
        lines.append(f"{mark}anchors = {_anchors(project.anchors)}")
    elif not project.settled:
        lines += marked(
            Note(_("no date to work to was found; until one stands here, the remark END101 says so."), check=True)
        )
        example = AnchorProposal(name=_("Launch"), date=today + timedelta(weeks=_EXAMPLE_WEEKS))
        lines.append(f"# anchors = {_anchors([example])}")
    return lines


def _anchors(anchors: Iterable[AnchorProposal]) -> str:
    return literal(
        [
            {"name": anchor.name, "date": anchor.date, **({"task": anchor.task} if anchor.task else {})}
            for anchor in anchors
        ]
    )


def _person(person: PersonProposal) -> list[str]:
    lines = [
        f"[people.{table_key(person.alias)}]",
        f"name = {literal(person.name)}",
        f"ids = {literal(list(person.ids))}",
    ]
    return [*lines, f"aliases = {literal(list(person.aliases))}"] if person.aliases else lines


def _doubts(proposal: Proposal) -> Iterator[list[str]]:
    lines = [
        line
        for pair in proposal.doubtful
        for line in marked(
            Note(
                _(
                    "“{one}” ({first}) and “{other}” ({second}): one person? If so, put both ids under one [people].",
                    one=pair.names[0],
                    other=pair.names[1],
                    first=printable(pair.ids[0]),
                    second=printable(pair.ids[1]),
                ),
                check=True,
            )
        )
    ]
    lines += noted(proposal.notes)
    if lines:
        yield lines


def _lint(proposal: Proposal) -> Iterator[list[str]]:
    lines = []
    if proposal.channels:
        lines.append(f"channels = {literal(list(proposal.channels))}")
    if proposal.clients:
        lines.append(f"clients = {literal(list(proposal.clients))}")
    if lines:
        yield ["[lint]", *lines]
