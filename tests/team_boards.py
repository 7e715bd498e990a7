"""Two boards of cards and a base of pages, on look-alikes, and what people do on them with their own hands."""

import pickle
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tests.board_cells import Cells, notion_cells, notion_doubles, trello_cells, trello_doubles

from retro.i18n.own_fields import name_of, own_field_of
from retro.sandbox.notion import DatabaseBuilder, NotionState
from retro.sandbox.notion import new_state as new_notion
from retro.sandbox.trello import BoardBuilder, State
from retro.sandbox.trello import fields as trello_fields
from retro.sandbox.trello import new_state as new_trello

PARIS = ZoneInfo("Europe/Paris")
LEA = "Léa Martin"
OPT_OUT = "retro:off"
CARDS = ("Brief", "Textes", "Visuels", "Page", "Recette")
PAGES = ("Clip", "Montage")
TASKS = (*CARDS, *PAGES)
BOARDS = ("contenus", "site", "tournage")
BASE = "tournage"
"""The base; the others are boards of cards."""
_LISTS = ("À produire", "En cours", "Terminé")
_STATUSES = {"À faire": "To-do", "En cours": "In progress", "Terminé": "Complete"}
_COLUMNS = {
    "start": "Début",
    "due": "Échéance",
    "owner": "Responsable",
    "status": "État",
    "opt-out": OPT_OUT,
    "title": "Nom",
    "estimate": "Charge (jours)",
}


@dataclass
class Edit:
    """What a person does to one task.

    A value for `start`, `due` or a field of retro's (None clears it), the place of a `status` or a `board`, yes or no
    for `owner`, `archived` and `opt-out`, a number for `title` and `estimate`.
    """

    task: str
    field: str
    value: Any


