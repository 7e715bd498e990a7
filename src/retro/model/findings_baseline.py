"""Findings that a team accepts for now, each by what stays the same of it from run to run."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedFinding:
    """One accepted finding: its identity, and what a reader needs to know it again."""

    code: str
    subject: str
    field: str = ""
    detail: str = ""
    board: str = ""
    """Key of its board; "" where it belongs to none (a person's week, a project over several)."""
    title: str = ""
    """What it is about, for the reader: the task's title, the board's or the project's name."""
    since: date | None = None
    """The day on which it was accepted."""
    tasks: tuple[str, ...] = ()
    """Of a finding on most of a board: the tasks that it stood for, so that none of them is new when it comes apart."""

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """As `Finding.identity`."""
        return (self.code, self.subject, self.field, self.detail)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsBaseline:
    """All of them, in order of identity, and when they were last written (aware)."""

    written: datetime
    findings: tuple[AcceptedFinding, ...] = ()
