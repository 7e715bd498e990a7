"""`retro report --remind`: on the eve of the meeting, once, to a channel or a file; on any other day nothing."""

import json
import re
import shlex
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.small_team import NOW, SmallTeam, small_team

Retro = Callable[..., Any]
PAGE = Path(__file__).resolve().parents[2] / "docs" / "week.md"
FRIDAY = NOW + timedelta(days=4, hours=7)
"""The last working day before the meeting, which is on Mondays at ten."""


@pytest.fixture
def team(tmp_path: Path) -> Iterator[SmallTeam]:
    """Two boards on look-alikes; one of Léa's cards is due on Wednesday."""
    with small_team(tmp_path / "équipe") as found:
        found.text = found.text.replace("[lint]", '[notify]\nslack = { file = "webhook" }\n\n[lint]')
        (found.folder / "retro.toml").write_text(found.text, encoding="utf-8")
        found.edit_card("[SEO] Texte 1", due="2026-11-25T16:00:00.000Z")
        yield found


@pytest.fixture
def posted(team: SmallTeam) -> Iterator[list[Any]]:
    """What came to the channel of the team."""
    found: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    (team.folder / "webhook").write_text(f"http://127.0.0.1:{server.server_port}/hook", encoding="utf-8")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


def test_on_any_other_day_nothing_is_said_nor_read(team: SmallTeam, retro: Retro, posted: list[Any]) -> None:
    """A line of cron that runs every day is silent but on the eve, and asks the tools for nothing."""
    for days in (0, 1, 2, 3, 5, 6):
        ran = retro(*team.arguments("report", "--remind", "--to", "slack", "-v", now=NOW + timedelta(days=days)))
        assert (ran.code, ran.out, "request" in ran.err) == (0, "", False), ran.err
    assert posted == []


def test_on_the_eve_everybody_gets_their_links_once(team: SmallTeam, retro: Retro, posted: list[Any]) -> None:
    """One message; a second run that day posts nothing, unless it is asked to."""
    ran = retro(*team.arguments("report", "--remind", "--to", "slack", "-v", now=FRIDAY))
    assert (ran.code, ran.out, "request" in ran.err) == (0, "", True), ran.err
    ran = retro(*team.arguments("report", "--remind", "--to", "slack", "-q", now=FRIDAY))
    assert (ran.code, ran.out) == (0, ""), ran.err
    assert len(posted) == 1
    header, section = posted[0]["blocks"]
    assert header["text"]["text"] == "Before the meeting of Mon 30 Nov at 10:00"
    words = section["text"]["text"]
    assert words.startswith("*Léa Martin*\nTo update before the meeting: <https://")
    assert "|[SEO] Texte 1> (Wed 25 Nov)" in words
    assert "Alix" not in words, "she has nothing to see to"
    ran = retro(*team.arguments("report", "--remind", "--to", "slack", "--any-day", now=FRIDAY))
    assert (ran.code, len(posted)) == (0, 2)


def test_the_next_eve_is_another_one(team: SmallTeam, retro: Retro, posted: list[Any]) -> None:
    """A week later people are reminded again; offline, it is said how old the data is."""
    retro(*team.arguments("report", "--remind", "--to", "slack", now=FRIDAY))
    ran = retro(*team.arguments("--offline", "report", "--remind", "--to", "slack", now=FRIDAY + timedelta(days=7)))
    assert (ran.code, len(posted)) == (0, 2), ran.err
    assert "7 days old" in json.dumps(posted[1])


def test_the_line_of_cron_on_the_page_works(team: SmallTeam, retro: Retro, posted: list[Any]) -> None:
    """Five fields that fall on every working afternoon, and a command that posts on the eve alone, without a word."""
    (text,) = re.findall(r"^```cron\n(.*?)```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    *fields, command = text.strip().split(maxsplit=5)
    assert fields == ["30", "16", "*", "*", "1-5"]
    assert "%" not in command  # cron would take it for a line's end
    words = [word if word != "/srv/plan/retro.toml" else team.folder / "retro.toml" for word in shlex.split(command)]
    for days, count in ((2, 0), (3, 0), (4, 1), (7, 1)):
        now = NOW.replace(hour=16, minute=30) + timedelta(days=days)
        team.on(now)
        ran = retro("--now", now.isoformat(), *words[1:])
        assert (ran.code, ran.out, ran.err) == (0, "", "")
        assert len(posted) == count


def test_one_project_is_reminded_of_alone(team: SmallTeam, retro: Retro, posted: list[Any]) -> None:
    """What was sent for one project does not stand for the whole; a project without work has nobody to write to."""
    for more in (("--project", "site"), (), ("--project", "site")):
        assert retro(*team.arguments("report", "--remind", "--to", "slack", *more, now=FRIDAY)).code == 0
    assert len(posted) == 2
    ran = retro(*team.arguments("report", "--remind", "--to", "slack", "--project", "Salon", now=FRIDAY))
    assert (ran.code, "site" in ran.err) == (2, True)


def test_a_file_gets_them_too(team: SmallTeam, retro: Retro, tmp_path: Path) -> None:
    """Markdown or JSON by its ending, by --to or -o, every time; without either, standard output."""
    page, data = tmp_path / "rappels.md", tmp_path / "rappels.json"
    ran = retro(*team.arguments("report", "--remind", "--to", page, now=FRIDAY))
    assert ran.code == 0
    assert ran.out.replace("\n", "").endswith("reminders for 1 person")
    assert "## Léa Martin\n- To update before the meeting: [\\[SEO\\] Texte 1](https://" in page.read_text("utf-8")
    assert retro(*team.arguments("-q", "report", "--remind", "-o", data, now=FRIDAY)).out == ""
    document = json.loads(data.read_text("utf-8"))
    assert [each["name"] for each in document["people"]] == ["Léa Martin"]
    assert retro(*team.arguments("report", "--remind", now=FRIDAY)).out == page.read_text("utf-8")


def test_files_are_reminded_of_as_well(retro: Retro, tmp_path: Path) -> None:
    """A sheet has a meeting, too: that of the defaults."""
    sheet = tmp_path / "plan.csv"
    sheet.write_text("Tâche;Responsable;Échéance\nBrief;Léa Martin;20/11/2026\n", encoding="utf-8")
    assert retro("--now", "2026-11-25", "report", "--remind", sheet).out == ""
    ran = retro("--now", "2026-11-25", "report", "--remind", "--any-day", sheet)
    assert "## Léa Martin\n- To update before the meeting: Brief (Fri 20 Nov)\n" in ran.out


REFUSED = (
    (("--remind", "--meeting"), "do not go together"),
    (("--debrief", "site", "--to", "slack"), "do not go together"),
    (("--remind", "--to", "slack", "-o", "x.md"), "one place"),
    (("--remind", "--to", "pigeon"), "neither slack"),
    (("--remind", "-o", "x.pdf"), "neither slack"),
    (("--remind", "--to", "teams"), "no webhook is configured"),
)


def test_what_cannot_be_is_refused_before_anything_is_read(team: SmallTeam, retro: Retro) -> None:
    """Whatever the day is: a wrong line of cron shows when it is tried."""
    for words, said in REFUSED:
        ran = retro(*team.arguments("report", *words, "-v"))
        assert (ran.code, said in ran.err, "request" in ran.err) == (2, True, False), (words, ran.err)
