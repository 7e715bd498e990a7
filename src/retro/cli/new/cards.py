"""`retro new --create-in`: the plan as cards of a board, shown first, made once, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from retro.cli.asking import agreed, may_ask
from retro.cli.bars import progress
from retro.cli.failures import DONE, SOURCE, tell_error
from retro.cli.new.board import Place, place_of
from retro.cli.output import console
from retro.cli.work import opened
from retro.cli.writing import needed
from retro.i18n import format_date, plural
from retro.i18n import text as _

if TYPE_CHECKING:
    from datetime import date

    from retro.cli.session import Session
    from retro.ports import Connector, Ledger
    from retro.run.new_cards import OnBoard
    from retro.run.new_cards.making import Decided
    from retro.run.templates import NewPlan
    from retro.sync.apply.making import CardsMade


def check_creating(session: Session, *, yes: bool, dry: bool, writes_file: bool) -> None:
    """Refuse what cannot be meant, before anything is read. Raises ConfigurationError."""
    from retro.ports import ConfigurationError

    if writes_file:
        raise ConfigurationError(
            _("a plan goes to a file or to a board, one at a time."), where="-o", remedy=_("Leave -o out here.")
        )
    if session.options.offline:
        raise ConfigurationError(
            _("cards are made on a board that was just read: this cannot be done offline."), where="--offline"
        )
    if not (yes or dry or may_ask()):
        raise ConfigurationError(
            _("retro asks before it makes cards, and nobody is at a terminal."),
            where="--create-in",
            remedy=_("Use --dry-run to see them, or --yes to make them without asking."),
        )


def create(plan: NewPlan, words: str, session: Session, lang: str, *, yes: bool, dry: bool, force: bool) -> int:
    """Make the cards of a plan on the board that `words` mean; the exit code."""
    from retro import registry
    from retro.run.new_cards import carry_out_cards, decided_cards, read_board, settle_cards

    with opened(session, "new", exclusive=True) as ledger:
        state = needed(ledger, session)
        place = place_of(words, session)
        connector = _open(place, session, state, lang)

        def look() -> tuple[OnBoard, Decided]:
            with progress(session) as bars:
                on = read_board(connector, place.target, session.settings, registry.handle_of, bars)
            if not dry:
                settle_cards(state, [on.board], on.tasks, now=session.now)
            found = decided_cards(
                plan,
                on,
                state,
                session.settings,
                zone=session.zone,
                lang=lang,
                where_guests_see=place.where_guests_see,
                force=force,
            )
            return on, found

        on, decided = look()
        _show(decided, on, session)
        if decided.new.to_make:
            _tell_earlier(place, plan.end, session)
        if decided.held:
            return SOURCE
        if not decided.new.to_make or dry:
            return DONE
        if not yes:
            if not agreed(_question(decided)):
                typer.echo(_("Nothing was written."))
                return DONE
            # Whoever was asked may have taken their time, and somebody else may have made the plan meanwhile.
            on, now = look()
            if now.held or now.new.to_make != decided.new.to_make:
                typer.echo(_("The board has changed meanwhile: nothing was made. Look again with the same command."))
                return DONE
            decided = now
        with progress(session) as bars:
            _run, done = carry_out_cards(
                decided,
                connector,
                state,
                session.clock,
                session.settings,
                command=f"new {plan.template.key} --end {plan.end} --create-in {place.named}",
                zone=session.zone,
                on_card=lambda count, all_: bars(on.board.name, count, all_) if bars is not None else None,
            )
    return _tell(done, decided, on, place, session)


def _open(place: Place, session: Session, ledger: Ledger, lang: str) -> Connector:
    from retro import registry

    name = place.target.source
    traffic = session.meter.of(name)
    connector = registry.open_account(session.configuration, name, session.clock, ledger, traffic, lang=lang)
    session.closes([connector])
    return connector


def _question(decided: Decided) -> str:
    return plural("Make {count} card?", "Make {count} cards?", len(decided.new.to_make))


def _show(decided: Decided, on: OnBoard, session: Session) -> None:
    """What would be made, and what speaks against it."""
    from retro.report import new_cards_text
    from retro.report.untrusted import printable

    for guard in decided.guards:
        typer.echo(printable(guard.reason), err=True)
    if decided.held:
        typer.echo(_("Nothing is made."), err=True)
        return
    if not session.options.quiet:
        tasks = [card.task for card in decided.new.to_make]
        there = len(decided.new.there)
        laid, name, tool = decided.laid, on.board.name, on.kind.capitalize()
        new_cards_text.draw(tasks, console(), board=name, there=there, unknown=laid.unknown, zone=session.zone)
        for line in new_cards_text.lacking(laid.unknown, laid.waits, on.holds, tool=tool) if tasks else ():
            typer.echo(line, err=True)


def _tell_earlier(place: Place, end: date, session: Session) -> None:
    """Of a project of that board whose date comes first: it would bind the cards of this plan too."""
    from retro.model import as_date
    from retro.report.untrusted import printable

    for name, project in session.settings.projects.items():
        dates = [as_date(anchor.date, session.zone) for anchor in project.anchors]
        if place.target.alias in project.boards and not project.filter and dates and max(dates) < end:
            typer.echo(
                _(
                    "This board belongs to “{project}”, whose date is {date}: these cards would be held to it. Give "
                    "the plan a board of its own, or a project of its own in retro.toml.",
                    project=printable(project.name or name),
                    date=format_date(max(dates)),
                ),
                err=True,
            )


def _tell(done: CardsMade, decided: Decided, on: OnBoard, place: Place, session: Session) -> int:
    """What was made, and what is left to do; the exit code."""
    from retro.report.untrusted import printable

    if done.error is not None:
        tell_error(done.error)
    if done.uncertain is not None:
        typer.echo(
            _(
                "No answer came for “{title}”: the same command, once more, looks whether it is there.",
                title=printable(done.uncertain.task.title),
            ),
            err=True,
        )
    if not session.options.quiet:
        count = len(done.made)
        said = plural(
            "{count} card made on “{board}”.", "{count} cards made on “{board}”.", count, board=printable(on.board.name)
        )
        typer.echo(" ".join(filter(None, (said, printable(on.board.url or "")))))
    if done.left or done.uncertain is not None:
        left = len(done.left) + (done.uncertain is not None)
        typer.echo(
            plural(
                "{count} card is left: the same command, once more, makes it.",
                "{count} cards are left: the same command, once more, makes them.",
                left,
            ),
            err=True,
        )
        return SOURCE if done.error is None else done.error.exit_code
    if not session.options.quiet:
        _tell_next(done, decided, place)
    return DONE


def _tell_next(done: CardsMade, decided: Decided, place: Place) -> None:
    wanted = any(card.task.milestone for card in decided.new.to_make)
    if wanted and not any(made.milestone for _card, made in done.made):
        typer.echo(
            _(
                "This board has no way to say that a card is a milestone: name the day of the launch in retro.toml, "
                "under `anchors` of its project."
            ),
            err=True,
        )
    if place.target.alias:
        typer.echo(_("`retro undo last` takes this back."))
    else:
        typer.echo(
            _(
                "Next: `retro init {address} --add` puts this board into retro.toml, so that its plan is watched; "
                "`retro undo last` then takes this back.",
                address=place.target.at,
            )
        )
