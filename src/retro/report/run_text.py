"""A nightly run in words: one block for whoever has to look at it, and the few lines worth saying where all is well."""

from collections.abc import Iterator

from retro.i18n import plural
from retro.i18n import text as _
from retro.model.run_summary import RunSummary, Trouble
from retro.report.untrusted import printable


def block(summary: RunSummary) -> str:
    """What is wrong, on which boards, and what to do next; "" where nothing is."""
    lines: list[str] = []
    if summary.troubles:
        command, code = summary.command, summary.exit_code
        lines.append(_("retro {command}: not all went well (exit code {code}).", command=command, code=code))
    for trouble in summary.troubles:
        lines += _told(trouble)
    if lines and summary.reached:
        lines += [f"  {line}" for line in _rest(summary)]
    if summary.warnings and not lines:
        lines.append(_("retro {command}: done, but not everybody could be told.", command=summary.command))
    for warning in summary.warnings:
        lines += _told(warning)
    return "\n".join(lines)


def notes(summary: RunSummary) -> list[str]:
    """What is no failure and yet worth a line: what boards do not take, and what there was no time for."""
    boards: dict[str, list[str]] = {}
    for board in summary.boards:
        if board.note:
            boards.setdefault(printable(board.note), []).append(printable(board.name))
    said = [f"{', '.join(names)}{_(': ')}{note}" for note, names in boards.items()]
    left = sum(board.left for board in summary.boards)
    if summary.late and left:
        said.append(
            plural(
                "The time allowed was over: {count} change is left for the next run (`deadline` in [sync]).",
                "The time allowed was over: {count} changes are left for the next run (`deadline` in [sync]).",
                left,
            )
        )
    return said


def signal(summary: RunSummary) -> str:
    """The run in one line of figures: no name of a board or a card leaves the machine with it."""
    parts = [f"exit {summary.exit_code}", f"{summary.writes} writes", f"{summary.seconds:.0f} s"]
    if summary.reached:
        unread = sum(not board.fresh for board in summary.boards)
        held = sum(board.held is not None for board in summary.boards)
        parts += [f"{len(summary.boards)} boards", f"{unread} not read", f"{held} held"]
    if summary.id is not None:
        parts.append(f"run {summary.id}")
    return ", ".join(parts)


def _told(trouble: Trouble) -> Iterator[str]:
    where = printable(trouble.where)
    yield f"  {where}{_(': ') if where else ''}{printable(trouble.what)}"
    boards = [board for board in map(printable, trouble.boards) if board != where]
    if boards:
        yield "    " + _("Boards: {names}", names=", ".join(boards))
    for number, line in enumerate(trouble.remedy.splitlines()):
        yield f"    {'→ ' if not number else '  '}{printable(line)}"


def _rest(summary: RunSummary) -> Iterator[str]:
    """What was done all the same."""
    fresh = sum(board.fresh for board in summary.boards)
    read = plural("{count} board read", "{count} boards read", fresh)
    written = plural("{count} write", "{count} writes", summary.writes)
    yield _("All the rest was done: {read}, {written}.", read=read, written=written)
    if summary.id is not None:
        yield _("What was written: `retro log`; to take it back: `retro undo {run}`.", run=summary.id)
