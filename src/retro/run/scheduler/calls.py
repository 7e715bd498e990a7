"""The machine as its schedulers are reached: its programs, its folders, who is logged in."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from retro.disk import put_whole, refusal
from retro.i18n import text as _
from retro.ports import ConfigurationError

_SECONDS = 60
_MOST_SAID = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program answered; `code` 127 where there is no such program."""

    code: int
    out: str = ""
    err: str = ""

    @property
    def well(self) -> bool:
        """Whether it did what it was asked to."""
        return self.code == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """`system` is `sys.platform`'s word, `user` the number of the account (0 where the system has none)."""

    system: str
    home: Path
    environment: Mapping[str, str]
    user: int = 0
    pause: Callable[[float], None] = time.sleep
    """Waits so many seconds."""

    @classmethod
    def here(cls) -> "Machine":
        """This one."""
        return cls(
            system=sys.platform,
            home=Path.home(),
            environment=dict(os.environ),
            user=os.getuid() if hasattr(os, "getuid") else 0,
        )

    def has(self, program: str) -> bool:
        """Whether a program can be found."""
        return shutil.which(program, path=self.environment.get("PATH")) is not None

    def call(self, words: Sequence[str], feed: str | None = None) -> Answer:
        """Run a program with `feed` on its standard input. Never raises: what goes wrong is in the answer."""
        found = shutil.which(words[0], path=self.environment.get("PATH"))
        if found is None:
            return Answer(127, err=_("there is no program of this name."))
        try:
            done = subprocess.run(  # noqa: S603 - the system's own scheduler, without a shell
                [found, *words[1:]],
                input=feed.encode("utf-8", "surrogateescape") if feed is not None else None,
                stdin=subprocess.DEVNULL if feed is None else None,
                capture_output=True,
                timeout=_SECONDS,
                check=False,
                env=dict(self.environment),
            )
        except (OSError, subprocess.SubprocessError) as error:
            return Answer(126, err=str(error))
        return Answer(done.returncode, _text(done.stdout, self.system), _text(done.stderr, self.system))

    def demand(self, words: Sequence[str], feed: str | None = None) -> Answer:
        """`call`, of which a refusal raises ConfigurationError with the program's own words."""
        answer = self.call(words, feed)
        if not answer.well:
            said = " ".join((answer.err or answer.out).split())[:_MOST_SAID] or _("without a word")
            raise ConfigurationError(
                _("the system’s scheduler did not take the job ({reason}).", reason=said),
                where=" ".join(words[:2]),
                remedy=_("Try another with `--with`, or see docs/cron.md for how to write it by hand."),
            )
        return answer


def _text(said: bytes, system: str) -> str:
    """What a program said; its own bytes survive the way back.

    Windows writes XML in two bytes a letter, and speaks as its old consoles do (`oem`).
    """
    if said.startswith((b"\xff\xfe", b"\xfe\xff")):
        return said.decode("utf-16", "replace")
    if system == "win32":
        with suppress(UnicodeDecodeError):
            return said.decode("utf-8")
        return said.decode("oem", "replace")
    return said.decode("utf-8", "surrogateescape")


def put_file(path: Path, content: bytes) -> None:
    """Write a file of the scheduler's, with its folder. Raises ConfigurationError that says what to do."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_whole(content, path)
    except OSError as error:
        raise _unwritable(path, error) from error


def take_away(path: Path) -> bool:
    """Remove a file; whether it was there. Raises ConfigurationError."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unwritable(path, error) from error
    return True


def _unwritable(path: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError(
        refusal(error),
        where=str(path),
        remedy=_("Give your account the right to write there, or try another scheduler with `--with`."),
    )
