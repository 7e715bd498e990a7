"""The message for a channel: ten lines, within what Slack and Teams take, and no word of a board is markup in it."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.titles_to_escape import TITLES

from retro.i18n import use
from retro.model import Assessment, Happened, Slippage, TaskSlip
from retro.report.chat import slack, teams
from retro.report.chat.message import LONGEST, MOST_LINES, Message, Run, message
from retro.report.meeting import Since, notes

FRENCH = (
    "Salon Bio & Sens · 28 janv. 2027 (J−17) · Il manque 3 jours ouvrés",
    "Lancement Brise · 1er mars 2027 (J−49) · Tient de justesse : 5 jours ouvrés de marge · marge 16 %, 20 % visés",
    "1 projet tient sa date",
    "À décider aujourd’hui · Salon Bio & Sens : quelle piste choisit-on, et qui s’en charge ? · 3 autres",
    (
        "En retard · [Print] Carte de vœux (Inès Duval, mer. 6 janv.) · "
        "[Print] Maquette de la plaquette 8 pages (Inès Duval, ven. 8 janv.)"
    ),
    (
        "Cette semaine · [CRM] Invitation de 450 clients (Karim Benali, mar. 12 janv.) · [Photo] Shooting produit, 12 "
        "visuels (Thomas Nguyen, mer. 13 janv.) · [Print] Relecture de la plaquette (Camille Roy, mer. 13 janv.) · "
        "5 autres"
    ),
    "Données vieilles de 1 jour : ce qui a changé depuis n’y figure pas · base : données du dim. 10 janv. 07:00",
)
_MENTION = re.compile(r"<(?!/?at>)[^>]*>")


def plain(text: str) -> str:
    """French with plain spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def entitled(team: Assessment, title: str) -> Assessment:
    """The team's boards, on which everything and everybody is called so."""
    portfolio = team.portfolio
    owners = {task.key: tuple(replace(each, name=title) for each in task.owners) for task in portfolio.tasks}
    return replace(
        team,
        portfolio=replace(
            portfolio,
            tasks=tuple(replace(task, title=title, owners=owners[task.key]) for task in portfolio.tasks),
            projects=tuple(replace(project, name=title) for project in portfolio.projects),
        ),
    )


def test_the_message_reads_like_this(team: Assessment) -> None:
    """Verdicts, what to decide, late, this week and the age of the data: a line each."""
    found = message(notes(team, Since()))
    assert plain(found.title) == "Point du 11 janv. 2027 · Salon Bio & Sens ne tient pas sa date"
    assert tuple(plain(found.plain).splitlines()) == FRENCH


def test_what_changed_is_one_line_of_figures(team: Assessment) -> None:
    """Done and new since the last meeting, counted, under the day that the notes name."""
    slips = [TaskSlip(happened=Happened.DONE, key=f"{n}", title="x", board="b") for n in range(3)]
    slips.append(TaskSlip(happened=Happened.NEW, key="n", title="x", board="b", now=date(2027, 1, 20)))
    changes = Slippage(name="", set_at=team.now, then=9, open=9, kept=9, tasks=tuple(slips))
    found = plain(message(notes(team, Since(at=team.now - timedelta(days=7), changes=changes))).plain)
    assert "Depuis le 4 janv. 2027 · 3 faites · 1 nouvelle" in found


def test_the_message_is_written_in_english_too(team: Assessment) -> None:
    """English is the source text."""
    use("en")
    assert message(notes(team, Since())).title == "Meeting of 11 Jan 2027 · Salon Bio & Sens will miss its date"


@given(st.text(max_size=600) | st.sampled_from(TITLES), st.integers(-30, 100))
def test_ten_lines_hold_any_boards(team: Assessment, title: str, days: int) -> None:
    """Whatever things are called and however late they are, each line keeps its length and each vendor its limits."""
    found = message(notes(replace(entitled(team, title), now=team.now + timedelta(days=days)), Since()))
    assert 1 + len(found.lines) <= MOST_LINES
    assert all(sum(len(run.words) for run in line) <= LONGEST for line in found.lines)
    assert "\n" not in found.title
    check_slack(slack.payload(found))
    check_teams(teams.payload(found))


def check_slack(payload: dict[str, object]) -> None:
    """Slack's limits, and nothing in angle brackets: neither a mention nor a link."""
    blocks = payload["blocks"]
    assert isinstance(blocks, list)
    assert 1 <= len(blocks) <= slack.MOST_BLOCKS
    header, *sections = blocks
    assert header["type"] == "header"
    assert header["text"]["type"] == "plain_text"
    assert 1 <= len(header["text"]["text"]) <= slack.MOST_HEADER
    for section in sections:
        assert section["type"] == "section"
        assert section["text"]["type"] == "mrkdwn"
        assert section["text"]["verbatim"] is True
        assert 1 <= len(section["text"]["text"]) <= slack.MOST_TEXT
        assert not _MENTION.search(section["text"]["text"])
    assert not _MENTION.search(str(payload["text"]))


def check_teams(payload: dict[str, object]) -> None:
    """Teams' envelope and size; all words stand in text runs, which no Markdown is read in."""
    assert len(json.dumps(payload, ensure_ascii=False).encode("utf-8", "replace")) <= teams.MOST_BYTES
    assert payload["type"] == "message"
    attachments = payload["attachments"]
    assert isinstance(attachments, list)
    (attachment,) = attachments
    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    card = attachment["content"]
    assert (card["type"], card["version"]) == ("AdaptiveCard", "1.5")
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}
    assert all(run["type"] == "TextRun" and run["text"] for block in card["body"] for run in block["inlines"])
    assert "entities" not in card["msteams"]


def test_slack_escapes_what_it_reads() -> None:
    """The three entities that mrkdwn knows, and signs that look the same for what it has no escape for."""
    assert slack.escaped("<!channel> & <@U1> *gras* `code` ~non~ _it_ un_nom") == (
        "&lt;!channel&gt; &amp; &lt;@U1&gt; ∗gras∗ ˋcodeˋ ∼non∼ ˍitˍ un_nom"
    )


def test_long_lines_are_split_over_sections() -> None:
    """Where lines do not fit into one section there are several, each with whole lines."""
    lines = tuple((Run("&" * LONGEST),) for _ in range(9))
    payload = slack.payload(Message("Point", lines))
    check_slack(payload)
    texts = [block["text"]["text"] for block in payload["blocks"][1:]]
    assert "\n".join(texts) == "\n".join(["&amp;" * LONGEST] * 9)
    assert len(texts) == 9


def test_the_message_as_markdown_keeps_titles_as_text() -> None:
    """For a file: bold where it is bold, and nothing else."""
    found = Message("Point · *x*", ((Run("Salon", bold=True), Run(" · [Print] *Tract*")), (Run("fin"),)))
    assert found.markdown == "# Point · \\*x\\*\n\n- **Salon** · \\[Print\\] \\*Tract\\*\n- fin\n"
