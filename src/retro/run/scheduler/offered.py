"""Which of the system's schedulers takes the job: the one that was asked for, else what the system offers."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from retro.i18n import text as _
from retro.ports import ConfigurationError
from retro.run.scheduler.calls import Machine
from retro.run.scheduler.cron import Cron
from retro.run.scheduler.found import Found, Scheduler
from retro.run.scheduler.job import job_name
from retro.run.scheduler.launchd import Launchd
from retro.run.scheduler.record import Record
from retro.run.scheduler.systemd import Systemd
from retro.run.scheduler.task_scheduler import TaskScheduler

NAMES = ("systemd", "cron", "launchd", "schtasks")


def every(machine: Machine) -> tuple[Scheduler, ...]:
    """All of them, those of the machine's own system first; whether they are there is not asked."""
    systemd, cron, launchd, tasks = Systemd(machine), Cron(machine), Launchd(machine), TaskScheduler(machine)
    if machine.system == "win32":
        return (tasks, systemd, cron, launchd)
    if machine.system == "darwin":
        return (launchd, cron, systemd, tasks)
    return (systemd, cron, launchd, tasks)


def chosen(machine: Machine, named: str | None) -> Scheduler:
    """The scheduler of that name, else the first that is there. Raises ConfigurationError where there is none."""
    schedulers = every(machine)
    if named is not None:
        found = next((each for each in schedulers if each.name == named), None)
        if found is None:
            raise ConfigurationError(
                _('"{name}" is no scheduler that retro knows.', name=named),
                where="--with",
                remedy=_("There are: {names}.", names=", ".join(NAMES)),
            )
        schedulers = (found,)
    for each in schedulers:
        if each.offered():
            return each
    raise ConfigurationError(
        _("this machine offers no scheduler to your account.")
        if named is None
        else _("this machine does not offer it to your account."),
        where=named or "",
        remedy=_("Run `retro sync` yourself when you begin to work, or see docs/cron.md for other ways."),
    )


def names(configuration: Path, record: Record) -> tuple[str, ...]:
    """What the job of a retro.toml may be called: after its place and, where it was moved, after the earlier one."""
    earlier = record.configuration
    moved = earlier is not None and earlier != configuration and not earlier.exists()
    return (job_name(configuration), *([job_name(earlier)] if earlier is not None and moved else []))


def installed(machine: Machine, called: Iterable[str]) -> Sequence[tuple[Scheduler, Found]]:
    """The schedulers that have a job of one of these names: one, unless somebody added another by hand."""
    return [(each, found) for name in called for each in every(machine) if (found := each.found(name)) is not None]
