"""What a scheduler is to start, and when: one job a retro.toml. Pure: the paths may be another system's."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import PurePath

from retro.i18n import text as _
from retro.ports import ConfigurationError

TRIES = 3
"""A laptop that wakes has no network for a while: so often is a run tried whose boards could not be reached."""
_NAME_LENGTH = 24
_UNHELD = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One nightly run: every day at `at`, by the machine's own clock.

    `environment` is what the run needs and a scheduler does not pass on; secrets are no part of it. `account` is
    whose job it is, as Windows writes it, with its domain; empty elsewhere.
    """

    configuration: PurePath
    state: PurePath
    interpreter: PurePath
    at: time
    first: date
    """The day of its first run."""
    environment: Mapping[str, str] = field(default_factory=dict[str, str])
    account: str = ""

    @property
    def name(self) -> str:
        """What the scheduler calls it: the same for one retro.toml whenever it is asked, another for each."""
        return job_name(self.configuration)

    @property
    def identity(self) -> tuple[str, ...]:
        """The command line without its variables, which are others in each terminal."""
        return replace(self, environment={}).command()

    def command(self, *, due: bool = False) -> tuple[str, ...]:
        """The command line; with `due`, one that may be started often and runs once a day, at `at` or after it."""
        words = [str(self.interpreter), "-P", "-m", "retro.cli", "-c", str(self.configuration), "nightly", "run"]
        words += ["--state", str(self.state), "--tries", str(TRIES)]
        words += ["--due", f"{self.at:%H:%M}"] if due else []
        for name, value in sorted(self.environment.items()):
            words += ["--env", f"{name}={value}"]
        return tuple(words)


def job_name(configuration: PurePath) -> str:
    """The name of the job of a retro.toml: its folder's, in letters that no scheduler minds, and eight of a digest."""
    plain = unicodedata.normalize("NFKD", configuration.parent.name).encode("ascii", "ignore").decode().lower()
    called = re.sub(r"[^a-z0-9]+", "-", plain)[:_NAME_LENGTH].strip("-") or "plan"
    digest = hashlib.sha256(str(configuration).encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return f"retro-{called}-{digest}"


def checked(job: Job) -> Job:
    """The job, where every scheduler can hold its words.

    Raises ConfigurationError of a path with a line break, another control character, or bytes that are no text.
    """
    for word in job.command():
        if any(unicodedata.category(char) in _UNHELD for char in word):
            raise impossible(word)
    return job


def impossible(word: str) -> ConfigurationError:
    """A path that a scheduler has no way to write down."""
    shown = "".join(char if char.isprintable() else "�" for char in word)
    return ConfigurationError(
        _("the scheduler cannot hold this name."),
        where=shown,
        remedy=_("Give the folder a name of plain letters and figures, then run `retro nightly install` again."),
    )
