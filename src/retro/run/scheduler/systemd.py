"""The nightly run as a timer of systemd, of the account's own: no administrator is asked."""

import re
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from retro.i18n import text as _
from retro.run.scheduler.calls import Machine, put_file, take_away
from retro.run.scheduler.found import Found
from retro.run.scheduler.job import Job

_QUOTES = frozenset("\"'\\")
_TIME = re.compile(r"^OnCalendar=\*-\*-\* (\d\d):(\d\d):00$", re.MULTILINE)


def timer(job: Job) -> str:
    """The timer: each day, and at once where the machine was off or asleep at that time (Persistent)."""
    return (
        "[Unit]\n"
        f"Description=retro: when {_line(str(job.configuration))} is read\n\n"
        "[Timer]\n"
        f"OnCalendar=*-*-* {job.at:%H:%M}:00\n"
        "AccuracySec=1min\n"
        "Persistent=true\n\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )


def service(job: Job) -> str:
    """What the timer starts. `TimeoutStartSec` is above `deadline` in [sync], thrice, with the waits between."""
    first, *rest = job.command()
    if not _QUOTES.isdisjoint(first):
        # systemd starts no program with a quotation mark in its path; a shell does.
        first, rest = "/bin/sh", ["-c", 'exec "$0" "$@"', first, *rest]
    words = " ".join([_executable(first), *(_word(word) for word in rest)])
    return (
        "[Unit]\n"
        f"Description=retro: the nightly run of {_line(str(job.configuration))}\n\n"
        "[Service]\n"
        "Type=oneshot\n"
        f"ExecStart={words}\n"
        "TimeoutStartSec=8h\n"
        "UMask=0077\n"
    )


def _line(text: str) -> str:
    """A text that systemd takes as it is, to the end of the line."""
    return text.replace("\\", "\\\\").replace("%", "%%")


def _executable(word: str) -> str:
    """The program of a command line: no variable is looked for in it."""
    return '"' + _line(word).replace('"', '\\"') + '"'


def _word(word: str) -> str:
    """One argument: systemd would replace `%h` and `$HOME`."""
    return _executable(word).replace("$", "$$")


@dataclass(frozen=True, slots=True)
class Systemd:
    """systemd, as its user's own instance."""

    machine: Machine
    name: str = "systemd"

    def offered(self) -> bool:
        """Whether it is there, and answers for this account."""
        return self.machine.call(["systemctl", "--user", "show", "--property=Version"]).well

    def writes(self, job: Job) -> dict[str, str]:
        """What `install` puts where."""
        folder = self._folder()
        return {
            str(folder / f"{job.name}.service"): service(job),
            str(folder / f"{job.name}.timer"): timer(job),
        }

    def install(self, job: Job) -> None:
        """Write the units and start the timer. Raises ConfigurationError."""
        for path, text in self.writes(job).items():
            put_file(Path(path), text.encode("utf-8", "surrogateescape"))
        self.machine.demand(["systemctl", "--user", "daemon-reload"])
        self.machine.demand(["systemctl", "--user", "enable", f"{job.name}.timer"])
        self.machine.demand(["systemctl", "--user", "restart", f"{job.name}.timer"])

    def found(self, name: str) -> Found | None:
        """The timer of that name, where it is switched on."""
        path = self._folder() / f"{name}.timer"
        if not path.is_file() or not self.machine.call(["systemctl", "--user", "is-enabled", path.name]).well:
            return None
        match = _TIME.search(path.read_text("utf-8", "surrogateescape"))
        return Found(time(int(match[1]), int(match[2])) if match else None, path.name)

    def remove(self, name: str) -> bool:
        """Stop the timer and take it away, with systemd's note of when it last ran."""
        folder = self._folder()
        there = (folder / f"{name}.timer").exists() or (folder / f"{name}.service").exists()
        if there:
            self.machine.call(["systemctl", "--user", "disable", "--now", f"{name}.timer"])
        for ending in ("timer", "service"):
            take_away(folder / f"{name}.{ending}")
        data = self.machine.environment.get("XDG_DATA_HOME") or self.machine.home / ".local" / "share"
        take_away(Path(data) / "systemd" / "timers" / f"stamp-{name}.timer")
        if there:
            self.machine.call(["systemctl", "--user", "daemon-reload"])
        return there

    def catches_up(self) -> str:
        """What becomes of a run whose time the machine slept through."""
        return _(
            "It runs while you are logged in; a run that was missed is made up for at once. "
            "To let it run when nobody is logged in: `loginctl enable-linger`."
        )

    def _folder(self) -> Path:
        named = self.machine.environment.get("XDG_CONFIG_HOME")
        return Path(named or self.machine.home / ".config") / "systemd" / "user"