class Boards:
    """The boards.

    Args:
        now: the hour that everything is dated with.
        commented: the boards on which retro's remarks are comments.
    """

    def __init__(self, now: Callable[[], datetime], commented: Sequence[str]) -> None:
        self.trello = new_trello(now)
        self.notion = new_notion(now)
        self._robot = next(iter(self.trello.members.values()))["id"]
        boards = [BoardBuilder("Contenus", self.trello), BoardBuilder("Site", self.trello)]
        base = DatabaseBuilder("Tournage", self.notion)
        self._ids = {**_cards(*boards), **_pages(base)}
        self._base, self._source = base.id, base.source
        self._board_ids = dict(zip(BOARDS, (board.id for board in boards), strict=False))
        self.addresses = dict(zip(BOARDS, (*(board.url for board in boards), base.url), strict=True))
        self.keys = {**{name: f"trello:{id_}" for name, id_ in self._board_ids.items()}, BASE: f"notion:{base.source}"}
        self._out_of_sight: set[str] = set()
        self._commented = {self._board_ids[name] for name in commented if name in self._board_ids}

    # What stands on them

    def key(self, name: str) -> str:
        """The key of a task."""
        return f"{'notion' if name in PAGES else 'trello'}:{self._ids[name]}"

    def board_of(self, task: str) -> str:
        """The key of the board on which the task of a key stands now."""
        kind, _colon, id_ = task.partition(":")
        return self.keys[BASE] if kind == "notion" else f"trello:{self.trello.card(id_)[0]['id']}"

    @property
    def cells(self) -> Cells:
        """What every cell holds."""
        return {**trello_cells(self.trello), **notion_cells(self.notion)}

    @property
    def doubles(self) -> list[str]:
        """What retro made twice."""
        return [*trello_doubles(self.trello), *notion_doubles(self.notion, self._out_of_sight)]

    @property
    def columns(self) -> set[tuple[str, str]]:
        """Board and name of every column that is retro's."""
        found = {
            (board["name"], part["name"]) for board in self.trello.boards.values() for part in board["customFields"]
        }
        found |= {(BASE, column["name"]) for column in self.notion.sources[self._source]["properties"].values()}
        return {(board, name) for board, name in found if own_field_of(name)}

    # What people do

    def edit(self, edit: Edit) -> bool:
        """A person does something to one task; whether the task has such a field."""
        return self._edit_page(edit) if edit.task in PAGES else self._edit_card(edit)

    def drop_column(self, board: str, own: str) -> None:
        """A person deletes a column of retro's, with all that is in it."""
        name = name_of(own, "fr")
        if board == BASE:
            with suppress(KeyError):
                self.notion.drop_column(self._source, name)
            return
        document = self.trello.board(self._board_ids[board])
        found = _named(document["customFields"], name)
        if found is not None:
            with self.trello.lock:
                trello_fields.drop(document, found, self._lea(document))

    def rename_column(self, board: str, own: str, new: str) -> bool:
        """A person gives a column of retro's another name; whether it was there."""
        name = name_of(own, "fr")
        if board == BASE:
            with suppress(KeyError):
                self.notion.rename_column(self._source, name, new)
                return True
            return False
        document = self.trello.board(self._board_ids[board])
        found = _named(document["customFields"], name)
        if found is not None:
            with self.trello.lock:
                found["name"] = new
        return found is not None

    def resolve_remarks(self) -> None:
        """A person closes every discussion of the base: nobody is shown its comments any more."""
        for comment in list(self.notion.comments):
            self.notion.resolve(comment)

    def only_known(self, marks: AbstractSet[str]) -> None:
        """Only the state can tell of a comment in a closed discussion: Notion lists the open ones alone."""
        closed = {key for key, comment in self.notion.comments.items() if comment["resolved"]}
        self._out_of_sight |= {key for key in closed if f"comment:{key}" not in marks}

    def share(self, board: str, *, shared: bool) -> None:
        """A person takes a board from retro, or gives it back."""
        if board == BASE:
            self.notion.share(self._base, shared=shared)
            return
        document = self.trello.board(self._board_ids[board])
        with self.trello.lock:
            document["memberships"] = [one for one in document["memberships"] if one["idMember"] != self._robot]
            if shared:
                self.trello.join(document, self._robot)

    # Going back

    def frozen(self) -> tuple[bytes, bytes]:
        """All of it, as it is now."""
        return _frozen(self.trello), _frozen(self.notion)

    def thaw(self, kept: tuple[bytes, bytes]) -> None:
        """All of it, as it was."""
        _thaw(self.trello, kept[0])
        _thaw(self.notion, kept[1])

    # Hands

    def _lea(self, board: Any) -> Any:
        return self.trello.hand(next(one["id"] for one in board["members"] if one["fullName"] == LEA))

    def _edit_card(self, edit: Edit) -> bool:
        with self.trello.lock:
            board, card = self.trello.card(self._ids[edit.task])
            if edit.field == "retro_review" and board["id"] in self._commented:
                return edit.value is None and self._take_comments_away(board, card)
            if edit.field.startswith("retro_"):
                name = name_of(edit.field.removeprefix("retro_"), "fr")
                return self._fill(board, card, name, _custom(edit.value))
            if edit.field == "estimate":
                return self._fill(board, card, "JH", {"number": str(edit.value)})
            self.trello.change_card(board, card, self._told(board, card, edit), self._lea(board))
        return True

    def _told(self, board: Any, card: Any, edit: Edit) -> dict[str, Any]:
        """What a person changes on a card, as Trello's interface would name it."""
        value = edit.value
        if edit.field in {"start", "due"}:
            return {edit.field: None if value is None else _instant(value, 9 if edit.field == "start" else 17)}
        if edit.field == "opt-out":
            label = _named(board["labels"], OPT_OUT)["id"]
            others = [each for each in card["idLabels"] if each != label]
            return {"idLabels": [*others, label] if value else others}
        if edit.field == "owner":
            lea = next(one["id"] for one in board["members"] if one["fullName"] == LEA)
            return {"idMembers": [lea] if value else []}
        if edit.field == "status":
            return {"idList": board["lists"][int(value)]["id"]}
        if edit.field == "board":
            return {"idBoard": list(self._board_ids.values())[int(value)]}
        return {"closed": bool(value)} if edit.field == "archived" else {"name": f"[SEO] {edit.task} {value}"}

    def _fill(self, board: Any, card: Any, name: str, value: Any) -> bool:
        found = _named(board["customFields"], name)
        if found is None:
            return False
        trello_fields.put(board, card, [(found, {"value": value})], self._lea(board))
        return True

    def _take_comments_away(self, board: Any, card: Any) -> bool:
        gone = [
            each
            for each in board["actions"]
            if each["type"] == "commentCard"
            and each["data"]["card"]["id"] == card["id"]
            and each["idMemberCreator"] == self._robot
        ]
        for each in gone:
            board["actions"].remove(each)
            card["badges"]["comments"] -= 1
        return bool(gone)

    def _edit_page(self, edit: Edit) -> bool:
        page, value = self._ids[edit.task], edit.value
        if edit.field == "archived":
            self.notion.edit_page(page, by=LEA, in_trash=bool(value))
            return True
        name = _COLUMNS.get(edit.field) or name_of(edit.field.removeprefix("retro_"), "fr")
        if _named(self.notion.sources[self._source]["properties"].values(), name) is None:
            return False
        said: dict[str, Callable[[], Any]] = {
            "owner": lambda: [LEA] if value else [],
            "status": lambda: list(_STATUSES)[int(value)],
            "opt-out": lambda: bool(value),
            "title": lambda: f"[Vidéo] {edit.task} {value}",
        }
        self.notion.edit_page(page, by=LEA, values={name: said.get(edit.field, lambda: value)()})
        return True


