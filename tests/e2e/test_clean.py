"""Leaving boards on live look-alikes: what retro put there goes, what is anybody else's stays."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.small_team import SmallTeam, small_team
from tests.whole_boards import everything, mark_of, writes

Run = Callable[..., Any]
MINUTE = timedelta(minutes=1)
TITLE = "[SEO] Texte 1"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallTeam]:
    """Five cards and four pages, nothing written yet; nobody waits."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    with small_team(tmp_path / "équipe") as team:
        yield team


def place(workspace: Any, trello: str, notion: str) -> None:
    """Let remarks stand elsewhere than in a field."""
    workspace.edit_config('warnings = "field"\n', f'warnings = "{trello}"\n')
    workspace.edit_config('at = "https://www.notion', f'warnings = "{notion}"\nat = "https://www.notion')


def apply_first(retro: Run, workspace: Any) -> Any:
    """A first apply; the boards as they were before it."""
    before = everything(workspace)
    ran = retro(*workspace.arguments("apply", "--yes"))
    assert ran.code == 0, ran.err
    assert everything(workspace) != before
    workspace.on(workspace.clock[0] + MINUTE)
    return before


def clean(retro: Run, workspace: Any, *options: str) -> Any:
    """A clean that succeeds, a minute later."""
    ran = retro(*workspace.arguments("clean", "--yes", *options, now=workspace.clock[0] + MINUTE))
    assert ran.code == 0, ran.out + ran.err
    return ran


def card_titled(workspace: Any, title: str) -> dict[str, Any]:
    """The card of that title."""
    cards = [card for board in workspace.server.state.boards.values() for card in board["cards"]]
    found: dict[str, Any] = next(card for card in cards if title in card["name"])
    return found


def field_named(workspace: Any, card: str, name: str) -> str:
    """The id of a field of retro's on a card's board."""
    board, _card = workspace.server.state.card(card)
    return str(next(field["id"] for field in board["customFields"] if field["name"] == name))


def own_names(workspace: Any) -> list[str]:
    """The names of retro's fields and labels on all cards' boards, and of its columns in the base."""
    held = workspace.server.state.boards.values()
    fields = [one["name"] for board in held for one in (*board["customFields"], *board["labels"])]
    columns = [one["name"] for of in workspace.base.state.sources.values() for one in of["properties"].values()]
    return [name for name in (*fields, *columns) if name.startswith("retro ")]


def comments(workspace: Any) -> int:
    """How many comments end with retro's stamp, on cards and pages."""
    cards = [
        action["data"]["text"]
        for board in workspace.server.state.boards.values()
        for action in board["actions"]
        if action["type"] == "commentCard"
    ]
    pages = ["".join(run["plain_text"] for run in one["rich_text"]) for one in workspace.base.state.comments.values()]
    return sum("[retro " in text for text in (*cards, *pages))


def split(held: Any) -> tuple[object, object]:
    """The boards without the team's dates, and those dates."""
    trello, notion = json.loads(json.dumps(held))
    cards = {}
    for card in (card for board in trello.values() for card in board["cards"]):
        del card["badges"]  # they count with dates
        cards[card["id"]] = (card.pop("start"), card.pop("due"))
    names = {"Échéance", "Début"}
    columns = {
        one["id"] for of in notion["sources"].values() for one in of["properties"].values() if one["name"] in names
    }
    pages = {id_: [page["values"].pop(one, None) for one in sorted(columns)] for id_, page in notion["pages"].items()}
    return (trello, notion), (cards, pages)


@pytest.mark.parametrize(("trello", "notion"), [("field", "field"), ("comment", "comment"), ("label", "field")])
def test_a_clean_leaves_the_boards_as_before(retro: Run, workspace: Any, trello: str, notion: str) -> None:
    """Fields, columns, comments and labels are gone, with `--dates` the dates too; a second run writes nothing."""
    place(workspace, trello, notion)
    before = apply_first(retro, workspace)
    assert own_names(workspace)
    assert (comments(workspace) > 2) is (trello == "comment")
    _others, filled = split(everything(workspace))
    clean(retro, workspace)
    others, dates = split(everything(workspace))
    assert (others, dates) == (split(before)[0], filled)
    assert dates != split(before)[1]
    assert (own_names(workspace), comments(workspace)) == ([], 0)
    clean(retro, workspace, "--dates")
    assert everything(workspace) == before
    mark = mark_of(workspace)
    assert "Nothing to remove" in clean(retro, workspace, "--dates").out
    assert writes(workspace, mark) == 0


