"""Trello behind retro's connector port: one nested request reads a board, at most three write a card."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo
from itertools import islice
from threading import Lock

from pydantic import ValidationError

from retro.http.pacer import Pacers
from retro.i18n import text as _
from retro.model import Provision, Task, Write
from retro.ports import (
    UNHEARD,
    Clock,
    ConfigurationError,
    Discovered,
    Progress,
    Pulled,
    Pushed,
    Source,
    SourceError,
    Standing,
    Traffic,
)
from retro_trello import comments, making, mapping, payload, writing
from retro_trello.account import account
from retro_trello.capabilities import CAPABILITIES
from retro_trello.client import Client, JsonObject
from retro_trello.errors import not_trello
from retro_trello.handles import board_reference
from retro_trello.history import ACTIONS_MOST
from retro_trello.labels import REVIEW
from retro_trello.mapping import KIND, BoardReading, native_id
from retro_trello.own import OwnFields
from retro_trello.paging import whole_board
from retro_trello.pushing import Pushing, check
from retro_trello.remarks import COMMENT, Remarks
from retro_trello.settings import BoardSettings, SourceSettings
from retro_trello.standing import standing
from retro_trello.warnings import Gaps, gaps_of

CARDS_KEPT = 5_000
"""Cards of pulled boards that stay in memory: some six kilobytes each."""


class TrelloConnector:
    """One account. What was pulled stays in memory, so that a card can be understood when it is read or written.

    Of cards that is the last `CARDS_KEPT`, for an account may have hundreds of boards; others are asked for again
    where they are written without having been read by themselves.

    Args:
        client: makes the requests.
        clock: says when a board was read.
        zone: the workspace's, in which a date of retro's own fields is a day.
        source: the source's name in the configuration.
        boards: settings by the `at` of a board; others get the defaults.
        pins: ids of retro's own fields: board key → own field → native id.
        marks: what holds remarks outside of fields: task key → own field → `comment:<id>`.
        lang: the workspace's language, for what new cards say; "": the current one.
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
        marks: Mapping[str, Mapping[str, str]] | None = None,
        lang: str = "",
    ) -> None:
        self._client = client
        self._lang = lang or None
        self._clock = clock
        self._zone = zone
        self._source = source
        self._settings = {board_reference(board.at): board for board in boards}
        self._own = OwnFields(client, pins or {})
        self._known = comments.known_of(marks or {})
        self._me = ""
        self._lock = Lock()
        self._boards: dict[str, BoardReading] = {}
        self._cards: dict[str, payload.Card] = {}
        self._attached: dict[str, list[payload.Attachment]] = {}
        """What pulls showed to be attached to cards: where one is read by itself, it is not told."""

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
                workspace=board.id_organization,
                private=mapping.is_private(board.prefs),
            )

    def standing(self) -> Standing:
        """Say whom the token acts for, what it may do and until when, as far as Trello tells."""
        return standing(self._client)

    def pull(self, at: str, progress: Progress | None = None) -> Pulled:
        """Read a board whole: its open cards, in one request where there are fewer than a thousand.

        `progress` is told the board's name and the cards so far, after each page of a larger one.
        """
        before = self._client.calls
        ref = self._reference(at)
        found = whole_board(self._client, ref, progress)
        board = self._read_board(found.document, ref)
        on = self._own.known_again(self._understood(board, ref, gaps_of(found.document, board, cut=found.cut)))
        self._remember(on.without_cards())
        self._keep(on)
        if progress is not None:
            progress(board.name, len(board.cards), len(board.cards))
        snapshot = mapping.snapshot(on, source=self._source, read_at=self._clock.now(), archived_known=False)
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
        done: list[Provision] = []
        for board, wanted in by_board.items():
            answers, after = self._own.provide(self._board(board), wanted)
            self._remember(after)
            done += answers
        return done

    def push(self, write: Write) -> Pushed:
        """Write one card: a request for retro's fields, one for its comment or label, one for the team's fields."""
        before = self._client.calls
        on = self._board(write.board)
        check(write, on)
        ref = native_id(write.task)
        pushing = Pushing(self._client, self._card(write.task, on), on, self._zone, lambda: self._reread(ref, on))
        pushing.put(write)
        self._cards[ref] = pushing.card
        return Pushed(task=mapping.task_of(pushing.card, on), requests=self._client.calls - before)

    def retract(self, board: str, fields: Sequence[str]) -> int:
        """Remove retro's own fields from a board: those that were pinned or made here, never one that was found."""
        on = self._board(board)
        gone, after = self._own.retract(on, fields)
        self._remember(after)
        if on.remarks.comments is not None and f"{writing.OWN_PREFIX}{REVIEW}" in fields:
            gone += bool(comments.remove_known(self._client, on.remarks.comments))
        return gone

    def create(self, board: str, tasks: Sequence[Task]) -> list[Task]:
        """Make a card for each task, one request a card; before the first milestone, the label where there is none."""
        on = self._board(board)
        making.check_new(tasks, on)
        made: list[Task] = []
        for task in tasks:
            label = ""
            if task.milestone:
                on, label = making.with_milestone_label(on, task, self._client)
                self._remember(on)
            card = making.make(self._client, task, on, self._zone, label=label, lang=self._lang)
            self._cards[card.id] = card
            made.append(mapping.task_of(card, on))
        return made

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

    def _read_board(self, document: JsonObject, ref: str) -> payload.Board:
        try:
            return payload.Board.model_validate(document)
        except ValidationError:
            raise not_trello(ref, writing=False) from None

    def _remember(self, on: BoardReading) -> BoardReading:
        self._boards[on.key] = on
        return on

    def _keep(self, on: BoardReading) -> None:
        """Keep the cards of a board that was pulled, each with its checklists, and let go of the oldest ones."""
        attached = {card.id: card.attachments for card in on.board.cards if card.attachments}
        cards = {card.id: card.model_copy(update={"checklists": _checklists(card, on)}) for card in on.board.cards}
        with self._lock:
            self._attached |= attached
            self._cards |= cards
            for id_ in list(islice(self._cards, max(0, len(self._cards) - CARDS_KEPT))):
                del self._cards[id_]

    def _board(self, key: str) -> BoardReading:
        """What is known of a board; one that this process has not pulled is asked for, without its cards."""
        if key in self._boards:
            return self._boards[key]
        ref = self._reference(key)
        board = self._read_board(self._client.board_frame(ref), ref)
        return self._remember(self._understood(board, ref, Gaps()))

    def _understood(self, board: payload.Board, ref: str, gaps: Gaps) -> BoardReading:
        settings = self._settings_of(ref, board)
        pins = self._own.pins(mapping.key_of(board.id))
        return mapping.reading(board, settings, self._zone, pins, gaps, remarks=self._remarks(board, settings))

    def _remarks(self, board: payload.Board, settings: BoardSettings) -> Remarks:
        """Where the remarks of a board stand; for comments, which are retro's among those that came."""
        if settings.warnings != COMMENT:
            return Remarks(settings.warnings)
        with self._lock:
            self._me = self._me or self._client.me()
        ours = comments.Comments(self._me, self._known)
        if board.actions is not None:
            cards = (card.id for card in board.cards)
            ours.take(board.actions, cards, complete=len(board.actions) < ACTIONS_MOST)
        return Remarks(COMMENT, ours)

    def _card(self, task: str, on: BoardReading) -> payload.Card:
        """A card that is to be written, asked for where it is not known, or not whether retro commented on it."""
        ref = native_id(task)
        ours = on.remarks.comments
        known = self._cards.get(ref) if ours is None or ours.is_known(ref) else None
        card = known or self._reread(ref, on)
        if card is None:
            raise SourceError(_("this card is not on its board any more."), where=task, status=404)
        return card

    def _reread(self, ref: str, on: BoardReading) -> payload.Card | None:
        ours = on.remarks.comments
        document = self._client.card(ref, comments=ours is not None)
        self._client.seen()
        if document is None:
            return None
        card = payload.Card.model_validate({**document, "id": ref})
        if card.id_board and card.id_board != on.board.id:
            return None
        if ref in self._attached:
            card = card.model_copy(update={"attachments": self._attached[ref]})
        if ours is not None:
            ours.take_answer(ref, document, lambda oldest: self._client.comments(ref, oldest))
        self._cards[card.id] = card
        return card


