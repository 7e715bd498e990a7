"""The JSON documents hold what scripts rely on."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retro.model import Assessment, Board, Change, Conflict, Guard, Plan, Portfolio, Provision, Role, Task, WriteLevel
from retro.model.codec import decode
from retro.ports import UnreadableError
from retro.report import json_export, json_lint, json_plan, json_schedule
from retro.report.document import dumps

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)


def test_lint_counts_and_names(team: Assessment) -> None:
    """The summary adds up, archived is unknown where the source does not tell, and messages are sentences."""
    document = json.loads(dumps(json_lint.document(team)))
    assert list(document)[:3] == ["version", "now", "lang"]
    assert document["now"] == "2027-01-11T09:00:00+01:00"
    summary = document["summary"]
    assert summary["findings"] == len(team.findings) == summary["error"] + summary["warning"] + summary["info"]
    assert summary["tasks"] == sum(board["tasks"] for board in document["boards"]) == 41
    assert [board["archived"] for board in document["boards"]] == [0, None]
    late = next(each for each in document["findings"] if each["code"] == "DAT103")
    assert late["message"] == "Attendue le 8/01."
    assert late["params"] == {"due": "2027-01-08"}
    assert late["task"] == {
        "key": "t:s3",
        "title": "[Print] Maquette de la plaquette 8 pages",
        "url": "https://trello.com/c/t:s3",
    }


def test_an_aggregated_finding_has_tasks_and_no_task(team: Assessment) -> None:
    """Where one remark stands for many tasks, they are counted and listed."""
    found = next(each for each in json_lint.document(team)["findings"] if each["code"] == "NAM101")
    assert found["task"] is None
    assert found["tasks"]["count"] == 9 == len(found["tasks"]["keys"])


def test_checklist_items_are_counted_apart(team: Assessment) -> None:
    """A line of a checklist that is a task is an item of its board, not one of its tasks."""
    parent = team.portfolio.tasks[0]
    item = replace(parent, key=f"{parent.key}/i1", parent=parent.key, role=Role.ITEM)
    more = replace(team, portfolio=replace(team.portfolio, tasks=(*team.portfolio.tasks, item)))
    board = json_lint.document(more)["boards"][0]
    assert (board["items"], json_lint.document(more)["summary"]["tasks"]) == (1, 41)


def test_schedule_has_every_key_of_every_task(team: Assessment) -> None:
    """Unknown is null, never absent, and instants carry the workspace's offset."""
    document = json_schedule.document(team)
    assert len({tuple(task) for task in document["tasks"]}) == 1
    assert {task["key"] for task in document["tasks"]} == set(team.schedule.tasks)
    flow = next(task for task in document["tasks"] if task["key"] == "t:f3")
    assert flow["latest_finish"] is None
    assert all(task["earliest_start"].endswith(("+01:00", "+02:00")) for task in document["tasks"])
    salon = document["anchors"][0]
    assert (salon["date"], salon["feasible"], salon["missing_minutes"]) == ("2027-01-28", False, 1260)


values = st.one_of(
    st.none(),
    st.dates(),
    st.datetimes(timezones=st.just(UTC)),
    st.floats(allow_nan=False, allow_infinity=False),
)
texts = st.text(st.characters(codec="utf-8"), max_size=30)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Plans of any value in any field."""

    def value(field: str) -> date | str | float | None:
        return draw(st.none() | texts) if field in {"title", "retro_review"} else draw(values)

    def change(number: int) -> Change:
        field = draw(st.sampled_from(["retro_latest", "retro_review", "start", "due", "title", "retro_margin"]))
        return Change(
            id=str(number),
            task=draw(texts),
            title=draw(texts),
            url=draw(st.none() | texts),
            board="b",
            field=field,
            level=draw(st.sampled_from(WriteLevel)),
            old=value(field),
            new=value(field),
            why="schedule",
            revision=draw(texts),
        )

    return Plan(
        changes=tuple(change(number) for number in range(draw(st.integers(0, 4)))),
        conflicts=(
            Conflict(
                task="t", title="T", url=None, board="b", field="due", written=draw(values), current=None, wanted=None
            ),
        ),
        setup=(Provision(board="b", field="retro_latest", name="retro · au plus tard"),),
        guards=(Guard(board="b", reason="vide", held=False),),
        made_at=NOW,
    )


@given(plans())
def test_a_saved_plan_comes_back_whole(plan: Plan) -> None:
    """Whatever a plan holds, reading its document gives the same plan."""
    saved = dumps(json_plan.document(plan, now=NOW, zone_name="UTC", lang="fr"))
    assert json_plan.parse(saved) == plan


@pytest.mark.parametrize(
    "saved", ["", "[]", "{}", '{"version": 2, "now": "2027-01-11"}', '{"version": 1, "changes": [{}]}']
)
def test_what_is_no_plan_is_refused(saved: str) -> None:
    """Anything but a plan of this version is refused in words."""
    with pytest.raises(UnreadableError):
        json_plan.parse(saved)


def test_export_is_the_model(team: Assessment) -> None:
    """The exported tasks and boards decode to the very ones that were read."""
    document = json.loads(
        dumps(json_export.document(team.portfolio, now=team.now, zone_name=team.zone_name, lang="fr"))
    )
    assert decode(tuple[Task, ...], document["tasks"]) == team.portfolio.tasks
    assert decode(tuple[Board, ...], document["boards"]) == team.portfolio.boards
    assert set(document) >= {"version", "now", "lang", "boards", "tasks", "people", "calendars"}
    assert Portfolio(tasks=decode(tuple[Task, ...], document["tasks"])).tasks
