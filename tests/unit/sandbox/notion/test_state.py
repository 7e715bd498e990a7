"""The state: a human's hand, keeping and loading, the same ids every time, and columns made on demand."""

import stat
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.sandbox.notion.conftest import Connect, World

from retro.sandbox.notion import DatabaseBuilder, NotionSandbox, NotionState, Refusal, new_state


def test_a_humans_edit(world: "World") -> None:
    """A person's edit changes what it names, and the page says who and when."""
    world.watch.sleep(3600)
    world.state.edit_page(
        world.brief.id, by="Léa Martin", due=date(2027, 2, 12), status="Fait", values={"Canal": "SEO"}
    )
    page = world.client.pages.retrieve(page_id=world.brief.id)
    assert page["properties"]["Échéance"]["date"]["start"] == "2027-02-12"
    assert page["properties"]["État"]["status"]["name"] == "Fait"
    assert page["properties"]["Canal"]["select"]["name"] == "SEO"
    assert page["last_edited_time"] == "2027-01-04T10:00:00.000Z"
    assert world.state.users[page["last_edited_by"]["id"]]["name"] == "Léa Martin"
    assert world.sandbox.writes() == 0


def test_edits_that_cannot_be(world: "World") -> None:
    """An unknown column, status, person or page raises, so that a typing mistake in a test shows."""
    with pytest.raises(KeyError):
        world.state.edit_page(world.brief.id, Absente=1)
    with pytest.raises(ValueError, match="Bientôt"):
        world.state.edit_page(world.brief.id, status="Bientôt")
    with pytest.raises(ValueError, match="Personne"):
        world.state.edit_page(world.brief.id, owners=["Personne"])
    with pytest.raises(KeyError):
        world.state.edit_page("0" * 32, title="x")


def test_a_human_drops_a_column(world: "World") -> None:
    """Dropping one side of a two-way relation drops the other; the title cannot be dropped."""
    world.state.drop_column(world.base.source, "Bloque")
    columns = world.client.data_sources.retrieve(data_source_id=world.base.source)["properties"]
    assert {"Bloque", "Bloqué par"}.isdisjoint(columns)
    with pytest.raises(Refusal):
        world.state.drop_column(world.base.source, "Nom")


def test_what_is_saved_is_what_was(world: "World", connect: "Connect", tmp_path: Path) -> None:
    """A saved and loaded state answers as before, with the same tokens, and the file is its owner's alone."""
    world.state.unshared.add(DatabaseBuilder("Secret", world.state).id)
    path = tmp_path / "notion.json"
    world.state.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert world.sandbox.token not in path.read_text("utf-8")
    loaded = NotionState.load(path, now=world.watch.now)
    assert loaded.saved
    assert (loaded.unshared, loaded.tokens.keys()) == (world.state.unshared, world.state.tokens.keys())
    with NotionSandbox(loaded) as sandbox:
        client = connect(sandbox, world.sandbox.token)
        answers: list[Callable[[Any], Any]] = [
            lambda of: of.data_sources.query(data_source_id=world.base.source)["results"],
            lambda of: of.data_sources.retrieve(data_source_id=world.base.source)["properties"],
            lambda of: of.users.list()["results"],
        ]
        for answer in answers:
            assert answer(client) == answer(world.client)
    assert loaded.mint.uuid() == world.state.mint.uuid()


def test_every_write_is_stored(world: "World", tmp_path: Path) -> None:
    """With a store, a write over HTTP is in the file before the answer is out; a query stores nothing."""
    base, path = DatabaseBuilder("Campagne"), tmp_path / "notion.json"
    page = base.page("Brief", estimate=1)
    with NotionSandbox(base.state, store=path) as sandbox:
        headers = {"Authorization": f"Bearer {sandbox.token}", "Notion-Version": "2026-03-11"}
        world.http.post(f"{sandbox.url}/v1/search", json={}, headers=headers).raise_for_status()
        assert not path.exists()
        body = {"properties": {"Charge (jours)": {"number": 4}}}
        world.http.patch(f"{sandbox.url}/v1/pages/{page.id}", json=body, headers=headers).raise_for_status()
        loaded = NotionState.load(path, now=base.state.now)
    assert 4 in loaded.pages[page.id]["values"].values()


@pytest.mark.parametrize("text", ["[]", "{}", '{"version": 1}', "{"])
def test_files_of_something_else(tmp_path: Path, text: str) -> None:
    """A file that is no saved Notion state is refused."""
    path = tmp_path / "autre.json"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r".*"):
        NotionState.load(path, now=lambda: datetime(2027, 1, 4).astimezone())


def test_the_same_building_gives_the_same_ids() -> None:
    """Ids, addresses and tokens depend on the seed and on the order of building, not on the time."""

    def build(day: int) -> tuple[list[str], list[str], list[str]]:
        at = datetime(2027, 1, day).astimezone()
        base = DatabaseBuilder("Campagne", new_state(lambda: at))
        page = base.page("Brief", due=date(2027, 2, day), owners=["Léa Martin"])
        return [base.url, page.url], list(base.document["properties"]), list(base.state.tokens)

    assert build(4) == build(20)


def test_columns_made_on_demand() -> None:
    """A builder that is told no column makes those that a page needs, with French names, and plays their roles."""
    base = DatabaseBuilder("Campagne")
    first = base.page("Un")
    assert [one["name"] for one in base.document["properties"].values()] == ["Nom"]
    span = (date(2027, 2, 1), date(2027, 2, 3))
    base.page("Deux", due=span, start=date(2027, 1, 29), owners=["Léa"], status="En cours", after=[first], estimate=2)
    assert [one["name"] for one in base.document["properties"].values()] == [
        "Nom",
        "Échéance",
        "Début",
        "Responsable",
        "État",
        "Bloqué par",
        "Bloque",
        "Charge (jours)",
    ]
    assert base.state.edit_page(first.id, due=span)["values"][base.column("Échéance")["id"]]["end"] == "2027-02-03"


def test_a_stopped_sandbox_answers_nobody(world: "World", connect: "Connect") -> None:
    """Connections that a client kept alive are closed when the sandbox stops."""
    with NotionSandbox(world.state) as sandbox:
        client = connect(sandbox)
        client.users.me()
    with pytest.raises(httpx.TransportError):
        client.users.me()
    with pytest.raises(RuntimeError):
        _ = sandbox.url


def test_age(world: "World") -> None:
    """What a builder makes is a month old unless told otherwise."""
    made = world.client.pages.retrieve(page_id=world.brief.id)["created_time"]
    assert datetime.fromisoformat(made) == world.watch.at.replace(second=0) - timedelta(days=30)
