"""Trello behind retro's connector port: one nested request reads a board, at most two write a card."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo

from pydantic import ValidationError

from retro.http.pacer import Pacers
from retro.i18n import text as _
from retro.i18n.own_fields import KINDS
from retro.i18n.words import fold
from retro.model import LinkType, Provision, Task, Write
from retro.ports import (
    Capabilities,
    Clock,
    ConfigurationError,
    Discovered,
    Progress,
    Pulled,
    Pushed,
    ReadOnlyError,
    Source,
    SourceError,
    WriteUncertainError,
)
from retro_trello import mapping, payload, writing
from retro_trello.account import account
from retro_trello.client import Client, JsonObject
from retro_trello.errors import not_trello
from retro_trello.fields import definitions
from retro_trello.handles import board_reference
from retro_trello.mapping import KIND, BoardReading, key_of, native_id
from retro_trello.paging import older_cards
from retro_trello.settings import BoardSettings, SourceSettings

CAPABILITIES = Capabilities(
    link_types=frozenset({LinkType.FS}),
    lag=False,
    dates=frozenset({"instant"}),
    writable=frozenset(writing.TEAM_FIELDS),
    own=frozenset(KINDS),
    own_text_most=1900,
)


class TrelloConnector:
    """One account. What was pulled stays in memory, so that a card can be understood when it is read or written.

    Args:
        client: makes the requests.
        clock: says when a board was read.
        zone: the workspace's, in which a date of retro's own fields is a day.
        source: the source's name in the configuration.
        boards: settings by the `at` of a board; others get the defaults.
        pins: ids of retro's own fields: board key → own field → native id.
    """

    def __init__(
        self,
        client: Client,
        *,
        clock: Clock,
        zone: tzinfo,
        source: str = KIND,
        boards: Iterable[BoardSettings] = (),
        pins: Mapping[str, Mapping[str, str]] | None = None,
    ) -> None:
        self._client = client
        self._clock = clock
        self._zone = zone
        self._source = source
        self._settings = {board_reference(board.at): board for board in boards}
        self._ours = {board: {own: id_ for own, id_ in ids.items() if id_} for board, ids in (pins or {}).items()}
        self._pins = {board: dict(ids) for board, ids in self._ours.items()}
        self._boards: dict[str, BoardReading] = {}
        self._cards: dict[str, payload.Card] = {}

    def describe(self) -> Source:
        """Say what this source is and can do."""
        return Source(id=self._source, kind=KIND, capabilities=CAPABILITIES)

    def discover(self) -> Iterable[Discovered]:
        """List the boards that the token's owner is on."""
        for found in self._client.my_boards():
            try:
                board = payload.Board.model_validate(found)
            except ValidationError:
                continue
            last = board.date_last_activity
            yield Discovered(
                at=board.url or board.short_link or board.id,
                name=board.name,
                url=board.url or None,
                last_activity=last.isoformat() if last is not None else None,
                guests_see=mapping.guests_see(board.prefs, board.memberships),
            )

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        """Read a board whole: its open cards, in one request where there are fewer than a thousand."""
        before = self._client.calls
        ref = self._reference(at)
        document = self._client.board(ref)
        listed = document.get("cards")
        cards = [card for card in listed if isinstance(card, dict)] if isinstance(listed, list) else []
        cards += older_cards(self._client, ref, cards, document)
        board = self._read_board({**document, "cards": cards}, ref)
        on = self._remember(mapping.reading(board, self._settings_of(ref, board), self._zone, self._pins_of(board)))
        self._cards.update({card.id: card for card in board.cards})
        if progress is not None:
            progress(board.name, len(board.cards), len(board.cards))
        snapshot = mapping.snapshot(
            on,
            source=self._source,
            read_at=self._clock.now(),
            archived_known=False,
            dropped=len(cards) - len(board.cards),
        )
        return Pulled(snapshot=snapshot, requests=self._client.calls - before)

    def read(self, board: str, keys: Sequence[str]) -> dict[str, Task]:
        """Re-read cards, one request each; those that are gone, or on another board now, are left out."""
        on = self._board(board)
        found = {key: self._reread(native_id(key), on) for key in keys}
        return {key: mapping.task_of(card, on) for key, card in found.items() if card is not None}

    def provision(self, fields: Sequence[Provision]) -> list[Provision]:
        """Create retro's own fields where a board has none of that name, off the fronts of its cards."""
        by_board: dict[str, list[Provision]] = {}
        for each in fields:
            by_board.setdefault(each.board, []).append(each)
        return [done for board, wanted in by_board.items() for done in self._provision(board, wanted)]

    def push(self, write: Write) -> Pushed:
        """Write one card: one request for the team's fields, one for retro's own, those needed only."""
        before = self._client.calls
        on = self._board(write.board)
        fields = dict(write.fields)
        self._check_writable(write, on)
        ref = native_id(write.task)
        card = self._cards.get(ref) or self._reread(ref, on)
        if card is None:
            raise SourceError(_("this card is not on its board any more."), where=write.task, status=404)
        body = writing.card_body(fields, card, self._zone)
        if body:
            card = self._cards[ref] = _answered(self._client.update_card(ref, body), card)
        items = writing.own_items(fields, on.fields.ids, self._zone)
        if items:
            try:
                card = self._written(card, items, on)
            except (SourceError, ReadOnlyError) as error:
                raise _half_done(error) if body else error from None
        return Pushed(task=mapping.task_of(card, on), requests=self._client.calls - before)

    def retract(self, board: str, fields: Sequence[str]) -> int:
        """Remove retro's own fields from a board: those that were pinned or made here, never one that was found."""
        on = self._board(board)
        ours = self._ours.get(on.key, {})
        wanted = {own: ours.pop(own) for field in fields if (own := field.removeprefix(writing.OWN_PREFIX)) in ours}
        gone = [own for own, id_ in wanted.items() if self._client.delete_custom_field(id_)]
        pins = {own: id_ for own, id_ in self._pins.get(on.key, {}).items() if own not in wanted}
        self._pins[on.key] = pins
        kept = [field for field in on.board.custom_fields if field.id not in wanted.values()]
        self._remember(on.with_fields(kept, pins))
        return len(gone)

    def create(self, board: str, tasks: Sequence[Task]) -> list[Task]:  # noqa: ARG002 - the port's signature
        """Creating cards is not offered here (see the capabilities)."""
        raise ReadOnlyError(_("retro does not create cards on Trello."), where=board)

    def close(self) -> None:
        """Close the connections to Trello."""
        self._client.close()

    def _reference(self, at: str) -> str:
        ref = board_reference(at)
        if not ref.isascii() or not ref.isalnum():
            raise ConfigurationError(
                _('"{at}" is no address of a Trello board.', at=at),
                where=self._source,
                remedy=_("It looks like https://trello.com/b/AbCd1234/name."),
            )
        return ref

    def _settings_of(self, ref: str, board: payload.Board) -> BoardSettings:
        names = (ref, board.id, board.short_link)
        return next((self._settings[name] for name in names if name in self._settings), BoardSettings())

    def _pins_of(self, board: payload.Board) -> Mapping[str, str]:
        return self._pins.get(key_of(board.id), {})

    def _read_board(self, document: JsonObject, ref: str) -> payload.Board:
        try:
            return payload.Board.model_validate(document)
        except ValidationError:
            raise not_trello(ref, writing=False) from None

    def _remember(self, on: BoardReading) -> BoardReading:
        self._boards[on.key] = on
        return on

    def _board(self, key: str) -> BoardReading:
        """What is known of a board; one that this process has not pulled is asked for, without its cards."""
        if key in self._boards:
            return self._boards[key]
        ref = self._reference(key)
        board = self._read_board(self._client.board_frame(ref), ref)
        return self._remember(mapping.reading(board, self._settings_of(ref, board), self._zone, self._pins_of(board)))

    def _reread(self, ref: str, on: BoardReading) -> payload.Card | None:
        document = self._client.card(ref)
        if document is None:
            return None
        known = self._cards.get(ref)
        card = payload.Card.model_validate({"id": ref, **document})
        if card.id_board and card.id_board != on.board.id:
            return None
        if known is not None:
            # Attachments are not part of this answer: they stay as the board's showed them.
            card = card.model_copy(update={"attachments": known.attachments})
        self._cards[card.id] = card
        return card

    def _written(self, card: payload.Card, items: Sequence[JsonObject], on: BoardReading) -> payload.Card:
        """Write custom field values; the card as it then is, read again only where the answer does not tell."""
        answer = self._client.update_custom_fields(card.id, items)
        after = writing.items_after(card.custom_field_items, items, answer)
        if after is None:
            return self._reread(card.id, on) or card
        self._cards[card.id] = card.model_copy(update={"custom_field_items": after})
        return self._cards[card.id]

    def _check_writable(self, write: Write, on: BoardReading) -> None:
        for name, _value in write.fields:
            own = name.removeprefix(writing.OWN_PREFIX)
            if own != name and own not in on.fields.ids:
                raise ConfigurationError(
                    _("the board has no field for {field} yet.", field=name),
                    where=on.board.name,
                    remedy=_("Run `retro plan`: it shows the fields that are to be made first."),
                )
            if own == name and name not in writing.TEAM_FIELDS:
                raise ReadOnlyError(
                    _("retro does not write the field {field} on Trello.", field=name), where=write.task
                )

    def _provision(self, board: str, wanted: Sequence[Provision]) -> list[Provision]:
        on = self._board(board)
        # Asked anew: another run, or a person, may have made one since the board was pulled.
        fields = payload.read_each(payload.CustomField, self._client.custom_fields(on.board.id))
        pins = self._pins.setdefault(on.key, {})
        done: list[Provision] = []
        for each in wanted:
            own = each.field.removeprefix(writing.OWN_PREFIX)
            present = definitions(fields, pins).ids.get(own) or _named(fields, each.name, KINDS[own])
            if present is None:
                made = self._client.create_custom_field(on.board.id, each.name, KINDS[own])
                fields += payload.read_each(payload.CustomField, [made])
                present = self._ours.setdefault(on.key, {})[own] = str(made.get("id", ""))
                done.append(replace(each, action="create", id=present))
            else:
                done.append(replace(each, action="found", id=present))
            pins[own] = present
        self._remember(on.with_fields(fields, pins))
        return done


