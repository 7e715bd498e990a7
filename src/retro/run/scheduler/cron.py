"""The nightly run as a line of the account's crontab.

Cron makes up for nothing that it slept through. So the line comes every hour, at the minute that was asked for, and
`nightly run --due 06:30` leaves at once and without a word unless a run is due: the first hour after waking does it.
"""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from retro.i18n import text as _
from retro.ports import ConfigurationError
from retro.run.scheduler.calls import Answer, Machine
from retro.run.scheduler.found import Found
from retro.run.scheduler.job import Job, impossible

_NONE_YET, _NOTHING = 1, "no crontab"
_NO_TABLE = re.compile(r"no (?:f?cron ?tab)|no such file", re.IGNORECASE)
"""How crons say that an account has none yet, if they say anything: Vixie's, cronie, BusyBox, fcron, systemd-cron."""
_MOST_SAID = 300
_DUE = re.compile(r" --due (\d\d):(\d\d)\b")


def lines(job: Job) -> str:
    """The two lines of a job: a comment that says whose it is, and the command.

    Raises ConfigurationError of a backslash, which crons read in different ways.
    """
    if any("\\" in word for word in job.command()):
        raise impossible(next(word for word in job.command() if "\\" in word))
    # Cron ends the command at a bare % and hands the rest to its standard input.
    command = shlex.join(job.command(due=True)).replace("%", "\\%")
    return f"{_mark(job.name)}\n{job.at.minute} * * * * {command}\n"


def without(table: str, name: str) -> str:
    """A crontab without the lines of a job; every other line stays as it is."""
    return "".join(_kept(table, name))


def _kept(table: str, name: str) -> Iterator[str]:
    ours = False
    for line in table.splitlines(keepends=True):
        if line.rstrip("\r\n") == _mark(name):
            ours = True
        elif ours and " nightly run " in line:
            ours = False
        else:
            ours = False
            yield line


def _mark(name: str) -> str:
    return f"# {name}: every day, by `retro nightly install`"


@dataclass(frozen=True, slots=True)
class Cron:
    """The crontab of the account."""

    machine: Machine
    name: str = "cron"

    def offered(self) -> bool:
        """Whether there is one."""
        return self.machine.has("crontab")

    def writes(self, job: Job) -> dict[str, str]:
        """The lines that are added."""
        return {"crontab": lines(job)}

    def install(self, job: Job) -> None:
        """Add the lines, in the place of those that were there.

        Raises ConfigurationError, also where the crontab that is there cannot be read: it would be lost.
        """
        if (refused := self._refused()) is not None:
            raise ConfigurationError(
                _("your crontab cannot be read ({reason}), so that nothing is written to it.", reason=refused),
                where="crontab -l",
                remedy=_("Try another with `--with`, or see docs/cron.md for how to write it by hand."),
            )
        table = without(self._table(), job.name)
        if table and not table.endswith("\n"):
            table += "\n"
        self.machine.demand(["crontab", "-"], table + lines(job))

    def found(self, name: str) -> Found | None:
        """The lines of that name."""
        table = self._table()
        kept = without(table, name)
        if kept == table:
            return None
        match = _DUE.search(table, table.index(_mark(name)))
        return Found(time(int(match[1]), int(match[2])) if match else None, "crontab -l")

    def remove(self, name: str) -> bool:
        """Take the lines away; a crontab that held nothing else goes with them."""
        table = self._table()
        kept = without(table, name)
        if kept == table:
            return False
        if kept.strip():
            self.machine.demand(["crontab", "-"], kept)
        else:
            self.machine.demand(["crontab", "-r"])
        return True

    def catches_up(self) -> str:
        """What becomes of a run whose time the machine slept through."""
        return _(
            "Cron looks every hour whether a run is due: one that was missed while the machine slept is made up for "
            "within the hour after it wakes."
        )

    def _table(self) -> str:
        answer = self._listed()
        return answer.out if answer.well else ""

    def _refused(self) -> str | None:
        """What keeps a crontab from being read; None where it can be, or where there is none yet."""
        answer = self._listed()
        if answer.well or (answer.code == _NONE_YET and _NO_TABLE.search(answer.err or _NOTHING)):
            return None
        return " ".join(answer.err.split())[:_MOST_SAID] or _("without a word")

    def _listed(self) -> Answer:
        return self.machine.call(["crontab", "-l"])