def test_sync_starts_over_and_waits(retro: Run, workspace: Any) -> None:
    """After a clean the nightly run writes nothing by itself: the first apply is by hand again, and writes it all."""
    before = apply_first(retro, workspace)
    said = clean(retro, workspace, "--dates").out
    assert "take it out for: contenus, video" in said
    mark = mark_of(workspace)
    night = retro(*workspace.arguments("sync", now=workspace.clock[0] + timedelta(days=1)))
    assert (night.code, writes(workspace, mark)) == (0, 0)
    assert "first `retro apply` by hand" in night.out
    assert everything(workspace) == before
    assert retro(*workspace.arguments("apply", "--yes")).code == 0
    assert len(own_names(workspace)) == 4


def test_a_clean_can_be_taken_back(retro: Run, workspace: Any) -> None:
    """`undo last` brings every value back, in fields made anew, and retro knows them as its own: nothing to write."""
    place(workspace, "comment", "field")
    apply_first(retro, workspace)
    held, said = cells(retro, workspace), comments(workspace)
    clean(retro, workspace, "--dates")
    undone = retro(*workspace.arguments("undo", "last", "--yes", now=workspace.clock[0] + MINUTE))
    assert undone.code == 0, undone.err
    assert (cells(retro, workspace), comments(workspace)) == (held, said)
    mark = mark_of(workspace)
    quiet = retro(*workspace.arguments("sync", now=workspace.clock[0] + timedelta(hours=1)))
    assert (quiet.code, writes(workspace, mark)) == (0, 0), quiet.out
    assert "by hand" not in quiet.out


def cells(retro: Run, workspace: Any) -> dict[str, Any]:
    """Retro's own values and the dates of every task, as an export tells them."""
    document = json.loads(retro(*workspace.arguments("export", "json")).out)
    return {each["key"]: (each["own"], each["due"], each["start"]) for each in document["tasks"]}


def test_what_people_changed_stays(retro: Run, workspace: Any) -> None:
    """A date that someone typed into retro's field stays, with its field; retro's own values in it go one by one."""
    apply_first(retro, workspace)
    state, card = workspace.server.state, card_titled(workspace, TITLE)
    latest = field_named(workspace, card["id"], "retro · au plus tard")
    item = next(each for each in card["customFieldItems"] if each["idCustomField"] == latest)
    item["value"] = {"date": "2026-12-24T11:00:00.000Z"}
    said = clean(retro, workspace)
    assert "24 Dec 2026" in said.out
    assert "changed by someone" in said.out
    held = [each for board in state.boards.values() for one in board["cards"] for each in one["customFieldItems"]]
    assert [each["value"] for each in held if each["idCustomField"] == latest] == [item["value"]]
    assert own_names(workspace) == ["retro · au plus tard"]
    # Once the person takes it away, the field is retro's alone, and it goes.
    card_titled(workspace, TITLE)["customFieldItems"].remove(
        next(each for each in card_titled(workspace, TITLE)["customFieldItems"] if each["idCustomField"] == latest)
    )
    clean(retro, workspace)
    assert own_names(workspace) == []


def test_an_archived_card_is_looked_at(retro: Run, workspace: Any) -> None:
    """What someone typed on a card that is archived by now keeps its field, too; untouched values go with theirs."""
    apply_first(retro, workspace)
    state, card = workspace.server.state, card_titled(workspace, TITLE)
    latest = field_named(workspace, card["id"], "retro · au plus tard")
    next(each for each in card["customFieldItems"] if each["idCustomField"] == latest)["value"] = {
        "date": "2026-12-24T11:00:00.000Z"
    }
    state.edit_card(card["id"], closed=True)
    clean(retro, workspace)
    assert own_names(workspace) == ["retro · au plus tard"]


def test_one_board_alone(retro: Run, workspace: Any) -> None:
    """`--board` leaves the others as they are."""
    before = apply_first(retro, workspace)
    after = everything(workspace)
    clean(retro, workspace, "--board", "video", "--dates")
    assert everything(workspace)[0] == after[0]
    assert everything(workspace)[1] == before[1]
    assert retro(*workspace.arguments("clean", "--board", "nulle part", "--yes")).code == 2


def test_as_json(retro: Run, workspace: Any) -> None:
    """A script is told what would go and what went from each board, and what stays; it has to say --yes itself."""
    apply_first(retro, workspace)
    mark = mark_of(workspace)
    refused = retro(*workspace.arguments("clean", "--format", "json"))
    assert (refused.code, refused.out) == (2, "")
    preview = json.loads(retro(*workspace.arguments("clean", "--format", "json", "--dry-run")).out)
    assert (preview["dry_run"], writes(workspace, mark)) == (True, 0)
    assert {each["removed"] for board in preview["boards"] for each in board["fields"]} == {False}
    done = json.loads(clean(retro, workspace, "--format", "json").out)
    assert (done["version"], done["dry_run"], done["errors"]) == (1, False, [])
    assert {board["alias"] for board in done["boards"]} == {board["alias"] for board in preview["boards"]}
    fields = [each for board in done["boards"] for each in (*board["fields"], *board["values"])]
    assert fields
    assert all(each["removed"] for each in fields)
    assert all(board["read"] and board["held"] is None for board in done["boards"])
    assert sum(board["kept_dates"] for board in done["boards"]) > 0
    again = json.loads(clean(retro, workspace, "--format", "json").out)
    assert not any(board["fields"] or board["values"] for board in again["boards"])


