"""END106 and DEP101: what comes after the launch, and what stands alone, over parents, links and several anchors."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from retro.calendars import Calendars
from retro.lint.aggregate import aggregate
from retro.lint.examples import BOARD, Case, a_board, a_link, a_task, case
from retro.model import BoardKind, Finding, Task, UnresolvedLink
from retro.schedule import ScheduleOptions, schedule
from retro_practices.dep.dependency_cycle import DependencyCycle
from retro_practices.dep.isolated_task import IsolatedTask
from retro_practices.dep.starts_before_predecessor_ends import StartsBeforePredecessorEnds
from retro_practices.end.task_after_end_date import TaskAfterEndDate

END, LATER = date(2027, 3, 1), date(2027, 3, 5)


def scheduled(shown: Case) -> Case:
    """The same case with the schedule that the engine makes of it."""
    context = shown.context()
    made = schedule(context.portfolio, Calendars(context.calendar), ScheduleOptions(), context.now)
    return replace(shown, schedule=made)


def late(shown: Case) -> list[str]:
    """The titles that END106 tells of."""
    context = scheduled(shown).context()
    return sorted(context.tasks[finding.subject].title for finding in TaskAfterEndDate().check(context))


def isolated(shown: Case) -> list[str]:
    """The titles that DEP101 tells of."""
    context = shown.context()
    return sorted(context.tasks[finding.subject].title for finding in IsolatedTask().check(context))


@pytest.mark.parametrize(
    ("task", "told"),
    [
        (a_task("Page tarifs", due=LATER), True),
        (a_task("Page tarifs", due=END), False),
        (a_task("Page tarifs", due=None), False),
        (a_task("Page tarifs", due=datetime(2027, 3, 1, 23, 30, tzinfo=UTC)), True),
        (a_task("Page tarifs", due=LATER, section="Terminé"), False),
        (a_task("Optimisation des annonces", due=LATER), False),
        (a_task("Relance J+7", due=LATER), False),
        (a_task("Relance J-7", due=LATER), True),
        (a_task("Chiffres", due=LATER, phase="Bilan"), False),
        (a_task("Chiffres", due=LATER, labels=("Post-lancement",)), False),
    ],
)
def test_a_date_after_the_end_needs_words_or_a_link(task: Task, *, told: bool) -> None:
    """Without a link, only words make work of after the launch; days are those of the workspace's zone."""
    assert late(case("", task, end=END)) == ([task.title] if told else [])


def test_whoever_leads_to_the_launch_is_held_to_it() -> None:
    """Through parents, links onto parents and several steps; what follows the launch, or leads elsewhere, is not."""
    tasks = (
        a_task("Launch", due=END, milestone=True),
        a_task("Site", due=LATER),
        a_task("Page", due=LATER, parent="trello:site"),
        a_task("Texte", due=LATER),
        a_task("Suite A", due=LATER),
        a_task("Autre B", due=LATER),
        a_task("Autre C", due=LATER),
    )
    links = (
        a_link("Site", "Launch"),
        a_link("Texte", "Site"),
        a_link("Launch", "Suite A"),
        a_link("Autre B", "Autre C"),
    )
    assert late(case("", *tasks, links=links)) == ["Page", "Texte"]


def test_a_date_given_without_a_card_waits_for_everything() -> None:
    """`--end` has no card to link to: linked or not, what is due after it is told."""
    tasks = (a_task("A", due=LATER), a_task("B", due=LATER))
    assert late(case("", *tasks, links=(a_link("A", "B"),), end=END)) == ["A", "B"]


def test_boards_that_are_always_on_have_no_end() -> None:
    """Neither rule speaks on flow and editorial boards, nor without an anchor."""
    tasks = (a_task("A", due=LATER), a_task("B", due=LATER), a_task("C", due=LATER))
    for kind in (BoardKind.FLOW, BoardKind.EDITORIAL):
        shown = case("", *tasks, links=(a_link("A", "B"),), boards=(a_board(kind=kind),), end=END)
        assert (late(shown), isolated(shown)) == ([], [])
    assert late(case("", *tasks)) == []


