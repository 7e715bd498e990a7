"""At the command line: remarks in comments or labels, and boards that cannot have fields of retro's own."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from retro.sandbox.trello import fields
from retro.sandbox.trello.refusals import Refusal

WRITE = 'write = { own = ["latest", "review"], fill = ["due"] }\n'
DAY = timedelta(days=1)
Run = Callable[..., Any]


def place(workspace: Any, where: str) -> None:
    """Let remarks go to a comment or a label."""
    workspace.edit_config(WRITE, f'{WRITE}warnings = "{where}"\n')


def comments(workspace: Any) -> list[str]:
    """The cards of retro's comments, those that end with its stamp."""
    return [
        action["data"]["card"]["id"]
        for board in workspace.server.state.boards.values()
        for action in board["actions"]
        if action["type"] == "commentCard" and "\n[retro " in action["data"]["text"]
    ]


def test_comments_are_written_once(retro: Run, workspace: Any) -> None:
    """One comment a card that has remarks; the next night writes nothing, whether or not the state was lost."""
    place(workspace, "comment")
    first = retro(*workspace.arguments("apply", "--yes"))
    assert first.code == 0, first.err
    cards = comments(workspace)
    assert len(cards) == len(set(cards)) > 3
    for file in (workspace.folder / ".retro").iterdir():
        file.unlink()
    mark = workspace.server.log.mark()
    again = retro(*workspace.arguments("sync", now=workspace.clock[0] + DAY))
    assert (again.code, workspace.server.writes(mark)) == (0, 0), again.out + again.err


@pytest.mark.parametrize("where", ["field", "label"])
def test_boards_without_fields_are_no_failure(retro: Run, workspace: Any, where: str) -> None:
    """Apply says once what cannot be written and how to mend it, fills the rest, leaves with 0; nights are silent."""
    workspace.server.state.without_custom_fields.update(workspace.server.state.boards)
    if where != "field":
        place(workspace, where)
    first = retro(*workspace.arguments("apply", "--yes"))
    assert first.code == 0, first.err
    told = [line for line in first.out.splitlines() if "cannot be given fields" in line]
    assert len(told) == 2
    assert all(("retro · à revoir" in line) is (where == "field") for line in told)
    assert all("retro apply --force --board" in line for line in told)
    assert workspace.server.writes() > 0
    mark = workspace.server.log.mark()
    night = retro(*workspace.arguments("-q", "sync", now=workspace.clock[0] + DAY))
    assert (night.code, night.out, night.err) == (0, "", "")
    assert [each.method for each in workspace.server.requests_since(mark)] == ["GET", "GET"]
    plan = json.loads(retro(*workspace.arguments("plan", "--format", "json")).out)
    assert (plan["changes"], plan["setup"], len(plan["guards"])) == ([], [], 2)


def test_a_read_only_token_is_found_out_before_anything_is_made(retro: Run, workspace: Any) -> None:
    """With a token that may only read, sync shows its plan and leaves with 0, apply with 2: no label, no comment."""
    place(workspace, "label")
    (workspace.folder / "trello-token").write_text(workspace.server.read_token)
    synced = retro(*workspace.arguments("sync", "--yes"))
    applied = retro(*workspace.arguments("apply", "--yes"))
    assert (synced.code, applied.code) == (0, 2)
    assert "changes to write" in synced.out
    assert workspace.server.writes() == 0
    assert retro(*workspace.arguments("plan", "--detailed-exitcode")).code == 4


def test_fields_that_take_nothing_any_more_are_said_kindly(
    retro: Run, workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A board that closed its fields since fails nothing: one line says which were not written, and what comes next."""
    first = retro(*workspace.arguments("apply", "--yes"))
    assert first.code == 0, first.err

    def closed(*_arguments: object) -> None:
        raise Refusal(403, {"message": "Custom Fields are not enabled on this board.", "error": "ERROR"})

    monkeypatch.setattr(fields, "put", closed)
    for card in (card for board in workspace.server.state.boards.values() for card in board["cards"]):
        card["customFieldItems"] = []
    forced = retro(*workspace.arguments("apply", "--yes", "--force", now=workspace.clock[0] + DAY))
    assert forced.code == 0, forced.err
    (line,) = {line.partition(": ")[2] for line in forced.out.splitlines() if "took nothing in fields" in line}
    assert "retro · au plus tard" in line
    assert "HTTP" not in forced.out + forced.err
