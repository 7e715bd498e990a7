"""The connector over real HTTP: what it asks for, how often, and what it does where Notion falters."""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

import pytest
from tests.connectors.notion.conftest import PARIS, Live

from retro.i18n.stamps import checksum
from retro.model import How, Provision, Task, Write
from retro.ports import ConfigurationError, ReadOnlyError, SourceError, StaleRevisionError, WriteUncertainError
from retro.sandbox.notion import DatabaseBuilder, Limits
from retro.sandbox.notion.text import mention
from retro_notion.settings import BoardSettings

if TYPE_CHECKING:
    from retro.model.values import Value

OWN = {"retro_latest": "retro · au plus tard", "retro_review": "retro · à revoir"}


def by_title(tasks: tuple[Task, ...]) -> dict[str, Task]:
    """Tasks by title."""
    return {task.title: task for task in tasks}


def provisions(board: str) -> list[Provision]:
    """The two usual own fields."""
    return [Provision(board=board, field=field, name=name) for field, name in OWN.items()]


def test_a_pull_takes_the_database_the_columns_and_its_rows(live: Live) -> None:
    """Three requests for three rows; the second time the data source is known and two are enough."""
    connector = live.connector()
    pulled = connector.pull(live.database.url)
    assert live.asked() == ["GET databases", "GET data_sources", "POST data_sources/query"]
    assert pulled.requests == 3
    assert connector.pull(live.database.url).requests == 2
    tasks = by_title(pulled.snapshot.tasks)
    assert tasks["Article"].start == date(2027, 2, 2)
    assert tasks["Article"].due == date(2027, 2, 5)
    assert [each.target for each in tasks["Article"].references] == [tasks["[SEO] Brief"].handles[0]]
    assert tasks["Article"].references[0].text == "[SEO] Brief"
    assert [owner.name for owner in tasks["[SEO] Brief"].owners] == ["Léa Martin"]


