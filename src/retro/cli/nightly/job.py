"""The one nightly run of a retro.toml: where it stands, and the job that a scheduler is given for it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from retro.i18n import text as _

if TYPE_CHECKING:
    from datetime import time

    from retro.cli.session import Session
    from retro.run.scheduler.calls import Machine
    from retro.run.scheduler.found import Scheduler
    from retro.run.scheduler.job import Job


def state_of(session: Session) -> Path:
    """The folder of the state, whole. Raises ConfigurationError without a retro.toml."""
    from retro.ports import ConfigurationError

    state = session.configuration.state
    if state is None:
        raise ConfigurationError(
            _("there is no retro.toml here or above, so that nothing says which boards to read."),
            remedy=_("Make one with `retro init`, or go to its folder; then run the command again."),
        )
    return state.resolve()


def file_of(session: Session) -> Path:
    """The retro.toml, whole; `state_of` has seen to it that there is one."""
    return session.configuration.path or Path()


def job_of(session: Session, machine: Machine, scheduler: Scheduler, at: time) -> Job:
    """The job, every day at `at`. Raises ConfigurationError of names that no scheduler can hold."""
    from retro.run.scheduler.hours import next_due
    from retro.run.scheduler.job import Job, checked
    from retro.run.scheduler.surroundings import carried, secrets_of

    environment = machine.environment
    domain, user = environment.get("USERDOMAIN", ""), environment.get("USERNAME", "")
    return checked(
        Job(
            configuration=file_of(session),
            state=state_of(session),
            interpreter=_windowless(Path(sys.executable)),
            at=at,
            first=next_due(session.now, at).date(),
            environment=carried(
                secrets_of(session.settings), environment, scheduler=scheduler.name, system=machine.system
            ),
            account=f"{domain}\\{user}" if machine.system == "win32" and domain and user else "",
        )
    )


def _windowless(interpreter: Path) -> Path:
    """The interpreter that opens no black window each morning, where there is one (Windows)."""
    quiet = interpreter.with_name("pythonw.exe")
    return quiet if interpreter.name.lower() == "python.exe" and quiet.is_file() else interpreter
