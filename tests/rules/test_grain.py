"""The grain of tasks, boards and projects, in the cases that examples do not show."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from retro.lint import BaseRule
from retro.lint.examples import BOARD, ZONE, Case, a_board, a_schedule, a_task, case, key_of, planned
from retro.model import CheckItem, EstimateOrigin, Finding, Owner, Role, Task
from retro_practices.gra.coarse_plan import CoarsePlan
from retro_practices.gra.long_checklist import LongChecklist
from retro_practices.gra.overcrowded_board import OvercrowdedBoard
from retro_practices.gra.oversized_task import OversizedTask

DAY = 420
END = date(2027, 3, 1)


def of(rule: BaseRule, shown: Case) -> list[Finding]:
    """What a rule says."""
    return list(rule.check(shown.context()))


def sized(minutes: int, origin: EstimateOrigin = EstimateOrigin.NUMBER, **facts: object) -> Case:
    """One task of so much work."""
    task = replace(a_task("[Web] Site"), **facts)  # type: ignore[arg-type]  # facts are fields of Task
    return case("", task, schedule=a_schedule(planned(task.title, work=minutes, origin=origin)))


@pytest.mark.parametrize(
    ("origin", "speaks"),
    [
        (EstimateOrigin.NUMBER, True),
        (EstimateOrigin.POINTS, True),
        (EstimateOrigin.SIZE, True),
        (EstimateOrigin.DATES, False),
        (EstimateOrigin.DEFAULT, False),
        (EstimateOrigin.ACTUAL, False),
    ],
)
def test_only_declared_work_is_too_much(origin: EstimateOrigin, *, speaks: bool) -> None:
    """How long a task stands on the board is not how much work it is."""
    assert bool(of(OversizedTask(), sized(11 * DAY, origin))) is speaks


def test_a_day_is_what_its_own_tool_calls_one() -> None:
    """Eleven days of seven hours are fewer than ten of eight."""
    shown = sized(11 * DAY)
    assert len(of(OversizedTask(), shown)) == 1
    assert of(OversizedTask(), replace(shown, boards=(replace(a_board(), day_minutes=480),))) == []


def test_ten_days_to_the_minute_are_not_too_many() -> None:
    """The limit itself may be reached."""
    assert of(OversizedTask(), sized(10 * DAY)) == []
    assert len(of(OversizedTask(), sized(10 * DAY + 1))) == 1


def test_a_parent_is_judged_through_its_children() -> None:
    """What has children is no task to be cut: it is cut already."""
    shown = sized(20 * DAY)
    child = a_task("[Web] Page", parent=key_of("[Web] Site"))
    assert of(OversizedTask(), replace(shown, tasks=(*shown.tasks, child))) == []


def test_a_board_counts_its_own_tasks_only() -> None:
    """Two boards of a hundred are not one of two hundred; one more than the most is too many."""
    boards = (a_board(), a_board("Autre", key="trello:autre"))
    tasks = [a_task(f"[Web] {n}", key=f"{n}", on=BOARD if n % 2 else "trello:autre") for n in range(200)]
    assert of(OvercrowdedBoard(), case("", *tasks, boards=boards)) == []
    full = [a_task(f"[Web] {n}", key=f"{n}") for n in range(151)]
    (found,) = of(OvercrowdedBoard(), case("", *full))
    assert (found.subject, found.params["count"]) == (BOARD, 151)
    assert of(OvercrowdedBoard(), case("", *full[1:])) == []
    assert of(OvercrowdedBoard(), case("", *full[1:], replace(full[0], archived=True))) == []


def with_lists(**lists: int) -> Task:
    """A card with checklists of so many lines."""
    lines = (CheckItem(f"{name}-{n}", f"{n}", checklist=name) for name, many in lists.items() for n in range(many))
    return a_task("[Web] Page", checklist=tuple(lines))


def test_each_checklist_counts_by_itself() -> None:
    """Two of ten are fine, and a long one is told by its name."""
    assert of(LongChecklist(), case("", with_lists(Textes=10, Images=10))) == []
    (found,) = of(LongChecklist(), case("", with_lists(Textes=13, Images=10)))
    assert (found.detail, found.params["count"]) == ("Textes", 13)


@pytest.mark.parametrize("name", ["Recette", "QA mobile", "Check-list avant envoi", "Points de contrôle", "Checklist"])
def test_a_list_that_is_there_to_be_checked_may_be_long(name: str) -> None:
    """By its name, accents and case aside."""
    assert of(LongChecklist(), case("", with_lists(**{name: 40}))) == []


@pytest.mark.parametrize("name", ["Étapes", "Pages à écrire", "Aquarelle", "Contestation"])
def test_other_lists_may_not(name: str) -> None:
    """Whole words only."""
    assert len(of(LongChecklist(), case("", with_lists(**{name: 13})))) == 1


def test_an_idea_may_have_any_checklist() -> None:
    """No card among the ideas gets a remark."""
    idea = replace(with_lists(Textes=40), status=a_task("x", section="Idées").status)
    assert of(LongChecklist(), case("", idea)) == []


def plan(*tasks: Task, end: date = END) -> list[Finding]:
    """What GRA105 says of a project."""
    return of(CoarsePlan(), case("", *tasks, end=end))


def test_a_project_lasts_from_its_first_date() -> None:
    """Begun in autumn and due next week, it is a long project of one task; begun this month, a short one."""
    soon = date(2027, 1, 20)
    assert plan(a_task("[Web] Site", due=soon), end=soon) == []
    assert len(plan(a_task("[Web] Site", start=date(2026, 10, 1), due=soon), end=soon)) == 1
    begun = replace(a_task("[Web] Site", due=soon), created=datetime(2026, 10, 1, tzinfo=ZONE))
    assert len(plan(begun, end=soon)) == 1


def test_lines_with_a_person_and_a_date_are_steps() -> None:
    """A card whose checklist is a plan is not a coarse one; ideas and milestones are no steps."""
    card = a_task("[Web] Site", due=END)
    lines = [replace(a_task(f"Étape {n}", key=f"i{n}"), role=Role.ITEM, parent=card.key) for n in range(2)]
    assert len(plan(card, a_task("Podcast", section="Idées"), a_task("Jalon", milestone=True))) == 1
    # The card is their parent in the plan, but a line of a checklist makes none of it.
    assert plan(card, *lines) == []


def test_a_project_that_is_over_or_without_end_is_no_coarse_plan() -> None:
    """Nothing is said of what is done, of a date gone by, or of no date at all."""
    assert plan(a_task("[Web] Site", section="Terminé")) == []
    assert plan(a_task("[Web] Site", start=date(2026, 1, 1)), end=date(2027, 1, 1)) == []
    assert of(CoarsePlan(), case("", a_task("[Web] Site", start=date(2026, 1, 1)))) == []


def test_owners_play_no_part_in_the_grain() -> None:
    """Who has a task changes nothing of what is said of its size."""
    shown = sized(12 * DAY, owners=(Owner("a", "A"), Owner("b", "B")))
    assert [dict(each.params) for each in of(OversizedTask(), shown)] == [{"length": 12.0, "most": 10.0}]