def plan(*tasks: Task, **more: object) -> Case:
    """A project with one link, a first and a last task, and some others."""
    ends = (a_task("Début", due=date(2027, 1, 12)), a_task("Fin", due=date(2027, 2, 26)))
    return case("", *ends, *tasks, links=(a_link("Début", "Fin"),), **more)  # type: ignore[arg-type]  # names of fields


@pytest.mark.parametrize(
    ("task", "told"),
    [
        (a_task("A", due=date(2027, 1, 20)), True),
        (a_task("A", due=None), True),
        (a_task("A", due=date(2027, 1, 11)), False),
        (a_task("A", due=date(2027, 2, 27)), False),
        (a_task("A", due=date(2027, 2, 26)), True),
        (a_task("A", due=date(2027, 1, 20), parent="trello:debut"), False),
        (a_task("A", due=date(2027, 1, 20), section="Terminé"), False),
        (a_task("A", due=date(2027, 1, 20), section="Idées"), False),
        (a_task("Bilan", due=date(2027, 1, 20)), False),
        (a_task("A", due=date(2027, 1, 20), milestone=True), True),
    ],
)
def test_an_isolated_task_is_neither_first_nor_last_nor_after(task: Task, *, told: bool) -> None:
    """First and last are so by date, and alone; parents lend their links; ideas and done work are not judged."""
    assert isolated(plan(task)) == ([task.title] if told else [])


def test_a_link_whose_target_is_missing_is_a_link() -> None:
    """The task was linked: that the target is unknown is another remark."""
    task = a_task("A", due=date(2027, 1, 20))
    assert isolated(plan(task, unresolved=(UnresolvedLink(task.key, "#99"),))) == []


def test_the_launch_itself_may_stand_alone() -> None:
    """A task that stands for an anchor waits for the whole project."""
    launch = a_task("Launch", due=date(2027, 1, 20), milestone=True)
    assert isolated(scheduled(plan(launch))) == []


def test_mostly_isolated_is_one_finding_out_of_those_judged() -> None:
    """The base leaves out what the rule never judges, so that "12 of 13" is said of tasks that could be linked."""
    tasks = [a_task(f"T{n}", due=date(2027, 1, 13 + n)) for n in range(12)]
    context = plan(*tasks, a_task("Bilan", due=date(2027, 4, 1))).context()
    rule = IsolatedTask()
    (found,) = aggregate(rule, rule.base(context), list[Finding](rule.check(context)))
    assert (found.subject, found.params) == (BOARD, {"count": 12, "base": 12})


def test_a_cut_read_makes_isolation_an_assumption() -> None:
    """Where older cards of the board could not be read, a task without links is only assumed to stand alone."""
    alone = replace(a_task("[Web] FAQ", due=date(2027, 1, 25)), assumed=frozenset({"links"}))
    tasks = (a_task("Design", due=date(2027, 1, 18)), a_task("Site", due=date(2027, 2, 5)), alone)
    (found,) = IsolatedTask().check(case("Cut.", *tasks, links=(a_link("Design", "Site"),)).context())
    assert found.subject == alone.key
    assert found.assumed


def test_a_task_that_waits_for_itself_is_one_circle_and_no_clash() -> None:
    """DEP103 tells it, of the schedule that the engine makes; that it starts before its own end is no fault."""
    task = a_task("Design", start=date(2027, 1, 12), due=date(2027, 1, 15))
    context = scheduled(case("", task, links=(a_link("Design", "Design"),), end=END)).context()
    (finding,) = DependencyCycle().check(context)
    assert (finding.subject, finding.template) == (task.key, DependencyCycle.templates[0])
    assert not list(StartsBeforePredecessorEnds().check(context))
