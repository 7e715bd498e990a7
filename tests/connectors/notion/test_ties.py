"""Dependencies and sub-items: by their names, else by what views draw, and which way round."""

from datetime import date

import pytest
from tests.connectors.notion.conftest import Live

from retro.model import How, LinkDirection
from retro.sandbox.notion import DatabaseBuilder, PageMade
from retro_notion.settings import BoardSettings
from retro_notion.synonyms import tie_within


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("⛔ Tâches bloquées par", "predecessors"),
        ("Tâches bloquantes", None),
        ("Bloque (tâches)", "successors"),
        ("Dépend de (tâche)", "predecessors"),
        ("Élément parent ↑", "parent"),
        ("Mes sous-tâches", "children"),
        ("Inspirations", None),
    ],
)
def test_a_longer_name_may_hold_the_words(name: str, role: str | None) -> None:
    """The longest words of a tie that a heading holds say what it is."""
    assert tie_within(name) == role


def chain(live: Live, *, arrows: str) -> tuple[DatabaseBuilder, list[PageMade]]:
    """Three pages in a row by a relation whose names say nothing, and a timeline that draws `arrows`."""
    base = DatabaseBuilder("Projet", live.database.state)
    base.column("Échéance", "date")
    base.relation("Amont", "Aval", role="after")
    made: list[PageMade] = []
    for number in range(3):
        made.append(base.page(f"Étape {number}", due=date(2027, 2, 1 + number), after=made[-1:]))
    base.view("Tableau", "table")
    base.view("Chronologie", "timeline", date_property="Échéance", arrows_by=arrows)
    return base, made


@pytest.mark.parametrize(("arrows", "role"), [("Amont", "predecessors"), ("Aval", "successors")])
def test_a_timeline_tells_what_names_do_not(arrows: str, role: str, live: Live) -> None:
    """Whichever end a view names, the dates of the pages say which way it goes; the mapping names the view."""
    base, made = chain(live, arrows=arrows)
    snapshot = live.connector().pull(base.url).snapshot
    (use,) = [use for use in snapshot.board.mapping if use.how is How.VIEW]
    assert (use.role, use.name, use.told) == (role, arrows, "Chronologie")
    tasks = {task.title: task for task in snapshot.tasks}
    before = tasks["Étape 1"] if role == "predecessors" else tasks["Étape 0"]
    assert [each.target for each in before.references] == [
        f"notion:/{made[0 if role == 'predecessors' else 1].id.replace('-', '')}"
    ]
    expected = LinkDirection.PREDECESSOR if role == "predecessors" else LinkDirection.SUCCESSOR
    assert {each.direction for each in before.references} == {expected}


def test_views_are_asked_at_the_first_read_only(live: Live) -> None:
    """Names that decide ask nothing; what views told is held on to by the mapping: ⌈n/100⌉ + 2 from then on."""
    mark = live.sandbox.log.mark()
    live.connector().pull(live.database.url)
    assert not any("views" in one for one in live.asked(mark))
    base, _made = chain(live, arrows="Amont")
    first = live.connector().pull(base.url)
    assert first.requests == 3 + 3
    known = BoardSettings(at=base.url, mapping=first.snapshot.board.mapping)
    again = live.connector(boards=(known,)).pull(base.url)
    assert again.requests == 3
    assert again.snapshot.board.mapping == first.snapshot.board.mapping
    assert again.snapshot.tasks == first.snapshot.tasks


@pytest.mark.parametrize("fault", ["readonly", "revoked"])
def test_views_that_may_not_be_seen_are_no_information(fault: str, live: Live) -> None:
    """A refusal of the views leaves the relation without a role, and says which column it could be."""
    base, _made = chain(live, arrows="Amont")
    if fault == "revoked":
        live.sandbox.faults.add("revoked@GET/v1/views")
    else:
        live.database.state.views.clear()
    board = live.connector().pull(base.url).snapshot.board
    assert not any(use.how is How.VIEW for use in board.mapping)
    assert any("Amont" in warning for warning in board.warnings)


@pytest.mark.parametrize("drawn", ["Dessous", "Dessus"])
def test_sub_items_of_a_table(drawn: str, live: Live) -> None:
    """The column in which no page names two, and several name the same, is the parent's, whichever is drawn."""
    base = DatabaseBuilder("Projet", live.database.state)
    base.relation("Dessus", "Dessous", role="up")
    top = base.page("Ensemble")
    parts = [base.page(f"Partie {number}", values={"Dessus": [top]}) for number in range(3)]
    base.view("Tableau", "table", subtasks=drawn)
    tasks = {task.title: task for task in live.connector().pull(base.url).snapshot.tasks}
    if drawn == "Dessous":
        assert len(tasks["Ensemble"].children) == len(parts)
    else:
        assert {tasks[f"Partie {number}"].parent for number in range(3)} == {tasks["Ensemble"].handles[0]}
