"""New cards on Trello: one request each, in which list, with which label, and the waits that descriptions hold."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.connectors.trello import documents as made
from tests.connectors.trello.conftest import PARIS, Live, read

from retro.model import Category, Lag, Membership, Owner, Reference, Task, as_date
from retro.ports import ConfigurationError, SourceError, WriteUncertainError
from retro.sandbox.faults import Fault, Kind
from retro_trello.connector import connect
from retro_trello.making import body
from retro_trello.mapping import task_of
from retro_trello.payload import Card
from retro_trello.settings import BoardSettings, SourceSettings

Tasks = Callable[..., dict[str, Task]]
BRIEF = "trello:/c/Lnk00002"


def new(title: str = "Article", **fields: object) -> Task:
    """A task that is to become a card."""
    return replace(Task(key="", board="", title=title), **fields)  # type: ignore[arg-type]  # fields by name


def test_a_card_is_one_request(live: Live) -> None:
    """All that a card is made with goes out with it, and days are days where the workspace is."""
    connector = live.connector()
    board = connector.pull(live.board.url).snapshot.board
    lea = live.board.member("Léa Martin")["id"]
    mark = len(live.sandbox.log)
    task = new(
        owners=(Owner(f"trello:{lea}", "Léa Martin"), Owner("new:graphiste", "Graphiste")),
        start=date(2027, 3, 26),
        due=date(2027, 3, 29),
        description="Rôle : rédactrice",
        references=(Reference(f"trello:/c/{live.brief.document['shortLink']}", lag=Lag(1050)),),
    )
    (card,) = connector.create(board.key, [task])
    assert [(each.method, each.path) for each in live.sandbox.log.since(mark)] == [("POST", "/1/cards")]
    assert card.section == "À produire"
    assert [owner.name for owner in card.owners] == ["Léa Martin"]
    document = live.board.document["cards"][-1]
    assert (document["start"], document["due"]) == ("2027-03-26T00:00:00.000Z", "2027-03-29T15:00:00.000Z")
    assert document["pos"] == max(each["pos"] for each in live.board.document["cards"])
    (link,) = card.references
    assert (link.target, link.lag, link.origin) == (task.references[0].target, Lag(1050), "description")


@pytest.mark.parametrize("zone", ["Pacific/Pago_Pago", "America/New_York", "Europe/Paris", "Pacific/Kiritimati"])
def test_days_are_days_in_every_zone(live: Live, zone: str) -> None:
    """A start, which Trello takes as a day alone, and a due date are the days that were meant, in one request."""
    box = live.sandbox
    settings = SourceSettings(id="equipe", key=box.key, token=box.token, base_url=box.url)
    connector = connect(settings, clock=live.clock, zone=ZoneInfo(zone))
    live.made.append(connector)
    key = connector.pull(live.board.url).snapshot.board.key
    mark = len(box.log)
    (card,) = connector.create(key, [new(start=date(2027, 3, 26), due=date(2027, 3, 29))])
    assert card.start is not None
    assert card.due is not None
    assert (as_date(card.start, ZoneInfo(zone)), as_date(card.due, ZoneInfo(zone))) == (
        date(2027, 3, 26),
        date(2027, 3, 29),
    )
    assert len(box.log) == mark + 1


def test_a_start_that_was_taken_otherwise_is_put_right(live: Live) -> None:
    """Where the answer shows another hour than was asked for, one more request says it; if that fails, it is told."""
    connector = live.connector()
    key = connector.pull(live.board.url).snapshot.board.key
    at = datetime(2027, 3, 26, 9, 30, tzinfo=PARIS)
    (card,) = connector.create(key, [new(start=at)])
    assert card.start == at
    live.sandbox.faults.add(Fault(kind=Kind.BROKEN, method="PUT"))
    with pytest.raises(WriteUncertainError):
        connector.create(key, [new("Film", start=at)])
    assert live.board.document["cards"][-1]["name"] == "Film"


def test_a_list_is_one_of_things_to_do(live: Live) -> None:
    """Unless one is named, the first list of things to do; ideas, lists that no word knows and closed ones are none."""
    board = live.board
    connector = live.connector(boards=(BoardSettings(at=board.url, status={Category.IDEA: ["À produire"]}),))
    key = connector.pull(board.url).snapshot.board.key
    mark = len(live.sandbox.log)
    with pytest.raises(SourceError, match="things to do"):
        connector.create(key, [new()])
    done = new(board=key, memberships=(Membership(key, "Terminé"),))
    with pytest.raises(SourceError, match="Nulle part"):
        connector.create(key, [done, new(board=key, memberships=(Membership(key, "Nulle part"),))])
    with pytest.raises(ConfigurationError):
        connector.create(key, [new(own={"latest": date(2027, 1, 1)})])
    assert len(live.sandbox.log) == mark  # nothing was asked, for any of them
    (card,) = connector.create(key, [done])
    assert card.section == "Terminé"


def test_the_label_of_milestones(live: Live) -> None:
    """One is made where the board has none, once, and the team's is taken where it has one."""
    connector = live.connector()
    key = connector.pull(live.board.url).snapshot.board.key
    milestone = new(milestone=True, labels=("Jalon",))
    cards = [connector.create(key, [milestone])[0] for _each in range(2)]
    assert [card.labels for card in cards] == [("Jalon",)] * 2
    assert sum(each.path == "/1/labels" for each in live.sandbox.log) == 1
    again = live.connector()
    again.pull(live.board.url)
    assert again.create(key, [milestone])[0].milestone
    assert sum(each.path == "/1/labels" for each in live.sandbox.log) == 1


