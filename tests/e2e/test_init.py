"""`retro init`: a configuration from two tools over HTTP or from files, that loads, reads, and overwrites nothing."""

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.e2e.conftest import NOW

from retro.config.load import load, parse
from retro.i18n import use

Retro = Callable[..., Any]


@pytest.fixture
def accounts(campaign_of_three: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The look-alikes' secrets in the environment, and a working directory without any configuration."""
    for name, value in {
        "TRELLO_KEY": campaign_of_three.server.key,
        "TRELLO_TOKEN": campaign_of_three.server.token,
        "NOTION_TOKEN": campaign_of_three.base.token,
        "RETRO_TRELLO_URL": campaign_of_three.server.url,
        "RETRO_NOTION_URL": campaign_of_three.base.url,
        "TZ": "Europe/Paris",
        "RETRO_NOW": NOW.isoformat(),
    }.items():
        monkeypatch.setenv(name, value)
    return campaign_of_three


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No secrets anywhere."""
    monkeypatch.setattr("keyring.get_password", lambda _service, _name: None)
    for name in ("TRELLO_KEY", "TRELLO_TOKEN", "NOTION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("RETRO_NOW", NOW.isoformat())
    monkeypatch.setenv("TZ", "Europe/Paris")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A small plan as a sheet."""
    path = tmp_path / "plan de l’été.csv"
    path.write_text(
        "Titre;Responsable;Échéance;Statut;JH\n"
        "[SEO] Articles;Léa Martin;2027-02-01;À faire;4\n"
        "[SEO] Relecture;Léa;2027-02-10;En cours;2\n"
        "[SEO] Mise en ligne;Léa Martin;2027-03-01;À faire;0,5\n"
        "[Web] Page;;2027-02-15;Bientôt fini;1\n",
        encoding="utf-8",
    )
    return path


def test_two_tools_make_one_configuration(retro: Retro, accounts: Any) -> None:
    """Boards of both tools with projects, people and channels; lint runs on it at once, nothing is written."""
    done = retro("init")
    assert (done.code, done.err) == (0, "")
    text = Path("retro.toml").read_text("utf-8")
    settings = load().settings
    assert {name: (board.source, board.kind) for name, board in settings.boards.items()} == {
        "contenus": ("trello", "project"),
        "site_media": ("trello", "project"),
        "video_presse": ("notion", "project"),
    }
    assert settings.boards["site_media"].status == {"idea": ["Parking"]}
    assert settings.boards["contenus"].estimate == ["field:JH=days"]
    assert settings.boards["video_presse"].columns["due"].startswith("id:")
    assert [(project.name, len(project.boards)) for project in settings.projects.values()] == [("Ondalie", 3)]
    assert len(settings.people) == 6
    assert {"SEO", "Web", "Vidéo"} <= set(settings.lint.channels)
    assert not any(board.write for board in settings.boards.values())
    assert len(text.splitlines()) <= 120
    for secret in (accounts.server.key, accounts.server.token, accounts.base.token):
        assert secret not in text + done.out
    assert accounts.server.writes() == accounts.base.writes() == 0
    document = json.loads(retro("lint", "--format", "json", "--exit-zero").out)
    assert document["summary"]["tasks"] == 56
    assert not {"END101", "STA101"} & {finding["code"] for finding in document["findings"]}


def test_in_french(retro: Retro, accounts: Any) -> None:
    """The file and the last words are in the language in use, which becomes the workspace's."""
    use("fr")
    done = retro("init")
    text = Path("retro.toml").read_text("utf-8")
    assert "Rien n’est écrit sur aucun tableau" in text
    assert "à vérifier : deviné d’après le nom : Parking = idée." in text
    assert "3 tableaux, 1 projet" in done.out
    assert load().settings.workspace.lang == "fr"


def test_a_configuration_is_never_overwritten(retro: Retro, accounts: Any) -> None:
    """A second run leaves with 2 and touches nothing; what is new is shown, to be pasted in."""
    retro("init")
    path = Path("retro.toml")
    whole = path.read_text("utf-8")
    again = retro("init")
    assert (again.code, again.out) == (2, "")
    assert "-o other.toml" in again.err
    begin = whole.index("# Ondalie – vidéo")
    less = whole[:begin] + whole[whole.index("[people.") :]
    path.write_text(less, encoding="utf-8")
    third = retro("init")
    assert third.code == 2
    assert path.read_text("utf-8") == less
    assert "[boards.ondalie_video_presse]" in third.out
    assert "[boards.contenus]" not in third.out
    assert "[sources" not in third.out
    parse(less + "\n" + third.out, "retro.toml")


def test_idle_boards_are_comments(retro: Retro, accounts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody touched for 90 days is not read, and stands in the file as a comment with the reason."""
    monkeypatch.setenv("RETRO_NOW", (NOW + timedelta(days=120)).isoformat())
    mark = accounts.server.log.mark()
    assert retro("init").code == 0
    text = Path("retro.toml").read_text("utf-8")
    assert "# [boards.contenus]" in text
    assert "nothing has happened on it since 20 Nov 2026" in text
    assert not load().settings.boards
    assert len(accounts.server.requests_since(mark)) == 1


def test_one_board_by_its_address(retro: Retro, accounts: Any) -> None:
    """An address is enough; nothing else of the account is taken in, nor asked of the other tool."""
    mark = accounts.base.log.mark()
    assert retro("init", "https://trello.com/b/Ond4Site/whatever", "-o", "site.toml").code == 0
    settings = load(Path("site.toml")).settings
    assert list(settings.boards) == ["ondalie_site_media"]
    assert list(settings.sources) == ["trello"]
    assert not accounts.base.requests_since(mark)


def test_one_board_of_one_tool(retro: Retro, accounts: Any) -> None:
    """`--one` takes the board that was touched last where nobody can be asked."""
    assert retro("init", "trello", "--one").code == 0
    assert len(load().settings.boards) == 1


def test_a_refused_token(retro: Retro, accounts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """One tool that refuses leaves with 3 and the other's boards; where nothing can be read, no file is written."""
    monkeypatch.setenv("TRELLO_TOKEN", "wrong")
    done = retro("init")
    assert done.code == 3
    assert "Trello" in done.err
    assert list(load().settings.boards) == ["ondalie_video_presse"]
    Path("retro.toml").unlink()
    monkeypatch.setenv("NOTION_TOKEN", "wrong")
    assert retro("init").code == 3
    assert not Path("retro.toml").exists()


def test_a_token_that_sees_nothing(retro: Retro, accounts: Any) -> None:
    """An empty account is told, with what to do, and no file is written."""
    accounts.base.state.databases.clear()
    accounts.base.state.sources.clear()
    done = retro("init", "notion")
    assert done.code == 2
    assert "sees no board" in done.err
    assert not Path("retro.toml").exists()


@pytest.mark.usefixtures("nobody")
def test_a_file(retro: Retro, plan: Path) -> None:
    """A sheet needs no token: its columns are known, its launch is found, what is unknown is asked for in a comment."""
    assert retro("init", plan).code == 0
    text = Path("retro.toml").read_text("utf-8")
    settings = load().settings
    (source,) = settings.sources.values()
    assert (source.kind, Path(source.path)) == ("file", plan)
    (board,) = settings.boards.values()
    assert board.estimate == ["field:JH=days"]
    (project,) = settings.projects.values()
    assert str(project.anchors[0].date) == "2027-03-01"
    assert "to check: retro does not know “Bientôt fini” (1 task)" in text
    assert "“Léa”" in text
    assert retro("lint").code in (0, 1)


@pytest.mark.usefixtures("nobody")
def test_statuses_of_an_export_hold(retro: Retro, tmp_path: Path) -> None:
    """What `status` says of a board's export is how it is read."""
    export = {
        "id": "5abbe4b7ddc1b351ef961414",
        "name": "Reto",
        "shortLink": "AbCd1234",
        "lists": [{"id": "l1", "name": "Finalizado", "closed": False, "pos": 1}],
        "cards": [{"id": "5abbe4b7ddc1b351ef961415", "name": "Brief", "idList": "l1", "closed": False, "idShort": 1}],
        "members": [],
        "labels": [],
        "checklists": [],
        "actions": [],
        "dateLastActivity": "2026-11-20T09:00:00.000Z",
    }
    path = tmp_path / "reto.json"
    path.write_text(json.dumps(export), encoding="utf-8")
    assert retro("init", path).code == 0
    assert load().settings.boards["reto"].status == {"done": ["Finalizado"]}
    (task,) = json.loads(retro("export", "json").out)["tasks"]
    assert task["status"]["category"] == "done"


@pytest.mark.usefixtures("nobody")
def test_to_the_terminal(retro: Retro, plan: Path) -> None:
    """`-o -` shows the file and writes none; `--end` is its date."""
    done = retro("init", plan, "-o", "-", "--end", "2027-04-01")
    assert done.code == 0
    (project,) = parse(done.out, "shown").projects.values()
    assert str(project.anchors[0].date) == "2027-04-01"
    assert not Path("retro.toml").exists()


@pytest.mark.usefixtures("nobody")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "TRELLO_KEY + TRELLO_TOKEN"),
        (("trello",), "TRELLO_TOKEN"),
        (("https://example.org/b/1",), "no tool that retro knows"),
        (("absent.csv",), "no such file"),
    ],
)
def test_nothing_to_start_from(retro: Retro, arguments: tuple[str, ...], said: str) -> None:
    """Without a token or a file that can be read it leaves with 2, says what is needed, and writes nothing."""
    done = retro("init", *arguments)
    assert done.code == 2
    assert said in done.err
    assert not Path("retro.toml").exists()


