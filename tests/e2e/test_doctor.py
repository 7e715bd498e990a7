"""`retro doctor`: what is wrong, in sentences, each with a remedy; it reads, and leaves with what it found."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.conftest import NOW

from retro.i18n import use

Retro = Callable[..., Any]


def checked(retro: Retro, workspace: Any, *arguments: object, code: int = 0) -> list[dict[str, Any]]:
    """The checks of a run with this exit code."""
    done = retro(*workspace.arguments("doctor", "--json", *arguments))
    assert done.code == code, done.out + done.err
    document = json.loads(done.out)
    assert document["version"] == 1
    checks: list[dict[str, Any]] = document["checks"]
    return checks


def not_in_order(checks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is to be looked at."""
    return [check for check in checks if check["verdict"] != "ok"]


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine is in Paris."""
    monkeypatch.setenv("TZ", "Europe/Paris")


def test_two_tools_at_once(retro: Retro, campaign_of_three: Any) -> None:
    """Both sources, three boards, the project and the people are looked at; nothing is written, stored or made."""
    checks = checked(retro, campaign_of_three)
    assert {check["topic"] for check in checks} == {
        "configuration",
        "secrets",
        "sources",
        "boards",
        "projects",
        "people",
        "calendar",
        "state",
        "version",
    }
    assert {check["subject"] for check in checks if check["topic"] == "boards"} == {"contenus", "site", "video"}
    assert all(check["remedy"] for check in not_in_order(checks))
    assert any("Parking" in check["said"] for check in not_in_order(checks))
    assert campaign_of_three.server.writes() == campaign_of_three.base.writes() == 0
    assert not (campaign_of_three.folder / ".retro").exists()


def test_no_secret_is_told(retro: Retro, campaign_of_three: Any) -> None:
    """Where secrets are found is said, what they are is not, at any verbosity."""
    done = retro(*campaign_of_three.arguments("doctor", "-vv"))
    told = done.out + done.err
    assert "the file trello-token" in told
    for secret in (campaign_of_three.server.key, campaign_of_three.server.token, campaign_of_three.base.token):
        assert secret not in told


def test_in_french(retro: Retro, campaign_of_three: Any) -> None:
    """Sentences are in the language in use, with a word beside every sign."""
    use("fr")
    out = retro(*campaign_of_three.arguments("doctor")).out
    assert "✓ bon" in out
    assert "! à voir" in out
    assert "le jeton est accepté" in out


def test_a_token_that_expires(retro: Retro, workspace: Any) -> None:
    """The days that are left are told."""
    from dataclasses import replace  # noqa: PLC0415 - one test's need

    state = workspace.server.state
    end = NOW + timedelta(days=12)
    state.tokens = {value: replace(token, expires=end, write=True) for value, token in state.tokens.items()}
    (check,) = [each for each in checked(retro, workspace) if "expires in" in each["said"]]
    assert "in 12 days" in check["said"]
    assert check["verdict"] == "remark"
    assert not any("/tokens/" in each.path for each in workspace.server.requests_since(0))


def test_a_refused_token(retro: Retro, workspace: Any) -> None:
    """A source that refuses is one fault, not one for each of its boards; it leaves with 3."""
    (workspace.folder / "trello-token").write_text("wrong")
    checks = checked(retro, workspace, code=3)
    faults = [check for check in checks if check["verdict"] == "fault"]
    assert [check["topic"] for check in faults] == ["sources"]
    assert faults[0]["remedy"]


def test_one_fault_is_told_once(retro: Retro, campaign_of_three: Any) -> None:
    """While one tool refuses its token, neither the project's date nor its people's accounts are called missing."""
    (campaign_of_three.folder / "trello-token").write_text("0" * 64)
    checks = checked(retro, campaign_of_three, code=3)
    assert {check["topic"] for check in not_in_order(checks)} == {"sources"}


def test_a_missing_secret(retro: Retro, workspace: Any) -> None:
    """It leaves with 2, says where it was looked for, and looks at everything else."""
    (workspace.folder / "trello-token").unlink()
    checks = checked(retro, workspace, code=2)
    (fault,) = [check for check in checks if check["verdict"] == "fault"]
    assert "trello-token" in fault["said"]
    assert any(check["topic"] == "calendar" for check in checks)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_a_secret_that_others_can_read(retro: Retro, workspace: Any) -> None:
    """The file's mode is looked at."""
    (workspace.folder / "trello-token").chmod(0o644)
    assert any("chmod 600" in (check["remedy"] or "") for check in checked(retro, workspace))


def test_a_board_that_is_gone(retro: Retro, workspace: Any) -> None:
    """The others are looked at all the same."""
    workspace.edit_config("https://trello.com/b/Ond4Site", "https://trello.com/b/NoWhere1")
    checks = checked(retro, workspace, code=3)
    assert [check["subject"] for check in checks if check["verdict"] == "fault"] == ["site"]
    assert any(check["subject"] == "contenus" and check["verdict"] == "ok" for check in checks)


def test_after_a_run(retro: Retro, workspace: Any) -> None:
    """The last run and the age of snapshots are told; a field that somebody removed is missed."""
    assert retro(*workspace.arguments("apply", "--yes")).code == 0
    checks = checked(retro, workspace)
    assert any("`retro apply`" in check["said"] for check in checks if check["topic"] == "runs")
    board = next(each for each in workspace.server.state.boards.values() if "contenus" in each["name"])
    kept = [each for each in board["customFields"] if not each["name"].startswith("retro")]
    board["customFields"][:] = kept
    assert any("is not on the board any more" in check["said"] for check in checked(retro, workspace))


def test_offline(retro: Retro, workspace: Any) -> None:
    """Without the network the last snapshots are looked at, and nothing is asked."""
    assert retro(*workspace.arguments("pull")).code == 0
    mark = workspace.server.log.mark()
    checks = checked(retro, workspace, "--offline")
    assert not workspace.server.requests_since(mark)
    assert any(check["topic"] == "boards" for check in checks)
    assert not any(check["topic"] == "sources" for check in checks)


def test_the_state_is_looked_at_before_it_is_opened(retro: Retro, workspace: Any) -> None:
    """A folder that others can look into is told, though opening it closes it."""
    retro(*workspace.arguments("pull"))
    if sys.platform != "win32":
        (workspace.folder / ".retro").chmod(0o755)
        assert any("chmod 700" in (check["remedy"] or "") for check in checked(retro, workspace))


def test_a_broken_configuration(retro: Retro, workspace: Any) -> None:
    """It is a fault among the checks, with its place and remedy, also as JSON; it leaves with 2."""
    workspace.edit_config("[lint]", "[lnt]")
    checks = checked(retro, workspace, code=2)
    assert checks[0]["verdict"] == "fault"
    assert "lint" in checks[0]["remedy"]


def test_no_configuration(retro: Retro) -> None:
    """It leaves with 2 and names `retro init`."""
    done = retro("doctor")
    assert done.code == 2
    assert "`retro init`" in done.out
    assert not Path(".retro").exists()


def test_a_damaged_state(retro: Retro, workspace: Any) -> None:
    """A state that cannot be read is told, not a traceback."""
    retro(*workspace.arguments("pull"))
    (workspace.folder / ".retro" / "retro.db").write_bytes(b"no database at all" * 100)
    checks = checked(retro, workspace, code=2)
    assert any(check["topic"] == "state" and check["verdict"] == "fault" for check in checks)
