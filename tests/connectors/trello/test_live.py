"""The live connector over real HTTP: few requests, kept limits, errors in words, and writes that touch no more."""

import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from tests.connectors.trello.conftest import PARIS, Live

from retro.i18n import use
from retro.model import Provision, Write
from retro.ports import Account, ConfigurationError, ReadOnlyError, RetroError, SourceError, WriteUncertainError
from retro.sandbox.trello import BoardBuilder, Limits, Rate, TrelloSandbox
from retro.testing.clock import SteppingClock
from retro_trello.connector import connect
from retro_trello.export import read_export
from retro_trello.pack import PACK
from retro_trello.settings import BoardSettings, SourceSettings


def provisions(board: str, *fields: str) -> list[Provision]:
    """Own fields for a board."""
    names = {
        "retro_latest": "retro · au plus tard",
        "retro_review": "retro · à revoir",
        "retro_margin": "retro · marge",
    }
    return [Provision(board=board, field=field, name=names[field]) for field in fields]


def test_a_board_is_one_request(live: Live) -> None:
    """A pull is one nested GET, without credentials in its address, and says so."""
    pulled = live.connector().pull(live.board.url)
    assert pulled.requests == len(live.sandbox.log) == 1
    assert not any(access.leaked for access in live.sandbox.log)
    assert [task.title for task in pulled.snapshot.tasks] == ["[SEO] Brief", "Article", "Charte"]
    assert pulled.snapshot.tasks[1].references[0].target == pulled.snapshot.tasks[0].handles[0]
    assert not pulled.snapshot.board.archived_known


def test_boards_are_pulled_at_the_same_time(live: Live) -> None:
    """As many threads as the connector allows pull a board each: each is whole, took one request, and says so."""
    connector = live.connector(boards=(BoardSettings(warnings="comment"),))
    made = [live.board]
    for number in range(11):
        made.append(BoardBuilder(f"Campagne {number}", live.board.state))
        made[-1].list("À produire").card(f"Carte {number}", attachments=[f"https://exemple.fr/{number}"])
    with ThreadPoolExecutor(connector.describe().capabilities.pulls_at_once) as pool:
        found = list(pool.map(lambda board: connector.pull(board.url), made))
    assert [pulled.snapshot.board.name for pulled in found] == [board.document["name"] for board in made]
    assert [pulled.requests for pulled in found] == [1] * len(made)
    assert len(live.sandbox.log) == len(made)
    (task,) = found[-1].snapshot.tasks
    assert connector.read(task.board, [task.key])[task.key] == task


