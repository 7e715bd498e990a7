"""The nightly run as a task of Windows, of the account's own: no administrator is asked, no password is kept."""

import re
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from xml.sax.saxutils import escape

from retro.i18n import text as _
from retro.run.scheduler.calls import Machine, put_file
from retro.run.scheduler.found import Found
from retro.run.scheduler.job import Job, impossible

_REPLACED = re.compile(r"%\w[\w()]*%|\$\(")
"""What the Task Scheduler would replace by a variable's value; it knows no way to write it otherwise."""
_START = re.compile(r"<StartBoundary>[^<]*T(\d\d):(\d\d):\d\d[^<]*</StartBoundary>")


def task(job: Job) -> str:
    """The task's description, in the Task Scheduler's own XML.

    It begins with the next run: a beginning in the past would count as one that was missed. Raises ConfigurationError
    of a path in which Windows would see a variable.
    """
    first, *rest = job.command()
    if replaced := next((word for word in job.command() if _REPLACED.search(word)), None):
        raise impossible(replaced)
    owner = f"\n      <UserId>{escape(job.account)}</UserId>" if job.account else ""
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>retro: {escape(str(job.configuration))}</Description>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <StartBoundary>{job.first:%Y-%m-%d}T{job.at:%H:%M}:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">{owner}
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT8H</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(first)}</Command>
      <Arguments>{escape(subprocess.list2cmdline(rest))}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


@dataclass(frozen=True, slots=True)
class TaskScheduler:
    """The Task Scheduler, as `schtasks` speaks to it."""

    machine: Machine
    name: str = "schtasks"

    def offered(self) -> bool:
        """Whether it is there."""
        return self.machine.has("schtasks")

    def writes(self, job: Job) -> dict[str, str]:
        """The description that `schtasks` is given."""
        return {f"schtasks /Create /TN {job.name}": task(job)}

    def install(self, job: Job) -> None:
        """Give it the task, in the place of one of that name. Raises ConfigurationError."""
        with tempfile.TemporaryDirectory(prefix="retro-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / f"{job.name}.xml"
            put_file(path, task(job).encode("utf-16"))
            self.machine.demand(["schtasks", "/Create", "/TN", job.name, "/XML", str(path), "/F"])

    def found(self, name: str) -> Found | None:
        """The task of that name."""
        answer = self.machine.call(["schtasks", "/Query", "/TN", name, "/XML"])
        if not answer.well:
            return None
        match = _START.search(answer.out)
        return Found(time(int(match[1]), int(match[2])) if match else None, name)

    def remove(self, name: str) -> bool:
        """Take the task away. Raises ConfigurationError."""
        if self.found(name) is None:
            return False
        self.machine.demand(["schtasks", "/Delete", "/TN", name, "/F"])
        return True

    def catches_up(self) -> str:
        """What becomes of a run whose time the machine slept through."""
        return _("It runs while you are logged in; a run that was missed is made up for as soon as that is possible.")