def _cards(contents: BoardBuilder, site: BoardBuilder) -> dict[str, str]:
    to_do = contents.list(_LISTS[0])
    brief = to_do.card("[SEO] Brief", members=[LEA], values={"JH": 2.0})
    texts = to_do.card(
        "[SEO] Textes", start=date(2027, 1, 25), due=date(2027, 2, 5), depends_on=[brief], values={"JH": 3.0}
    )
    doing = contents.list(_LISTS[1])
    visuals = doing.card("[SEO] Visuels", due=date(2027, 2, 26), depends_on=[brief], members=[LEA], values={"JH": 4.0})
    contents.list(_LISTS[2]).card("[SEO] Charte", done=True, due=date(2027, 1, 4))
    page = site.list(_LISTS[0]).card("[Web] Page", depends_on=[texts], values={"JH": 2.0})
    check = site.list(_LISTS[0]).card("[Web] Recette", depends_on=[page], members=[LEA])
    for board in (contents, site):
        for name in _LISTS:
            board.list(name)
        board.member(LEA)
        board.label(OPT_OUT)
    return dict(zip(CARDS, (card.id for card in (brief, texts, visuals, page, check)), strict=True))


def _pages(base: DatabaseBuilder) -> dict[str, str]:
    base.status_column("État", _STATUSES)
    base.column("Échéance", "date", role="due")
    base.column("Début", "date", role="start")
    base.column("Responsable", "people", role="owners")
    base.column(OPT_OUT, "checkbox")
    clip = base.page("[Vidéo] Clip", estimate=2, owners=[LEA])
    cut = base.page("[Vidéo] Montage", estimate=3, due=date(2027, 2, 12), after=[clip])
    return {"Clip": clip.id, "Montage": cut.id}


def _named(parts: Any, name: str) -> Any:
    return next((part for part in parts if part["name"] == name), None)


def _custom(value: Any) -> Any:
    """A value of a custom field, as Trello's interface would give it."""
    if value is None:
        return ""
    return {"date": _instant(value, 12)} if isinstance(value, date) else {"text": str(value)}


def _instant(day: date, hour: int) -> str:
    """A day, at an hour in Paris, or an instant, as Trello's interface would give it."""
    return (day if isinstance(day, datetime) else datetime.combine(day, time(hour), PARIS)).isoformat()


def _frozen(state: State | NotionState) -> bytes:
    return pickle.dumps({name: value for name, value in vars(state).items() if name not in {"lock", "now"}})


def _thaw(state: State | NotionState, frozen: bytes) -> None:
    with state.lock:
        vars(state).update(pickle.loads(frozen))  # noqa: S301 - frozen by this very process
