"""From Trello's documents to the common model, for live boards and exports alike. Pure: no request, no clock."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Any

from retro.i18n.words import date_of, field_of, fold, says_milestone
from retro.model import Attachment, Board, CheckItem, Membership, Owner, Person, Snapshot, Status, StatusOrigin, Task
from retro_trello import payload
from retro_trello.card_labels import label_names, names_on
from retro_trello.channel import channel_of
from retro_trello.comments import without
from retro_trello.dependencies import relations
from retro_trello.estimates import estimates, remaining
from retro_trello.fields import Definitions, OwnValue, date_value, definitions, field_text, own_value, uses
from retro_trello.handles import card_handle, number_handle
from retro_trello.history import History, authors, history, told_since
from retro_trello.items import item_of, stands_alone
from retro_trello.labels import of_the_team, own_label
from retro_trello.lenient import created
from retro_trello.remarks import Remarks
from retro_trello.revision import with_revision
from retro_trello.roles import card_role
from retro_trello.settings import BoardSettings
from retro_trello.status import card_status, section_status
from retro_trello.unreadable import unread_values
from retro_trello.warnings import Gaps, cuts, hidden_data, warnings

KIND = "trello"


def key_of(native_id: str) -> str:
    """The key of a board, card or member: ids are global, so an export and the live board agree."""
    return f"{KIND}:{native_id}"


def native_id(key: str) -> str:
    """The id inside a key."""
    return key.removeprefix(f"{KIND}:")


@dataclass(frozen=True, kw_only=True)
class BoardReading:
    """A board's document with what its cards need to be understood; made by `reading`."""

    board: payload.Board
    settings: BoardSettings
    zone: tzinfo
    fields: Definitions
    lists: Mapping[str, payload.BoardList]
    names: Mapping[str, str]
    """People's, by id."""
    checklists: Mapping[str, list[payload.Checklist]] = field(repr=False)
    titles: frozenset[str] = field(repr=False)
    history: History | None = field(repr=False)
    labels: Mapping[str, str] = field(repr=False)
    """Names by id, and by colour for labels without one."""
    gaps: Gaps
    remarks: Remarks

    @cached_property
    def custom_fields(self) -> Mapping[str, payload.CustomField]:
        """All definitions by id, retro's own among them."""
        return {each.id: each for each in self.board.custom_fields}

    @property
    def key(self) -> str:
        """The board's key."""
        return key_of(self.board.id)

    def without_cards(self) -> "BoardReading":
        """What is needed to understand a card that is read by itself: its answer holds its checklists."""
        board = self.board.model_copy(update={"cards": [], "actions": None, "checklists": []})
        return replace(self, board=board, checklists={})

    def with_fields(self, fields: Iterable[payload.CustomField], pins: Mapping[str, str]) -> "BoardReading":
        """The same board with other custom fields on it."""
        known = list(fields)
        board = self.board.model_copy(update={"custom_fields": known})
        return replace(self, board=board, fields=definitions(known, pins))

    def with_label(self, label: str) -> "BoardReading":
        """The same board with a label of retro's on it; "" without."""
        return replace(self, remarks=replace(self.remarks, label=label))


def reading(
    board: payload.Board,
    settings: BoardSettings,
    zone: tzinfo,
    pins: Mapping[str, str] | None = None,
    gaps: Gaps | None = None,
    *,
    remarks: Remarks | None = None,
) -> BoardReading:
    """Index a board's document.

    `pins` are the ids of retro's own fields, by own field; `gaps` what is not in it; `remarks` where retro's stand,
    by default in a field (its label is known by its name even then, so that nobody takes it for the team's).
    """
    checklists: defaultdict[str, list[payload.Checklist]] = defaultdict(list)
    holders = {id_: card.id for card in board.cards for id_ in card.id_checklists}
    for checklist in board.checklists:
        checklists[checklist.id_card or holders.get(checklist.id, "")].append(checklist)
    on_board = {member.id: name for member in board.members if (name := member.full_name or member.username)}
    names = authors(board.actions or ()) | on_board
    place = replace(remarks or Remarks(), label=own_label(board.labels, (pins or {}).get("review", "")))
    ours = place.comments.ids() if place.comments is not None else frozenset[str]()
    return BoardReading(
        board=board,
        settings=settings,
        zone=zone,
        fields=definitions(board.custom_fields, pins or {}),
        lists={each.id: each for each in board.lists},
        names=names,
        checklists=dict(checklists),
        titles=frozenset(fold(card.name) for card in board.cards),
        history=None if board.actions is None else history(without(board.actions, ours), names),
        labels=names_on(board),
        gaps=gaps or Gaps(),
        remarks=place,
    )


