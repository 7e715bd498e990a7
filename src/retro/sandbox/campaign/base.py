"""Builds the campaign's third board, a Notion base of video and press, and ties it to the boards of cards.

It lies on the chain that decides: the tutorials are written when the articles are, and the site's pages wait for
them. One of its pages is due on the last day that leaves the launch in time, so that nothing of its margin is left.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from retro.sandbox.campaign import contents, plan, site, video
from retro.sandbox.campaign.boards import NAME, WorkingDays
from retro.sandbox.campaign.boards import build as build_boards
from retro.sandbox.notion import DatabaseBuilder, NotionState, new_state
from retro.sandbox.trello.build_cards import DEPENDENCIES
from retro.sandbox.trello.shapes import check_item
from retro.sandbox.trello.state import State

if TYPE_CHECKING:
    from retro.sandbox.notion import PageMade

BASE_NAME = "Ondalie – vidéo & presse"
WORK_COLUMN = "Charge (jours)"
"""The number column: days of work."""
ALSO_COLUMN = "Dépend aussi de"
"""The text column for addresses of cards."""

_PARIS = ZoneInfo("Europe/Paris")
_MORNING = time(9)
_NOTICED = time(16, 30)
_CREATED = -25


@dataclass(frozen=True, slots=True)
class Built:
    """The whole campaign: the boards of cards, and the base."""

    trello: State
    notion: NotionState


def build_all(today: date, zone: tzinfo = _PARIS) -> Built:
    """Boards and base as they stand on the morning of `today`, with the links between the tools, both ways."""
    trello = build_boards(today, zone)
    return Built(trello, build_notion(today, zone, trello))


def build_notion(today: date, zone: tzinfo, trello: State) -> NotionState:
    """The base; one card of `trello` is made to wait for a page of it, and one page waits for a card."""
    base = _Base(today, zone, trello)
    waiting, page = video.CARD_AFTER
    _wait(trello, _card(trello, waiting), base.made[page].url)
    return base.on.state


def base_id(state: NotionState) -> str:
    """The id of the campaign's database; it does not depend on the day."""
    return next(id_ for id_, one in state.databases.items() if one["name"] == BASE_NAME)


class _Base:
    def __init__(self, today: date, zone: tzinfo, trello: State) -> None:
        self.days, self.zone, self.trello = WorkingDays(today), zone, trello
        now = datetime.combine(today, _MORNING, zone)
        state = new_state(lambda: now, seed=NAME, owner=plan.CAMILLE.name, email=plan.CAMILLE.email, name="Agence")
        self.on = DatabaseBuilder(BASE_NAME, state, created=self._at(_CREATED, _MORNING))
        for who in plan.TEAM:
            self.on.person(who.name, email=who.email)
        self._columns()
        self.made: dict[str, PageMade] = {}
        for one in video.PAGES:
            self._page(one)
        self.on.view("Frise", "timeline", date_property="Échéance", arrows_by="Bloqué par")

    def _at(self, offset: int, hour: time = _NOTICED) -> datetime:
        return datetime.combine(self.days.day(offset), hour, self.zone)

    def _columns(self) -> None:
        self.on.column("Responsable", "people")
        self.on.column("Échéance", "date")
        self.on.status_column("État", video.STATUSES)
        self.on.relation("Bloqué par", inverse="Bloque")
        self.on.column(WORK_COLUMN, "number")
        self.on.column("Canal", "select", options=[video.VIDEO, video.PRESS])
        self.on.column(ALSO_COLUMN, "rich_text")

    def _page(self, one: plan.PlannedPage) -> None:
        values: dict[str, Any] = {"Canal": one.channel}
        if one.after_card:
            values[ALSO_COLUMN] = _card(self.trello, one.after_card)["url"]
        made = self.on.page(
            one.title,
            due=None if one.due is None else self.days.day(one.due),
            owners=[who.name for who in one.who],
            status=one.status,
            after=[self.made[key] for key in one.after],
            estimate=one.work,
            values=values,
        )
        self.made[one.key] = made
        if one.touched is not None:
            who, day = one.touched
            self.on.state.edit_page(made.id, by=who.name, at=self._at(day))


def _card(trello: State, key: str) -> dict[str, Any]:
    title = next(one.title for one in (*contents.CARDS, *site.CARDS) if one.key == key)
    return next(card for board in trello.boards.values() for card in board["cards"] if card["name"] == title)


def _wait(trello: State, card: dict[str, Any], address: str) -> None:
    """Put an address into the card's list of what it waits for."""
    board = trello.boards[card["idBoard"]]
    waits = next(one for one in board["checklists"] if one["idCard"] == card["id"] and one["name"] == DEPENDENCIES)
    made = datetime.fromisoformat(card["dateLastActivity"]) - timedelta(minutes=1)
    waits["checkItems"].append(check_item(trello.mint, waits, address, made))
    card["badges"]["checkItems"] += 1
