"""`retro plan`, `retro apply`, `retro sync`: what would be written, writing it, and the nightly run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from retro.cli.aftermath import Aftermath
from retro.cli.failures import BUG, PENDING, strongest
from retro.cli.night_voice import Voice
from retro.cli.options import Boards, FailOn, Output, Yes
from retro.cli.output import failing, formats, level, put, tell_bugs
from retro.cli.session import session_of
from retro.cli.work import gather, opened
from retro.cli.writing import (
    agreed,
    carried_out,
    decided,
    document,
    held,
    loaded,
    needed,
    report,
    show,
    tell_impossible,
)
from retro.i18n import text as _


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command(
        "plan",
        help=_("Show what `apply` would write: old value, new value, and why."),
        epilog=_("Examples:  retro plan   ·   retro plan -o tonight.json   ·   retro plan --detailed-exitcode"),
    )(plan)
    app.command(
        "apply",
        help=_("Write a saved plan, or plan and write."),
        epilog=_("Examples:  retro apply --board contenus   ·   retro apply tonight.json --yes"),
    )(apply)
    app.command(
        "sync",
        help=_("The nightly run: read, check, schedule, decide, write, report."),
        epilog=_("Examples:  retro sync --dry-run   ·   retro sync -q   (in cron)"),
    )(sync)


def plan(
    context: typer.Context,
    board: Boards = None,
    output: Output = None,
    format_: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMAT[=FILE]", help=_("text or json; may be repeated."))
    ] = None,
    detailed: Annotated[
        bool, typer.Option("--detailed-exitcode", help=_("Leave with 4 where changes are pending."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Plan boards that are held, too."))] = False,
    all_: Annotated[bool, typer.Option("--all", help=_("Show every change."))] = False,
) -> None:
    """What would be written."""
    session = session_of(context)
    chosen = formats(format_, ("text", "json"))
    with opened(session, "plan") as ledger:
        work = gather(session, ledger=ledger)
        planned, _means = decided(work, ledger, board, force=force)
    for name, file in chosen:
        if name == "json":
            put(document(planned.plan, session), file)
        else:
            show(planned.plan, work, everything=all_)
    if output is not None:
        put(document(planned.plan, session), output)
        typer.echo(_("The plan is in {file}; `retro apply {file}` writes it.", file=output), err=True)
    codes = [*work.codes, *tell_bugs(planned.assessed), *held(planned.plan)]
    if detailed and (planned.plan.changes or planned.plan.setup):
        codes.append(PENDING)
    raise typer.Exit(strongest(codes))


def apply(
    context: typer.Context,
    saved: Annotated[Path | None, typer.Argument(metavar="[FILE]", help=_("A plan saved by `retro plan -o`."))] = None,
    board: Boards = None,
    yes: Yes = False,
    force: Annotated[bool, typer.Option("--force", help=_("Write boards that are held, too."))] = False,
    fail_on: FailOn = None,
) -> None:
    """Write it."""
    from retro.run.nightly import remember
    from retro.sync.apply import mark_applied

    session = session_of(context)
    fails = level(fail_on, "never")
    with opened(session, "apply", exclusive=True) as ledger:
        state = needed(ledger, session)
        work = gather(session, ledger=state)
        planned, means = decided(work, state, board, force=force, settle=True)
        chosen = loaded(saved, planned, work) if saved is not None else planned.plan
        show(chosen, work)
        codes = [*work.codes, *tell_bugs(planned.assessed), *held(chosen)]
        if chosen.changes and not yes and not agreed(chosen):
            raise typer.Exit(strongest(codes))
        applied = carried_out(chosen, work, state, means, "apply")
        tell_impossible(applied, work)
        mark_applied(state, {change.board for change in chosen.changes}, applied, session.now)
        # A saved plan is not this run's: what it leaves of the fresh one is tomorrow's.
        left = {change.board for change in planned.plan.changes} if saved is not None else frozenset[str]()
        remember(planned, applied, state, read_at=work.read_at, zone=session.zone, waiting=left)
    codes += report(applied, quiet=False)
    raise typer.Exit(strongest([*codes, *failing(planned.assessed.assessment, fails)]))


def sync(
    context: typer.Context,
    board: Boards = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Do everything but write."))] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Write boards that are held, too."))] = False,
    yes: Yes = False,
    fail_on: FailOn = None,
    format_: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMAT[=FILE]", help=_("text or json; may be repeated."))
    ] = None,
) -> None:
    """The nightly run."""
    from dataclasses import replace

    from retro.ports import ReadOnlyError, RetroError
    from retro.run.nightly import pending_boards, remember
    from retro.run.policies import in_quiet_hours
    from retro.run.summary import Night, summarise
    from retro.run.trend import remember_standings
    from retro.sync.apply import Applied, mark_applied

    session = session_of(context)
    chosen = formats(format_, ("text", "json"))
    text = any(name == "text" for name, _file in chosen)
    fails = level(fail_on, session.settings.sync.fail_on)
    aftermath = Aftermath(session, chosen, counts=not (dry_run or session.options.offline))
    voice = Voice(session, text=text)
    unsettled: list[RetroError] = []
    with aftermath.following(), opened(session, "sync", exclusive=True) as ledger:
        aftermath.begins()
        state = needed(ledger, session)
        work = gather(session, ledger=state, tell=lambda _error: None)
        planned, means = decided(work, state, board, force=force, settle=not dry_run, tell=unsettled.append)
        remember_standings(
            state, planned.assessed.assessment, work.reading.fresh, told_now=session.options.now is not None
        )
        codes = [*work.codes, *([BUG] if planned.assessed.bugs else []), *held(planned.plan)]
        waiting = set() if yes else pending_boards(planned, work.portfolio, state)
        now_plan = planned.plan
        if waiting:
            voice.pending(planned.plan, waiting, work)
            now_plan = replace(
                now_plan,
                changes=tuple(change for change in now_plan.changes if change.board not in waiting),
                setup=tuple(setup for setup in now_plan.setup if setup.board not in waiting),
            )
        quiet_hours = bool(now_plan.changes) and in_quiet_hours(session.settings.sync.quiet_hours, session.now)
        if quiet_hours:
            voice.quiet_hours()
            dry_run = True
        try:
            applied = carried_out(now_plan, work, state, means, "sync", dry=dry_run, began=aftermath.began)
        except ReadOnlyError as error:
            # A token that may only read is enough for everything but writing: the plan is the result.
            voice.read_only(planned.plan, work)
            applied = Applied(left=now_plan.changes, failed={change.board: error for change in now_plan.changes})
        else:
            if not dry_run:
                mark_applied(state, {change.board for change in now_plan.changes}, applied, session.now)
                remember(planned, applied, state, read_at=work.read_at, zone=session.zone, waiting=waiting)
    too_severe = failing(planned.assessed.assessment, fails)
    codes += [error.exit_code for error in applied.failed.values() if not isinstance(error, ReadOnlyError)]
    night = Night(
        portfolio=work.portfolio,
        fresh=work.reading.fresh,
        unread=tuple(zip(work.reading.unread, work.reading.errors, strict=True)),
        unsettled=unsettled,
        assessed=planned.assessed,
        plan=planned.plan,
        waiting=waiting,
        applied=applied,
        requests={each.source: sum(line.calls for line in each.lines) for each in session.meter.tallies()},
        settings=session.settings,
        too_severe=bool(too_severe),
        dry=dry_run,
        quiet_hours=quiet_hours,
    )
    code = strongest([*codes, *too_severe])
    summary = summarise(night, command="sync", started=aftermath.began, finished=session.now, code=code)
    voice.ends(aftermath.tell(summary), now_plan, applied, work)
    raise typer.Exit(code)