def snapshot(on: BoardReading, *, source: str, read_at: datetime, archived_known: bool) -> Snapshot:
    """The whole board."""
    return Snapshot(
        board=_board(on, source, archived_known=archived_known),
        tasks=tuple(task for card in on.board.cards for task in tasks_of(card, on)),
        people=_people(on),
        read_at=read_at,
        history_since=told_since(on.board.actions),
    )


def _people(on: BoardReading) -> tuple[Person, ...]:
    """The board's members; those whose account was closed, and those who have cards but left the board, are gone."""
    closed = {each.id_member for each in on.board.memberships if each.deactivated}
    names = {member.id: member.full_name or member.username for member in on.board.members}
    holders = dict.fromkeys(id_ for card in on.board.cards for id_ in card.id_members if names and id_ not in names)
    return tuple(
        Person(key=key_of(id_), name=name, keys=(key_of(id_),), left=id_ in closed or id_ in holders)
        for id_, name in (*names.items(), *((id_, on.names.get(id_, id_)) for id_ in holders))
    )


def task_of(card: payload.Card, on: BoardReading) -> Task:
    """One card."""
    return tasks_of(card, on)[0]


def tasks_of(card: payload.Card, on: BoardReading) -> tuple[Task, ...]:
    """One card, and the lines of its checklists that are tasks of their own."""
    section = on.lists.get(card.id_list)
    name = section.name if section is not None else ""
    labels = label_names(of_the_team(card, on.remarks.label), on.labels)
    own, marks = own_of(card, on)
    status = card_status(name, labels, on.settings, complete=card.due_complete)
    items = [
        (on.fields.team[i.id_custom_field], i) for i in card.custom_field_items if i.id_custom_field in on.fields.team
    ]
    checklists = card.checklists or on.checklists.get(card.id, [])
    day = on.settings.day_minutes
    links = relations(card.desc, checklists, items, card.attachments, on.titles, day_minutes=day)
    extra = {f.name: value for f, item in items if (value := field_text(f, item, on.zone))}
    said = {meaning: value for heading, value in extra.items() if (meaning := field_of(heading)) is not None}
    dates = _dates(items, on.zone)
    past = on.history
    role = card_role(card, name, on.settings)
    lines = tuple(_check_items(card, checklists, links.not_work, on))
    task = Task(
        key=key_of(card.id),
        board=on.key,
        title=card.name,
        url=card.url or card.short_url or None,
        description=card.desc,
        attachments=tuple(Attachment(each.name, each.url) for each in card.attachments),
        comments=None if past is None else past.comments.get(card.id, ()),
        owners=tuple(_owner(id_, on) for id_ in dict.fromkeys(card.id_members)),
        start=card.start or (None if card.no_start else dates.get("start")),
        due=card.due or (None if card.no_due else dates.get("due")),
        remaining=remaining(items, day_minutes=on.settings.day_minutes, number_unit=on.settings.number_unit),
        estimates=estimates(card.name, labels, items),
        status=status,
        channel=said.get("channel") or channel_of(card.name),
        client=said.get("client"),
        phase=said.get("phase"),
        priority=said.get("priority"),
        labels=labels,
        references=links.references,
        children=links.children,
        related=links.related,
        handles=_handles(card),
        checklist=tuple(line for line in lines if not stands_alone(line, role)),
        milestone=any(says_milestone(label) for label in labels) or says_milestone(said.get("type", "")),
        created=created(card.id),
        updated=card.date_last_activity,
        completed=card.date_completed,
        archived=card.closed or (section is not None and section.closed),
        role=role,
        memberships=(Membership(on.key, name),),
        due_history=() if past is None else past.due_moves.get(card.id, ()),
        assumed=_assumed(status, on),
        opted_out=any(fold(label) == fold(on.settings.opt_out) for label in labels),
        own=own,
        marks=marks,
        extra=extra,
        unreadable=unread_values(card, checklists, on.custom_fields),
    )
    return (with_revision(task), *(item_of(line, task) for line in lines if stands_alone(line, role)))