def _checklists(card: payload.Card, on: BoardReading) -> list[payload.Checklist]:
    return card.checklists or on.checklists.get(card.id, [])


def connect(
    settings: SourceSettings,
    *,
    clock: Clock,
    zone: tzinfo,
    boards: Iterable[BoardSettings] = (),
    pins: Mapping[str, Mapping[str, str]] | None = None,
    marks: Mapping[str, Mapping[str, str]] | None = None,
    pacers: Pacers | None = None,
    deadline: float | None = None,
    traffic: Traffic = UNHEARD,
    lang: str = "",
) -> TrelloConnector:
    """Make the connector of one source: what the registry calls.

    Args:
        settings: its name, key, token and address.
        clock: tells the time and waits.
        zone: the workspace's.
        boards: settings of the boards of this source.
        pins: ids of retro's own fields: board key → own field → native id.
        marks: what holds remarks outside of fields: task key → own field → `comment:<id>`.
        pacers: those of the run, so that sources that share a token share its limits.
        deadline: seconds that the run may last; None: as long as it takes.
        traffic: told of every request.
        lang: the workspace's language, for what new cards say; "": the current one.

    Raises:
        ConfigurationError: a key or token is missing, or the address is neither https nor loopback.
    """
    client = account(settings, clock=clock, pacers=pacers or Pacers(clock), deadline=deadline, traffic=traffic)
    return TrelloConnector(
        client, clock=clock, zone=zone, source=settings.id, boards=boards, pins=pins, marks=marks, lang=lang
    )
