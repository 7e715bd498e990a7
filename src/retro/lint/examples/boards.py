"""Tasks, boards and schedules as an example writes them down: usual unless it says otherwise."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from retro.i18n.words import fold
from retro.model import (
    AnchorVerdict,
    Attachment,
    Board,
    BoardKind,
    Category,
    CheckItem,
    Day,
    Estimate,
    EstimateOrigin,
    Lag,
    Link,
    LinkType,
    Membership,
    Owner,
    OwnerKind,
    Role,
    Schedule,
    Status,
    StatusOrigin,
    Task,
    TaskSchedule,
    Unreadable,
)

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
    description: str | None = None,
    checklist: tuple[CheckItem, ...] = (),
    attachments: tuple[Attachment, ...] = (),
    estimates: tuple[Estimate, ...] = (),
    client: str | None = None,
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
        description=description,
        checklist=checklist,
        attachments=attachments,
        estimates=estimates,
        client=client,
    )


def planned(
    title: str,
    *,
    work: int = 420,
    origin: EstimateOrigin = EstimateOrigin.NUMBER,
    latest_start: datetime | None = None,
    latest: datetime | None = None,
    advised: datetime | None = None,
    anchor: str | None = None,
    margin: int | None = None,
) -> TaskSchedule:
    """What the schedule says of a task named by its title; `work` in minutes, a day's unless the example says more."""
    return TaskSchedule(
        key=key_of(title),
        estimate_minutes=work,
        estimate_origin=origin,
        work_minutes=work,
        latest_start=latest_start,
        latest_finish=latest,
        advised_finish=advised,
        anchor=anchor,
        margin_minutes=margin,
    )


def verdict_on(title: str, day: date) -> AnchorVerdict:
    """A date that can be met, and that the task of this title stands for."""
    ends = datetime(day.year, day.month, day.day, 17, tzinfo=ZONE)
    return AnchorVerdict(key=key_of(title), name=title, project="p", date=ends, feasible=True, day=day)


def a_schedule(*tasks: TaskSchedule, anchors: tuple[AnchorVerdict, ...] = ()) -> Schedule:
    """A schedule of some tasks."""
    return Schedule(tasks={each.key: each for each in tasks}, anchors=anchors)


def a_link(predecessor: str, successor: str, kind: LinkType = LinkType.FS, lag: Lag | None = None) -> Link:
    """A link between two tasks named by their titles."""
    return Link(key_of(predecessor), key_of(successor), kind, lag or Lag())
