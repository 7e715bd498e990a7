"""Values of which Notion shows 25, and what it computes from them."""

from typing import Any

import pytest
from tests.connectors.notion.conftest import Live

from retro.model import Cut, CutPart, Task
from retro.sandbox.notion import DatabaseBuilder, PageMade
from retro.sandbox.notion.text import mention, runs


def task_named(tasks: tuple[Task, ...], title: str) -> Task:
    """The task of that title."""
    return next(task for task in tasks if task.title == title)


def many(database: DatabaseBuilder, count: int) -> list[PageMade]:
    """So many pages."""
    return [database.page(f"Préalable {number}") for number in range(count)]


def test_forty_relations_are_read_whole(live: Live) -> None:
    """One request more, a hundred values each, and no warning."""
    live.database.page("Lancement", after=many(live.database, 40))
    pulled = live.connector().pull(live.database.url)
    assert len(task_named(pulled.snapshot.tasks, "Lancement").references) == 40
    assert (pulled.requests, pulled.snapshot.board.warnings) == (4, ())


def test_exactly_twenty_five_relations_need_no_request(live: Live) -> None:
    """Where Notion says that there is no more, nothing is asked for."""
    live.database.page("Lancement", after=many(live.database, 25))
    assert live.connector().pull(live.database.url).requests == 3


def test_a_relation_without_a_role_is_marked_cut(live: Live) -> None:
    """It costs no request: the board says that it is short."""
    other = DatabaseBuilder("Idées", live.database.state)
    live.database.relation("Inspirations", to=other)
    live.database.page("Lancement", values={"Inspirations": many(other, 30)})
    pulled = live.connector().pull(live.database.url)
    assert pulled.requests == 3
    assert any("Inspirations" in warning for warning in pulled.snapshot.board.warnings)
    assert pulled.snapshot.board.cut == (), "no plan reads it"


def test_long_lists_of_people_and_mentions_are_read_whole(live: Live) -> None:
    """Owners beyond 25, and a title and a text of dependencies with more than 25 mentions: no name is lost."""
    database = live.database
    team = [f"Personne {number:02}" for number in range(30)]
    before = many(database, 30)
    database.column("Dépend aussi de", "rich_text")
    mentions = [mention(page.document["values"]["title"][0]["plain_text"], page.id) for page in before]
    title = [*runs("Point : "), *(mention(f"@{number}", page.id) for number, page in enumerate(before))]
    database.page("Réunion", owners=team, values={"Dépend aussi de": mentions})
    database.page("x", values={"Nom": title})
    pulled = live.connector().pull(database.url)
    meeting = task_named(pulled.snapshot.tasks, "Réunion")
    assert len(meeting.owners) == 30
    assert len(meeting.references) == 30
    assert any(task.title.endswith("@29") for task in pulled.snapshot.tasks)
    assert pulled.requests == 3 + 3


@pytest.mark.parametrize("kind", ["rollup", "formula"])
def test_what_is_computed_from_a_cut_relation_is_not_used(kind: str, live: Live) -> None:
    """A number that rests on 25 of 30 pages is no estimate; the board says on how many rows it was left out."""
    database = live.database
    blocking = database.column("Bloqué par", "relation")
    config: dict[str, Any] = (
        {"relation_property_id": blocking["id"], "relation_property_name": "Bloqué par"}
        if kind == "rollup"
        else {"expression": 'prop("Bloqué par").length()'}
    )
    database.column("Charge (jours)", "number")
    database.column("Charge totale", kind, **config)
    value = {"type": "number", "number": 25, **({"function": "sum"} if kind == "rollup" else {})}
    database.page("Lancement", after=many(database, 30), values={"Charge totale": value})
    database.page("Court", after=[live.brief], values={"Charge totale": value})
    pulled = live.connector().pull(database.url)
    assert "Charge totale" not in task_named(pulled.snapshot.tasks, "Lancement").extra
    assert task_named(pulled.snapshot.tasks, "Court").extra["Charge totale"] == "25"
    (warning,) = pulled.snapshot.board.warnings
    assert "Charge totale" in warning
    assert "1 row" in warning
    assert all(cut == Cut(CutPart.VALUES, 1, "Charge totale") for cut in pulled.snapshot.board.cut)


@pytest.mark.parametrize("kind", ["unsupported", "incomplete"])
def test_what_notion_did_not_compute_is_said(kind: str, live: Live) -> None:
    """A rollup that Notion calls unsupported or incomplete is no value."""
    live.database.column("Somme", "rollup")
    live.database.page("Lancement", values={"Somme": {"type": kind, kind: {}, "function": "sum"}})
    pulled = live.connector().pull(live.database.url)
    assert "Somme" not in task_named(pulled.snapshot.tasks, "Lancement").extra
    assert any("Somme" in warning for warning in pulled.snapshot.board.warnings)


def test_an_invisible_person_is_an_id_and_said(live: Live) -> None:
    """A connection without the right to see people leaves ids, and the board says which box to tick."""
    blind = live.database.state.add_connection("Aveugle", users=False)
    pulled = live.connector(token=blind.value).pull(live.database.url)
    owner = task_named(pulled.snapshot.tasks, "[SEO] Brief").owners[0]
    assert owner.key == f"notion:{owner.name}"
    assert any("Read user information" in warning for warning in pulled.snapshot.board.warnings)
