"""The whole loop on a live look-alike: what is written, what stays, and what a second run does."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest


def own_values(workspace: Any) -> dict[str, dict[str, object]]:
    """Retro's own values of each card on the boards, by card and field name."""
    found: dict[str, dict[str, object]] = {}
    for board in workspace.server.state.boards.values():
        names = {field["id"]: field["name"] for field in board["customFields"]}
        for card in board["cards"]:
            values = {names[item["idCustomField"]]: item["value"] for item in card["customFieldItems"]}
            found[card["id"]] = {name: value for name, value in values.items() if name.startswith("retro")}
    return found


def card_titled(workspace: Any, title: str) -> dict[str, Any]:
    """The card of that title."""
    cards = [card for board in workspace.server.state.boards.values() for card in board["cards"]]
    return next(card for card in cards if title in card["name"])


def test_one_request_reads_a_board(retro: Callable[..., Any], workspace: Any) -> None:
    """A pull of two boards is two requests, and none of them carries a credential in its address."""
    ran = retro(*workspace.arguments("pull"))
    assert ran.code == 0
    requests = workspace.server.requests_since(0)
    assert len(requests) == 2
    assert not any(request.leaked for request in requests)


def test_the_second_run_writes_nothing(retro: Callable[..., Any], workspace: Any) -> None:
    """Apply writes; the same boards again, and a working day later, get no write at all."""
    first = retro(*workspace.arguments("apply", "--yes"))
    assert first.code == 0, first.err
    assert workspace.server.writes() > 20
    for later in (timedelta(minutes=1), timedelta(days=1)):
        mark = workspace.server.log.mark()
        again = retro(*workspace.arguments("sync", now=workspace.clock[0] + later))
        assert (again.code, workspace.server.writes(mark)) == (0, 0), again.out


