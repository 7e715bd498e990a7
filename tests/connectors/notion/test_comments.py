"""Remarks as comments, where they are asked for: one a page, known by its id, even once a person resolved it."""

import pytest
from tests.connectors.notion.conftest import Live

from retro.model import Task, Write
from retro.ports import ReadOnlyError, WriteUncertainError
from retro_notion.connector import NotionConnector, connect
from retro_notion.settings import BoardSettings, SourceSettings

STAMPED = "DAT103 attendue le 8/01\n[retro 0123abcd]"
OTHER = "OWN101 sans responsable\n[retro 89abcdef]"


def opened(live: Live, *, token: str = "", marks: dict[str, dict[str, str]] | None = None) -> NotionConnector:
    """A connector whose one board has its remarks in comments."""
    settings = SourceSettings(id="base", token=token or live.sandbox.token, base_url=live.sandbox.url)
    board = BoardSettings(at=live.database.url, alias="campagne", warnings="comment")
    made = connect(settings, clock=live.clock, zone=live.clock.now().tzinfo, boards=(board,), marks=marks)  # type: ignore[arg-type]  # aware
    live.made.append(made)
    return made


def brief(connector: NotionConnector, live: Live) -> Task:
    """The page that is remarked on."""
    tasks = connector.pull(live.database.url).snapshot.tasks
    return next(task for task in tasks if task.title == "[SEO] Brief")


def say(connector: NotionConnector, task: Task, text: str | None) -> Task:
    """Write a remark."""
    return connector.push(
        Write(task=task.key, board=task.board, revision=task.revision, fields=(("retro_review", text),))
    ).task


def comments(live: Live) -> list[dict[str, object]]:
    """What stands on the pages, as the workspace keeps it."""
    return list(live.database.state.comments.values())


def test_a_board_says_where_its_remarks_stand(live: Live) -> None:
    """The field is there without a column; a column left over from before is neither read nor the team's."""
    live.database.column("retro · à revoir", "rich_text")
    board = opened(live).pull(live.database.url).snapshot.board
    assert board.own_in == {"review": "comment"}
    assert board.own_fields == ("review",)
    assert not any("revoir" in use.name for use in board.mapping)


def test_a_remark_is_made_changed_and_taken_away(live: Live) -> None:
    """One comment all along, by POST, PATCH and DELETE; no column is touched, and the revision does not move."""
    connector = opened(live)
    task = brief(connector, live)
    mark = live.sandbox.log.mark()
    said = say(connector, task, STAMPED)
    (made,) = comments(live)
    assert said.own == {"review": STAMPED}
    assert said.marks == {"review": f"comment:{made['id']}"}
    assert said.revision == task.revision
    assert live.asked(mark) == ["GET users", "GET comments", "POST comments"]
    mark = live.sandbox.log.mark()
    assert say(connector, said, OTHER).own == {"review": OTHER}
    assert live.asked(mark) == ["PATCH comments"]
    mark = live.sandbox.log.mark()
    gone = say(connector, said, None)
    assert (gone.own, gone.marks, comments(live)) == ({}, {}, [])
    assert live.asked(mark) == ["DELETE comments"]


def test_the_id_decides_even_after_a_person_resolved_it(live: Live) -> None:
    """The next run knows it by the state's mark: reading asks for no comment, and a change edits the same one."""
    first = opened(live)
    said = say(first, brief(first, live), STAMPED)
    (made,) = comments(live)
    live.database.state.resolve(str(made["id"]))
    mark = live.sandbox.log.mark()
    second = opened(live, marks={said.key: dict(said.marks)})
    task = brief(second, live)
    assert (task.marks, task.own) == (said.marks, {})
    assert not any("comments" in one for one in live.asked(mark))
    say(second, task, OTHER)
    assert [one["id"] for one in comments(live)] == [made["id"]]


def test_a_remark_whose_answer_was_lost_is_not_made_twice(live: Live) -> None:
    """What became of it is unknown; the next run looks for the stamp before it posts."""
    first = opened(live)
    task = brief(first, live)
    live.sandbox.faults.add("lost:1@POST/v1/comments")
    with pytest.raises(WriteUncertainError):
        say(first, task, STAMPED)
    second = opened(live)
    say(second, brief(second, live), STAMPED)
    assert len(comments(live)) == 1


def test_lost_state_is_found_again_by_the_stamp(live: Live) -> None:
    """Where other values of retro's stand on a page and the state knows none, the page's comments are looked at."""
    live.database.column("retro · au plus tard", "date")
    first = opened(live)
    said = say(first, brief(first, live), STAMPED)
    live.database.state.edit_page(live.brief.id, values={"retro · au plus tard": live.clock.now().date()})
    found = brief(opened(live), live)
    assert found.marks == said.marks
    assert found.own["review"] == STAMPED


def test_a_comment_that_a_person_deleted_is_made_anew(live: Live) -> None:
    """A remark that changed is said, though its comment is gone."""
    connector = opened(live)
    said = say(connector, brief(connector, live), STAMPED)
    live.database.state.comments.clear()
    again = say(connector, said, OTHER)
    assert len(comments(live)) == 1
    assert again.marks != said.marks


def test_other_peoples_comments_are_left_alone(live: Live) -> None:
    """A person's comment, even with the stamp copied, is not retro's to change."""
    state = live.database.state
    other = state.add_connection("Autre")
    stranger = opened(live, token=other.value)
    say(stranger, brief(stranger, live), STAMPED)
    mine = opened(live)
    say(mine, brief(mine, live), OTHER)
    assert len(comments(live)) == 2


@pytest.mark.parametrize("text", [STAMPED, None])
def test_without_the_capability_it_is_said_which(text: str | None, live: Live) -> None:
    """403: nothing was written, and the remedy names the boxes to tick."""
    mute = live.database.state.add_connection("Muette", comments=False)
    connector = opened(live, token=mute.value)
    with pytest.raises(ReadOnlyError, match="may not comment") as raised:
        say(connector, brief(connector, live), text)
    assert "Insert comments" in raised.value.remedy
    assert comments(live) == []


def test_retract_removes_what_the_state_knows(live: Live) -> None:
    """Comments that the state remembers go; one that was only found stays."""
    first = opened(live)
    said = say(first, brief(first, live), STAMPED)
    second = opened(live, marks={said.key: dict(said.marks)})
    task = brief(second, live)
    assert second.retract(task.board, ["retro_review"]) == 1
    assert comments(live) == []
