"""What people can take on, in the cases that examples do not show."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from retro.calendars import build_calendar, person_calendar
from retro.lint import BaseRule
from retro.lint.examples import ZONE, Case, a_board, a_link, a_schedule, a_task, case, key_of, planned
from retro.model import BoardKind, EstimateOrigin, Finding, Owner, OwnerKind, Task, TaskSchedule, Team
from retro.ports import Context
from retro_practices.cap.key_person import KeyPerson
from retro_practices.cap.overloaded_person import OverloadedPerson
from retro_practices.cap.too_many_at_once import TooManyAtOnce

DAY = 420
MONDAY, FRIDAY = date(2027, 1, 18), date(2027, 1, 22)


def of(rule: BaseRule, shown: Case | Context) -> list[Finding]:
    """What a rule says."""
    return list(rule.check(shown.context() if isinstance(shown, Case) else shown))


def loaded(*tasks: tuple[Task, float], **facts: object) -> Context:
    """Tasks with days of work each."""
    shown = a_schedule(*(replace(planned(task.title, work=round(days * DAY)), key=task.key) for task, days in tasks))
    context = case("", *(task for task, _ in tasks), schedule=shown).context()
    return replace(context, **facts)  # type: ignore[arg-type]  # facts are fields of Context


def weeks(context: Context) -> dict[str, float]:
    """The hours over by subject."""
    found = of(OverloadedPerson(), context)
    return {finding.subject: float(str(finding.params["hours"])) for finding in found}


def test_all_boards_count_together() -> None:
    """Three days on each of two boards are six days of one week, of which four have room."""
    boards = (a_board(), a_board("Autre", key="notion:autre"))
    here, there = a_task("[Web] A", due=FRIDAY), a_task("[Web] B", on="notion:autre", due=FRIDAY)
    shown = a_schedule(*(planned(task.title, work=3 * DAY) for task in (here, there)))
    (found,) = of(OverloadedPerson(), case("", here, there, boards=boards, schedule=shown))
    assert (found.subject, found.board, found.params["hours"]) == ("lea martin/2027-W03", None, 14.0)
    assert found.params["week"] == MONDAY


def test_exactly_the_capacity_is_no_overload() -> None:
    """Four days of five, the fifth being the reserve; a quarter of an hour more is told."""
    two = [a_task(f"[Web] {name}", due=FRIDAY) for name in "AB"]
    assert weeks(loaded((two[0], 2), (two[1], 2))) == {}
    assert weeks(loaded((two[0], 2), (two[1], 2 + 15 / DAY))) == {"lea martin/2027-W03": 0.2}
    assert weeks(loaded((two[0], 2), (two[1], 2.5), reserve=0.0)) == {}


def test_leave_leaves_less_room() -> None:
    """Three days of work where two are worked, of two tasks."""
    away = person_calendar(build_calendar(zone=ZONE), leave=[(MONDAY, MONDAY + timedelta(2))])
    tasks = [(a_task(f"[Web] {name}", start=MONDAY, due=FRIDAY), 1.5) for name in "AB"]
    assert weeks(loaded(*tasks)) == {}
    assert weeks(loaded(*tasks, calendars={"lea martin": away})) == {"lea martin/2027-W03": 9.8}


def test_a_task_counts_before_its_due_date() -> None:
    """Ten days of work due on a Friday fill the two weeks before it, one of which another task shares."""
    long, short = a_task("[Web] Site", due=date(2027, 1, 29)), a_task("[Web] FAQ", due=FRIDAY)
    assert weeks(loaded((long, 10), (short, 1))) == {"lea martin/2027-W03": 14.0}


def test_what_is_under_way_is_finished_before_its_due_date() -> None:
    """What is left of it is not spread over the weeks that it has been under way."""
    doing = a_task("[Web] Site", section="À produire", start=date(2026, 11, 2), due=FRIDAY)
    other = a_task("[Web] FAQ", due=FRIDAY)
    assert weeks(loaded((doing, 3), (other, 3))) == {"lea martin/2027-W03": 14.0}


def test_weeks_gone_by_are_not_judged() -> None:
    """What is overdue is told as overdue; this week is judged as a whole until it is over."""
    tasks = [(a_task(f"[Web] {name}", due=date(2027, 1, 15)), 3.0) for name in "AB"]
    monday, friday = datetime(2027, 1, 11, 9, tzinfo=ZONE), datetime(2027, 1, 15, 16, tzinfo=ZONE)
    on_monday, on_friday = (of(OverloadedPerson(), loaded(*tasks, now=now)) for now in (monday, friday))
    assert [dict(each.params) for each in on_monday] == [dict(each.params) for each in on_friday] != []
    assert of(OverloadedPerson(), loaded(*tasks, now=monday + timedelta(7))) == []


def test_without_a_due_date_links_place_a_task_or_nothing_does() -> None:
    """A task that is neither dated nor linked is in no week; one that is linked stands at its advised dates."""
    tasks = [a_task(f"[Web] {name}", due=None) for name in "AB"]
    start, finish = datetime(2027, 1, 18, 9, tzinfo=ZONE), datetime(2027, 1, 20, 17, tzinfo=ZONE)
    placed = [replace(planned(task.title, work=3 * DAY), advised_start=start, advised_finish=finish) for task in tasks]
    context = case("", *tasks, schedule=a_schedule(*placed)).context()
    assert weeks(context) == {}
    linked = replace(context.portfolio, links=(a_link("[Web] A", "[Web] B"),))
    assert weeks(replace(context, portfolio=linked)) == {"lea martin/2027-W03": 14.0}


@pytest.mark.parametrize(
    ("origin", "assumed"),
    [
        (EstimateOrigin.NUMBER, False),
        (EstimateOrigin.POINTS, False),
        (EstimateOrigin.DATES, True),
        (EstimateOrigin.DEFAULT, True),
    ],
)
def test_an_overload_of_durations_that_nobody_gave_is_information(origin: EstimateOrigin, *, assumed: bool) -> None:
    """A task that stands from Monday to Friday may be an hour a day; only declared work can be too much."""
    tasks = [a_task(f"[Web] {name}", start=MONDAY, due=FRIDAY) for name in "AB"]
    shown = a_schedule(*(planned(task.title, work=5 * DAY, origin=origin) for task in tasks))
    (found,) = of(OverloadedPerson(), case("", *tasks, schedule=shown))
    assert found.assumed is assumed


def test_a_team_is_counted_where_its_hands_are_known() -> None:
    """Two people have eight days of room in a week; a team that nobody configured has as many hands as it needs."""
    studio = Owner("team:studio", "Studio", OwnerKind.TEAM)
    tasks = [replace(a_task(f"[Web] {name}", due=FRIDAY), owners=(studio,)) for name in "AB"]
    context = loaded((tasks[0], 5), (tasks[1], 4))
    assert weeks(context) == {}
    known = replace(context.portfolio, teams=(Team(key=studio.key, name="Studio", size=2),))
    assert weeks(replace(context, portfolio=known)) == {"team:studio/2027-W03": 7.0}


def test_findings_do_not_depend_on_the_order_of_tasks() -> None:
    """The same weeks, with the same facts."""
    tasks = [(a_task(f"[Web] {n}", due=FRIDAY + timedelta(n % 9)), 2.0) for n in range(12)]
    forwards, backwards = (of(OverloadedPerson(), loaded(*each)) for each in (tasks, tasks[::-1]))
    assert {each.subject: dict(each.params) for each in forwards} == {
        each.subject: dict(each.params) for each in backwards
    }


def doing(*sections: str, owners: tuple[str, ...] = ("Léa Martin",)) -> list[Finding]:
    """What CAP102 says of tasks in these lists."""
    tasks = [a_task(f"[Web] {n}", section=section, owners=owners) for n, section in enumerate(sections)]
    return of(TooManyAtOnce(), case("", *tasks))


def test_only_what_is_under_way_counts() -> None:
    """To do, in review, ready and done are not; each of two owners has all of it."""
    assert doing(*["À produire"] * 5, "À planifier", "En validation", "Prêt pour lancement", "Terminé") == []
    found = doing(*["À produire"] * 6, owners=("Léa Martin", "Karim Benali"))
    assert sorted(each.subject for each in found) == ["karim benali", "lea martin"]


def test_a_list_that_nobody_explained_is_not_under_way() -> None:
    """An unknown status is taken as to do, so that it overloads nobody."""
    assert doing(*["Zone 51"] * 9) == []


def test_parents_count_through_their_children() -> None:
    """A site with five pages under way is five tasks, not six."""
    pages = [a_task(f"[Web] {n}", section="À produire", parent=key_of("[Web] Site")) for n in range(5)]
    assert of(TooManyAtOnce(), case("", a_task("[Web] Site", section="À produire"), *pages)) == []


def chain(*owners: str, days: tuple[float, ...] = (), critical: int = 9) -> list[Finding]:
    """What CAP103 says of a chain whose first tasks are critical."""
    titles = [f"[Web] {number}" for number in range(len(owners))]
    lengths = days or (1.0,) * len(owners)
    tasks = [a_task(title, owners=(who,)) for title, who in zip(titles, owners, strict=True)]
    shown: list[TaskSchedule] = [
        planned(title, work=round(length * DAY), margin=105 if number < critical else 0)
        for number, (title, length) in enumerate(zip(titles, lengths, strict=True))
    ]
    links = tuple(a_link(one, other) for one, other in zip(titles, titles[1:], strict=False))  # noqa: RUF007 - plain
    return of(KeyPerson(), case("", *tasks, links=links, end=date(2027, 3, 1), schedule=a_schedule(*shown)))


def test_half_of_the_critical_work_is_not_most_of_it() -> None:
    """Two of four days are fine, three of five are not; what is not critical does not count."""
    assert chain("A", "A", "B", "C") == []
    assert [each.params["percent"] for each in chain("A", "A", "A", "B", "C")] == [60]
    assert chain("A", "B", "C", "A", "A", critical=3) == []


def test_a_small_team_is_not_told() -> None:
    """Of two people one always has more than half."""
    assert chain("A", "A", "A", "B") == []


def test_kinds_of_boards_without_an_end_have_no_critical_work() -> None:
    """On a board that is always on nothing is critical."""
    shown = case("", a_task("[Web] A"), boards=(a_board(kind=BoardKind.FLOW),), end=date(2027, 3, 1))
    assert of(KeyPerson(), shown) == []
