"""What a task of a plan means in the model."""

import pytest
from tests.connectors.msproject.plans import at, plan, read, task, tasks_of

from retro.model import Category, ConstraintType, Role

NOON = "2027-02-01T12:00:00"


def test_its_uid_is_its_key() -> None:
    """The key is the source's name and the UID, which stays when rows move; the ID does not."""
    assert [each.key for each in read(plan(task(7, ID=1), task(3, ID=2))).tasks] == ["plan.xml:7", "plan.xml:3"]


def test_the_outline_makes_parents() -> None:
    """A task lies under the last one before it that stands a level higher."""
    found = tasks_of(task(1, Summary=1), task(2, level=2, Summary=1), task(3, level=3), task(4, level=2), task(5))
    assert [each.parent for each in found.values()] == [None, "plan.xml:1", "plan.xml:2", "plan.xml:1", None]


def test_the_row_of_the_whole_project_is_no_task() -> None:
    """The row of UID 0 stands for the project; rows that are null stand for nothing."""
    rows = (task(0, level=0, Name="All"), {"UID": 9, "ID": 2, "IsNull": 1}, task(1))
    assert list(tasks_of(*rows)) == ["1"]


@pytest.mark.parametrize(
    ("fields", "category"),
    [
        ({}, Category.TODO),
        ({"PercentComplete": 30}, Category.DOING),
        ({"ActualStart": NOON}, Category.DOING),
        ({"PercentComplete": 100}, Category.DONE),
        ({"ActualStart": NOON, "ActualFinish": NOON}, Category.DONE),
        ({"Active": 0}, Category.CANCELLED),
    ],
)
def test_what_was_done_gives_the_category(fields: dict[str, str | int], category: Category) -> None:
    """Percentages and actual dates say what is to do, under way or done; an inactive task is cancelled."""
    assert tasks_of(task(1, 8, **fields))["1"].status.category is category


def test_actual_dates_and_what_remains_are_read() -> None:
    """Actual dates are instants of the workspace's zone, what remains is in minutes."""
    fields = {"ActualStart": "2027-01-05T10:00:00", "PercentComplete": 25, "RemainingDuration": "PT6H0M0S"}
    found = tasks_of(task(1, 8, **fields))["1"]
    assert (found.actual_start, found.percent, found.remaining) == (at("2027-01-05T10:00"), 25, 360)


@pytest.mark.parametrize(
    ("code", "kind"), list(enumerate(("ASAP", "ALAP", "MSO", "MFO", "SNET", "SNLT", "FNET", "FNLT")))
)
def test_constraints_have_eight_codes(code: int, kind: str) -> None:
    """Codes 0 to 7 are the field's eight constraints; as soon as possible is none, and two have no date."""
    found = tasks_of(task(1, 8, ConstraintType=code, ConstraintDate=NOON))["1"].constraint
    if kind == "ASAP":
        assert found is None
    else:
        assert found is not None
        assert (found.type, found.date) == (ConstraintType(kind), None if kind == "ALAP" else at(NOON))


def test_a_deadline_is_an_instant() -> None:
    """A deadline keeps its hour."""
    assert tasks_of(task(1, 8, Deadline="2027-03-01T17:00:00"))["1"].deadline == at("2027-03-01T17:00")


def test_no_duration_is_a_milestone() -> None:
    """A task without duration is a milestone; one that is only marked so keeps its duration, as its tool does."""
    found = tasks_of(task(1, 0), task(2, 8, Milestone=1), task(3, 0, Summary=1), task(4, 8, level=2))
    assert [each.milestone for each in found.values()] == [True, False, False, False]


def test_durations_are_working_minutes() -> None:
    """PT12H30M0S is 750 minutes, estimated ("?") or not; the work of all who do it comes second."""
    found = tasks_of(task(1, 12.5, DurationFormat=39, Work="PT25H0M0S"))["1"]
    assert [(each.field, each.value, each.unit) for each in found.estimates] == [
        ("Duration", 750, "minutes"),
        ("Work", 1500, "minutes"),
    ]


def test_elapsed_durations_run_day_and_night() -> None:
    """A duration in elapsed days is worked on a calendar without nights, whoever does it."""
    snapshot = read(plan(task(1, 24, DurationFormat=8)))
    found = snapshot.tasks[0]
    assert found.calendar_alone
    week = {each.key: each.week for each in snapshot.board.calendars}[found.calendar or ""]
    assert week == (((0, 1440),),) * 7