def test_cards_of_many_boards_are_not_all_kept(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of cards that are kept no more, one that is written is asked for again; nothing of it is lost."""
    monkeypatch.setattr("retro_trello.connector.CARDS_KEPT", 1)
    connector = live.connector()
    pulled = connector.pull(live.board.url).snapshot
    other = BoardBuilder("Autre", live.board.state)
    other.list("À produire").card("Carte")
    connector.pull(other.url)
    article = next(task for task in pulled.tasks if task.title == "Article")
    mark = live.sandbox.log.mark()
    fields = (("due", date(2027, 3, 1)),)
    after = connector.push(Write(task=article.key, board=article.board, revision="", fields=fields)).task
    assert [access.method for access in live.sandbox.requests_since(mark)] == ["GET", "PUT"]
    assert (after.attachments, after.references) == (article.attachments, article.references)
    assert after.due != article.due


@pytest.mark.parametrize("form", ["url", "id", "key", "short"])
def test_every_form_of_an_address(live: Live, form: str) -> None:
    """A board is found by its URL, its id, its key or its short link."""
    link = live.board.document["shortLink"]
    at = {"url": live.board.url, "id": live.board.id, "key": f"trello:{live.board.id}", "short": link}[form]
    assert live.connector().pull(at).snapshot.board.key == f"trello:{live.board.id}"


def test_settings_are_those_of_the_board(live: Live) -> None:
    """The status map of the configuration applies to the board of that address."""
    settings = BoardSettings.model_validate(
        {"at": live.board.url, "alias": "contenus", "status": {"doing": ["À produire"]}}
    )
    snapshot = live.connector(boards=(settings,)).pull(live.board.id).snapshot
    assert snapshot.board.alias == "contenus"
    assert [task.status.category.value for task in snapshot.tasks] == ["doing", "doing", "done"]


def test_an_export_and_the_live_board_agree(live: Live) -> None:
    """The same board has the same keys and revisions from its export and from the API: one baseline for both."""
    import json  # noqa: PLC0415 - beside its one use

    content = json.dumps(live.board.document).encode()
    exported = read_export(content, name="x.json", read_at=live.clock.now(), zone=PARIS)
    pulled = live.connector().pull(live.board.url).snapshot
    assert {task.key: task.revision for task in pulled.tasks} == {task.key: task.revision for task in exported.tasks}


def test_more_than_a_thousand_cards_are_paged() -> None:
    """Beyond a thousand cards the rest comes page by page: none lost, none twice, none of an archived list."""
    clock = SteppingClock()
    board = BoardBuilder("Grand", now=clock.now)
    to_do = board.list("À faire")
    old = board.list("Rangée", closed=True)
    for number in range(2100):
        (old if number % 700 == 5 else to_do).card(f"Carte {number}", values={"JH": 1.0} if number == 0 else None)
    with TrelloSandbox(board.state) as sandbox:
        connector = connect(
            SourceSettings(key=sandbox.key, token=sandbox.token, base_url=sandbox.url), clock=clock, zone=PARIS
        )
        pulled = connector.pull(board.id)
        connector.close()
    titles = [task.title for task in pulled.snapshot.tasks]
    assert len(titles) == len(set(titles)) == 2097
    assert pulled.requests == 3
    assert next(task for task in pulled.snapshot.tasks if task.title == "Carte 0").extra == {"JH": "1"}


def test_a_write_is_at_most_two_requests(live: Live) -> None:
    """Team dates in one PUT, own fields in another, nothing where nothing is asked; the answers are the read-back."""
    connector = live.connector()
    board = connector.pull(live.board.url).snapshot.board.key
    connector.provision(provisions(board, "retro_latest", "retro_review", "retro_margin"))
    mark = live.sandbox.log.mark()
    fields = (
        ("due", date(2027, 2, 15)),
        ("start", date(2027, 2, 8)),
        ("retro_latest", date(2027, 2, 19)),
        ("retro_review", "OWN101"),
        ("retro_margin", 0.5),
    )
    pushed = connector.push(Write(task=f"trello:{live.brief.id}", board=board, revision="", fields=fields))
    asked = [(access.method, access.path) for access in live.sandbox.requests_since(mark)]
    assert asked == [("PUT", f"/1/cards/{live.brief.id}/customFields"), ("PUT", f"/1/cards/{live.brief.id}")]
    assert pushed.requests == 2
    # The hour that the card had is kept: 17:00 in Paris. A start where there was none is 09:00.
    assert pushed.task.due == datetime(2027, 2, 15, 16, 0, tzinfo=UTC)
    assert pushed.task.start == datetime(2027, 2, 8, 8, 0, tzinfo=UTC)
    assert pushed.task.own == {"latest": date(2027, 2, 19), "review": "OWN101", "margin": 0.5}
    assert live.brief.document["desc"] == ""
    assert live.brief.document["idMembers"] != []


@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Montreal", "Pacific/Auckland", "Asia/Kolkata", "UTC"])
@pytest.mark.parametrize("hour", [time(4, 30), time(22), time(0, 5)])
def test_dates_move_at_the_hour_of_the_team(live: Live, zone: str, hour: time) -> None:
    """Over a change of clocks, in one request: start and due keep their hours there; the tick and reminder stay."""
    there = ZoneInfo(zone)
    card = live.brief.document
    card |= {name: _utc(date(2027, 2, 1), hour, there) for name in ("start", "due")}
    card |= {"dueReminder": 1440, "dueComplete": False}
    settings = SourceSettings(key=live.sandbox.key, token=live.sandbox.token, base_url=live.sandbox.url)
    connector = connect(settings, clock=live.clock, zone=there)
    live.made.append(connector)
    board = connector.pull(live.board.url).snapshot.board.key
    mark = live.sandbox.log.mark()
    fields = (("start", date(2027, 3, 29)), ("due", date(2027, 10, 31)))
    task = connector.push(Write(task=f"trello:{live.brief.id}", board=board, revision="", fields=fields)).task
    (put,) = live.sandbox.requests_since(mark)
    assert (put.method, put.query, sorted(put.body)) == ("PUT", {}, ["due", "start"])
    assert card["start"] == _utc(date(2027, 3, 29), hour, there)
    assert card["due"] == _utc(date(2027, 10, 31), hour, there)
    assert (card["dueReminder"], card["dueComplete"]) == (1440, False)
    assert isinstance(task.due, datetime)
    assert task.due.astimezone(there).date() == date(2027, 10, 31)


def _utc(day: date, hour: time, zone: ZoneInfo) -> str:
    """An hour somewhere as Trello writes it."""
    return datetime.combine(day, hour, zone).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def test_own_fields_stay_off_the_cards(live: Live) -> None:
    """A field of retro's is not shown on card fronts, and one made by a person or a lost run is found by name."""
    made = live.board.field("RETRO · à revoir", "text")
    connector = live.connector()
    board = connector.pull(live.board.url).snapshot.board.key
    done = connector.provision(provisions(board, "retro_latest", "retro_review"))
    assert [each.action for each in done] == ["create", "found"]
    assert done[1].id == made["id"]
    created = next(one for one in live.board.document["customFields"] if one["id"] == done[0].id)
    assert (created["type"], created["display"]) == ("date", {"cardFront": False})


def test_pinned_ids_survive_a_new_name(live: Live) -> None:
    """Once pinned, a field is known by its id, whatever a person calls it."""
    first = live.connector()
    board = first.pull(live.board.url).snapshot.board.key
    (done,) = first.provision(provisions(board, "retro_latest"))
    next(one for one in live.board.document["customFields"] if one["id"] == done.id)["name"] = "Limite"
    again = live.connector(pins={board: {"latest": done.id}})
    assert again.pull(live.board.url).snapshot.board.own_fields == ("latest",)
    assert again.provision(provisions(board, "retro_latest"))[0].id == done.id


def test_retract_leaves_what_is_not_pinned(live: Live) -> None:
    """A field that no ledger knows as retro's is not deleted, though its name is retro's."""
    live.board.field("retro · à revoir", "text")
    connector = live.connector()
    board = connector.pull(live.board.url).snapshot.board.key
    assert [each.action for each in connector.provision(provisions(board, "retro_review"))] == ["found"]
    assert connector.retract(board, ["retro_review"]) == 0
    assert len(live.board.document["customFields"]) == 2


def test_a_write_needs_no_pull(live: Live) -> None:
    """A saved plan is applied by a process that never pulled: the board's frame and the card are asked for."""
    connector = live.connector()
    write = Write(task=f"trello:{live.brief.id}", board=f"trello:{live.board.id}", revision="", fields=(("due", None),))
    assert connector.push(write).task.due is None


def test_a_card_that_moved_away_is_absent(live: Live) -> None:
    """A card on another board, or deleted, is left out of a re-read."""
    connector = live.connector()
    board = connector.pull(live.board.url).snapshot.board.key
    live.brief.document["idBoard"] = "5f0000000000000000000abc"
    assert connector.read(board, [f"trello:{live.brief.id}", f"trello:{live.article.id}"]).keys() == {
        f"trello:{live.article.id}"
    }


@pytest.mark.parametrize("live", [Limits(token=Rate(3, 10))], indirect=True)
def test_a_429_waits_a_full_window(live: Live) -> None:
    """Where another program uses the limit up, retro waits out what the headers tell and goes on."""
    connector = live.connector()
    for _ in range(4):
        connector.pull(live.board.url)
    assert max(live.clock.slept) >= 10


def test_the_limit_is_kept_without_a_single_429(live: Live) -> None:
    """Two hundred and fifty requests stay within 100 in 10 s: the look-alike refuses none."""
    connector = live.connector()
    board = connector.pull(live.board.url).snapshot.board.key
    connector.read(board, [f"trello:{live.brief.id}"] * 250)
    assert {access.status for access in live.sandbox.log} == {200}
    assert 20 <= sum(live.clock.slept) <= 21


@pytest.mark.parametrize("fault", ["500:2", "drop:2", "429:2"])
def test_passing_failures_of_a_read_are_not_seen(live: Live, fault: str) -> None:
    """A read gets over a breakdown, a dropped connection or a 429."""
    live.sandbox.faults.add(fault)
    pulled = live.connector().pull(live.board.url)
    assert len(pulled.snapshot.tasks) == 3
    assert pulled.requests == 3


def test_a_lost_answer_to_a_field_write_is_repeated(live: Live) -> None:
    """A PUT whose answer was lost is sent again: it is idempotent, and the value is written once."""
    live.sandbox.faults.add("lost:1")
    connector = live.connector()
    board = connector.pull(live.board.url).snapshot.board.key
    write = Write(task=f"trello:{live.brief.id}", board=board, revision="", fields=(("due", date(2027, 3, 1)),))
    assert connector.push(write).task.due == datetime(2027, 3, 1, 16, 0, tzinfo=UTC)


def test_a_lost_creation_is_uncertain_and_found_again(live: Live) -> None:
    """A creation without an answer is not repeated; the next run finds the field that was made."""
    live.sandbox.faults.add("lost:1@POST")
    connector = live.connector()
    board = connector.pull(live.board.url).snapshot.board.key
    with pytest.raises(WriteUncertainError):
        connector.provision(provisions(board, "retro_latest"))
    assert [each.action for each in live.connector().provision(provisions(board, "retro_latest"))] == ["found"]
    assert sum(one["name"] == "retro · au plus tard" for one in live.board.document["customFields"]) == 1


def error_of(live: Live, kind: type[RetroError], **access: str) -> RetroError:
    """The error of a pull."""
    with pytest.raises(kind) as caught:
        live.connector(**access).pull(live.board.url)  # type: ignore[arg-type]  # strings only
    return caught.value


def test_refusals_say_what_to_do(live: Live) -> None:
    """A wrong key and a wrong token are told apart, and neither is ever shown."""
    wrong = "0123456789abcdef0123456789abcdef"
    key, token = error_of(live, SourceError, key=wrong), error_of(live, SourceError, token=wrong)
    assert key.what != token.what
    assert "`retro connect trello`" in token.remedy
    assert wrong not in f"{key}{token}"


def test_an_unknown_board(live: Live) -> None:
    """A 404 names the address and how to copy it."""
    with pytest.raises(SourceError) as caught:
        live.connector().pull("https://trello.com/b/ZZZZZZZZ/rien")
    assert (caught.value.status, caught.value.exit_code) == (404, 3)
    assert "ZZZZZZZZ" in caught.value.where


@pytest.mark.parametrize("at", ["", "https://notion.so/x", "../members/me", "a b"])
def test_what_is_no_address(live: Live, at: str) -> None:
    """What cannot be a board is refused before anything is asked."""
    with pytest.raises(ConfigurationError):
        live.connector().pull(at)
    assert len(live.sandbox.log) == 0


def test_a_token_that_may_only_read(live: Live) -> None:
    """It pulls, and refuses to write with the remedy, having changed nothing."""
    connector = live.connector(token=live.sandbox.read_token)
    board = connector.pull(live.board.url).snapshot.board.key
    write = Write(task=f"trello:{live.brief.id}", board=board, revision="", fields=(("due", None),))
    with pytest.raises(ReadOnlyError) as caught:
        connector.push(write)
    assert "`retro connect trello --write`" in caught.value.remedy
    with pytest.raises(ReadOnlyError):
        connector.provision(provisions(board, "retro_latest"))
    assert live.sandbox.writes() == 0


def test_a_breakdown_that_lasts(live: Live) -> None:
    """A service that stays broken is a SourceError for a read, and uncertain for a write that was sent."""
    connector = live.connector()
    board = connector.pull(live.board.url).snapshot.board.key
    live.sandbox.faults.add("500:100")
    with pytest.raises(SourceError) as caught:
        live.connector().pull(live.board.url)
    assert caught.value.status == 500
    write = Write(task=f"trello:{live.brief.id}", board=board, revision="", fields=(("due", None),))
    with pytest.raises(WriteUncertainError):
        connector.push(write)


def test_the_deadline_ends_the_waiting(live: Live) -> None:
    """A run that may last three seconds does not wait ten for a limit."""
    live.sandbox.faults.add("429:9")
    with pytest.raises(SourceError):
        live.connector(deadline=3).pull(live.board.url)
    assert live.clock.slept == []


def test_a_dead_network() -> None:
    """Where nobody listens the source is unreachable, in words, in both languages."""
    clock = SteppingClock()
    settings = SourceSettings(key="k" * 32, token="t" * 64, base_url="http://127.0.0.1:9")
    said = []
    try:
        for language in ("fr", "en"):
            use(language)
            with pytest.raises(SourceError) as caught:
                connect(settings, clock=clock, zone=PARIS).pull("AbCd1234")
            said.append(str(caught.value))
    finally:
        use("fr")
    assert said[0] != said[1]


@pytest.mark.parametrize("change", [{"base_url": "http://trello.example"}, {"key": ""}, {"token": 'x"y'}])
def test_settings_that_cannot_be_right(change: dict[str, str]) -> None:
    """An address that is neither https nor loopback, or a broken secret, is refused at once."""
    settings = SourceSettings(**{"key": "k" * 32, "token": "t" * 64, **change})
    with pytest.raises(ConfigurationError) as caught:
        connect(settings, clock=SteppingClock(), zone=PARIS)
    assert "t" * 64 not in str(caught.value)


def test_tokens_are_in_no_log(live: Live, caplog: pytest.LogCaptureFixture) -> None:
    """At the most talkative level, neither key nor token is logged, nor shown by a settings object."""
    caplog.set_level(logging.DEBUG)
    live.connector().pull(live.board.url)
    settings = SourceSettings(key=live.sandbox.key, token=live.sandbox.token)
    assert caplog.records
    for secret in (live.sandbox.key, live.sandbox.token):
        assert secret not in caplog.text
        assert secret not in repr(settings)


def test_boards_are_discovered(live: Live) -> None:
    """The boards of the token's owner are listed with what is known of who sees them."""
    (found,) = live.connector().discover()
    assert (found.at, found.name, found.guests_see) == (live.board.url, "Campagne", False)
    board = live.board.document
    assert (found.workspace, found.private) == (board["idOrganization"] or "", True)
    board["prefs"]["permissionLevel"], board["idOrganization"] = "org", "5abbe4b7ddc1b351ef961414"
    (shared,) = live.connector().discover()
    assert (shared.workspace, shared.private) == ("5abbe4b7ddc1b351ef961414", False)


def test_a_write_that_is_half_done_is_uncertain(live: Live) -> None:
    """Where retro's own fields were written and the team's refused, whoever settles the write has to look."""
    connector = live.connector()
    board = connector.pull(live.board.url).snapshot.board.key
    connector.provision(provisions(board, "retro_review"))
    live.sandbox.faults.add(f"readonly@PUT/1/cards/{live.brief.id}$")
    fields = (("due", date(2027, 3, 1)), ("retro_review", "x"))
    with pytest.raises(WriteUncertainError):
        connector.push(Write(task=f"trello:{live.brief.id}", board=board, revision="", fields=fields))
    assert live.brief.document["customFieldItems"][-1]["value"] == {"text": "x"}
    assert live.brief.document["due"] == "2027-02-01T16:00:00.000Z"


def test_sources_that_share_a_token_share_its_limit(live: Live) -> None:
    """Two sources of one run with the same token keep the limit together."""
    box = live.sandbox
    accounts = [
        Account(id=name, clock=live.clock, zone=PARIS, key=box.key, token=box.token, base_url=box.url)
        for name in ("equipe", "clients")
    ]
    connectors = [PACK.live(account) for account in accounts]
    for _ in range(60):
        for connector in connectors:
            connector.pull(live.board.url)
    assert {access.status for access in box.log} == {200}
    assert sum(live.clock.slept) > 10
