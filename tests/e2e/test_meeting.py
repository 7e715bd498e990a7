"""The notes of the weekly meeting over two weeks of a team's boards, and the message for its channel."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.small_team import NOW, SmallTeam, small_team

Retro = Callable[..., Any]
WEEK = timedelta(days=7)
MINUTE = timedelta(minutes=1) / WEEK


@pytest.fixture
def team(tmp_path: Path) -> Iterator[SmallTeam]:
    """Two boards on look-alikes, on a Monday."""
    with small_team(tmp_path / "équipe") as found:
        yield found


def meeting(team: SmallTeam, retro: Retro, *more: str, weeks: float = 0) -> str:
    """The notes, so many weeks after the first Monday."""
    ran = retro(*team.arguments("report", "--meeting", *more, now=NOW + weeks * WEEK))
    assert ran.code == 0, ran.err
    assert len(ran.out.splitlines()) <= 40
    said: str = ran.out
    return said


def part(notes: str, heading: str) -> list[str]:
    """The lines below a heading."""
    lines = notes.splitlines()
    if heading not in lines:
        return []
    below = lines[lines.index(heading) + 1 :]
    return below[: below.index("")] if "" in below else below


def test_two_weeks_say_what_changed_and_repeat_nothing(team: SmallTeam, retro: Retro) -> None:
    """What was late and told is counted the next week; what slipped again is told; done and moved are told once."""
    for number, day in enumerate(("18", "19", "25", "27")):
        team.edit_card(f"[SEO] Texte {number}", due=f"2026-11-{day}T16:00:00.000Z")
    first = meeting(team, retro)
    assert [line.split("](")[0] for line in part(first, "## Late")] == [
        "- Wed 18 Nov · [\\[SEO\\] Texte 0",
        "- Thu 19 Nov · [\\[SEO\\] Texte 1",
    ]
    assert not any(line.startswith("## Since") for line in first.splitlines())

    team.on(NOW + timedelta(days=3))
    team.edit_card("[SEO] Texte 1", due="2026-11-26T16:00:00.000Z")
    done = next(
        each["id"]
        for board in team.server.state.boards.values()
        for each in board["lists"]
        if each["name"] == "Terminé"
    )
    team.edit_card("[SEO] Texte 2", idList=done, dueComplete="true")

    second = meeting(team, retro, weeks=1)
    late = part(second, "## Late")
    assert [line.split("](")[0] for line in late[:-1]] == [
        "- Thu 26 Nov · [\\[SEO\\] Texte 1",
        "- Fri 27 Nov · [\\[SEO\\] Texte 3",
    ]
    assert late[-1] == "- 1 other already told"
    since = part(second, "## Since 23 Nov 2026")
    assert "- **1 done**: \\[SEO\\] Texte 2" in since
    assert any("Texte 1" in line and line.endswith("19 Nov → 26 Nov (+7 d)") for line in since)

    third = meeting(team, retro, weeks=2)
    assert part(third, "## Late")[-1] == "- 3 already told, no worse"
    assert "Texte 2" not in third


def test_the_notes_of_a_day_are_the_same_again(team: SmallTeam, retro: Retro) -> None:
    """Printed twice on one day they compare with the meeting before, not with each other; offline as well."""
    team.edit_card("[SEO] Texte 0", due="2026-11-18T16:00:00.000Z")
    meeting(team, retro)
    team.edit_card("[SEO] Texte 1", due="2026-11-24T16:00:00.000Z")
    second = meeting(team, retro, weeks=1)
    assert meeting(team, retro, weeks=1 + MINUTE) == second
    offline = meeting(team, retro, "--offline", weeks=1 + 2 * MINUTE)
    assert offline.splitlines()[5:] == second.splitlines()[5:]
    assert "data of" in offline.splitlines()[3]


def test_since_takes_the_state_of_then(team: SmallTeam, retro: Retro) -> None:
    """Two weeks back is what was told two weeks ago; a day that is not over is refused."""
    team.edit_card("[SEO] Texte 0", due="2026-12-18T16:00:00.000Z")
    meeting(team, retro)
    team.edit_card("[SEO] Texte 0", due="2026-12-21T16:00:00.000Z")
    meeting(team, retro, weeks=1)
    team.edit_card("[SEO] Texte 0", due="2026-12-22T16:00:00.000Z")
    assert "21 Dec → 22 Dec (+1 d" in meeting(team, retro, weeks=2)
    assert "18 Dec → 22 Dec (+4 d" in meeting(team, retro, "--since", "2026-11-23", weeks=2)
    ran = retro(*team.arguments("report", "--meeting", "--since", "2026-12-07", now=NOW + 2 * WEEK))
    assert (ran.code, "--since" in ran.err) == (2, True)


def test_looking_back_is_not_remembered(team: SmallTeam, retro: Retro) -> None:
    """Notes of a past day leave what the next meeting compares with alone."""
    team.edit_card("[SEO] Texte 0", due="2026-11-18T16:00:00.000Z")
    meeting(team, retro, weeks=1)
    meeting(team, retro, "--offline")
    again = meeting(team, retro, weeks=2)
    assert part(again, "## Late")[-1].endswith("already told, no worse")
    assert not any(line == "## Since 23 Nov 2026" for line in again.splitlines())


def test_a_launch_that_moved_is_to_be_agreed_upon_once(team: SmallTeam, retro: Retro) -> None:
    """The meeting after the date was changed asks whether that is agreed; the one after it does not."""
    meeting(team, retro)
    team.edit_config("date = 2027-01-29", "date = 2027-02-05")
    said = "“Ligne” went from 29 Jan 2027 to 5 Feb 2027; is that agreed?"
    assert said in meeting(team, retro, weeks=1)
    assert said not in meeting(team, retro, weeks=2)


def test_a_slip_from_the_baseline_is_told(team: SmallTeam, retro: Retro) -> None:
    """By how many days, and against which baseline."""
    assert retro(*team.arguments("baseline", "plan", "set", "kickoff")).code == 0
    team.edit_config("date = 2027-01-29", "date = 2027-02-05")
    notes = meeting(team, retro, weeks=1)
    assert "The end slips by 7 days (5 working days) · 29 Jan → 5 Feb 2027 (“kickoff” of 23 Nov 2026)" in notes


def test_one_project_has_notes_of_its_own(team: SmallTeam, retro: Retro, tmp_path: Path) -> None:
    """They go to a file, and are compared with earlier ones of the same project."""
    team.edit_card("[SEO] Texte 0", due="2026-11-18T16:00:00.000Z")
    meeting(team, retro)
    file = tmp_path / "notes.md"
    said = meeting(team, retro, "--project", "site", "-o", str(file), weeks=1)
    assert str(file) in said.replace("\n", "")
    assert "Texte 0" in "\n".join(part(file.read_text(encoding="utf-8"), "## Late")), "not told to this meeting yet"
    assert part(meeting(team, retro, "--project", "SITE", weeks=2), "## Late")[-1].endswith("told, no worse")


def test_files_have_notes_without_a_past(retro: Retro, tmp_path: Path) -> None:
    """A sheet needs no configuration, and with a baseline it says what moved."""
    before, after = tmp_path / "a.csv", tmp_path / "b.csv"
    before.write_text("Tâche;Responsable;Échéance\nBrief;Léa;04/01/2027\nMaquette;Ada;11/01/2027\n", encoding="utf-8")
    after.write_text("Tâche;Responsable;Échéance\nBrief;Léa;04/01/2027\nMaquette;Ada;18/01/2027\n", encoding="utf-8")
    assert retro("--now", "2026-12-14", "baseline", "plan", "set", "kickoff", before).code == 0
    ran = retro("--now", "2026-12-21", "report", "--meeting", after, "--baseline", "kickoff")
    assert ran.code == 0
    assert "The end slips by 7 days" in ran.out
    assert "- “Maquette” · 11 Jan → 18 Jan (+7 d)" in ran.out
    plain = retro("--now", "2026-12-21", "report", "--meeting", after)
    assert "Since" not in plain.out
    ran = retro("--now", "2026-12-21", "report", "--meeting", after, "--since", "2026-12-14")
    assert (ran.code, "--baseline kickoff" in ran.err) == (2, True)


def test_the_command_alone_says_what_it_can_do(retro: Retro) -> None:
    """Nothing is read."""
    ran = retro("report")
    assert ran.code == 0
    assert "--meeting" in ran.out
    assert "--to" in ran.out


# The channel


class Channel:
    """An incoming webhook on this machine."""

    def __init__(self) -> None:
        self.posted: list[Any] = []
        self.status = 200
        channel = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                channel.posted.append(json.loads(body))
                self.send_response(channel.status)
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/services/T0/B0/s3cr3ts3cr3ts3cr3t"


@pytest.fixture
def channel() -> Iterator[Channel]:
    """A channel that listens."""
    found = Channel()
    thread = threading.Thread(target=found.server.serve_forever)
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


def with_webhooks(team: SmallTeam, channel: Channel) -> None:
    """Configure the channel for both vendors."""
    (team.folder / "webhook").write_text(channel.url, encoding="utf-8")
    team.edit_config("[lint]", '[notify]\nslack = { file = "webhook" }\nteams = { file = "webhook" }\n\n[lint]')


def test_one_message_is_posted(team: SmallTeam, retro: Retro, channel: Channel) -> None:
    """Blocks to Slack, a card to Teams: one request each, and the address is shown nowhere."""
    with_webhooks(team, channel)
    team.edit_card("[SEO] Texte 0", due="2026-11-18T16:00:00.000Z", name="<!channel> *Texte*")
    for vendor in ("slack", "teams"):
        ran = retro(*team.arguments("-v", "report", "--to", vendor))
        assert (ran.code, "s3cr3t" in ran.out + ran.err) == (0, False), ran.err
    blocks, card = channel.posted
    assert blocks["blocks"][0]["text"]["text"].startswith("Meeting of 23 Nov 2026")
    assert "&lt;!channel&gt; ∗Texte∗" in json.dumps(blocks, ensure_ascii=False)
    assert card["attachments"][0]["content"]["type"] == "AdaptiveCard"
    assert "<!channel> *Texte*" in json.dumps(card, ensure_ascii=False)


@pytest.mark.parametrize(("status", "said"), [(404, "Make another one"), (503, "may have been posted")])
def test_a_message_that_was_not_taken_leaves_with_an_error(
    team: SmallTeam, retro: Retro, channel: Channel, status: int, said: str
) -> None:
    """It is posted once, and what to do next is told."""
    with_webhooks(team, channel)
    channel.status = status
    ran = retro(*team.arguments("report", "--to", "slack"))
    assert ran.code == 3
    assert said in ran.err
    assert "s3cr3t" not in ran.err
    assert len(channel.posted) == 1


def test_without_a_webhook_nothing_is_read(team: SmallTeam, retro: Retro) -> None:
    """The error says what to add to the configuration."""
    ran = retro(*team.arguments("report", "--to", "slack"))
    assert ran.code == 2
    assert 'add under [notify]: slack = { env = "SLACK_WEBHOOK" }' in ran.err
    ran = retro(*team.arguments("report", "--to", "discord"))
    assert ran.code == 2
    assert "neither slack, teams, others nor a file" in ran.err


def test_a_message_goes_to_a_file(team: SmallTeam, retro: Retro, tmp_path: Path) -> None:
    """Markdown or JSON by its ending; a vendor's payload with `-o`, without any webhook."""
    for name in ("message.md", "message.json"):
        assert retro(*team.arguments("-q", "report", "--to", tmp_path / name)).code == 0
    assert (tmp_path / "message.md").read_text(encoding="utf-8").startswith("# Meeting of 23 Nov 2026 · ")
    document = json.loads((tmp_path / "message.json").read_text(encoding="utf-8"))
    assert (document["version"], document["lang"]) == (1, "en")
    assert document["text"].splitlines() == ["".join(run["text"] for run in line) for line in document["lines"]]
    for vendor, key in (("slack", "blocks"), ("teams", "attachments")):
        file = tmp_path / f"{vendor}.payload"
        assert retro(*team.arguments("report", "--to", vendor, "-o", file)).code == 0
        assert key in json.loads(file.read_text(encoding="utf-8"))


