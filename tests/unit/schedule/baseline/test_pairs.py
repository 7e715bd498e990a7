"""Which task of one plan is which of another: ids, titles, words and places."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from tests.dated_plans import card, row

from retro.model import BaselineTask, Identity
from retro.schedule.baseline.pairs import pairs


def paired(was: list[BaselineTask], now: list[BaselineTask], shared: frozenset[str] = frozenset("b")) -> list[str]:
    """Titles then and now of what was taken for the same."""
    return [f"{one.title}>{other.title}" for one, other in pairs(was, now, shared)]


def numbered(number: str, title: str) -> BaselineTask:
    """A row with an id of its column's."""
    return row(title, key=f"b:{number}", identity=Identity.ASSIGNED)


def test_a_tools_own_id_holds_over_boards_and_titles() -> None:
    """A card that was renamed and moved to another board is the same; one of its old title is not."""
    was = [card("trello:1", title="Brief")]
    now = [card("trello:2", title="Brief"), card("trello:1", title="Cadrage", board="c")]
    assert paired(was, now) == ["Brief>Cadrage"]


def test_rows_are_known_by_their_titles_wherever_they_stand() -> None:
    """A row that is inserted above shifts no row onto its neighbour."""
    was = [row("Brief"), row("Maquette"), row("Envoi")]
    now = [row("Captation"), row("brief "), row("Envoi"), row("MAQUETTE")]
    assert paired(was, now) == ["Brief>brief ", "Maquette>MAQUETTE", "Envoi>Envoi"]


def test_of_rows_with_one_title_owners_then_order_decide() -> None:
    """Two "Relecture" are told apart by their owners, whatever their order; without owners by their order."""
    was = [row("Relecture", owners=("Léa",), key="1"), row("Relecture", owners=("Ada",), key="2")]
    swapped = [replace(was[1], key="3"), replace(was[0], key="4")]
    assert [(one.key, other.key) for one, other in pairs(was, swapped, frozenset("b"))] == [("1", "4"), ("2", "3")]
    bare = [replace(task, owners=()) for task in swapped]
    assert [(one.key, other.key) for one, other in pairs(was, bare, frozenset("b"))] == [("1", "3"), ("2", "4")]


def test_a_sheet_numbered_anew_keeps_its_rows() -> None:
    """Where a column of numbers was filled again from 1, titles tell; a number tells where the title is new."""
    was = [numbered("1", "Brief"), numbered("2", "Maquette"), numbered("9", "Envoi")]
    now = [numbered("1", "Captation"), numbered("2", "Brief"), numbered("3", "Maquette"), numbered("9", "Routage")]
    assert paired(was, now) == ["Brief>Brief", "Maquette>Maquette", "Envoi>Routage"]


def test_a_file_under_another_name_keeps_its_ids() -> None:
    """Ids are compared without the file's name where neither file is in both plans."""
    was = [row("Envoi", key="a.csv:7", board="a.csv", identity=Identity.ASSIGNED)]
    now = [row("Routage", key="b.csv:7", board="b.csv", identity=Identity.ASSIGNED)]
    assert paired(was, now, frozenset()) == ["Envoi>Routage"]
    assert paired(was, now, frozenset({"b.csv"})) == []


def test_a_title_worded_anew_in_its_place_is_the_same_row() -> None:
    """Other punctuation is the same title; another word is, where the row alone stands below the same one."""
    was = [row("Appel aux [exceptions]"), row("Kick-off"), row("Réunions du vendredi de l’équipe"), row("Fin")]
    now = [row("Appel aux (exceptions)"), row("Kick-off"), row("Réunions de l’équipe"), row("Fin"), row("Suite")]
    assert paired(was, now)[2] == "Réunions du vendredi de l’équipe>Réunions de l’équipe"
    assert len(paired(was, now)) == 4
    assert paired([row("Kick-off"), row("Brief"), row("Fin")], [row("Kick-off"), row("Photos"), row("Fin")]) == [
        "Kick-off>Kick-off",
        "Fin>Fin",
    ]


PLANS = st.lists(
    st.builds(
        lambda title, number, identity, board, owner: row(
            title, date(2027, 1, 4), key=f"{board}:{number}", identity=identity, board=board, owners=(owner,)
        ),
        st.sampled_from(["Brief", "brief", "Envoi aux clients", "Envoi aux (clients)", "", "🚀"]),
        st.integers(0, 5),
        st.sampled_from(Identity),
        st.sampled_from("bc"),
        st.sampled_from("AB"),
    ),
    max_size=12,
)


@given(PLANS, PLANS)
def test_no_task_is_taken_twice(was: list[BaselineTask], now: list[BaselineTask]) -> None:
    """Whatever the plans, each task is the same as one other at most."""
    found = pairs(was, now, frozenset("b"))
    assert len({id(one) for one, _other in found}) == len(found) == len({id(other) for _one, other in found})


@given(PLANS)
def test_a_plan_is_itself(tasks: list[BaselineTask]) -> None:
    """Compared with itself every task of a plan is found, each with the same title."""
    found = pairs(tasks, tasks, frozenset("bc"))
    assert len(found) == len(tasks) or any(task.identity is not Identity.POSITIONAL for task in tasks)
    assert all(one.title == other.title or one.identity is Identity.NATIVE for one, other in found)