def test_a_human_date_stays_and_is_reported(retro: Callable[..., Any], workspace: Any) -> None:
    """A date that someone changes between two runs is still there after the third, and is told as kept."""
    assert retro(*workspace.arguments("apply", "--yes")).code == 0
    card = card_titled(workspace, "Maquettes de 6 gabarits")
    field, value = next(iter(dates(workspace, card).items()))
    moved = (datetime.fromisoformat(str(value)) - timedelta(days=7)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    set_own(workspace, card, field, moved)
    workspace.on(workspace.clock[0] + timedelta(hours=1))
    second = retro(*workspace.arguments("sync"))
    third = retro(*workspace.arguments("sync", now=workspace.clock[0] + timedelta(hours=1)))
    assert second.code == third.code == 0
    assert dates(workspace, card)[field] == moved
    assert "Maquettes de 6 gabarits" in second.out
    assert "Kept" in second.out
    plan = json.loads(retro(*workspace.arguments("plan", "--format", "json")).out)
    told = [(conflict["field"], conflict["written"]) for conflict in plan["conflicts"] if conflict["written"]]
    assert [field for field, _written in told] == ["retro_latest"]


def dates(workspace: Any, card: dict[str, Any]) -> dict[str, str]:
    """The card's own dates, by the id of their field."""
    board = workspace.server.state.boards[card["idBoard"]]
    ids = {field["id"] for field in board["customFields"] if field["name"].startswith("retro")}
    return {
        item["idCustomField"]: item["value"]["date"]
        for item in card["customFieldItems"]
        if item["idCustomField"] in ids and "date" in (item["value"] or {})
    }


def set_own(workspace: Any, card: dict[str, Any], field: str, date: str) -> None:
    """What a person does in Trello: another date in the field."""
    for item in card["customFieldItems"]:
        if item["idCustomField"] == field:
            item["value"] = {"date": date}


def test_the_plan_is_what_apply_writes(retro: Callable[..., Any], workspace: Any) -> None:
    """A saved plan, applied, writes exactly its changes; afterwards nothing is pending."""
    pending = retro(*workspace.arguments("plan", "--detailed-exitcode", "-o", workspace.folder / "plan.json"))
    assert pending.code == 4
    changes = json.loads((workspace.folder / "plan.json").read_text("utf-8"))["changes"]
    assert {change["field"] for change in changes} == {"retro_latest", "retro_review", "due"}
    applied = retro(*workspace.arguments("apply", workspace.folder / "plan.json", "--yes"))
    assert applied.code == 0, applied.err
    assert f"{len(changes)} writes" in applied.out
    workspace.on(workspace.clock[0] + timedelta(hours=1))
    assert retro(*workspace.arguments("plan", "--detailed-exitcode")).code == 0


def test_a_no_writes_nothing(retro: Callable[..., Any], workspace: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A person at the terminal who says no is told that nothing was written, and nothing was."""
    monkeypatch.setattr("retro.cli.asking.may_ask", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *_args, **_more: "non")
    done = retro(*workspace.arguments("apply"))
    assert (done.code, done.err) == (0, "Nothing was written.\n")
    assert workspace.server.writes() == 0


def test_apply_refuses_what_changed_since(retro: Callable[..., Any], workspace: Any) -> None:
    """A card renamed after the plan was saved is left alone, and said to be."""
    plan = workspace.folder / "plan.json"
    retro(*workspace.arguments("plan", "-o", plan))
    card = card_titled(workspace, "Maquettes de 6 gabarits")
    workspace.server.state.edit_card(card["id"], name="[Web] Maquettes de 7 gabarits")
    applied = retro(*workspace.arguments("apply", plan, "--yes"))
    assert applied.code == 0
    assert not own_values(workspace)[card["id"]]
    assert "changed meanwhile" in applied.out


def test_sync_waits_for_a_first_apply_by_hand(retro: Callable[..., Any], workspace: Any) -> None:
    """The nightly run writes to no board that nobody applied to yet, and says so in one line."""
    ran = retro(*workspace.arguments("-q", "sync"))
    assert ran.code == 0
    assert workspace.server.writes() == 0
    assert len(ran.out.strip().splitlines()) == 1
    assert "by hand" in ran.out


def test_nothing_is_written_where_writing_is_off(retro: Callable[..., Any], workspace: Any) -> None:
    """A board without `write` is read, judged, and never written."""
    workspace.edit_config('write = { own = ["latest", "review"], fill = ["due"] }\n', "")
    assert retro(*workspace.arguments("sync", "--yes")).code == 0
    assert workspace.server.writes() == 0


def test_a_read_only_token_is_enough_to_sync(retro: Callable[..., Any], workspace: Any) -> None:
    """With a token that may only read, sync shows its plan and leaves with 0; apply leaves with 2; nothing is sent."""
    (workspace.folder / "trello-token").write_text(workspace.server.read_token)
    ran = retro(*workspace.arguments("sync", "--yes"))
    assert ran.code == 0, ran.err
    assert "changes to write" in ran.out
    refused = retro(*workspace.arguments("apply", "--yes"))
    assert refused.code == 2
    assert "Traceback" not in refused.err
    assert workspace.server.writes() == 0


def test_a_lost_state_is_rebuilt_from_the_boards(retro: Callable[..., Any], workspace: Any) -> None:
    """With the state deleted, retro knows its own values by their stamp: nothing is written twice."""
    assert retro(*workspace.arguments("apply", "--yes")).code == 0
    for file in (workspace.folder / ".retro").iterdir():
        file.unlink()
    workspace.on(workspace.clock[0] + timedelta(hours=1))
    mark = workspace.server.log.mark()
    assert retro(*workspace.arguments("sync")).code == 0
    assert workspace.server.writes(mark) == 0


def test_a_source_that_fails_is_stale_not_empty(
    retro: Callable[..., Any], workspace: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After one good run, a dead network gives exit 3, one remark more than the last snapshot's, and no write."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    before = json.loads(retro(*workspace.arguments("lint", "--format", "json")).out)
    workspace.server.faults.add("drop:1000")
    ran = retro(*workspace.arguments("lint", "--format", "json"))
    after = json.loads(ran.out)
    assert ran.code == 3
    assert after["sources"][0]["state"] == "stale"
    assert [each["code"] for each in after["findings"] if each not in before["findings"]] == ["SRC102"]
    assert after["summary"]["tasks"] == before["summary"]["tasks"]
    assert len(after["findings"]) == len(before["findings"]) + 1
    assert workspace.server.writes() == 0


@pytest.mark.parametrize("command", ["lint", "schedule"])
def test_offline_takes_the_last_snapshot(retro: Callable[..., Any], workspace: Any, command: str) -> None:
    """`--offline` sends no request and says the same."""
    live = retro(*workspace.arguments(command, "--format", "json"))
    mark = workspace.server.log.mark()
    offline = retro(*workspace.arguments("--offline", command, "--format", "json"))
    assert not workspace.server.requests_since(mark)
    assert json.loads(offline.out).get("findings") == json.loads(live.out).get("findings")
    assert json.loads(offline.out).get("tasks") == json.loads(live.out).get("tasks")
