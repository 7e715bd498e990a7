"""The demo's campaign tells the same story whatever the day."""

import json
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest

from retro.sandbox import campaign
from retro.sandbox.campaign import contents, plan, site
from retro.sandbox.trello import State

PARIS = ZoneInfo("Europe/Paris")
DAYS = (date(2026, 11, 22), date(2027, 4, 30), date(2028, 2, 29), date(2029, 8, 15))


@cache
def _state(today: date) -> State:
    return campaign.build(today)


def _cards(state: State) -> dict[str, dict[str, Any]]:
    return {card["name"]: card for board in state.boards.values() for card in board["cards"]}


def _day(stamp: str) -> date:
    return datetime.fromisoformat(stamp).astimezone(PARIS).date()


@pytest.mark.parametrize("today", DAYS)
def test_the_launch_is_nine_or_ten_weeks_away(today: date) -> None:
    """The milestone is due on a working day some ten weeks after today."""
    due = _day(_cards(_state(today))["🚀 Mise en ligne"]["due"])
    assert due == campaign.launch(today)
    assert timedelta(weeks=9) <= due - today <= timedelta(weeks=11)
    assert due.weekday() < 5


@pytest.mark.parametrize("today", DAYS)
def test_every_date_is_a_working_day(today: date) -> None:
    """No card starts or ends on a weekend or a French public holiday, nor does anyone's leave."""
    days = [_day(card[field]) for card in _cards(_state(today)).values() for field in ("start", "due") if card[field]]
    days += [day for span in campaign.leave(today).values() for day in span]
    off = holidays.country_holidays("FR", years=range(today.year - 1, today.year + 2))
    assert [day for day in days if day.weekday() >= 5 or day in off] == []


def test_nothing_happened_in_the_future() -> None:
    """Every action and last activity lies before the state's now, and actions come newest first."""
    state = _state(DAYS[0])
    for board in state.boards.values():
        stamps = [action["date"] for action in board["actions"]]
        assert stamps == sorted(stamps, reverse=True)
        assert all(
            datetime.fromisoformat(card["dateLastActivity"]) < state.now() - timedelta(minutes=10)
            for card in board["cards"]
        )


def test_the_same_day_gives_the_same_boards() -> None:
    """Two builds for one day are equal document by document, ids included."""
    one, other = campaign.build(DAYS[0]), campaign.build(DAYS[0])
    assert json.dumps(list(one.boards.values())) == json.dumps(list(other.boards.values()))


def test_addresses_do_not_depend_on_the_day() -> None:
    """Boards and cards keep their short links from one day to another, so that a link in a text stays good."""
    links = [{name: card["shortLink"] for name, card in _cards(_state(day)).items()} for day in DAYS[:2]]
    assert links[0] == links[1]
    assert {board["shortLink"] for board in _state(DAYS[0]).boards.values()} == {"Ond4Cont", "Ond4Site"}


def test_dependencies_run_across_the_boards() -> None:
    """The launch waits for cards of both boards, and every link leads to a card."""
    state = _state(DAYS[0])
    waits: dict[str, list[str]] = {}
    for board in state.boards.values():
        for one in board["checklists"]:
            assert one["name"] == "Dépendances"
            cards = [state.card(item["name"].split("/")[4])[0]["name"] for item in one["checkItems"]]
            waits[one["idCard"]] = cards
    launch = _cards(state)["🚀 Mise en ligne"]["id"]
    assert set(waits[launch]) == set(campaign.BOARD_NAMES.values())


def test_the_description_that_names_a_card_by_number() -> None:
    """One dependency is written in the description and names the right card."""
    cards = _cards(_state(DAYS[0]))
    number = cards["[Print] BAT du dépliant"]["idShort"]
    assert cards["[Print] Impression de 2 000 dépliants"]["desc"].startswith(f"Dépend de : #{number}\n")


def test_the_faults_of_the_story() -> None:
    """The faults that the demo is to find are there, and not many more."""
    today = DAYS[0]
    cards = _cards(_state(today))
    lists = {one["id"]: one["name"] for board in _state(today).boards.values() for one in board["lists"]}
    live = [
        card
        for name, card in cards.items()
        if lists[card["idList"]] not in {"Idées", "Terminé"}
        and not (card["closed"] or card["isTemplate"] or card["cardRole"] or name.startswith("👉"))
    ]
    assert {card["name"] for card in live if not card["idMembers"]} == {
        "[Social] Montage de 4 vidéos",
        "[Print] 3 présentoirs de comptoir",
    }
    assert [card["name"] for card in live if len(card["idMembers"]) > 1] == ["[Print] BAT du dépliant"]
    assert [card["name"] for card in live if not card["due"]] == ["[SEO] Fiches de 4 points de vente"]
    assert [card["name"] for card in live if card["due"] and _day(card["due"]) < today] == ["[Web] Hébergement et CMS"]
    both = [card["name"] for card in live if card["start"] and card["due"] and card["start"] > card["due"]]
    assert both == ["[Print] Impression de 2 000 dépliants"]
    assert [card["name"] for card in live if lists[card["idList"]] == "Parking"] == ["[Web] Page carrières"]
    assert 35 <= len(live) <= 45


def test_a_due_date_that_moved_three_times() -> None:
    """One card's history tells three moves of its due date, by whom."""
    state = _state(DAYS[0])
    moves = [
        action
        for board in state.boards.values()
        for action in board["actions"]
        if action["type"] == "updateCard" and "due" in action["data"]["old"]
    ]
    assert {action["data"]["card"]["name"] for action in moves} == {"[Print] Maquette du dépliant 3 volets"}
    assert [action["memberCreator"]["fullName"] for action in moves] == ["Salomé Girard"] * 3
    assert all(action["data"]["old"]["due"].endswith("Z") for action in moves)


def test_what_is_done_was_ticked_off_on_its_day() -> None:
    """Every card of the done list is ticked off, on the day it was due, and no other card is."""
    state = _state(DAYS[0])
    done = [one["id"] for board in state.boards.values() for one in board["lists"] if one["name"] == "Terminé"]
    for card in _cards(state).values():
        assert card["dueComplete"] is (card["idList"] in done)
        if card["dueComplete"]:
            assert _day(card["dateCompleted"]) == _day(card["due"])


def test_the_plan_is_feasible() -> None:
    """Worked through one after another, parts of full time included, the chains end before the launch."""
    cards = {card.key: card for card in (*contents.CARDS, *site.CARDS)}
    cycle = {"audiences", "pixel"}

    @cache
    def finish(key: str) -> float:
        card = cards[key]
        before = [finish(one) for one in card.after if not {one, key} <= cycle]
        done = card.list == plan.DONE
        share = card.who[0].share if card.who else 1.0
        return max(before, default=0.0) + (0.0 if done else (card.work or 0.0) / share)

    assert 30 < finish("launch") < plan.LAUNCH