def _answered(document: JsonObject, known: payload.Card) -> payload.Card:
    """The card that a write's answer shows; what it leaves out stays as it was known."""
    told = payload.Card.model_validate({**document, "id": known.id})
    kept = {name: getattr(known, name) for name in payload.Card.model_fields if name not in told.model_fields_set}
    return told.model_copy(update=kept)


def _half_done(error: SourceError | ReadOnlyError) -> WriteUncertainError:
    """The team's fields were written, retro's own were not: whoever settles it has to look."""
    return WriteUncertainError(error.what, where=error.where, remedy=error.remedy)


def _named(fields: Iterable[payload.CustomField], name: str, kind: str) -> str | None:
    return next((field.id for field in fields if fold(field.name) == fold(name) and field.type == kind), None)


def connect(
    settings: SourceSettings,
    *,
    clock: Clock,
    zone: tzinfo,
    boards: Iterable[BoardSettings] = (),
    pins: Mapping[str, Mapping[str, str]] | None = None,
    pacers: Pacers | None = None,
    deadline: float | None = None,
) -> TrelloConnector:
    """Make the connector of one source: what the registry calls.

    Args:
        settings: its name, key, token and address.
        clock: tells the time and waits.
        zone: the workspace's.
        boards: settings of the boards of this source.
        pins: ids of retro's own fields: board key → own field → native id.
        pacers: those of the run, so that sources that share a token share its limits.
        deadline: seconds that the run may last; None: as long as it takes.

    Raises:
        ConfigurationError: a key or token is missing, or the address is neither https nor loopback.
    """
    client = account(settings, clock=clock, pacers=pacers or Pacers(clock), deadline=deadline)
    return TrelloConnector(client, clock=clock, zone=zone, source=settings.id, boards=boards, pins=pins)
