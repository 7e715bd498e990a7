"""The nightly run as an agent of macOS, of the account's own: it runs while that account is logged in."""

import plistlib
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from xml.parsers.expat import ExpatError

from retro.i18n import text as _
from retro.run.scheduler.calls import Machine, put_file, take_away
from retro.run.scheduler.found import Found
from retro.run.scheduler.job import Job

_TRIES = 4


def label(name: str) -> str:
    """What launchd calls a job."""
    return f"org.retroplan.{name}"


def agent(job: Job) -> str:
    """The property list.

    launchd itself makes up for a time that the machine slept through, but not for one when it was switched off: so the
    agent starts at log-in too, and leaves at once unless a run is due.
    """
    return plistlib.dumps(
        {
            "Label": label(job.name),
            "ProgramArguments": list(job.command(due=True)),
            "StartCalendarInterval": {"Hour": job.at.hour, "Minute": job.at.minute},
            "RunAtLoad": True,
            "ProcessType": "Background",
            "Umask": 0o077,
        },
        sort_keys=False,
    ).decode("utf-8")


@dataclass(frozen=True, slots=True)
class Launchd:
    """launchd, in the session of the account."""

    machine: Machine
    name: str = "launchd"

    def offered(self) -> bool:
        """Whether it is there."""
        return self.machine.has("launchctl")

    def writes(self, job: Job) -> dict[str, str]:
        """The file of the agent."""
        return {str(self._file(job.name)): agent(job)}

    def install(self, job: Job) -> None:
        """Write the file and have it loaded. Raises ConfigurationError."""
        path = self._file(job.name)
        put_file(path, agent(job).encode("utf-8"))
        self._unload(job.name)
        words = ["launchctl", "bootstrap", self._session(), str(path)]
        # launchd unloads in its own time, and takes no second agent of that name before.
        for _try in range(_TRIES - 1):
            if self.machine.call(words).well:
                return
            self.machine.pause(1)
        self.machine.demand(words)

    def found(self, name: str) -> Found | None:
        """The agent of that name, where it is loaded."""
        path = self._file(name)
        if not path.is_file() or not self.machine.call(["launchctl", "print", self._target(name)]).well:
            return None
        return Found(_time_in(path), str(path))

    def remove(self, name: str) -> bool:
        """Have it unloaded, and take the file away."""
        path = self._file(name)
        if not path.exists():
            return False
        self._unload(name)
        return take_away(path)

    def catches_up(self) -> str:
        """What becomes of a run whose time the machine slept through."""
        return _(
            "It runs while you are logged in; a run that was missed is made up for when the Mac wakes, or when you log "
            "in."
        )

    def _unload(self, name: str) -> None:
        self.machine.call(["launchctl", "bootout", self._target(name)])

    def _session(self) -> str:
        return f"gui/{self.machine.user}"

    def _target(self, name: str) -> str:
        return f"{self._session()}/{label(name)}"

    def _file(self, name: str) -> Path:
        return self.machine.home / "Library" / "LaunchAgents" / f"{label(name)}.plist"


def _time_in(path: Path) -> time | None:
    try:
        told = plistlib.loads(path.read_bytes())["StartCalendarInterval"]
        return time(int(told["Hour"]), int(told["Minute"]))
    except (OSError, ValueError, KeyError, TypeError, ExpatError):
        return None