@pytest.mark.usefixtures("nobody")
def test_a_new_file_beside_those_known(retro: Retro, plan: Path, tmp_path: Path) -> None:
    """A configuration that has a file already is shown another one's tables, and keeps what it has."""
    retro("init", plan)
    other = tmp_path / "salon.csv"
    other.write_text("Titre;Échéance\nStand;2027-02-01\n", encoding="utf-8")
    done = retro("init", plan, other)
    assert done.code == 2
    assert "[sources.salon]" in done.out
    assert "plan" not in done.out


class _Terminal:
    """Somebody who answers, one line a question."""

    def __init__(self, *answers: str) -> None:
        self._answers = list(answers)

    def isatty(self) -> bool:
        return True

    def readline(self, _size: int = -1) -> str:
        return f"{self._answers.pop(0)}\n" if self._answers else ""


@pytest.mark.usefixtures("nobody")
def test_questions_at_a_terminal(retro: Retro, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody at a terminal is asked for the kind, for unknown names and for the date; answers stand in the file."""
    sheet = tmp_path / "liste.csv"
    sheet.write_text("Titre;Statut\nStand;Meetingroom\n", encoding="utf-8")
    answers = iter(["1", "8", "soon", "2027-06-01"])
    monkeypatch.setattr("retro.cli.asking.may_ask", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *_args, **_more: next(answers))
    assert retro("init", sheet).code == 0
    settings = load().settings
    assert settings.boards["liste"].status == {"cancelled": ["Meetingroom"]}
    assert str(settings.projects["liste"].anchors[0].date) == "2027-06-01"
    assert "to check" not in Path("retro.toml").read_text("utf-8").split("version", 1)[1]
    assert next(answers, None) is None


@pytest.mark.usefixtures("nobody")
def test_nobody_is_asked_in_ci(retro: Retro, plan: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With CI set no question is asked, even at a terminal."""
    monkeypatch.setenv("CI", "1")
    monkeypatch.setattr(sys, "stdin", _Terminal())
    assert retro("init", plan).code == 0


def test_help_in_both_languages(retro: Retro) -> None:
    """The page says what it starts from, with examples."""
    assert "retro init notion --one" in retro("init", "--help").out
    use("fr")
    assert "Écrire un premier retro.toml" in retro("init", "--help").out


def test_the_mapping_is_confirmed_and_judged(retro: Retro, accounts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--one` shows how the board is read, takes corrections until somebody agrees, and ends with the verdict."""
    answers = iter(["1", "2027-03-01", "3", "2", "5", "4", "SEO, Print", "1"])
    monkeypatch.setattr("retro.cli.asking.may_ask", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *_args, **_more: next(answers))
    done = retro("init", "--one")
    assert done.code == 0
    assert next(answers, None) is None
    assert "Ondalie – contenus – last activity on 20 Nov 2026" in done.out
    assert "Idées = idea" in done.out
    assert "Works to 1 Mar 2027" in done.out
    settings = load().settings
    assert list(settings.sources) == ["trello"]
    assert settings.boards["ondalie_contenus"].status == {"ready": ["À planifier"]}
    assert settings.lint.channels == ["SEO", "Print"]
    assert "retro lint --all" in done.out.partition("Next:")[2]
    assert accounts.server.writes() == 0


def test_another_board_is_appended(retro: Retro, accounts: Any) -> None:
    """With `--add` one command takes the next board in; every line that was there stays, and lint reads both."""
    assert retro("init", "https://trello.com/b/Ond4Site/whatever", "--end", "2027-03-01").code == 0
    path = Path("retro.toml")
    before = path.read_text("utf-8")
    done = retro("init", "https://trello.com/b/Ond4Cont/contenus", "--add", "--end", "2027-03-01")
    assert done.code == 0
    assert path.read_text("utf-8").startswith(before)
    settings = load().settings
    assert list(settings.boards) == ["ondalie_site_media", "ondalie_contenus"]
    assert [len(project.anchors) for project in settings.projects.values()] == [1, 1]
    assert "under [lint], write: channels = [" in done.out
    again = retro("init", "https://trello.com/b/Ond4Cont/contenus", "--add")
    assert again.code == 2
    assert "what you asked for is in it already; nothing was written" in again.err


def test_the_verdict_follows_one_board(retro: Retro, accounts: Any) -> None:
    """Where nobody can be asked, `--one` still ends with what the board's plan says; --quiet leaves it out."""
    assert "retro lint --all" in retro("init", "trello", "--one").out
    Path("retro.toml").unlink()
    assert "retro lint --all" not in retro("init", "trello", "--one", "-q").out


def test_the_one_board_is_idle(retro: Retro, accounts: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A single board that nobody touched stands as a comment, and there is no verdict on it."""
    monkeypatch.setenv("RETRO_NOW", (NOW + timedelta(days=120)).isoformat())
    boards = accounts.server.state.boards
    for id_ in list(boards)[1:]:
        del boards[id_]
    done = retro("init", "trello", "--one")
    assert (done.code, done.err) == (0, "")
    assert not load().settings.boards