@pytest.mark.parametrize("count", [0, 100, 101, 250])
def test_a_pull_of_n_rows_takes_a_query_a_hundred(count: int, live: Live) -> None:
    """max(1, ⌈n/100⌉) + 2 requests, whatever n."""
    other = DatabaseBuilder("Grande", live.database.state)
    for number in range(count):
        other.page(f"Page {number}")
    pulled = live.connector().pull(other.url)
    assert pulled.requests == max(1, -(-count // 100)) + 2
    assert len({task.key for task in pulled.snapshot.tasks}) == count


def test_every_way_to_name_a_database_leads_to_it(live: Live) -> None:
    """A view's address, a bare id, the data source's id and the board's key all mean the same board."""
    database, connector = live.database, live.connector()
    hex_ = database.id.replace("-", "")
    ways = [database.url, f"https://www.notion.so/agence/Campagne-{hex_}?v={'1' * 32}&pvs=4", database.id, hex_]
    ways += [database.source, f"notion:{database.source}", f"https://agence.notion.site/{hex_}"]
    assert {connector.pull(at).snapshot.board.key for at in ways} == {f"notion:{database.source}"}


@pytest.mark.parametrize("live", [Limits(references_most=2)], indirect=True)
def test_long_relations_are_read_whole(live: Live) -> None:
    """A relation that Notion cuts is completed: one request a hundred values, for columns that matter only."""
    before = [live.database.page(f"Préalable {number}") for number in range(150)]
    live.database.page("Lancement", after=before)
    connector = live.connector()
    pulled = connector.pull(live.database.url)
    assert len(by_title(pulled.snapshot.tasks)["Lancement"].references) == 150
    assert pulled.requests == 2 + 2 + 2
    assert pulled.snapshot.board.warnings == ()


@pytest.mark.parametrize("live", [Limits(rows_most=2)], indirect=True)
def test_a_query_that_stops_short_says_so(live: Live) -> None:
    """Rows beyond Notion's most are missing, and the board says that they are."""
    board = live.connector().pull(live.database.url).snapshot.board
    assert any("2" in warning for warning in board.warnings)
    assert len(board.warnings) == 1


def test_people_without_names_are_asked_for_once(live: Live) -> None:
    """A connection that may not see people leaves ids, without failing and without asking at each pull."""
    state = live.database.state
    blind = state.add_connection("Aveugle", users=False)
    connector = live.connector(token=blind.value)
    owner = by_title(connector.pull(live.database.url).snapshot.tasks)["[SEO] Brief"].owners[0]
    assert owner.key == f"notion:{owner.name}"
    mark = live.sandbox.log.mark()
    connector.pull(live.database.url)
    assert "GET users" not in live.asked(mark)


def test_own_columns_are_made_once_in_one_request_that_names_no_other(live: Live) -> None:
    """One PATCH holds the new columns alone; asked again, or by another run, they are found."""
    connector = live.connector()
    key = connector.pull(live.database.url).snapshot.board.key
    mark = live.sandbox.log.mark()
    made = connector.provision(provisions(key))
    writes = [one for one in live.sandbox.log.since(mark) if one.wrote]
    assert [one.body for one in writes] == [
        {
            "properties": {
                "retro · au plus tard": {"type": "date", "date": {}},
                "retro · à revoir": {"type": "rich_text", "rich_text": {}},
            }
        }
    ]
    assert [each.action for each in made] == ["create", "create"]
    again = live.connector().provision(provisions(key))
    assert [each.action for each in again] == ["found", "found"]
    assert [each.id for each in again] == [each.id for each in made]
    assert connector.pull(live.database.url).snapshot.board.own_fields == ("latest", "review")


def test_a_renamed_own_column_is_known_by_its_pin(live: Live) -> None:
    """What a person calls retro's column does not matter once its id is known."""
    connector = live.connector()
    key = connector.pull(live.database.url).snapshot.board.key
    made = connector.provision(provisions(key)[:1])
    live.database.document["properties"][made[0].id]["name"] = "Au plus tard, en clair"
    pinned = live.connector(pins={key: {"latest": made[0].id}})
    assert pinned.provision(provisions(key)[:1])[0].action == "found"


@pytest.mark.parametrize("warnings", ["field", "comment"])
def test_a_renamed_own_column_is_known_by_the_stamps(warnings: Literal["field", "comment"], live: Live) -> None:
    """Without its id, what stands in it tells: no second one is made, and it is nobody's due date."""
    board = BoardSettings(at=live.database.url, warnings=warnings)
    connector = live.connector(boards=(board,))
    snapshot = connector.pull(live.database.url).snapshot
    margin = Provision(board=snapshot.board.key, field="retro_margin", name="retro · marge (jours)")
    latest, review, _margin = connector.provision([*provisions(snapshot.board.key), margin])
    for day, task in enumerate(snapshot.tasks, 1):
        values: dict[str, Value] = {"latest": date(2027, 2, day), "margin": 1.5}
        said = f"[retro {checksum(values, '', PARIS)}]"
        fields = tuple((f"retro_{own}", value) for own, value in {**values, "review": said}.items())
        connector.push(Write(task=task.key, board=task.board, revision=task.revision, fields=fields))
    live.database.document["properties"][latest.id]["name"] = "Au plus tard"
    if warnings == "field":
        live.database.document["properties"][review.id]["name"] = "À revoir"
    lost = live.connector(boards=(board,))
    again = lost.pull(live.database.url).snapshot
    assert again.board.own_fields == ("latest", "margin", "review")
    assert [task.own["latest"] for task in again.tasks] == [date(2027, 2, day) for day in (1, 2, 3)]
    assert "Au plus tard" not in {use.name for use in again.board.mapping}
    found = lost.provision(provisions(snapshot.board.key))
    assert [(each.action, each.id) for each in found] == [("found", latest.id), ("found", review.id)]


def test_a_column_of_the_teams_is_not_taken_for_retros(live: Live) -> None:
    """Retro's column is gone, and the team's due dates are the same: they stay the team's, and one is made."""
    live.database.column("Échéance", "date")
    connector = live.connector()
    snapshot = connector.pull(live.database.url).snapshot
    key = snapshot.board.key
    latest, _review = connector.provision(provisions(key))
    for task in snapshot.tasks:
        said = f"[retro {checksum({'latest': date(2027, 2, 8)}, '', PARIS)}]"
        fields = (("retro_latest", date(2027, 2, 8)), ("retro_review", said), ("due", date(2027, 2, 8)))
        connector.push(Write(task=task.key, board=key, revision=task.revision, fields=fields))
    live.database.state.drop_column(live.database.source, latest.name)
    lost = live.connector()
    again = lost.pull(live.database.url).snapshot
    assert again.board.own_fields == ("review",)
    assert all(task.due is not None for task in again.tasks)
    assert lost.provision(provisions(key)[:1])[0].action == "create"


def test_a_team_column_of_that_name_is_not_retyped(live: Live) -> None:
    """Where the name stands for a column of another type, nothing is sent."""
    live.database.column("retro · au plus tard", "checkbox")
    connector = live.connector()
    key = connector.pull(live.database.url).snapshot.board.key
    mark = live.sandbox.log.mark()
    with pytest.raises(ConfigurationError, match="checkbox"):
        connector.provision(provisions(key))
    assert not any(one.wrote for one in live.sandbox.log.since(mark))


def test_a_push_is_one_request_with_our_fields_only(live: Live) -> None:
    """One PATCH holds what changes; a range keeps the end that is not written."""
    connector = live.connector()
    snapshot = connector.pull(live.database.url).snapshot
    key = snapshot.board.key
    made = {each.field: each.id for each in connector.provision(provisions(key))}
    mark = live.sandbox.log.mark()
    task = by_title(snapshot.tasks)["Article"]
    fields = (("retro_latest", date(2027, 2, 8)), ("due", date(2027, 2, 9)))
    pushed = connector.push(Write(task=task.key, board=key, revision=task.revision, fields=fields))
    sent = list(live.sandbox.log.since(mark))
    assert pushed.requests == len(sent) == 1
    assert sent[0].method == "PATCH"
    cells = list(sent[0].body["properties"].values())
    assert cells == [{"date": {"start": "2027-02-08"}}, {"date": {"start": "2027-02-02", "end": "2027-02-09"}}]
    assert len(made) == 2
    assert (pushed.task.start, pushed.task.due) == (date(2027, 2, 2), date(2027, 2, 9))
    assert pushed.task.own == {"latest": date(2027, 2, 8)}


def test_a_long_remark_goes_out_in_pieces(live: Live) -> None:
    """A text beyond 2 000 units is sent in runs, and reads back whole."""
    connector = live.connector()
    key = connector.pull(live.database.url).snapshot.board.key
    connector.provision(provisions(key))
    text = "😀" * 1500
    write = Write(task=f"notion:{live.brief.id}", board=key, revision="", fields=(("retro_review", text),))
    assert connector.push(write).task.own["review"] == text


def test_a_conflict_is_settled_by_looking(live: Live) -> None:
    """409: the page is read again; written once more if it is as it was, left alone if someone changed it."""
    connector = live.connector()
    snapshot = connector.pull(live.database.url).snapshot
    task = by_title(snapshot.tasks)["Article"]
    write = Write(task=task.key, board=task.board, revision=task.revision, fields=(("due", date(2027, 2, 9)),))
    live.sandbox.faults.add("409:1@PATCH")
    pushed = connector.push(write)
    assert (pushed.task.due, pushed.requests) == (date(2027, 2, 9), 3)
    live.sandbox.faults.add("409:1@PATCH")
    live.database.state.edit_page(live.article.id, title="Autre")
    with pytest.raises(StaleRevisionError):
        connector.push(write)


@pytest.mark.parametrize("fault", ["429:2", "529:2", "500:2", "502:2", "503:2", "drop:2"])
def test_a_read_is_asked_again(fault: str, live: Live) -> None:
    """Queries too, which are posted: after refusals, breakdowns, pages of HTML and dropped connections."""
    live.sandbox.faults.add(f"{fault}@POST")
    pulled = live.connector().pull(live.database.url)
    assert len(pulled.snapshot.tasks) == 3
    assert pulled.requests == 5
    assert live.clock.slept


@pytest.mark.parametrize("fault", ["503:1", "drop:1", "lost:1", "429:1"])
def test_the_same_values_are_written_again(fault: str, live: Live) -> None:
    """A page's write that got no good answer is repeated after a look, unless that shows it done: it lasts once."""
    connector = live.connector()
    task = by_title(connector.pull(live.database.url).snapshot.tasks)["Article"]
    live.sandbox.faults.add(f"{fault}@PATCH")
    write = Write(task=task.key, board=task.board, revision=task.revision, fields=(("due", date(2027, 2, 9)),))
    pushed = connector.push(write)
    assert (pushed.task.due, pushed.requests) == (date(2027, 2, 9), 2 if fault == "lost:1" else 3)


def test_new_columns_are_not_asked_for_twice(live: Live) -> None:
    """A creation without an answer is uncertain; the next run finds what was made."""
    connector = live.connector()
    key = connector.pull(live.database.url).snapshot.board.key
    live.sandbox.faults.add("lost:1@PATCH")
    mark = live.sandbox.log.mark()
    with pytest.raises(WriteUncertainError):
        connector.provision(provisions(key))
    assert live.asked(mark).count("PATCH data_sources") == 1
    assert [each.action for each in live.connector().provision(provisions(key))] == ["found", "found"]


def test_a_query_too_large_for_the_gateway_is_halved(live: Live) -> None:
    """After a 504, rows are asked for in smaller pages at once; the same is repeated only at the smallest size."""
    live.sandbox.faults.add("504:5@POST")
    assert len(live.connector().pull(live.database.url).snapshot.tasks) == 3
    sizes = [one.body["page_size"] for one in live.sandbox.log if one.method == "POST"]
    assert sizes == [100, 50, 25, 10, 10, 10]


def test_a_wait_beyond_the_deadline_is_not_begun(live: Live) -> None:
    """Where Notion asks for more time than the run has, the run says so."""
    live.sandbox.faults.add("429:9@POST")
    with pytest.raises(SourceError, match="time"):
        live.connector(deadline=0.5).pull(live.database.url)


def test_requests_keep_below_the_rate(live: Live) -> None:
    """No two seconds see more than five requests, waited for on the run's clock."""
    connector = live.connector()
    began = live.clock.now()
    for _turn in range(10):
        connector.pull(live.database.id)
    asked = connector.pull(live.database.id).requests + 1 + 10 * 2
    assert live.clock.now() - began >= timedelta(seconds=(asked - 5) / 2.5)


def test_what_is_not_shared_says_how_to_share_it(live: Live) -> None:
    """A database out of the connection's sight is a SourceError with the click that mends it."""
    hidden = DatabaseBuilder("Secrète", live.database.state, shared=False)
    with pytest.raises(SourceError, match="•••") as raised:
        live.connector().pull(hidden.url)
    assert raised.value.status == 404
    assert raised.value.exit_code == 3


def test_several_data_sources_are_listed(live: Live) -> None:
    """A database with two tables is not guessed at: both are named with their ids; a name or an id chooses."""
    second = live.database.another("Archives")
    second.page("Ancienne")
    with pytest.raises(ConfigurationError) as raised:
        live.connector().pull(live.database.url)
    assert second.source in raised.value.remedy
    assert "Archives" in raised.value.remedy
    for chosen in ("archives", second.source):
        board = BoardSettings(at=live.database.url, data_source=chosen)
        pulled = live.connector(boards=(board,)).pull(live.database.url)
        assert [task.title for task in pulled.snapshot.tasks] == ["Ancienne"]
    absent = live.connector(boards=(BoardSettings(at=live.database.url, data_source="Absente"),))
    with pytest.raises(ConfigurationError, match="Absente"):
        absent.pull(live.database.url)


def test_a_wrong_token_and_a_wrong_address_are_told(live: Live) -> None:
    """An unknown token is refused with words; what is no address of Notion's is not even asked for."""
    with pytest.raises(SourceError, match="token"):
        live.connector(token=f"{live.sandbox.token}x").pull(live.database.url)
    mark = live.sandbox.log.mark()
    with pytest.raises(ConfigurationError, match="trello"):
        live.connector().pull("https://trello.com/b/AbCd1234")
    assert live.asked(mark) == []


def test_a_read_only_connection_provisions_nothing(live: Live) -> None:
    """A connection without the right to write says which one is missing."""
    connector = live.connector(token=live.sandbox.read_token)
    key = connector.pull(live.database.url).snapshot.board.key
    with pytest.raises(ReadOnlyError, match="write"):
        connector.provision(provisions(key))


def test_the_configuration_chooses_columns(live: Live) -> None:
    """A column is pinned by name or id; the mapping tells how each was found."""
    live.database.column("Relecture avant", "date")
    found = live.database.column("Relecteur en chef", "people")
    columns = {"due": "Relecture avant", "owners": f"id:{found['id']}"}
    connector = live.connector(boards=(BoardSettings(at=live.database.url, columns=columns),))
    key = connector.pull(live.database.url).snapshot.board.key
    uses = {use.role: use for use in connector.mapping(key).uses}
    assert (uses["due"].column.name, uses["due"].how) == ("Relecture avant", How.CONFIGURED)
    assert uses["owners"].column.name == "Relecteur en chef"


def test_pages_that_left_are_left_out(live: Live) -> None:
    """A page in another database, or none at all, is not among those read again."""
    other = DatabaseBuilder("Ailleurs", live.database.state)
    elsewhere = other.page("Partie")
    connector = live.connector()
    key = connector.pull(live.database.url).snapshot.board.key
    keys = [f"notion:{elsewhere.id}", "notion:pas-un-id", f"notion:{live.brief.id}"]
    assert connector.read(key, keys).keys() == {keys[2]}


def test_discovered_boards_can_be_pulled(live: Live) -> None:
    """Every data source is listed: by its database's address, or by its own id where that has several."""
    other = DatabaseBuilder("Double", live.database.state)
    other.another("Deuxième")
    connector = live.connector()
    found = list(connector.discover())
    assert {each.name for each in found} == {"Campagne", "Double", "Deuxième"}
    assert len({connector.pull(each.at).snapshot.board.key for each in found}) == 3
    assert all(each.guests_see is None for each in found)


def test_two_boards_of_one_address_are_refused(live: Live) -> None:
    """Where a database has two data sources, each board names its own: one address cannot mean both."""
    twice = tuple(BoardSettings(at=live.database.url, alias=alias, data_source=alias) for alias in ("a", "b"))
    with pytest.raises(ConfigurationError, match="a, b"):
        live.connector(boards=twice)


def test_a_title_is_written_where_nothing_is_lost(live: Live) -> None:
    """One PATCH; a title with a mention in it is refused for that page alone, and nothing is sent."""
    connector = live.connector()
    tasks = by_title(connector.pull(live.database.url).snapshot.tasks)
    brief, article = tasks["[SEO] Brief"], tasks["Article"]
    pushed = connector.push(
        Write(task=brief.key, board=brief.board, revision="", fields=(("title", "[SEO] Le brief"),))
    )
    assert (pushed.task.title, pushed.requests) == ("[SEO] Le brief", 1)
    live.database.state.edit_page(live.article.id, title=[mention("Brief", live.brief.id)])
    other = live.connector()
    other.pull(live.database.url)
    mark = live.sandbox.log.mark()
    with pytest.raises(SourceError, match="formats, links or mentions") as raised:
        other.push(Write(task=article.key, board=article.board, revision="", fields=(("title", "Autre"),)))
    assert raised.value.status == 400
    assert live.sandbox.log.since(mark) == []


def test_an_impossible_date_is_kept_as_words(live: Live) -> None:
    """What a date column holds and is no date becomes SRC101, never a guess."""
    column = live.database.column("Échéance", "date")
    live.brief.document["values"][column["id"]] = {"start": "2027-02-30", "end": None, "time_zone": None}
    task = by_title(live.connector().pull(live.database.url).snapshot.tasks)["[SEO] Brief"]
    assert task.due is None
    assert [(each.field, each.text) for each in task.unreadable] == [("due", "2027-02-30")]


def test_a_revoked_token_is_told_of_its_source(live: Live) -> None:
    """What ends the whole source names the source, not what happened to be asked for."""
    live.sandbox.faults.add("invalid")
    with pytest.raises(SourceError) as raised:
        live.connector().pull(live.database.url)
    assert (raised.value.whole, raised.value.where) == (True, "sources.base")