def _dates(items: Iterable[tuple[payload.CustomField, payload.CustomFieldItem]], zone: tzinfo) -> dict[str, date]:
    """What date fields named Début or Échéance say; a card's own dates go before them."""
    found: dict[str, date] = {}
    for each, item in items:
        name = date_of(each.name) if each.type == "date" else None
        if name is not None and (day := date_value(item, zone)) is not None:
            found.setdefault(name, day)
    return found


def _assumed(status: Status, on: BoardReading) -> frozenset[str]:
    """A status that no list knows; and links, where some of the cards that they would lead to were not read."""
    return frozenset({"status"} if status.origin is StatusOrigin.INFERRED else ()) | (
        {"links"} if on.gaps.cut else frozenset()
    )


def own_of(card: payload.Card, on: BoardReading) -> tuple[dict[str, OwnValue], dict[str, str]]:
    """Retro's own values on a card that are not empty, by own field, and what holds those that stand in no field."""
    values = {
        on.fields.own[item.id_custom_field]: own_value(on.fields.own[item.id_custom_field], item, on.zone)
        for item in card.custom_field_items
        if item.id_custom_field in on.fields.own
    }
    return on.remarks.read(card, {name: value for name, value in values.items() if value is not None})


def _handles(card: payload.Card) -> tuple[str, ...]:
    link = (card_handle(card.short_link),) if card.short_link else ()
    return (*link, number_handle(card.id_short)) if card.id_short is not None else link


def _owner(id_: str, on: BoardReading) -> Owner:
    """A person; one who left the board without a trace is known by the id alone."""
    return Owner(key_of(id_), on.names.get(id_, id_))


def _check_items(
    card: payload.Card, checklists: Iterable[payload.Checklist], not_work: frozenset[str], on: BoardReading
) -> Iterable[CheckItem]:
    for checklist in checklists:
        for item in checklist.check_items:
            if item.id not in not_work:
                yield CheckItem(
                    key=f"{key_of(card.id)}/{item.id}",
                    title=item.name,
                    done=item.state == "complete",
                    checklist=checklist.name,
                    owner=_owner(item.id_member, on) if item.id_member else None,
                    due=item.due,
                )


def _board(on: BoardReading, source: str, *, archived_known: bool) -> Board:
    board = on.board
    return Board(
        key=on.key,
        name=board.name,
        source=source,
        url=board.url or board.short_url or None,
        alias=on.settings.alias,
        sections=tuple(section_status(each.name, on.settings) for each in board.lists if not each.closed),
        archived_known=archived_known,
        guests_see=guests_see(board.prefs, board.memberships),
        own_fields=on.remarks.own_fields(on.fields.own),
        own_in=on.remarks.own_in,
        own_cannot=on.remarks.own_cannot(board),
        whole=not on.gaps.cut,
        cut=cuts(board, on.gaps),
        hidden_data=hidden_data(board),
        warnings=tuple(warnings(board, on.gaps, on.settings)),
        mapping=tuple(uses(on.fields.team.values())),
    )


def is_private(prefs: Mapping[str, Any]) -> bool | None:
    """Whether only its own members see a board; None where it is not told."""
    level = prefs.get("permissionLevel")
    return level == "private" if isinstance(level, str) else None


def guests_see(prefs: Mapping[str, Any], memberships: Iterable[payload.Membership]) -> bool | None:
    """Whether people outside the team see a board: public, or with observers on it; None where it is not told."""
    level = prefs.get("permissionLevel")
    if level == "public" or any(each.member_type == "observer" and not each.deactivated for each in memberships):
        return True
    return False if level in ("private", "org", "enterprise") else None
