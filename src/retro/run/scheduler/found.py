"""What the system's schedulers have in common."""

from dataclasses import dataclass
from datetime import time
from typing import Protocol

from retro.run.scheduler.job import Job


@dataclass(frozen=True, slots=True)
class Found:
    """A job that a scheduler has: at what time (None: somebody changed it beyond that), and where to look for it."""

    at: time | None
    place: str


class Scheduler(Protocol):
    """One of the system's schedulers, for one account."""

    @property
    def name(self) -> str:
        """What `--with` calls it."""
        ...

    def offered(self) -> bool:
        """Whether it is there, and answers for this account."""
        ...

    def writes(self, job: Job) -> dict[str, str]:
        """What `install` puts where, by file or by the command that takes it."""
        ...

    def install(self, job: Job) -> None:
        """Give it the job, in the place of one of that name. Raises ConfigurationError."""
        ...

    def found(self, name: str) -> Found | None:
        """The job of that name; None where it has none."""
        ...

    def remove(self, name: str) -> bool:
        """Take the job away; whether there was one. Raises ConfigurationError."""
        ...

    def catches_up(self) -> str:
        """What becomes of a run whose time the machine slept through, in a sentence."""
        ...
