"""`retro mirror`: one central base kept in step with all boards, only when asked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.bars import progress
from retro.cli.failures import SOURCE, strongest
from retro.cli.options import Yes
from retro.cli.output import console, formats, put, tell_bugs
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.cli.writing import agreed, document, held, needed, report
from retro.i18n import plural
from retro.i18n import text as _

if TYPE_CHECKING:
    from retro.cli.session import Session
    from retro.cli.work import Work
    from retro.model import Plan
    from retro.ports import Ledger
    from retro.run.assess import Means
    from retro.run.mirror import Base, Mirrored
    from retro.run.nightly import Planned
    from retro.sync.apply import Applied


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "mirror",
        help=_("Keep one central base in step with all boards: a row a task, made, updated, marked gone."),
        epilog=_("Examples:  retro mirror --dry-run   ·   retro mirror --yes   (in cron, after `retro sync`)"),
    )(mirror)


def mirror(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Do everything but write."))] = False,
    force: Annotated[
        bool, typer.Option("--force", help=_("Write what is held back, and make again what was removed."))
    ] = False,
    yes: Yes = False,
    all_: Annotated[bool, typer.Option("--all", help=_("Show every change."))] = False,
    format_: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMAT[=FILE]", help=_("text or json; may be repeated."))
    ] = None,
) -> None:
    """Keep the base in step."""
    from retro.run.advised import only_shown, remember_finishes
    from retro.run.mirror import plan_mirror, remember_conflicts
    from retro.run.policies import in_quiet_hours
    from retro.sync.apply import mark_applied

    session = session_of(context)
    chosen = formats(format_, ("text", "json"))
    _check_asked(session)
    with opened(session, "mirror", exclusive=True) as ledger:
        state = needed(ledger, session)
        work = gather(session, ledger=state)
        means = work.means()
        planned = _planned(work, means, state, force=force)
        assessed = planned.assessed
        base = open_base(work, state, means, settle=not dry_run)
        mirrored = plan_mirror(
            base,
            assessed.assessment,
            work.reading.fresh,
            state,
            means,
            now=session.now,
            guards=planned.plan.guards,
            force=force,
            dry=dry_run,
        )
        for name, file in chosen:
            if name == "json":
                put(document(mirrored.plan, session), file)
            elif not session.options.quiet or mirrored.plan.changes or mirrored.held:
                _show(mirrored, work, everything=all_)
        codes = [*work.codes, *tell_bugs(assessed), *held(mirrored.plan), *([SOURCE] if mirrored.held else [])]
        plan = mirrored.plan
        if mirrored.first and plan.changes and not (yes or dry_run or _agreed_first(plan)):
            raise typer.Exit(strongest(codes))
        if plan.changes and not dry_run and in_quiet_hours(session.settings.sync.quiet_hours, session.now):
            typer.echo(_("These are quiet hours: nothing is written now."), err=True)
            dry_run = True
        applied = _carried_out(plan, base, state, means, session, dry=dry_run)
        if not dry_run:
            mark_applied(state, {change.board for change in plan.changes}, applied, session.now)
            remember_conflicts(plan, state, means)
            remember_finishes(state, assessed.assessment, only_shown(session.settings, work.portfolio.boards))
    codes += report(applied, quiet=session.options.quiet, dry=dry_run, aside=("json", None) in chosen)
    raise typer.Exit(strongest(codes))


def open_base(work: Work, ledger: Ledger, means: Means, *, settle: bool) -> Base:
    """The base of the configuration as it is now; with `settle`, what an interrupted run left open there is settled."""
    from retro import registry
    from retro.run.mirror import read_base, settle_base

    session = work.session
    section = session.settings.mirror
    traffic = session.meter.of(section.source)
    connector = registry.open_mirror(session.configuration, session.clock, ledger, traffic)
    session.closes([connector])
    with progress(session) as bars:
        base = read_base(connector, section.at, ledger, {board.key for board in work.portfolio.boards}, bars)
    if settle:
        settle_base(base, ledger, means, now=session.now)
    return base


def with_base(work: Work, ledger: Ledger, means: Means) -> Work:
    """The work with the base among its boards, as an undo of a run of `retro mirror` needs it."""
    base = open_base(work, ledger, means, settle=True)
    return replace(
        work,
        portfolio=replace(
            work.portfolio,
            boards=(*work.portfolio.boards, base.board),
            tasks=(*work.portfolio.tasks, *base.rows.values()),
        ),
        reading=replace(work.reading, fresh=work.reading.fresh | {base.board.key}),
        connectors={**work.connectors, base.board.source: base.connector},
    )


def _check_asked(session: Session) -> None:
    from retro.ports import ConfigurationError

    if session.options.offline:
        raise ConfigurationError(_("the central base is read first: this cannot be done offline."), where="--offline")
    if not session.settings.mirror.source:
        raise ConfigurationError(
            _("no central base is configured."),
            where=str(session.configuration.path or "retro.toml"),
            remedy=_(
                "Make an empty database in Notion, share it with the connection, and add:\n"
                '[mirror]\nsource = "…"  # a source of this file\nat = "https://www.notion.so/…"'
            ),
        )


def _planned(work: Work, means: Means, ledger: Ledger, *, force: bool) -> Planned:
    """What `retro sync` would find now: the dates, and the boards that it would hold."""
    from retro.run.nightly import make_plan

    session = work.session
    return make_plan(
        work.portfolio,
        means,
        ledger,
        now=session.now,
        lang=session.lang,
        forced=frozenset(board.key for board in work.portfolio.boards) if force else frozenset(),
        told_now=session.options.now is not None,
    )


def _agreed_first(plan: Plan) -> bool:
    """The first writes in a base are by hand: asked of a person at a terminal, else they wait for `--yes`."""
    from retro.cli.asking import may_ask

    if may_ask():
        return agreed(plan)
    typer.echo(
        plural(
            "{count} change waits for a first `retro mirror --yes` by hand.",
            "{count} changes wait for a first `retro mirror --yes` by hand.",
            len(plan.changes),
        ),
        err=True,
    )
    return False


def _carried_out(plan: Plan, base: Base, ledger: Ledger, means: Means, session: Session, *, dry: bool) -> Applied:
    from retro.run.nightly import carry_out

    with progress(session) as bars:
        return carry_out(
            plan,
            {base.board.key: base.connector},
            ledger,
            session.clock,
            command="mirror",
            means=means,
            dry=dry,
            progress=bars,
        )


def _show(mirrored: Mirrored, work: Work, *, everything: bool) -> None:
    from retro.report import plan_text

    names = {board.key: board.name for board in (*work.portfolio.boards, mirrored.base.board)}
    plan_text.draw(mirrored.plan, console(), names, everything=everything)