def test_a_message_has_one_place(team: SmallTeam, retro: Retro, tmp_path: Path) -> None:
    """A second place is refused before anything is read, rather than passed over."""
    for to in ("message.md", "others"):
        ran = retro(*team.arguments("report", "--to", to, "-o", tmp_path / "other.md"))
        assert (ran.code, "one place" in ran.err) == (2, True)
    assert not (tmp_path / "other.md").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--meeting", "--remind"),
        ("--meeting", "--any-day"),
        ("--debrief", "Salon", "--client", "Aubier"),
        ("--debrief", "Salon", "--to", "slack"),
        ("--remind", "--since", "2026-11-16"),
    ],
)
def test_no_option_is_passed_over(team: SmallTeam, retro: Retro, words: tuple[str, ...]) -> None:
    """Options of which one would have no effect are refused, both named."""
    ran = retro(*team.arguments("report", *words))
    assert ran.code == 2
    assert " ".join(word for word in words if word.startswith("--")) in ran.err


def test_notes_and_message_come_from_one_reading(team: SmallTeam, retro: Retro, channel: Channel) -> None:
    """Both are asked for at once: the notes are printed, the message is posted."""
    with_webhooks(team, channel)
    ran = retro(*team.arguments("report", "--meeting", "--to", "slack"))
    assert ran.code == 0
    assert ran.out.startswith("# Meeting of 23 Nov 2026")
    assert len(channel.posted) == 1
