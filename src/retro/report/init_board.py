"""A proposed board as a table of retro.toml, with its columns and what is to be said of it."""

from collections.abc import Iterator, Mapping, Sequence

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Category
from retro.model.proposal import BoardProposal, Note, OpenStatus
from retro.report.toml_comments import comment, marked, noted
from retro.report.toml_text import literal, quoted, table_key
from retro.report.untrusted import printable

_SHOWN = 6


def table(board: BoardProposal, *, explained: bool) -> list[str]:
    """The lines of a board; `explained`: what `write` may hold is said beside it."""
    write = "write = {}"
    if explained:
        write += "  # " + _("off; for example {example}", example='{ own = ["latest", "review"], fill = ["due"] }')
    lines = [
        *comment(f"{printable(board.name)} ({board.size})" if board.size else printable(board.name)),
        f"[boards.{table_key(board.alias)}]",
        f"source = {literal(board.source)}",
    ]
    if board.at:
        lines.append(f"at = {literal(board.at)}")
    if board.data_source:
        lines.append(f"data_source = {literal(board.data_source)}")
    lines += [*marked(_kind(board)), f"kind = {literal(board.kind)}"]
    lines += noted(board.status_notes)
    if board.status:
        lines.append(f"status = {_status(board.status)}")
    lines += _open(board)
    lines += noted(board.estimate_notes)
    if board.estimate:
        lines.append(f"estimate = {literal(list(board.estimate))}")
    lines += noted(board.notes)
    if board.writable:
        lines.append(write)
    if board.columns:
        lines += ["", *_columns(board)]
    return lines


def _kind(board: BoardProposal) -> Note:
    return Note(_("Kind: {why}", why=board.why)) if board.kind_sure else Note(board.why, check=True)


def _columns(board: BoardProposal) -> list[str]:
    pins = {role: quoted(f"id:{id_}") for role, (id_, _name) in board.columns.items()}
    width = max(len(f"{role} = {pin}") for role, pin in pins.items())
    return [
        *comment(_("Columns by their id, so that they may be renamed.")),
        f"[boards.{table_key(board.alias)}.columns]",
        *(f"{f'{role} = {pin}':{width}}  # {printable(board.columns[role][1])}" for role, pin in pins.items()),
    ]


def _open(board: BoardProposal) -> Iterator[str]:
    """What is said of names that nobody settled, with a line to take up where there is none yet."""
    statuses = board.open_statuses
    asking = [each for each in statuses if not each.informs]
    informing = [each for each in statuses if each.informs]
    if asking:
        said = plural(
            "retro does not know {names} ({count} task): read as to do until `status` says otherwise.",
            "retro does not know {names} ({count} tasks): read as to do until `status` says otherwise.",
            sum(each.tasks for each in asking),
            names=_few(asking),
        )
        yield from marked(Note(said, check=True))
    if informing:
        said = plural(
            "{names} ({count} task): to do, or only to know? Under `cancelled` they stay out of the plan.",
            "{names} ({count} tasks): to do, or only to know? Under `cancelled` they stay out of the plan.",
            sum(each.tasks for each in informing),
            names=_few(informing),
        )
        yield from marked(Note(said, check=True))
    if statuses and not board.status:
        yield f"# status = {_status(board.suggested)}"


def _status(status: Mapping[Category, Sequence[str]]) -> str:
    return literal({category.value: list(names) for category, names in status.items()})


def _few(statuses: Sequence[OpenStatus]) -> str:
    names = ", ".join(_("“{name}”", name=printable(each.name)) for each in statuses[:_SHOWN])
    return f"{names}, …" if len(statuses) > _SHOWN else names
