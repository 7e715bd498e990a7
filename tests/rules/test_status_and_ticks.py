"""Status, checklists and ticks: STA101, STA105 and STA106 in the cases that examples do not show."""

from dataclasses import replace

import pytest

from retro.lint.examples import Case, a_board, a_task, case, key_of
from retro.model import Category, CheckItem, Finding, Role, Status, StatusOrigin, Task
from retro.ports import Capabilities
from retro_practices.sta.done_list_not_complete import DoneListNotComplete
from retro_practices.sta.done_with_open_checklist import DoneWithOpenChecklist
from retro_practices.sta.no_status import NoStatus

TICKS = {"equipe": Capabilities(completes=True)}


def ticked(title: str, section: str) -> Task:
    """A card with the tick, in a list."""
    return replace(a_task(title, section=section), status=Status(section, Category.DONE, StatusOrigin.NATIVE))


def on(*tasks: Task, sections: tuple[str, ...] = ("À produire", "Terminé")) -> list[Finding]:
    """What STA106 says of cards on a board with these lists, on which one more card is ticked as it should be."""
    boards = (a_board(sections=sections),)
    shown = case("", ticked("Fait", "Terminé"), *tasks, boards=boards, capabilities=TICKS)
    return list(DoneListNotComplete().check(shown.context()))


@pytest.mark.parametrize("section", ["Zone 51", "Idées", "Ailleurs"])
def test_a_tick_contradicts_only_a_list_whose_meaning_is_known(section: str) -> None:
    """An unknown list, one of ideas, and one that the board no longer has say nothing against a tick."""
    assert on(ticked("A", section), sections=("Idées", "Zone 51", "Terminé")) == []


def test_a_ticked_card_goes_to_the_one_list_of_finished_work() -> None:
    """Where two lists mean done, none is proposed."""
    (one,) = on(ticked("A", "À produire"))
    assert one.fix is not None
    assert (one.fix.field, one.fix.new, one.fix.safe) == ("section", "Terminé", False)
    with_two = (a_board(sections=("À produire", "Terminé")),)
    archive = replace(
        with_two[0], sections=(*with_two[0].sections, Status("Publié", Category.DONE, StatusOrigin.MAPPED))
    )
    shown = case("", ticked("A", "À produire"), boards=(archive,), capabilities=TICKS)
    (two,) = DoneListNotComplete().check(shown.context())
    assert two.fix is None


def test_an_archived_card_is_not_asked_for_its_tick() -> None:
    """What was put away is over, ticked or not."""
    assert on(replace(a_task("A", section="Terminé"), archived=True)) == []


def test_each_board_has_its_own_habit() -> None:
    """That people tick on one board asks nothing of another."""
    other = a_board("Vidéo", key="trello:video")
    tasks = (ticked("A", "Terminé"), a_task("B", section="Terminé", on="trello:video"))
    shown = case("", *tasks, boards=(a_board(), other), capabilities=TICKS)
    assert list(DoneListNotComplete().check(shown.context())) == []


def item(title: str, status: Status) -> Task:
    """A line of card A with a person and a date."""
    return replace(a_task(title, role=Role.ITEM, parent=key_of("A")), status=status)


def lines(case_: Case) -> list[object]:
    """The lines that STA105 names."""
    return [found.params["lines"] for found in DoneWithOpenChecklist().check(case_.context())]


def test_a_line_that_is_over_only_because_its_card_is_counts_as_open() -> None:
    """The tool's own tick closes a line; that the card is done closes it for the plan only."""
    told = item("Relire", Status(None, Category.DONE, StatusOrigin.NATIVE))
    assumed = item("Envoyer", Status(None, Category.DONE, StatusOrigin.MAPPED))
    assert lines(case("", a_task("A", section="Terminé"), told, assumed)) == [("Envoyer",)]


def test_lines_of_all_checklists_are_named_in_their_order() -> None:
    """First those of the card, then those that are tasks; archived ones are gone."""
    listed = tuple(CheckItem(key=str(number), title=title) for number, title in enumerate(("Photo", "BAT")))
    open_ = item("Envoyer", Status(None, Category.DONE, StatusOrigin.MAPPED))
    gone = replace(open_, key="x", archived=True)
    assert lines(case("", a_task("A", section="Terminé", checklist=listed), open_, gone)) == [
        ("Photo", "BAT", "Envoyer")
    ]


def test_a_box_that_is_not_ticked_is_a_status() -> None:
    """A column of ticks says "to do" of an empty box: nothing is missing."""
    box = replace(a_task("A"), status=Status(None, Category.TODO, StatusOrigin.NATIVE), memberships=())
    assert list(NoStatus().check(case("", box, a_task("B")).context())) == []


def test_a_missing_status_is_a_fact_and_no_assumption() -> None:
    """What retro takes it for is assumed; that it is empty is not."""
    bare = replace(
        a_task("A"), status=Status(None, Category.TODO, StatusOrigin.INFERRED), assumed=frozenset({"status"})
    )
    (found,) = NoStatus().check(case("", bare, a_task("B")).context())
    assert not found.assumed
