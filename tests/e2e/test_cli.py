"""Help, languages, files instead of boards, and what no output may hold."""

import json
import logging
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import typer

from retro.cli.app import build, parted
from retro.i18n import use
from retro.model import Task
from retro.model.codec import decode
from retro.sandbox.trello import BoardBuilder

HEAVY = ("pydantic", "sqlalchemy", "httpx", "requests", "holidays", "jinja2", "cattrs")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A small board's export: six cards, of which one done, one archived, one that informs."""
    board = BoardBuilder("Salon de mai", now=lambda: datetime(2026, 11, 23, 8, tzinfo=UTC))
    lea = "Léa Martin"
    todo, done = board.list("À planifier"), board.list("Terminé")
    brief = todo.card("[Print] Brief du stand", due=date(2026, 12, 4), members=[lea])
    todo.card("[Print] Maquette du stand", due=date(2027, 1, 15), members=[lea], depends_on=[brief])
    todo.card("[Social] 6 posts", due=date(2026, 11, 20))
    done.card("[Print] Réservation du stand", members=[lea])
    todo.card("Vieille carte", closed=True)
    todo.card("👉 À LIRE : mode d’emploi")
    path = tmp_path / "salon é.json"
    path.write_text(json.dumps(board.document), encoding="utf-8")
    return path


