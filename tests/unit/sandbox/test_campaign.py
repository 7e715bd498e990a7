"""The demo's campaign tells the same story whatever the day."""

import json
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import holidays
import pytest

from retro.sandbox import campaign
from retro.sandbox.campaign import Built, contents, plan, site, video
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


@cache
def _whole(today: date) -> Built:
    return campaign.build_all(today)


def _pages(today: date) -> dict[str, dict[str, Any]]:
    """The values of the base's pages by title, each by the name of its column, as they are kept."""
    state = _whole(today).notion
    (source,) = state.sources.values()
    out = {}
    for page in state.pages.values():
        named = {one["name"]: page["values"].get(id_) for id_, one in source["properties"].items()}
        out[named["Nom"][0]["plain_text"]] = {**named, "id": page["id"]}
    return out


def test_the_base_has_eight_to_ten_pages_of_the_same_people() -> None:
    """The base's people are the boards' people by full name, each with an address of their own."""
    state = _whole(DAYS[0]).notion
    assert 8 <= len(state.pages) <= 10
    people = {one["name"]: one["person"]["email"] for one in state.users.values() if one["type"] == "person"}
    assert people == {who.name: who.email for who in plan.TEAM}
    assert {len(page["Responsable"] or []) for page in _pages(DAYS[0]).values()} == {0, 1}


def test_links_between_the_tools_run_both_ways() -> None:
    """One card waits for a page by its address, one page waits for a card by its own."""
    built, pages = _whole(DAYS[0]), _pages(DAYS[0])
    montage = pages["[Vidéo] Montage de 3 tutoriels"]["id"].replace("-", "")
    waiting = [
        (built.trello.card(one["idCard"])[1]["name"], item["name"])
        for board in built.trello.boards.values()
        for one in board["checklists"]
        for item in one["checkItems"]
        if "notion.so" in item["name"]
    ]
    assert [(title, address.rsplit("-", 1)[1]) for title, address in waiting] == [
        ("[Web] Intégration de 18 pages", montage)
    ]
    also = {title: page[campaign.ALSO_COLUMN] for title, page in pages.items() if page[campaign.ALSO_COLUMN]}
    (run,) = also.pop("[Vidéo] Scénario de 3 tutoriels")
    assert also == {}
    short_link = run["plain_text"].split("/")[4]
    assert built.trello.card(short_link)[1]["name"] == "[SEO] Rédaction de 12 articles"


def test_the_boards_alone_name_no_page() -> None:
    """Built without the base, no card waits for anything that is not there."""
    for board in _state(DAYS[0]).boards.values():
        assert not [item for one in board["checklists"] for item in one["checkItems"] if "notion" in item["name"]]


def test_addresses_in_the_base_do_not_depend_on_the_day() -> None:
    """Databases, data sources, pages and columns keep their ids from one day to another."""
    one, other = (_whole(day).notion for day in DAYS[:2])
    for part in ("databases", "sources", "pages", "users", "tokens", "views"):
        assert list(getattr(one, part)) == list(getattr(other, part))
    assert campaign.base_id(one) == campaign.base_id(other)


@pytest.mark.parametrize("today", DAYS)
def test_dates_in_the_base_are_working_days(today: date) -> None:
    """No page is due on a weekend or a public holiday, and none before what it waits for."""
    pages = _pages(today)
    due = {page["id"]: date.fromisoformat(page["Échéance"]["start"]) for page in pages.values() if page["Échéance"]}
    off = holidays.country_holidays("FR", years=range(today.year - 1, today.year + 2))
    assert [day for day in due.values() if day.weekday() >= 5 or day in off] == []
    for page in pages.values():
        assert all(due[before] <= due[page["id"]] for before in page["Bloqué par"] or ())


@pytest.mark.parametrize("today", DAYS)
def test_one_page_is_due_on_its_last_day(today: date) -> None:
    """Counted back from the launch through what waits for it, the script is due on its latest day."""
    cards = {card.key: card for card in site.CARDS}
    theo = plan.THEO.leave
    assert theo is not None
    off = set(range(theo[0], theo[1] + 1))
    day = plan.LAUNCH
    for key in ("corrections", "recette", "pages"):
        for _ in range(int(cards[key].work or 0)):
            day -= 1
            while plan.THEO in cards[key].who and day + 1 in off:
                day -= 1
    pages = {page.key: page for page in video.PAGES}
    for key in ("tuto-montage", "tuto-tournage"):
        day -= int(pages[key].work or 0)
    assert pages["tuto-scenario"].due == day
    days = _pages(today)["[Vidéo] Scénario de 3 tutoriels"]["Échéance"]["start"]
    assert days < campaign.launch(today).isoformat()
