"""From what people paste to the data source that is meant, or to words that tell what to paste."""

import pytest
from tests.connectors.notion.conftest import Live

from retro.ports import ConfigurationError, SourceError
from retro_notion.settings import BoardSettings


def test_every_address_of_a_database_leads_to_it(live: Live) -> None:
    """With a title, a view, parameters, dashes, another host or the application's own scheme: the same board."""
    database, connector = live.database, live.connector()
    hex_, view = database.id.replace("-", ""), "1" * 32
    ways = [
        f"https://www.notion.so/agence/Titre-long-{hex_}?v={view}&pvs=4",
        f"https://www.notion.so/{hex_}",
        f"https://www.notion.so/agence/Titre-{database.id}",
        f"https://app.notion.com/p/agence/Titre-{hex_}?v={view}",
        f"https://agence.notion.site/{hex_}?pvs=74",
        f"notion://www.notion.so/agence/{hex_}?v={view}",
        f"www.notion.so/agence/Titre-{hex_}",
        f" {hex_.upper()} ",
        f"collection://{database.source}",
        database.source,
    ]
    assert {connector.pull(at).snapshot.board.key for at in ways} == {f"notion:{database.source}"}


def test_several_data_sources_are_listed_to_choose_from(live: Live) -> None:
    """The message holds the line to paste for each, by id, with its name beside it; that line then works."""
    second = live.database.another("Archives\n2026")
    place = BoardSettings(at=live.database.url, alias="campagne")
    with pytest.raises(ConfigurationError) as raised:
        live.connector(boards=(place,)).pull(live.database.url)
    lines = raised.value.remedy.splitlines()
    assert lines[1:] == [
        f'data_source = "{live.database.source}"  # Campagne',
        f'data_source = "{second.source}"  # Archives 2026',
    ]
    assert "[boards.campagne]" in lines[0]
    for chosen in (second.source, "archives 2026"):
        settings = place.model_copy(update={"data_source": chosen})
        board = live.connector(boards=(settings,)).pull(live.database.url).snapshot.board
        assert board.key == f"notion:{second.source}"


def test_a_linked_view_leads_to_the_database_it_shows(live: Live) -> None:
    """Notion gives nothing of a linked database; the view in its address says which data source it shows."""
    address = live.database.linked("Mes tâches")
    assert live.connector().pull(address).snapshot.board.key == f"notion:{live.database.source}"
    with pytest.raises(ConfigurationError, match="linked view"):
        live.connector().pull(address.partition("?")[0])


def test_a_page_is_no_database(live: Live) -> None:
    """The address of a row is told from that of a database."""
    with pytest.raises(ConfigurationError, match="that of a page"):
        live.connector().pull(live.brief.url)


def test_what_is_not_shared_is_unreachable(live: Live) -> None:
    """A database that is hidden from the connection is a failed source with the clicks that mend it."""
    connector = live.connector()
    connector.pull(live.database.url)
    live.database.state.share(live.database.id, shared=False)
    for each in (connector, live.connector()):
        with pytest.raises(SourceError, match="not shared") as raised:
            each.pull(live.database.url)
        assert "Connections" in raised.value.remedy


def test_a_pinned_data_source_saves_the_look_up(live: Live) -> None:
    """With `data_source` in the configuration, one request fewer."""
    settings = BoardSettings(at=live.database.url, data_source=live.database.source)
    assert live.connector(boards=(settings,)).pull(live.database.url).requests == 2


@pytest.mark.parametrize("at", ["https://example.com/x", "Campagne", "", "https://www.notion.so/agence"])
def test_what_is_no_address(at: str, live: Live) -> None:
    """What holds no id is refused before anything is asked."""
    with pytest.raises(ConfigurationError, match="no address"):
        live.connector().pull(at)
    assert len(live.sandbox.log) == 0
