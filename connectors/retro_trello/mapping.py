"""From Trello's documents to the common model, for live boards and exports alike. Pure: no request, no clock."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any

from retro.i18n import plural
from retro.i18n import text as _
from retro.i18n.words import dependency_heading, field_of, fold, says_milestone
from retro.model import Attachment, Board, CheckItem, Membership, Owner, Person, Snapshot, StatusOrigin, Task
from retro_trello import payload
from retro_trello.channel import channel_of
from retro_trello.dependencies import relations
from retro_trello.estimates import estimates
from retro_trello.fields import Definitions, OwnValue, definitions, own_value, text_value
from retro_trello.handles import card_handle, number_handle
from retro_trello.history import ACTIONS_MOST, History, history
from retro_trello.revision import revision
from retro_trello.roles import card_role
from retro_trello.settings import BoardSettings
from retro_trello.status import card_status, section_status

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
    members: Mapping[str, payload.Member]
    checklists: Mapping[str, list[payload.Checklist]] = field(repr=False)
    titles: frozenset[str] = field(repr=False)
    history: History | None = field(repr=False)

    @property
    def key(self) -> str:
        """The board's key."""
        return key_of(self.board.id)

    def with_fields(self, fields: Iterable[payload.CustomField], pins: Mapping[str, str]) -> "BoardReading":
        """The same board with other custom fields on it."""
        known = list(fields)
        board = self.board.model_copy(update={"custom_fields": known})
        return replace(self, board=board, fields=definitions(known, pins))


def reading(
    board: payload.Board, settings: BoardSettings, zone: tzinfo, pins: Mapping[str, str] | None = None
) -> BoardReading:
    """Index a board's document. `pins` are the ids of retro's own fields, by own field."""
    checklists: defaultdict[str, list[payload.Checklist]] = defaultdict(list)
    for checklist in board.checklists:
        checklists[checklist.id_card].append(checklist)
    members = {member.id: member for member in board.members}
    names = {id_: member.full_name or member.username for id_, member in members.items()}
    return BoardReading(
        board=board,
        settings=settings,
        zone=zone,
        fields=definitions(board.custom_fields, pins or {}),
        lists={each.id: each for each in board.lists},
        members=members,
        checklists=dict(checklists),
        titles=frozenset(fold(card.name) for card in board.cards),
        history=None if board.actions is None else history(board.actions, names),
    )


def snapshot(on: BoardReading, *, source: str, read_at: datetime, archived_known: bool, dropped: int = 0) -> Snapshot:
    """The whole board. `dropped` entries of its cards could not be read at all, which the board then says."""
    return Snapshot(
        board=_board(on, source, archived_known=archived_known, dropped=dropped),
        tasks=tuple(task_of(card, on) for card in on.board.cards),
        people=tuple(
            Person(key=key_of(member.id), name=member.full_name or member.username, keys=(key_of(member.id),))
            for member in on.board.members
        ),
        read_at=read_at,
    )


def task_of(card: payload.Card, on: BoardReading) -> Task:
    """One card."""
    section = on.lists.get(card.id_list)
    name = section.name if section is not None else ""
    labels = tuple(label.name for label in card.labels if label.name.strip())
    status = card_status(name, labels, on.settings, complete=card.due_complete)
    items = [
        (on.fields.team[i.id_custom_field], i) for i in card.custom_field_items if i.id_custom_field in on.fields.team
    ]
    checklists = card.checklists or on.checklists.get(card.id, [])
    links = relations(card.desc, checklists, items, card.attachments, on.titles)
    extra = {f.name: value for f, item in items if (value := text_value(f, item))}
    said = {meaning: value for heading, value in extra.items() if (meaning := field_of(heading)) is not None}
    past = on.history
    task = Task(
        key=key_of(card.id),
        board=on.key,
        title=card.name,
        url=card.url or card.short_url or None,
        description=card.desc,
        attachments=tuple(Attachment(each.name, each.url) for each in card.attachments),
        comments=None if past is None else past.comments.get(card.id, ()),
        owners=tuple(_owner(id_, on) for id_ in dict.fromkeys(card.id_members)),
        start=card.start,
        due=card.due,
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
        checklist=tuple(_check_items(card, checklists, links.not_work, on)),
        milestone=any(says_milestone(label) for label in labels) or says_milestone(said.get("type", "")),
        created=payload.created(card.id),
        updated=card.date_last_activity,
        completed=card.date_completed,
        archived=card.closed or (section is not None and section.closed),
        role=card_role(card, name, on.settings),
        memberships=(Membership(on.key, name),),
        due_history=() if past is None else past.due_moves.get(card.id, ()),
        assumed=frozenset({"status"}) if status.origin is StatusOrigin.INFERRED else frozenset(),
        opted_out=any(fold(label) == fold(on.settings.opt_out) for label in labels),
        own=_own(card, on),
        extra=extra,
    )
    return replace(task, revision=revision(task))


def _own(card: payload.Card, on: BoardReading) -> dict[str, OwnValue]:
    values = {
        on.fields.own[item.id_custom_field]: own_value(on.fields.own[item.id_custom_field], item, on.zone)
        for item in card.custom_field_items
        if item.id_custom_field in on.fields.own
    }
    return {name: value for name, value in values.items() if value is not None}


def _handles(card: payload.Card) -> tuple[str, ...]:
    link = (card_handle(card.short_link),) if card.short_link else ()
    return (*link, number_handle(card.id_short)) if card.id_short is not None else link


def _owner(id_: str, on: BoardReading) -> Owner:
    """A member; one who is no longer on the board is known by the id alone."""
    member = on.members.get(id_)
    return Owner(key_of(id_), (member.full_name or member.username if member is not None else "") or id_)


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


def _board(on: BoardReading, source: str, *, archived_known: bool, dropped: int) -> Board:
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
        own_fields=tuple(sorted(on.fields.own.values())),
        warnings=tuple(_warnings(board, dropped)),
    )


def guests_see(prefs: Mapping[str, Any], memberships: Iterable[payload.Membership]) -> bool | None:
    """Whether people outside the team see a board: public, or with observers on it; None where it is not told."""
    level = prefs.get("permissionLevel")
    if level == "public" or any(each.member_type == "observer" and not each.deactivated for each in memberships):
        return True
    return False if level in ("private", "org", "enterprise") else None


def _warnings(board: payload.Board, dropped: int) -> Iterable[str]:
    if board.actions is not None and len(board.actions) >= ACTIONS_MOST:
        yield _(
            "Trello gives the last {count} actions only: older comments and moves of dates were not read.",
            count=ACTIONS_MOST,
        )
    if dropped:
        yield plural(
            "{count} entry of this board is no card that can be read: it was left out.",
            "{count} entries of this board are no cards that can be read: they were left out.",
            dropped,
        )
    if board.plugin_data or any(card.plugin_data for card in board.cards):
        yield _("Power-Ups keep data on this board that retro cannot read: links kept there are unknown to it.")
    if any(dependency_heading(each.name) is not None and each.type not in ("text", "") for each in board.custom_fields):
        yield _("A field named after dependencies holds no text: retro reads dependencies from text fields.")
