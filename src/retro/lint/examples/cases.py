"""Examples: a small portfolio at one instant, and what a rule must say of it.

A schedule is given as data where a rule reads one: what dates come from is another room's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

from retro.calendars import DEFAULT_WEEK, Calendar
from retro.lint.examples.boards import NOW, ZONE, a_board, key_of
from retro.model import (
    Anchor,
    AnchorOrigin,
    Board,
    BoardKind,
    Day,
    History,
    Link,
    Param,
    Person,
    Portfolio,
    Project,
    Schedule,
    SourceState,
    SuppressionFact,
    Task,
    UnresolvedLink,
)
from retro.ports import Capabilities, Context, Discovered


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A small portfolio at one instant, the options that the rule has there, and what it shows."""

    says: str
    tasks: tuple[Task, ...]
    links: tuple[Link, ...] = ()
    boards: tuple[Board, ...] = ()
    end: date | None = None
    end_origin: AnchorOrigin = AnchorOrigin.OPTION
    now: datetime = NOW
    schedule: Schedule = field(default_factory=Schedule)
    people: tuple[Person, ...] = ()
    channels: tuple[str, ...] = ()
    clients: tuple[str, ...] = ()
    capabilities: Mapping[str, Capabilities] = field(default_factory=dict[str, Capabilities])
    calendars: Mapping[str, Calendar] = field(default_factory=dict[str, Calendar])
    meeting: str = ""
    own_touches: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    touched_before: Mapping[str, datetime] = field(default_factory=dict[str, datetime])
    unresolved: tuple[UnresolvedLink, ...] = ()
    sources: tuple[SourceState, ...] = ()
    outside: tuple[Discovered, ...] = ()
    guardian: str = ""
    history: History | None = None
    rescheduled: Schedule | None = None
    """What a rule is given that asks for another schedule."""
    suppressions: tuple[SuppressionFact, ...] = ()
    """What became of exceptions on cards: where a line stands on one, another room finds out."""
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def context(self) -> Context:
        """What a rule would see of it. The boards of kind project are one project; the week is the usual one."""
        project = tuple(board.key for board in self.boards if board.kind is BoardKind.PROJECT)
        return Context(
            portfolio=Portfolio(
                sources=self.sources,
                boards=self.boards,
                tasks=self.tasks,
                people=self.people,
                links=self.links,
                unresolved=self.unresolved,
                projects=(self._project(project),) if project else (),
            ),
            schedule=self.schedule,
            calendar=Calendar(week=DEFAULT_WEEK, zone=ZONE),
            now=self.now,
            zone=ZONE,
            capabilities=self.capabilities,
            channels=self.channels,
            clients=self.clients,
            calendars=self.calendars,
            meeting=self.meeting,
            own_touches=self.own_touches,
            touched_before=self.touched_before,
            outside=self.outside,
            suppressions=self.suppressions,
            history=self.history,
            reschedule=None if self.rescheduled is None else partial(_given, self.rescheduled),
        )

    def _project(self, boards: tuple[str, ...]) -> Project:
        given: tuple[Anchor, ...] = ()
        if self.end is not None:
            given = (Anchor(key="lancement", name="Lancement", date=self.end, project="p", origin=self.end_origin),)
        return Project(
            key="p",
            name="Campagne",
            boards=boards,
            tasks=tuple(task.key for task in self.tasks if task.board in boards),
            guardian=self.guardian,
            anchors=given,
        )


def case(
    says: str,
    *tasks: Task,
    links: tuple[Link, ...] = (),
    boards: tuple[Board, ...] = (),
    end: date | None = None,
    end_origin: AnchorOrigin = AnchorOrigin.OPTION,
    now: datetime = NOW,
    schedule: Schedule | None = None,
    people: tuple[Person, ...] = (),
    channels: tuple[str, ...] = (),
    clients: tuple[str, ...] = (),
    capabilities: Mapping[str, Capabilities] | None = None,
    calendars: Mapping[str, Calendar] | None = None,
    meeting: str = "",
    own_touches: Mapping[str, datetime] | None = None,
    touched_before: Mapping[str, datetime] | None = None,
    unresolved: tuple[UnresolvedLink, ...] = (),
    sources: tuple[SourceState, ...] = (),
    outside: tuple[Discovered, ...] = (),
    guardian: str = "",
    history: History | None = None,
    rescheduled: Schedule | None = None,
    suppressions: tuple[SuppressionFact, ...] = (),
    options: Mapping[str, Any] | None = None,
) -> Case:
    """An example: what it shows, its tasks, and what else a rule may look at. Without a board, there is one."""
    return Case(
        says=says,
        tasks=tasks,
        links=links,
        boards=boards or (a_board(),),
        end=end,
        end_origin=end_origin,
        now=now,
        schedule=schedule or Schedule(),
        people=people,
        channels=channels,
        clients=clients,
        capabilities=capabilities or {},
        calendars=calendars or {},
        meeting=meeting,
        own_touches=own_touches or {},
        touched_before=touched_before or {},
        unresolved=unresolved,
        sources=sources,
        outside=outside,
        guardian=guardian,
        history=history,
        rescheduled=rescheduled,
        suppressions=suppressions,
        options=options or {},
    )


def _given(schedule: Schedule, _longer: Mapping[str, int]) -> Schedule:
    return schedule


@dataclass(frozen=True, slots=True)
class Expected:
    """What a rule must say of an example: of which subject, with which facts."""

    subject: str
    params: Mapping[str, Param] = field(default_factory=dict[str, Param])
    detail: str = ""
    fix: Day | str | None = None
    """The value that its fix proposes."""
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Bad:
    """An example that a rule must speak of, and what it must say, in order of subject and detail."""

    case: Case
    findings: tuple[Expected, ...]


def bad(shown: Case, *findings: Expected) -> Bad:
    """An example that the rule must speak of."""
    return Bad(shown, findings)


def on(
    title: str, *, detail: str = "", fix: Day | str | None = None, assumed: bool = False, **params: Param
) -> Expected:
    """What a rule must say of the task of this title."""
    return Expected(key_of(title), params, detail, fix, assumed)