def test_help_is_light() -> None:
    """`retro --help` loads none of the slow libraries."""
    code = (
        "import sys; sys.argv = ['retro', '--help']\n"
        "from retro.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        f"sys.exit(', '.join(m for m in {HEAVY!r} if m in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603 - our own code
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_a_file_is_read_without_the_clients_of_tools(export: Path) -> None:
    """`retro lint` of an export loads none of the libraries that talk to Trello or Notion."""
    clients = ("requests", "trello", "httpx", "notion_client")
    code = (
        f"import sys; sys.argv = ['retro', 'lint', {str(export)!r}, '--exit-zero']\n"
        "from retro.cli import app\n"
        "assert app.run(sys.argv[1:]) == 0\n"
        f"sys.exit(', '.join(m for m in {clients!r} if m in sys.modules) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603 - our own code
    assert (done.returncode, done.stderr.strip()) == (0, "")


def test_every_command_helps_with_an_example(retro: Callable[..., Any]) -> None:
    """Each command's help names at least one example."""
    for command in (info.name for info in build().registered_commands):
        ran = retro(command, "--help")
        assert ran.code == 0
        assert re.search("Ex[ae]mple", ran.out), command  # a command's own words keep the language it was loaded in


def test_help_in_french() -> None:
    """`--lang fr` turns help pages French; the language is settled before any command module loads."""
    command = [sys.executable, "-m", "retro.cli", "lint", "--help", "--lang", "fr"]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own command
    assert "Exemples" in done.stdout.decode("utf-8", "replace")


def test_an_interrupted_command_says_so(retro: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C ends with 130, and with what becomes of anything that was begun."""

    def pressed(_path: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("retro.config.load.load", pressed)
    ran = retro("lint")
    assert ran.code == 130
    assert "interrupted" in ran.err


def test_a_reader_that_goes_early_is_no_failure() -> None:
    """`retro rules | head` ends well, without a word about what nobody reads."""
    command = [sys.executable, "-m", "retro.cli", "rules"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:  # noqa: S603 - our own
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0


def test_global_options_go_anywhere() -> None:
    """Global options may stand before or after the command; what follows `--` is left alone."""
    assert parted(["lint", "a.json", "--now", "2026-01-01", "-q"]) == (
        ["--now", "2026-01-01", "-q"],
        ["lint", "a.json"],
    )
    assert parted(["lint", "--lang=en", "--", "-q"]) == (["--lang=en"], ["lint", "--", "-q"])


def test_the_command_that_is_wanted_is_the_one_that_is_made() -> None:
    """One command or group comes alone, and as it is among the others; any other word gets them all."""
    every: Any = typer.main.get_command(build())
    for name in every.commands:
        made: Any = typer.main.get_command(build(name))
        assert list(made.commands) == [name]
        one, other = made.commands[name], every.commands[name]
        assert [each.opts for each in one.params] == [each.opts for each in other.params]
        assert list(getattr(one, "commands", ())) == list(getattr(other, "commands", ()))
    for word in ("", "lnit", "--help"):
        made = typer.main.get_command(build(word))
        assert list(made.commands) == list(every.commands)


def test_counts_of_an_export(retro: Callable[..., Any], export: Path) -> None:
    """Tasks, open and archived ones are counted as a person would count them."""
    ran = retro(
        "lint", export, "--end", "2027-05-03", "--now", "2026-11-23", "--format", "json", "--profile", "standard"
    )
    document = json.loads(ran.out)
    (board,) = document["boards"]
    assert (board["tasks"], board["open"], board["archived"]) == (4, 3, 1)
    by_code = {finding["code"]: finding for finding in document["findings"]}
    assert by_code["OWN101"]["task"]["title"] == "[Social] 6 posts"
    assert by_code["DAT103"]["params"] == {"due": "2026-11-20"}
    assert "END101" not in by_code
    assert ran.code == 1
    assert document["version"] == 1
    assert document["now"] == "2026-11-23T09:00:00+01:00"
    assert document["summary"]["findings"] == len(document["findings"])


def test_no_end_date_is_said(retro: Callable[..., Any], export: Path) -> None:
    """Without `--end` nothing can be computed: END101, as an error even in the gentlest profile."""
    document = json.loads(retro("lint", export, "--now", "2026-11-23", "--format", "json").out)
    assert [f["severity"] for f in document["findings"] if f["code"] == "END101"] == ["error"]


def test_schedule_of_an_export(retro: Callable[..., Any], export: Path) -> None:
    """The last task may end in the anchor's last minute, and what it waits for ends before it begins."""
    ran = retro("schedule", export, "--end", "2027-05-03", "--now", "2026-11-23", "--format", "json")
    tasks = {task["title"]: task for task in json.loads(ran.out)["tasks"]}
    assert ran.code == 0
    assert tasks["[Print] Maquette du stand"]["latest_finish"] == "2027-05-03T17:00:00+02:00"
    brief, model = tasks["[Print] Brief du stand"], tasks["[Print] Maquette du stand"]
    assert brief["latest_finish"] <= model["latest_start"]
    assert brief["advised_finish"] <= model["advised_start"]
    assert None not in (brief["total_slack_minutes"], brief["earliest_start"])


def test_an_end_on_a_day_off(retro: Callable[..., Any], export: Path) -> None:
    """An end on a Saturday is shown as that Saturday; work ends in the last minute before it."""
    ran = retro("schedule", export, "--end", "2027-05-08", "--now", "2026-11-23", "--format", "json")
    document = json.loads(ran.out)
    assert document["anchors"][0]["date"] == "2027-05-08"
    assert max(task["latest_finish"] or "" for task in document["tasks"]) == "2027-05-07T17:00:00+02:00"
    use("en")
    assert "8 May 2027" in retro("lint", export, "--end", "2027-05-08", "--now", "2026-11-23").out


def test_an_impossible_date_is_a_result(retro: Callable[..., Any], export: Path) -> None:
    """A plan that cannot hold is told with the missing time and the chain, and is no failure of the command."""
    ran = retro("schedule", export, "--end", "2026-11-23", "--now", "2026-11-23T16:00", "--format", "json")
    (anchor,) = json.loads(ran.out)["anchors"]
    assert ran.code == 0
    assert not anchor["feasible"]
    assert anchor["missing_minutes"] > 0
    assert anchor["chain"]


def test_the_page_of_an_export(retro: Callable[..., Any], export: Path) -> None:
    """`retro view` leaves one page that names the tasks and loads nothing."""
    ran = retro("view", export, "--end", "2027-05-03", "--now", "2026-11-23", "-o", "page.html")
    assert ran.code == 0
    page = Path("page.html").read_text("utf-8")
    assert "Maquette du stand" in page
    assert "src=" not in page


def test_export_can_be_read_back(retro: Callable[..., Any], export: Path) -> None:
    """`retro export json` holds every task, whole."""
    document = json.loads(retro("export", "json", export, "--now", "2026-11-23").out)
    tasks = [decode(Task, task) for task in document["tasks"]]
    assert len(tasks) == 6
    assert document["version"] == 1


def test_two_files_are_one_project(retro: Callable[..., Any], export: Path, tmp_path: Path) -> None:
    """All PATHs of one command are one project, a board per file."""
    document = json.loads(export.read_text("utf-8"))
    other = tmp_path / "other.json"
    other.write_text(export.read_text("utf-8").replace(document["id"], "0" * 24).replace("Salon", "Foire"), "utf-8")
    out = json.loads(retro("lint", export, other, "--now", "2026-11-23", "--format", "json").out)
    assert len(out["boards"]) == 2
    assert len([f for f in out["findings"] if f["code"] == "END101"]) == 1


def test_french_and_english(retro: Callable[..., Any], export: Path) -> None:
    """Findings are said in the language in use; codes and facts are the same."""
    documents = {}
    for language in ("fr", "en"):
        use(language)
        ran = retro("lint", export, "--now", "2026-11-23", "--format", "json", "--profile", "standard")
        documents[language] = json.loads(ran.out)
    facts = {lang: [(f["code"], f["params"]) for f in doc["findings"]] for lang, doc in documents.items()}
    words = {lang: [f["message"] for f in doc["findings"]] for lang, doc in documents.items()}
    assert facts["fr"] == facts["en"]
    assert all(one != other for one, other in zip(words["fr"], words["en"], strict=True))


def test_rules_have_pages(retro: Callable[..., Any]) -> None:
    """Every rule that is listed can be explained."""
    rules = json.loads(retro("rules", "--format", "json").out)["rules"]
    assert len(rules) > 90
    for rule in rules:
        assert rule["name"] in retro("rule", rule["code"]).out


def test_a_token_appears_nowhere(
    retro: Callable[..., Any], workspace: Any, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Neither output, logs at every level, URLs nor the state hold the token."""
    caplog.set_level(logging.DEBUG)
    said = "".join(
        ran.out + ran.err
        for ran in (
            retro(*workspace.arguments("-v", "-v", command, *options))
            for command, options in (("apply", ["--yes"]), ("sync", []), ("lint", []), ("export", ["json"]))
        )
    )
    secrets = (workspace.server.token, workspace.server.key)
    state = b"".join(path.read_bytes() for path in (workspace.folder / ".retro").iterdir())
    for secret in secrets:
        assert secret not in said
        assert secret not in caplog.text
        assert secret.encode() not in state
    assert not any(request.leaked for request in workspace.server.requests_since(0))


def test_the_state_is_for_its_owner_alone(retro: Callable[..., Any], workspace: Any) -> None:
    """The state's folder and database are closed to everybody else."""
    retro(*workspace.arguments("pull"))
    state = workspace.folder / ".retro"
    assert state.stat().st_mode & 0o077 == 0
    assert (state / "retro.db").stat().st_mode & 0o077 == 0


def test_demo_tells_the_whole_loop(retro: Callable[..., Any], tmp_path: Path) -> None:
    """The demo runs, its second run writes nothing, and it leaves a page and a workspace to go on with."""
    folder = tmp_path / "démo"
    ran = retro("demo", "--dir", folder, "--now", "2026-11-23")
    assert ran.code == 0, ran.err
    assert "nothing having changed: 0 writes" in ran.out
    assert (folder / "retro.html").stat().st_size > 10_000
    offline = retro("-c", folder / "retro.toml", "--offline", "lint", "--now", "2026-11-23", "--format", "json")
    codes = {finding["code"] for finding in json.loads(offline.out)["findings"]}
    assert codes >= {"OWN101", "OWN102", "DEP103", "DAT102", "DAT103", "STA102"}
    again = retro("demo", "--dir", folder, "--now", "2026-11-23")
    assert again.code == 0, again.err


def test_demo_keeps_its_hands_off(retro: Callable[..., Any], tmp_path: Path) -> None:
    """A folder with something else in it is left as it is."""
    (tmp_path / "mine.txt").write_text("mine")
    ran = retro("demo", "--dir", tmp_path)
    assert ran.code == 2
    assert (tmp_path / "mine.txt").read_text() == "mine"
