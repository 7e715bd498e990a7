"""`retro nightly`: have the machine's own scheduler run retro every day, see how that goes, take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.groups import help_alone
from retro.cli.nightly.job import file_of, job_of, state_of
from retro.cli.nightly.run import run
from retro.cli.output import put
from retro.cli.session import session_of
from retro.cli.spoken import Spoken
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import time

    from retro.cli.session import Session
    from retro.run.scheduler.calls import Machine
    from retro.run.scheduler.found import Scheduler
    from retro.run.scheduler.job import Job

At = Annotated[
    str | None,
    typer.Option("--at", metavar="HH:MM", help=_("The time of day, on this machine’s clock; 06:30 unless said.")),
]
With = Annotated[
    str | None,
    typer.Option(
        "--with", metavar="NAME", help=_("systemd, cron, launchd or schtasks; else what this machine offers.")
    ),
]
_MORNING = "06:30"


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = Spoken(help=_("Have retro run every day by itself."), invoke_without_command=True)
    group.callback()(help_alone)
    group.command(
        "install",
        help=_("Give this machine’s scheduler the nightly run; it makes up for what the machine slept through."),
        epilog=_("Examples:  retro nightly install --at 06:30   ·   retro nightly install --dry-run"),
    )(install)
    group.command(
        "status",
        help=_("Say whether it is installed, how the last run went, and when the next one comes."),
        epilog=_("Example:  retro nightly status"),
    )(status)
    group.command(
        "remove",
        help=_("Take the nightly run away again, without a trace."),
        epilog=_("Example:  retro nightly remove"),
    )(remove)
    group.command("run", hidden=True, help=_("What the scheduler starts."))(run)
    app.add_typer(group, name="nightly")


def install(
    context: typer.Context,
    at: At = None,
    with_: With = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Show what would be installed; change nothing."))
    ] = False,
) -> None:
    """Give the scheduler the job."""
    from retro.ports import ConfigurationError
    from retro.report.nightly_text import called, moment
    from retro.run.scheduler.calls import Machine
    from retro.run.scheduler.hours import next_due, parse_hour
    from retro.run.scheduler.offered import chosen, every, installed, names
    from retro.run.scheduler.record import keep_install, read_record
    from retro.run.scheduler.surroundings import missing, secrets_of
    from retro.store.folder import open_folder, unwritable

    session = session_of(context)
    machine = Machine.here()
    state = state_of(session)
    if not session.settings.boards:
        raise ConfigurationError(
            _("no board is configured, so that the nightly run would have nothing to read."),
            where=str(session.configuration.path),
            remedy=_("Add one with `retro init`."),
        )
    scheduler = chosen(machine, with_)
    called_so = names(file_of(session), read_record(state))
    before = installed(machine, called_so)
    hour = parse_hour(at) if at is not None else next((found.at for _each, found in before if found.at), None)
    job = job_of(session, machine, scheduler, hour or parse_hour(_MORNING))
    if dry_run:
        _show(scheduler, job)
    else:
        open_folder(state)
        try:
            # Before the scheduler has it: an agent may start the very moment that it is loaded.
            keep_install(state, job.identity, session.now)
        except OSError as error:
            raise unwritable(state, error) from error
        _give(scheduler, job)
        for each in every(machine):
            for name in called_so:
                if (each.name, name) != (scheduler.name, job.name):
                    each.remove(name)
        typer.echo(_("retro runs every day at {at}, by {name}.", at=f"{job.at:%H:%M}", name=called(scheduler.name)))
        typer.echo(_("Next run: {when}.", when=moment(next_due(session.now, job.at))))
    if not session.options.quiet:
        typer.echo(scheduler.catches_up())
        if not dry_run:
            typer.echo(_("How it goes: `retro nightly status`. To take it away: `retro nightly remove`."))
    for sentence in missing(secrets_of(session.settings), machine.environment, system=machine.system):
        typer.echo(f"! {sentence}", err=True)


def _give(scheduler: Scheduler, job: Job) -> None:
    """Install it; what was refused leaves no half of it behind, unless an earlier one stood there."""
    from contextlib import suppress

    from retro.ports import ConfigurationError

    before = scheduler.found(job.name)
    try:
        scheduler.install(job)
    except ConfigurationError:
        if before is None:
            with suppress(ConfigurationError):
                scheduler.remove(job.name)
        raise


def _show(scheduler: Scheduler, job: Job) -> None:
    from retro.report.nightly_text import called
    from retro.report.untrusted import printable

    typer.echo(_("Nothing is installed yet. This is what {name} would be given:", name=called(scheduler.name)))
    for place, text in scheduler.writes(job).items():
        typer.echo(f"\n{printable(place)}")
        for line in text.splitlines():
            typer.echo(f"    {printable(line)}")
    typer.echo()


def status(
    context: typer.Context,
    json_: Annotated[bool, typer.Option("--json", help=_("As JSON."))] = False,
) -> None:
    """How it goes."""
    from retro.model.nightly import NightlyStatus
    from retro.report import nightly_text
    from retro.report.document import dumps
    from retro.run.scheduler.attempts import is_under_way
    from retro.run.scheduler.calls import Machine
    from retro.run.scheduler.hours import next_due, overdue
    from retro.run.scheduler.offered import installed, names
    from retro.run.scheduler.record import LOG, read_record

    session = session_of(context)
    machine = Machine.here()
    state = state_of(session)
    record = read_record(state)
    having = installed(machine, names(file_of(session), record))
    at = next((found.at for _scheduler, found in having if found.at is not None), None)
    told = NightlyStatus(
        schedulers=[(scheduler.name, found.place) for scheduler, found in having],
        at=at,
        last=record.last,
        following=next_due(session.now, at) if at is not None else None,
        running=record.last is not None and record.last.ended is None and is_under_way(state),
        overdue=at is not None and record.latest is not None and overdue(session.now, at, record.latest),
        moved=_moved(session, machine, having[0][0], at, record.command) if having and at is not None else False,
        log=str(state / LOG),
    )
    if json_:
        zone_name = session.settings.workspace.timezone
        put(dumps(nightly_text.document(told, now=session.now, zone_name=zone_name, lang=session.lang)), None)
        return
    for line in nightly_text.lines(told):
        typer.echo(line)


def _moved(session: Session, machine: Machine, scheduler: Scheduler, at: time, command: Sequence[str]) -> bool:
    """Whether another command line was installed than would be now; not where nobody knows which one was."""
    return bool(command) and tuple(command) != job_of(session, machine, scheduler, at).identity


def remove(context: typer.Context) -> None:
    """Take it away."""
    from retro.report.nightly_text import called
    from retro.run.scheduler.calls import Machine
    from retro.run.scheduler.offered import every, names
    from retro.run.scheduler.record import forget, read_record
    from retro.store.folder import unwritable

    session = session_of(context)
    state = state_of(session)
    gone = [
        called(each.name)
        for name in names(file_of(session), read_record(state))
        for each in every(Machine.here())
        if each.remove(name)
    ]
    try:
        forget(state)
    except OSError as error:
        raise unwritable(state, error) from error
    if gone:
        typer.echo(_("The nightly run is taken away ({names}). The boards stay as they are.", names=", ".join(gone)))
    else:
        typer.echo(_("No nightly run was installed here."))
