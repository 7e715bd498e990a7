"""Boards of a few tasks that show what a rule means: at once its tests and the pictures on its page.

A schedule is given as data where a rule reads one: what dates come from is another room's business.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from retro.calendars import DEFAULT_WEEK, Calendar
from retro.i18n.words import fold
from retro.model import (
    Anchor,
    AnchorOrigin,
    Board,
    BoardKind,
    Category,
    Day,
    Lag,
    Link,
    LinkType,
    Membership,
    Owner,
    OwnerKind,
    Param,
    Person,
    Portfolio,
    Project,
    Role,
    Schedule,
    Status,
    StatusOrigin,
    Task,
    Unreadable,
    UnresolvedLink,
)
from retro.ports import Capabilities, Context

ZONE = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 11, 9, tzinfo=ZONE)
"""A Monday morning: the clock of every example that names no other."""

BOARD = "trello:campagne"
LISTS = {
    "Idées": Category.IDEA,
    "À planifier": Category.TODO,
    "À produire": Category.DOING,
    "En validation": Category.REVIEW,
    "Prêt pour lancement": Category.READY,
    "Terminé": Category.DONE,
    "Annulé": Category.CANCELLED,
}
"""The usual lists and what they mean; any other is a list that no word list knows."""


def key_of(title: str) -> str:
    """The key that an example's task gets from its title."""
    return "trello:" + "-".join(re.findall(r"[a-z0-9]+", fold(title)))


def status(name: str) -> Status:
    """The status of a list's name; an unknown one is taken for "to do", and only assumed."""
    if name in LISTS:
        return Status(name, LISTS[name], StatusOrigin.MAPPED)
    return Status(name, Category.TODO, StatusOrigin.INFERRED)


def a_board(
    name: str = "Campagne",
    *,
    key: str = BOARD,
    kind: BoardKind = BoardKind.PROJECT,
    alias: str = "campagne",
    sections: tuple[str, ...] = tuple(LISTS),
    channels: tuple[str, ...] = (),
) -> Board:
    """A board with the usual lists."""
    return Board(
        key=key,
        name=name,
        source="equipe",
        alias=alias,
        kind=kind,
        sections=tuple(map(status, sections)),
        channels=channels,
    )


def a_task(
    title: str,
    *,
    key: str | None = None,
    on: str = BOARD,
    section: str = "À planifier",
    owners: tuple[str, ...] = ("Léa Martin",),
    start: Day | None = None,
    due: Day | None = date(2027, 2, 1),
    parent: str | None = None,
    labels: tuple[str, ...] = (),
    channel: str | None = None,
    milestone: bool = False,
    text_owners: bool = False,
    phase: str | None = None,
    updated: datetime | None = None,
    unreadable: tuple[tuple[str, str], ...] = (),
    role: Role = Role.TASK,
) -> Task:
    """A task as a team writes it: owned, dated and in a usual list unless the example says otherwise."""
    found = status(section)
    kind = OwnerKind.TEXT if text_owners else OwnerKind.PERSON
    return Task(
        key=key or key_of(title),
        board=on,
        title=title,
        owners=tuple(Owner(fold(name), name, kind) for name in owners),
        start=start,
        due=due,
        status=found,
        memberships=(Membership(on, section),),
        parent=parent,
        labels=labels,
        channel=channel,
        milestone=milestone,
        phase=phase,
        updated=updated,
        unreadable=tuple(Unreadable(field, text) for field, text in unreadable),
        assumed=frozenset({"status"} if found.origin is StatusOrigin.INFERRED else ()),
        role=role,
    )


def a_link(predecessor: str, successor: str, kind: LinkType = LinkType.FS, lag: Lag | None = None) -> Link:
    """A link between two tasks named by their titles."""
    return Link(key_of(predecessor), key_of(successor), kind, lag or Lag())


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A small portfolio at one instant, the options that the rule has there, and what it shows."""

    says: str
    tasks: tuple[Task, ...]
    links: tuple[Link, ...] = ()
    boards: tuple[Board, ...] = ()
    end: date | None = None
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
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])

    def context(self) -> Context:
        """What a rule would see of it. The boards of kind project are one project; the week is the usual one."""
        project = tuple(board.key for board in self.boards if board.kind is BoardKind.PROJECT)
        return Context(
            portfolio=Portfolio(
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
        )

    def _project(self, boards: tuple[str, ...]) -> Project:
        given: tuple[Anchor, ...] = ()
        if self.end is not None:
            given = (Anchor(key="lancement", name="Lancement", date=self.end, project="p", origin=AnchorOrigin.OPTION),)
        return Project(
            key="p",
            name="Campagne",
            boards=boards,
            tasks=tuple(task.key for task in self.tasks if task.board in boards),
            anchors=given,
        )


def case(
    says: str,
    *tasks: Task,
    links: tuple[Link, ...] = (),
    boards: tuple[Board, ...] = (),
    end: date | None = None,
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
    options: Mapping[str, Any] | None = None,
) -> Case:
    """An example: what it shows, its tasks, and what else a rule may look at. Without a board, there is one."""
    return Case(
        says=says,
        tasks=tasks,
        links=links,
        boards=boards or (a_board(),),
        end=end,
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
        options=options or {},
    )


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
