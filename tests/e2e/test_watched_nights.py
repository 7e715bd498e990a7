"""What cron, a health check, a metrics file and a script learn of `retro sync`."""

import json
import os
import stat
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from retro.store.lock import StateLock

PATH = "/ping/0b8f6c1e-7a55-4c38-9f0e-2f1de51c0a11"
DAY = timedelta(days=1)
Run = Callable[..., Any]


class Checks:
    """A health check on loopback, and what it was told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []
        self.status = 200
        checks = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                checks.told.append((self.path, body.decode()))
                self.send_response(checks.status)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def signals(self) -> list[str]:
        """What was said, without the address."""
        return [path.removeprefix(PATH) for path, _body in self.told]


@pytest.fixture
def checks() -> Iterator[Checks]:
    """A health check that listens."""
    made = Checks()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def watched(workspace: Any, checks: Checks, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The workspace, its nights told to a health check and a metrics file; nobody waits."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    (workspace.folder / "health").write_text(f"http://127.0.0.1:{checks.server.server_port}{PATH}\n", "utf-8")
    with workspace.config.open("a", encoding="utf-8") as file:
        file.write('\n[sync]\nhealth_url = { file = "health" }\nmetrics = "metrics/retro.prom"\n')
    (workspace.folder / "metrics").mkdir()
    return workspace


def metrics(workspace: Any) -> str:
    """The metrics file."""
    return str((workspace.folder / "metrics" / "retro.prom").read_text("utf-8"))


def other_files(workspace: Any) -> list[Path]:
    """What else stands in the folder of the metrics."""
    return [path for path in (workspace.folder / "metrics").iterdir() if path.name != "retro.prom"]


def test_a_good_night_is_silent_and_told(retro: Run, watched: Any, checks: Checks) -> None:
    """With -q a run that writes says nothing; the check hears its begin and end, file and document hold its figures."""
    file = watched.folder / "run.json"
    ran = retro(*watched.arguments("-q", "sync", "--yes", "--format", "text", "--format", f"json={file}"))
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert watched.server.writes() > 0
    document = json.loads(file.read_text("utf-8"))
    writes = document["summary"]["writes"]
    assert (document["version"], document["exit_code"], document["troubles"]) == (1, 0, [])
    assert writes == sum(board["writes"] for board in document["boards"]) > 20
    assert document["run"]["seconds"] == 0  # the clock stands still under --now
    assert document["run"]["id"] in retro(*watched.arguments("log")).out
    requests = sum(source["requests"] for source in document["sources"])
    assert requests == len(watched.server.requests_since(0))
    assert checks.signals == ["/start", ""]
    told = checks.told[-1][1]
    assert told.startswith(f"exit 0, {writes} writes")
    assert not any(board["name"] in told for board in document["boards"])
    text = metrics(watched)
    assert f'retro_source_requests_total{{source="equipe",kind="trello"}} {requests}\n' in text
    assert "retro_sync_last_run_exit_code 0\n" in text
    assert not other_files(watched)
    if os.name == "posix":
        assert stat.S_IMODE((watched.folder / "metrics" / "retro.prom").stat().st_mode) == 0o644


def test_a_bad_night_is_one_block(retro: Run, watched: Any, checks: Checks) -> None:
    """A board that is gone: exit 3, one block with what, which board and what next; `/fail`; it is in the document."""
    assert retro(*watched.arguments("-q", "sync", "--yes")).code == 0
    success = next(line for line in metrics(watched).splitlines() if line.startswith("retro_sync_last_success"))
    watched.edit_config("https://trello.com/b/Ond4Site", "https://trello.com/b/NoSuch00")
    ran = retro(
        *watched.arguments("-q", "sync", "--format", "text", "--format", "json=run.json", now=watched.clock[0] + DAY)
    )
    assert ran.code == 3
    assert ran.out == ""
    first, *rest = ran.err.splitlines()
    assert "exit code 3" in first
    assert all(line.startswith("  ") for line in rest), ran.err
    assert any("→" in line for line in rest)
    assert any("NoSuch00" in line or "site" in line for line in rest)
    document = json.loads(Path("run.json").read_text("utf-8"))
    assert all(trouble["what"] and trouble["remedy"] and trouble["boards"] for trouble in document["troubles"])
    assert document["troubles"][0]["boards"] == ["site"]
    assert document["exit_code"] == 3
    assert checks.signals == ["/start", "", "/start", "/fail"]
    assert success in metrics(watched)
    assert 'retro_sync_runs_total{code="3"} 1' in metrics(watched)


def test_a_run_that_cannot_begin_is_told_too(retro: Run, watched: Any, checks: Checks) -> None:
    """A missing token is exit 2 in one sentence; the check hears of it, and JSON says why."""
    (watched.folder / "trello-token").unlink()
    ran = retro(*watched.arguments("-q", "sync", "--format", "json"))
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    document = json.loads(ran.out)
    assert (document["exit_code"], document["boards"], document["summary"]["findings"]) == (2, [], None)
    assert "trello-token" in document["troubles"][0]["what"]
    assert checks.signals[-1] == "/fail"
    assert "retro_sync_last_run_exit_code 2\n" in metrics(watched)


def test_watchers_that_fail_change_nothing(retro: Run, watched: Any, checks: Checks) -> None:
    """A check that refuses and a folder that is not there are said, without the address; the run leaves with 0."""
    checks.status = 404
    (watched.folder / "metrics").rmdir()
    ran = retro(*watched.arguments("-q", "-vv", "sync", "--yes"))
    assert ran.code == 0
    assert watched.server.writes() > 0
    assert "done, but not everybody could be told" in ran.err
    assert "HTTP 404" in ran.err
    assert "[sync] metrics" in ran.err
    assert PATH.rpartition("/")[2] not in ran.err + ran.out


@pytest.mark.parametrize("options", [["sync", "--dry-run"], ["--offline", "sync"]])
def test_a_run_that_is_none_tells_nobody(retro: Run, watched: Any, checks: Checks, options: list[str]) -> None:
    """A dry run, and one that reads nothing, are no nights."""
    assert retro(*watched.arguments("pull")).code == 0
    assert retro(*watched.arguments(*options)).code == 0
    assert not checks.told
    assert not list((watched.folder / "metrics").iterdir())


def test_a_doubled_run_tells_nobody(retro: Run, watched: Any, checks: Checks) -> None:
    """A run that finds the lock taken leaves with 5 and one line; the one that holds it does the telling."""
    with StateLock(watched.folder / ".retro", command="sync", now=watched.clock[0]):
        ran = retro(*watched.arguments("-q", "sync", "--format", "json"))
    assert (ran.code, ran.out, ran.err.count("\n")) == (5, "", 1)
    assert str(os.getpid()) in ran.err
    assert not checks.told


def test_an_address_that_cannot_be_used_stops_the_run(retro: Run, watched: Any) -> None:
    """A health check in the clear, or one that is not where the configuration says: exit 2 before anything is asked."""
    (watched.folder / "health").write_text("http://hc.example/0123456789abcdef", "utf-8")
    clear = retro(*watched.arguments("sync"))
    (watched.folder / "health").unlink()
    missing = retro(*watched.arguments("sync"))
    assert (clear.code, missing.code) == (2, 2)
    assert "0123456789abcdef" not in clear.err
    assert "health_url" in clear.err
    assert "health_url" in missing.err
    assert not watched.server.requests_since(0)


def test_findings_that_fail_the_run_are_in_the_block(retro: Run, workspace: Any) -> None:
    """With `--fail-on` a run with remarks leaves with 1, and says where to see them."""
    ran = retro(*workspace.arguments("-q", "sync", "--yes", "--fail-on", "warning"))
    assert ran.code == 1
    assert ran.out == ""
    assert "retro lint" in ran.err


def test_a_night_of_a_reader_is_one_line(retro: Run, workspace: Any) -> None:
    """With -q, a token that may only read is one line for all of its boards, and no failure."""
    (workspace.folder / "trello-token").write_text(workspace.server.read_token)
    ran = retro(*workspace.arguments("-q", "sync", "--yes"))
    assert (ran.code, ran.err) == (0, "")
    assert len(ran.out.splitlines()) == 1
    assert "may read but not write" in ran.out


def test_a_value_that_someone_changed_is_said_once(retro: Run, workspace: Any) -> None:
    """With -q, the night after someone moved a date of retro's says so on one board; the next one is silent."""
    assert retro(*workspace.arguments("apply", "--yes")).code == 0
    card, held = next(
        (card, item)
        for board in workspace.server.state.boards.values()
        for card in board["cards"]
        for item in card["customFieldItems"]
        if "date" in (item["value"] or {})
    )
    held["value"] = {"date": "2026-12-01T11:00:00.000Z"}
    workspace.on(workspace.clock[0] + timedelta(hours=1))
    first = retro(*workspace.arguments("-q", "sync"))
    second = retro(*workspace.arguments("-q", "sync", now=workspace.clock[0] + timedelta(hours=1)))
    assert (first.code, first.err) == (0, "")
    assert card["name"][:20] in first.out
    assert "Kept as the team set it" in first.out
    assert "Nothing to write" not in first.out
    assert (second.code, second.out, second.err) == (0, "", "")


def test_a_document_has_standard_output_to_itself(retro: Run, workspace: Any) -> None:
    """With `--format json` nothing else is printed there, whatever waits."""
    ran = retro(*workspace.arguments("sync", "--format", "json"))
    document = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert sum(board["pending"] for board in document["boards"]) > 20
    assert (document["summary"]["writes"], document["run"]["dry_run"]) == (0, False)
    assert document["now"] == document["run"]["started"]
    assert {"id", "kind", "state", "read_at", "requests", "error"} == set(document["sources"][0])
    text = retro(*workspace.arguments("-q", "sync"))
    assert len(text.out.splitlines()) == 1
