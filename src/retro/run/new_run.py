"""A run as it begins: its id, its command, when, and whose hand it was."""

import getpass
from uuid import uuid4

from retro.ports import Clock, RunRecord


def new_run(command: str, clock: Clock) -> RunRecord:
    """The record of a run that begins now; the log tells of it who ran what."""
    return RunRecord(id=uuid4().hex[:12], command=command, started=clock.now(), who=_account())


def _account() -> str:
    """The name of the account on this machine; "" where it tells none, as containers may."""
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        return ""
