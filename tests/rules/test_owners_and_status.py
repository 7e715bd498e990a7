"""OWN101, OWN102 and STA102 in the cases that examples do not show."""

import tomllib
from dataclasses import replace

import pytest

from retro.lint.examples import a_board, a_task, case
from retro.model import Category, Finding, Person, Status, StatusOrigin
from retro_practices.own.no_owner import NoOwner
from retro_practices.own.several_owners import SeveralOwners
from retro_practices.sta.unmapped_status import UnmappedStatus

PEOPLE = (Person(key="ines", name="Inès de La Tour", aliases=("Inès, Studio",)),)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("?", "OWN101"),
        ("TBD", "OWN101"),
        ("à définir", "OWN101"),
        ("", "OWN101"),
        ("Inès & Omar", "OWN102"),
        ("Inès, Omar", "OWN102"),
        ("Inès et Omar", "OWN102"),
        ("Inès and Omar", "OWN102"),
        ("Inès / Omar", "OWN102"),
        ("Inès + Omar", "OWN102"),
        ("Inès ; Omar", "OWN102"),
        ("Inès, TBD", None),
        ("De La Tour, Ines", None),
        ("Inès, Studio", None),
        ("Benoît", None),
        ("Andy Landau", None),
        ("R&D", None),
        ("Anne-Sophie L.", None),
        ("ines.delatour@agence.example", None),
        ("Inès (Studio)", None),
    ],
)
def test_a_cell_of_text_is_nobody_one_or_several(written: str, code: str | None) -> None:
    """Whole words divide names, the list of people keeps known ones together, placeholders are nobody."""
    context = case("", a_task("A", owners=(written,), text_owners=True), people=PEOPLE).context()
    found = [*NoOwner().check(context), *SeveralOwners().check(context)]
    assert [finding.code for finding in found] == ([code] if code else [])


def test_a_placeholder_beside_a_person_is_no_owner() -> None:
    """Somebody and "?" are one owner; two placeholders are none."""
    one = case("", a_task("A", owners=("Léa", "?"), text_owners=True)).context()
    none = case("", a_task("A", owners=("TBD", "?"), text_owners=True)).context()
    assert [*NoOwner().check(one), *SeveralOwners().check(one)] == []
    assert len(list(NoOwner().check(none))) == 1


def test_the_same_person_twice_is_one_owner() -> None:
    """Two accounts that were matched to one person count once."""
    assert list(SeveralOwners().check(case("", a_task("A", owners=("Léa", "léa"))).context())) == []


def statuses(*sections: str, alias: str = "contenus") -> list[Finding]:
    """What STA102 says of a board with a task in each of these lists."""
    tasks = [a_task(f"T{number}", section=section) for number, section in enumerate(sections)]
    return list(UnmappedStatus().check(case("", *tasks, boards=(a_board(alias=alias),)).context()))


def test_three_known_categories_make_one_finding_a_list() -> None:
    """A board that uses three known categories is told list by list, with a stable detail."""
    found = statuses("À planifier", "À produire", "Terminé", "Zone 51", "Zone 52")
    assert [finding.detail for finding in found] == ["Zone 51", "Zone 52"]


def test_under_three_known_categories_a_board_is_one_finding() -> None:
    """Two known categories do not make a board of statuses."""
    (found,) = statuses("À planifier", "Terminé", "Zone 51", "Zone 52")
    assert (found.detail, found.params["statuses"], found.params["count"]) == ("", ("Zone 51", "Zone 52"), 2)


@pytest.mark.parametrize("name", ['Chez "Paul"', "a\\b", "[x] = {y}", "Été"])
def test_the_proposed_line_is_the_configuration_it_claims_to_be(name: str) -> None:
    """Whatever the list is called, the line can be pasted under the board's table."""
    (found,) = statuses("À planifier", "À produire", "Terminé", name)
    written = tomllib.loads(f"{found.params['table']}\n{found.params['line']}\n")
    assert written == {"boards": {"contenus": {"status": {"todo": [name]}}}}


def test_a_board_that_stands_in_no_configuration_has_no_name_there() -> None:
    """A file given on the command line has no alias to propose."""
    (found,) = statuses("À planifier", "À produire", "Terminé", "Zone 51", alias="")
    assert found.params["table"] == "[boards.…]"


def test_a_task_whose_status_the_tool_tells_needs_no_word_list() -> None:
    """A card ticked as complete is done wherever it stands: its list is asked about only by other cards."""
    ticked = replace(a_task("A"), status=Status("Zone 51", Category.DONE, StatusOrigin.NATIVE))
    assert list(UnmappedStatus().check(case("", ticked).context())) == []
