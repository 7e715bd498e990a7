"""What `retro clean` would take away, what it leaves and why, and what it did: in words, board by board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from retro.cli.failures import SOURCE
from retro.i18n import plural
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retro.cli.work import Work
    from retro.model import Change
    from retro.ports import Ledger
    from retro.run.clean import Left
    from retro.run.leaving import Leaving
    from retro.sync.decide.clean import Cleaning, Goes, KeptField, KeptValue

_MOST = 12
"""Values of a board that are named; `--all` names all."""


def tell(leaving: Leaving, work: Work, ledger: Ledger, *, dates: bool, everything: bool, named: bool) -> None:
    """What would go and what stays; unless boards were `named`, also where retro has been and does not look now."""
    from retro.report.untrusted import printable

    read = {board.key for board in leaving.boards}
    unread = [board.name for board in work.portfolio.boards if board.key in leaving.asked - read]
    for error in dict.fromkeys(map(str, leaving.failed.values())):
        typer.echo(f"retro: {error}", err=True)
    cleaning, lang = leaving.cleaning, work.session.settings.workspace.lang
    for board in leaving.boards:
        lines = [
            *_going(cleaning, board.key, lang),
            *_staying(cleaning, board.key, lang, dates=dates, most=None if everything else _MOST),
        ]
        if lines:
            typer.echo(printable(board.name))
        for line in lines:
            typer.echo(f"  {line}")
    for name in unread:
        typer.echo(_("{board} could not be read now: it stays as it is.", board=printable(name)))
    if cleaning.nothing and not cleaning.plan.guards:
        typer.echo(_("Nothing to remove."))
    if not named:
        for line in _elsewhere(work, ledger):
            typer.echo(line)


def failures(left: Left, leaving: Leaving, *, quietly: bool) -> list[int]:
    """Tell why something could not be removed; exit codes. `quietly`: nothing was told of the plan before."""
    errors = [*left.applied.failed.values(), *left.failed]
    for error in dict.fromkeys(map(str, [*(leaving.failed.values() if quietly else ()), *errors])):
        typer.echo(f"retro: {error}", err=True)
    return [error.exit_code for error in errors] or ([SOURCE] if left.late or left.applied.left else [])


def tell_done(left: Left, leaving: Leaving, work: Work, *, dry: bool) -> None:
    """What was removed, what was not and what comes next."""
    from retro.report.untrusted import printable

    lang = work.session.settings.workspace.lang
    names = {board.key: printable(board.name) for board in leaving.boards}
    for board, name in names.items():
        gone = [_name(each, lang) for each in left.fields if each.board == board]
        if gone and not dry:
            typer.echo(_("Removed from {board}: {columns}.", board=name, columns=", ".join(gone)))
        if stayed := [_name(each, lang) for each in left.stayed if each.board == board]:
            typer.echo(
                _(
                    "Left on {board}, for somebody wrote there meanwhile: {columns}.",
                    board=name,
                    columns=", ".join(stayed),
                )
            )
    done = plural("{count} value removed or given back", "{count} values removed or given back", left.writes)
    if refused := len({change.task for change, _why in left.applied.refused}):
        done += " · " + plural(
            "{count} task changed meanwhile: left alone", "{count} tasks changed meanwhile: left alone", refused
        )
    typer.echo(_("Dry run: {result}", result=done) if dry else done)
    if left.late or left.applied.left:
        typer.echo(_("Not everything could be removed: run the command again."), err=True)
    elif not dry:
        _tell_next(left, leaving, work)


def _going(cleaning: Cleaning, board: str, lang: str) -> Iterator[str]:
    for each in cleaning.fields:
        if each.board == board:
            yield _goes(each, lang)
    changes = [change for change in cleaning.plan.changes if change.board == board]
    own = [change for change in changes if change.field.startswith("retro_")]
    kept = {each.field for each in cleaning.kept_fields if each.board == board}
    if said := [change for change in own if change.field not in kept or _leftover(cleaning, change)]:
        yield plural("Goes: {count} comment of retro's.", "Go: {count} comments of retro's.", len(said))
    if singly := len(own) - len(said):
        yield plural("Goes: {count} value, by itself.", "Go: {count} values, one by one.", singly)
    if filled := len(changes) - len(own):
        yield plural(
            "Goes back to what it was: {count} date that retro filled in.",
            "Go back to what they were: {count} dates that retro filled in.",
            filled,
        )


def _leftover(cleaning: Cleaning, change: Change) -> bool:
    from retro.sync.decide.clean import Stays

    return any(
        each.why is Stays.LEFTOVER and (each.board, each.field) == (change.board, change.field)
        for each in cleaning.kept_fields
    )


def _goes(each: Goes, lang: str) -> str:
    if each.place == "label":
        return plural(
            "Goes: the label “{name}”, which stands on {count} task.",
            "Goes: the label “{name}”, which stands on {count} tasks.",
            len(each.values),
            name=_name(each, lang),
        )
    return plural(
        "Goes: the field “{name}”, with {count} value.",
        "Goes: the field “{name}”, with {count} values.",
        len(each.values),
        name=_name(each, lang),
    )


def _staying(cleaning: Cleaning, board: str, lang: str, *, dates: bool, most: int | None) -> Iterator[str]:
    from retro.report.untrusted import printable

    for guard in cleaning.plan.guards:
        if guard.board == board:
            yield _("Held: {reason}", reason=printable(guard.reason))
            return
    for each in cleaning.kept_fields:
        if each.board == board:
            yield _kept_field(each, lang)
    values = [each for each in cleaning.kept_values if each.board == board]
    for value in values[:most]:
        yield f"  {_kept_value(value)}"
    if most is not None and len(values) > most:
        yield "  " + plural("{count} more: --all", "{count} more: --all", len(values) - most)
    if count := cleaning.dates.get(board, 0):
        yield _dates_stay(count, dates=dates)


def _kept_field(each: KeptField, lang: str) -> str:
    from retro.sync.decide.clean import Stays

    name = _name(each, lang)
    return {
        Stays.HOLDS: _(
            "Stays: the field “{name}”, for it holds what is not retro's or cannot be told to be.", name=name
        ),
        Stays.STRANGER: _(
            "Stays, empty: the field “{name}”, for retro does not know that it made it. Delete it in the tool.",
            name=name,
        ),
        Stays.UNSEEN: _(
            "Stays, empty where it could be read: the field “{name}”, for not all of the board was read.", name=name
        ),
        Stays.LEFTOVER: _(
            'Stays: the field “{name}” of before remarks went to comments. Set `warnings = "field"` and clean again, or'
            " delete it in the tool.",
            name=name,
        ),
    }[each.why]


def _kept_value(each: KeptValue) -> str:
    from retro.report.plan_text import field_name, said
    from retro.report.untrusted import printable

    title = printable(each.title) or each.task
    whose = _("changed by someone") if each.written else _("not known as retro's")
    return f"{title} · {field_name(each.field)}: {said(each.current)}  ({whose})"


def _dates_stay(count: int, *, dates: bool) -> str:
    if dates:
        return plural(
            "Stays: {count} date that retro filled in, on a task that is done or has opted out.",
            "Stay: {count} dates that retro filled in, on tasks that are done or have opted out.",
            count,
        )
    return plural(
        "Stays: {count} date that retro filled into a cell of the team's; `--dates` takes it back.",
        "Stay: {count} dates that retro filled into cells of the team's; `--dates` takes them back.",
        count,
    )


def _elsewhere(work: Work, ledger: Ledger) -> Iterator[str]:
    """Where retro has made fields and does not look now."""
    from retro.report.untrusted import printable

    read = {board.key for board in work.portfolio.boards}
    for key in sorted(ledger.pins().keys() - read):
        if (board := ledger.last_board(key)) is not None:
            yield _(
                "retro has made fields on {board}, too, which the configuration does not name any more: put it back "
                "there to clean it.",
                board=printable(board.name),
            )
    mirror = work.session.settings.mirror
    if mirror.source:
        yield _(
            "The central base of `retro mirror` stays as it is. To be rid of it, delete that database in its tool, and "
            "take [mirror] out of the configuration: {at}",
            at=printable(mirror.at),
        )


def _tell_next(left: Left, leaving: Leaving, work: Work) -> None:
    """How to keep retro away, and how to have it back."""
    settings = work.session.settings
    writing = [
        alias
        for board in leaving.boards
        if (section := settings.boards.get(alias := board.alias.partition("#")[0])) is not None and section.write
    ]
    if writing:
        typer.echo(
            _(
                "As long as their `write` stands in the configuration, retro proposes everything again and waits for a "
                "first `retro apply` by hand. To keep it away, take it out for: {boards}.",
                boards=", ".join(dict.fromkeys(writing)),
            )
        )
    if left.writes:
        typer.echo(_("`retro undo last` brings back what was removed."))


def _name(each: Goes | KeptField, lang: str) -> str:
    from retro.i18n.own_fields import name_of

    return name_of(each.field.removeprefix("retro_"), lang)
