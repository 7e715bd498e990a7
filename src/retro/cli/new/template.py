"""`retro new --from-board`: a template from a project that is over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from retro.cli.new.file import unless_there
from retro.i18n import plural
from retro.i18n import text as _
from retro.ports import ConfigurationError

if TYPE_CHECKING:
    from datetime import date

    from retro.cli.session import Session
    from retro.cli.work import Work


def write_template(session: Session, board: str, end: str | None, output: Path | None, *, force: bool) -> None:
    """Learn a template from a board of the configuration, or from a file, and write it as TOML.

    `end` is the day of its launch, where the board does not tell. Raises ConfigurationError.
    """
    from retro.cli.session import parse_day
    from retro.disk import nameable
    from retro.model import as_date
    from retro.report.template_toml import template_toml
    from retro.run.templates.learning import learnt
    from retro.tables.saving import save

    path = Path(board)
    work, boards = _read(session, board)
    stem = path.stem if path.exists() else nameable(board.rpartition("/")[2])
    target = _target(output, stem, force=force)
    launch: date | None = None
    if end is not None:
        launch = as_date(parse_day(end, "--end", session.zone), session.zone)
    means = work.means()
    lang = session.settings.workspace.lang if session.configuration.path is not None else session.lang
    template = learnt(work.portfolio, boards, launch, means.calendars, means.options, key=target.stem)
    text = template_toml(template, lang=lang)
    _check(text, target, lang)
    save(text.encode(), target, clock=session.clock, sources=[path] if path.exists() else [])
    if not session.options.quiet:
        typer.echo(plural("{file}: {count} task", "{file}: {count} tasks", len(template.tasks), file=target))
        typer.echo(_("Next: look through it, then `retro new {file} --end DATE`.", file=_shown(target)))


def _read(session: Session, board: str) -> tuple[Work, list[str]]:
    """What was read, and the keys of the boards that were meant."""
    from retro.cli.work import gather, opened
    from retro.i18n.words import fold
    from retro.report.untrusted import printable

    if Path(board).exists():
        work = gather(session, [Path(board)])
        return work, [each.key for each in work.portfolio.boards]
    with opened(session, "new") as ledger:
        work = gather(session, ledger=ledger)
    wanted = fold(board.removeprefix("board:"))
    found = [
        each.key
        for each in work.portfolio.boards
        if wanted in (fold(each.alias), fold(each.name)) or board in (each.key, each.url)
    ]
    if not found:
        raise ConfigurationError(
            _("no board is called “{name}”.", name=board),
            where="--from-board",
            remedy=_(
                "There are: {names}.",
                names=", ".join(each.alias or printable(each.name) for each in work.portfolio.boards),
            ),
        )
    return work, found


def _target(output: Path | None, stem: str, *, force: bool) -> Path:
    target = Path(f"{stem}.toml") if output is None else output / f"{stem}.toml" if output.is_dir() else output
    if target.suffix.casefold() != ".toml":
        raise ConfigurationError(
            _("a template is a file that ends with .toml."), where=str(target), remedy=_("Name it so with -o.")
        )
    return unless_there(target, force=force)


def _check(text: str, target: Path, lang: str) -> None:
    """Raise for what no template can be: tasks that wait for each other, as they do on their board."""
    from retro.run.templates import template_of

    template_of(text, key=target.stem, where=str(target), lang=lang)


def _shown(target: Path) -> str:
    """As it is typed: a bare name would read as that of a shipped template only without its suffix."""
    from retro.report.typed import typed

    return typed([target])
