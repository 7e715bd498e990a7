"""Findings: what a rule says of a task, a board or a project. Facts only; the wording is in the catalogues."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from datetime import date
from enum import StrEnum

from retro.model.dates import Day
from retro.model.quickly import quickly_made


class Severity(StrEnum):
    """How much a finding matters; `off` is a rule's setting, never a finding's."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"
    OFF = "off"

    @property
    def rank(self) -> int:
        """0 for error, growing as it matters less."""
        return _ORDER.index(self)


_ORDER = (Severity.ERROR, Severity.WARNING, Severity.INFO, Severity.OFF)

Param = str | int | float | bool | date | tuple[str, ...] | None
"""A fact inside a finding: rendered by language, given as it is in JSON."""


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence of a catalogue: the English text with `{name}` places, which is also its key for translation.

    With `plural`, the form is chosen by the fact named `count`.
    """

    text: str
    plural: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """The change that would mend a finding; `safe` is false where it may trigger automations or change meaning."""

    field: str
    new: Day | str | None
    safe: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The tasks of an aggregated finding: how many, out of how many that the rule judges, and which."""

    count: int
    base: int
    keys: tuple[str, ...]


@quickly_made
@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One remark. Its identity (baseline, suppression) is `(code, subject, field, detail)`.

    `subject` is a task, board, project, person-and-week or cycle; `task` is the task's key where it is one, and
    `tally` takes its place in an aggregated finding.
    """

    code: str
    name: str
    severity: Severity
    template: Template
    params: Mapping[str, Param] = default(default_factory=dict)
    subject: str = ""
    board: str | None = None
    project: str | None = None
    task: str | None = None
    tally: Tally | None = None
    field: str | None = None
    detail: str = ""
    fix: Fix | None = None
    primary: bool = True
    assumed: bool = False
    """Rests on an assumption: at most info, and the message says so."""

    @property
    def identity(self) -> tuple[str, str, str, str]:
        """What stays the same from run to run: code, subject, field, detail."""
        return (self.code, self.subject, self.field or "", self.detail)