def test_a_manual_task_stands_where_it_was_put() -> None:
    """Of a task scheduled by hand, the dates are those typed."""
    fields = {"Start": NOON, "ManualStart": "2027-02-03T08:00:00", "ManualFinish": "2027-02-04T17:00:00"}
    found = tasks_of(task(1, 16, Manual=1, **fields))["1"]
    assert (found.manual, found.start, found.due) == (True, at("2027-02-03T08:00"), at("2027-02-04T17:00"))


def test_a_task_of_another_plan_is_a_mirror() -> None:
    """A task of another project is not counted here."""
    assert tasks_of(task(1, 8, ExternalTask=1))["1"].role is Role.MIRROR


def test_work_that_goes_on_the_next_morning_is_not_split() -> None:
    """From 17:00 to 8:00 of the next day nobody works."""
    fields = {"ActualStart": "2027-01-04T08:00:00", "Stop": "2027-01-04T17:00:00", "Resume": "2027-01-05T08:00:00"}
    assert read(plan(task(1, 16, **fields))).board.warnings == ()


def test_notes_priority_and_links_are_kept() -> None:
    """Notes are the description, an unusual priority is kept, a hyperlink is an attachment."""
    found = tasks_of(
        task(1, 8, Notes="With <b>tags</b>", Priority=900, Hyperlink="Brief", HyperlinkAddress="https://x.org")
    )
    assert (found["1"].description, found["1"].priority) == ("With <b>tags</b>", "900")
    assert [(each.name, each.url) for each in found["1"].attachments] == [("Brief", "https://x.org")]


def test_custom_fields_are_known_by_their_alias() -> None:
    """A custom field goes by what people call it, else by the tool's name; durations are in hours."""
    definitions = {
        "ExtendedAttribute": [
            {"FieldID": "188743731", "FieldName": "Text1", "Alias": "Canal"},
            {"FieldID": "188743783", "FieldName": "Duration1"},
        ]
    }
    values = [
        {"FieldID": "188743731", "Value": "Salon"},
        {"FieldID": "188743783", "Value": "PT12H0M0S", "DurationFormat": 7},
    ]
    found = tasks_of(task(1, 8, WBS="1.2", ExtendedAttribute=values), ExtendedAttributes=definitions)
    assert found["1"].extra == {"WBS": "1.2", "Canal": "Salon", "Duration1": "12"}


@pytest.mark.parametrize(
    ("field", "text", "known_as"),
    [
        ("Start", "next week", "start"),
        ("Finish", "0001-01-01T00:00:00", "due"),
        ("Deadline", "9999-12-31T00:00:00", "deadline"),
        ("Duration", "two days", "estimate"),
        ("Duration", "P1Y", "estimate"),
        ("PercentComplete", "half", "percent"),
        ("PercentComplete", "nan", "percent"),
    ],
)
def test_what_cannot_be_read_keeps_its_words(field: str, text: str, known_as: str) -> None:
    """A date that is none, or that no calendar reaches, and a number that is none are kept as text."""
    found = tasks_of(task(1, 8, **{field: text}))["1"]
    assert [(each.field, each.text) for each in found.unreadable] == [(known_as, text)]


def test_an_empty_date_is_none() -> None:
    """NA, as some writers put it, is no date and no mistake."""
    found = tasks_of(task(1, 8, Deadline="NA", ActualStart=""))["1"]
    assert (found.deadline, found.actual_start, found.unreadable) == (None, None, ())


def test_a_task_without_a_name_says_its_number() -> None:
    """A title that is missing is made up, and said to be assumed."""
    found = tasks_of(task(4, 8, Name=""))["4"]
    assert "4" in found.title
    assert found.assumed == {"title"}


def test_the_id_of_another_task_is_refused() -> None:
    """Of two tasks with one UID the first stands, and the board says so."""
    snapshot = read(plan(task(1), task(1, 4)))
    assert (len(snapshot.tasks), len(snapshot.board.warnings)) == (1, 1)


def test_a_task_without_uid_is_still_read() -> None:
    """A task that lost its UID is read, under its place in the file."""
    assert [each.title for each in read(plan({"Name": "Lost", "Duration": "PT8H0M0S"})).tasks] == ["Lost"]


def test_the_revision_moves_with_what_decisions_read() -> None:
    """A note moves no revision, a constraint does."""
    first, noted, held = (
        tasks_of(task(1, 8, **fields))["1"].revision
        for fields in ({}, {"Notes": "seen"}, {"ConstraintType": 4, "ConstraintDate": NOON})
    )
    assert first == noted != held