def test_a_preview_and_a_question(retro: Run, workspace: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--dry-run` lists and sends nothing; a person who says no at the terminal has nothing removed."""
    apply_first(retro, workspace)
    there, mark = everything(workspace), mark_of(workspace)
    ran = retro(*workspace.arguments("clean", "--dry-run"))
    assert (ran.code, writes(workspace, mark)) == (0, 0)
    assert "Goes: the field “retro · au plus tard”, with" in ran.out
    assert "Dry run" in ran.out
    monkeypatch.setattr("retro.cli.asking.may_ask", lambda: True)
    monkeypatch.setattr("retro.cli.asking.agreed", lambda _question: False)
    done = retro(*workspace.arguments("clean"))
    assert (done.code, done.err) == (0, "Nothing was removed.\n")
    assert everything(workspace) == there
    runs = json.loads(retro(*workspace.arguments("log", "--format", "json")).out)["runs"]
    assert [run["command"] for run in runs] == ["apply"]


@pytest.mark.parametrize("where", ["field", "comment"])
def test_with_the_state_lost(retro: Run, workspace: Any, where: str) -> None:
    """What the stamp vouches for goes; fields that retro no longer knows to have made are named, and stay empty."""
    place(workspace, where, where)
    before = apply_first(retro, workspace)
    for file in (workspace.folder / ".retro").iterdir():
        file.unlink()
    said = clean(retro, workspace).out
    assert comments(workspace) == 0
    if where == "field":
        assert "Stays, empty: the field “retro · au plus tard”" in said
        assert own_values(workspace) == []
    else:
        assert "not known as retro's" in said  # a card without remarks has no comment, so no stamp
    assert split(everything(workspace))[1] != split(before)[1]
    mark = mark_of(workspace)
    assert clean(retro, workspace).code == 0
    assert writes(workspace, mark) == 0


def own_values(workspace: Any) -> list[object]:
    """What stands in retro's fields on cards."""
    found = []
    for board in workspace.server.state.boards.values():
        ours = {field["id"] for field in board["customFields"] if field["name"].startswith("retro")}
        items = (item for card in board["cards"] for item in card["customFieldItems"])
        found += [item["value"] for item in items if item["idCustomField"] in ours]
    return found


def test_guests_and_failures(retro: Run, workspace: Any) -> None:
    """A board that guests see is cleaned only where it is named; one that cannot be read is left and said (3)."""
    apply_first(retro, workspace)
    state = workspace.server.state
    for board in state.boards.values():
        board["prefs"]["permissionLevel"] = "public"
    mark = mark_of(workspace)
    ran = retro(*workspace.arguments("clean", "--yes"))
    assert ran.code == 3
    assert "People outside the team can see this board" in ran.out
    assert workspace.server.writes(mark[0]) == 0
    assert len(own_names(workspace)) == 2
    clean(retro, workspace, "--board", "contenus")
    assert own_names(workspace) == []


def test_a_source_that_is_down_is_left(retro: Run, workspace: Any) -> None:
    """With Notion down the cards are cleaned and the base is left, with 3; the next clean takes the rest."""
    before = apply_first(retro, workspace)
    workspace.base.faults.add("500:1000@/v1/")
    ran = retro(*workspace.arguments("clean", "--dates", "--yes"))
    workspace.base.faults.clear()
    assert ran.code == 3
    assert "Vidéo could not be read now: it stays as it is." in ran.out
    assert everything(workspace)[0] == before[0]
    assert everything(workspace)[1] != before[1]
    clean(retro, workspace, "--dates")
    assert everything(workspace) == before


def test_a_token_that_may_only_read(retro: Run, workspace: Any) -> None:
    """Nothing is removed, with 2."""
    apply_first(retro, workspace)
    there = everything(workspace)
    (workspace.folder / "token").write_text(workspace.server.read_token)
    ran = retro(*workspace.arguments("clean", "--yes", "--board", "contenus"))
    assert ran.code == 2, ran.out + ran.err
    assert everything(workspace) == there


def test_offline_and_without_a_state(retro: Run, workspace: Any) -> None:
    """Offline, or without a retro.toml, a clean leaves with 2 and a sentence."""
    assert "offline" in retro(*workspace.arguments("clean", "--offline")).err
    assert retro("clean").code == 2