@pytest.mark.parametrize(
    ("line", "wait"),
    [
        (f"Dépend de : {made.address(2)} +10 j", 4200),
        (f"Depends on: {made.address(2)} +2.5 d", 1050),
        (f"Dépend de : {made.address(2)} + 1 jour", 420),
        ("Blocked by: #2 +3 days", 1260),
        (f"Dépend de : {made.address(2)}", 0),
        (f"Dépend de : {made.address(2)} +10 justificatifs", 0),
        (f"Dépend de : {made.address(2)} (le 10 j)", 0),
    ],
)
def test_a_wait_stands_after_a_link(tasks: Tasks, line: str, wait: int) -> None:
    """Working days after a card that a line of the description names; other words are no wait."""
    document = made.board(made.card(1, "Article", desc=line), made.card(2, "Brief"))
    (link,) = tasks(document)["Article"].references
    assert link.lag == Lag(wait)


def test_a_wait_moves_the_revision(tasks: Tasks) -> None:
    """Another wait is another revision; a card without waits has the one that it always had."""
    revisions = {
        tasks(made.board(made.card(1, "Article", desc=f"Dépend de : {made.address(2)}{wait}"), made.card(2, "Brief")))[
            "Article"
        ].revision
        for wait in ("", " +1 j", " +2 j", " +2 jours")
    }
    assert len(revisions) == 3


@given(st.lists(st.tuples(st.from_regex(r"[0-9A-Za-z]{8}", fullmatch=True), st.integers(0, 60)), max_size=6), st.text())
def test_what_a_card_waits_for_is_read_back(links: list[tuple[str, int]], words: str) -> None:
    """Every link and wait that goes out comes back, in either language, whatever else the description says."""
    once = dict(links)
    references = tuple(Reference(f"trello:/c/{name}", lag=Lag(quarters * 105)) for name, quarters in once.items())
    on = read(made.board(made.card(1, "Article")))
    for lang in ("fr", "en"):
        task = new(references=references, description=f"Livrable : {words}", board=on.key)
        task = replace(task, memberships=(Membership(on.key, next(iter(on.lists.values())).name),))
        sent = body(task, on, PARIS, label="", lang=lang)
        back = task_of(Card.model_validate({"id": "c1", "desc": sent["desc"]}), on)
        found = {each.target: each.lag for each in back.references if each.target in {r.target for r in references}}
        assert found == {each.target: each.lag for each in references}
        assert (back.description or "").endswith(f"Livrable : {words}")
