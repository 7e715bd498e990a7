"""Resources of a plan, and who has a task."""

from tests.connectors.msproject.plans import Content, calendar, plan, read, task

from retro.model import OwnerKind, Snapshot


def staffed(*resources: Content, assigned: tuple[tuple[int, int, float], ...] = (), **more: Content) -> Snapshot:
    """A plan of one task with resources, assigned as (task, resource, units)."""
    given = [{"TaskUID": on, "ResourceUID": who, "Units": units} for on, who, units in assigned]
    return read(plan(task(1), Resources={"Resource": list(resources)}, Assignments={"Assignment": given}, **more))


def person(uid: int, name: str, **more: Content) -> Content:
    """A resource that works."""
    return {"UID": uid, "Name": name, "Type": 1, **more}


def test_assignments_make_owners() -> None:
    """Who is assigned has the task, in the plan's order; an address comes along."""
    found = staffed(
        person(1, "Léa Martin", EmailAddress="lea@example.org"),
        person(2, "Paul Roux"),
        assigned=((1, 2, 1), (1, 1, 1), (1, 1, 1)),
    )
    assert [(each.key, each.name, each.email) for each in found.tasks[0].owners] == [
        ("plan.xml:resource:2", "Paul Roux", None),
        ("plan.xml:resource:1", "Léa Martin", "lea@example.org"),
    ]


def test_material_and_costs_are_no_people() -> None:
    """Paper and travel are set aside: named on the task, owning nothing."""
    found = staffed(
        {"UID": 1, "Name": "Paper", "Type": 0},
        {"UID": 2, "Name": "Travel", "Type": 0, "IsCostResource": 1},
        {"UID": 3, "Name": "Budget", "Type": 1, "IsBudget": 1},
        assigned=((1, 1, 5), (1, 2, 1), (1, 3, 1)),
    )
    assert (found.tasks[0].owners, found.people) == ((), ())
    assert found.tasks[0].extra == {"Materials": "Paper, Travel, Budget"}


def test_several_of_a_kind_are_a_team() -> None:
    """A generic resource, or one of more than one person, is a team."""
    found = staffed(
        person(1, "Designer", IsGeneric=1), person(2, "Printers", MaxUnits=3), assigned=((1, 1, 1), (1, 2, 2))
    )
    assert [each.kind for each in found.tasks[0].owners] == [OwnerKind.TEAM, OwnerKind.TEAM]
    assert found.people == ()


def test_shares_are_told() -> None:
    """Who gives a task half of the day is named so."""
    assert staffed(person(1, "Léa Martin"), assigned=((1, 1, 0.5),)).tasks[0].extra == {"Units": "Léa Martin 50 %"}


def test_whoever_gives_no_time_comes_last() -> None:
    """The first owner's hours are the task's, so somebody who is assigned for nothing is not the first."""
    found = staffed(person(1, "Léa Martin"), person(2, "Paul Roux"), assigned=((1, 1, 0), (1, 2, 1)))
    assert [each.name for each in found.tasks[0].owners] == ["Paul Roux", "Léa Martin"]


def test_a_fixed_duration_is_worked_by_the_plans_calendar() -> None:
    """A task of fixed duration takes as long as it says, whatever the hours of its people."""
    given = {"Assignment": [{"TaskUID": uid, "ResourceUID": 1, "Units": 1} for uid in (1, 2)]}
    people = {"Resource": [person(1, "Léa Martin")]}
    first, second = read(plan(task(1, Type=1), task(2, Type=0), Resources=people, Assignments=given)).tasks
    assert (first.calendar, first.calendar_alone) == ("plan.xml:1", True)
    assert (second.calendar, second.calendar_alone) == (None, False)


def test_nobody_in_particular_is_nobody() -> None:
    """The resource without a name, and one that the plan does not hold, own nothing."""
    assert staffed({"UID": 0, "Type": 1}, assigned=((1, 0, 1), (1, -65535, 1))).tasks[0].owners == ()


def test_a_resource_works_by_its_calendar() -> None:
    """Each calendar names those who work by it; who adds nothing to the project's works as the project does."""
    friday_off = calendar(2, "Léa Martin", 1, [{"DayType": 6, "DayWorking": 0}])
    found = staffed(
        person(1, "Léa Martin", CalendarUID=2),
        person(2, "Paul Roux", CalendarUID=3),
        person(3, "Zoé Petit"),
        Calendars={"Calendar": [calendar(1), friday_off, calendar(3, "Paul Roux", 1, [])]},
    )
    assert {each.key: each.owners for each in found.board.calendars} == {
        "plan.xml:1": ("plan.xml:resource:2", "plan.xml:resource:3"),
        "plan.xml:2": ("plan.xml:resource:1",),
    }
