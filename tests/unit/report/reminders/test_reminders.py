"""Reminders: only to those who have something to see to, only their links, and within what channels take."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from markdown_it import MarkdownIt
from tests import titles_to_escape
from tests.marketing_team import PARIS, PEOPLE, owner

from retro.i18n import use
from retro.model import Assessment, SourceStatus
from retro.report.chat import slack, teams
from retro.report.chat.message import LONGEST, Message, Run
from retro.report.reminders import Block, blocks, messages, written
from retro.report.reminders.message import MOST_LINES, document

MONDAY = datetime(2027, 1, 18, 10, tzinfo=PARIS)
"""A week after the team's Monday."""
_LINK = re.compile(r"<(https://[^|>]+)\|([^<>]*)>")


def plain(words: str) -> str:
    """French with plain spaces."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def friday(team: Assessment) -> Assessment:
    """The Friday before the meeting, on boards that were just read."""
    fresh = tuple(replace(state, state=SourceStatus.FRESH) for state in team.portfolio.sources)
    portfolio = replace(team.portfolio, sources=fresh)
    return replace(team, now=datetime(2027, 1, 15, 16, tzinfo=PARIS), portfolio=portfolio)


def of_all(assessment: Assessment) -> tuple[Block, ...]:
    """Everybody's blocks, in the order of their names."""
    return blocks(assessment, sorted(map(owner, PEOPLE), key=lambda each: each.name), MONDAY)


def text_of(block: Block) -> list[str]:
    """A block's lines in plain words."""
    return [plain("".join(run.words for run in line)) for line in block.lines]


def test_a_block_is_one_persons(friday: Assessment) -> None:
    """What will be late on Monday, what is due that week: a line each, and each task leads to its card."""
    ines = next(each for each in of_all(friday) if each.owner.name == "Inès Duval")
    late, *_others = text_of(ines)
    assert late.startswith("À mettre à jour avant le point : [Print] Carte de vœux (mer. 6 janv.)")
    assert "[Print] Maquette de la plaquette 8 pages (ven. 8 janv.)" in late
    links = [run.url for line in ines.lines for run in line if run.url]
    assert links[:2] == ["https://trello.com/c/t:f4", "https://trello.com/c/t:s3"]
    assert all(len(line) for line in ines.lines)


def test_what_is_due_on_the_eve_is_to_be_updated(friday: Assessment) -> None:
    """On Monday Friday's work is either done or late: it is asked about now."""
    thomas = next(each for each in of_all(friday) if each.owner.name == "Thomas Nguyen")
    assert "[Data] Tableau de bord mensuel (ven. 15 janv.)" in text_of(thomas)[0]


def test_who_has_nothing_gets_nothing(friday: Assessment) -> None:
    """People are in the order they came in, without those who have nothing to see to."""
    everybody = [owner(key) for key in sorted(PEOPLE)]
    nothing = replace(friday, portfolio=replace(friday.portfolio, tasks=(), links=()))
    assert blocks(nothing, everybody, MONDAY) == ()
    assert messages((), MONDAY, nothing) == ()
    found = [each.owner for each in blocks(friday, everybody, MONDAY)]
    assert found == [each for each in everybody if each in found]
    assert found
    assert all(block.lines for block in of_all(friday))


def test_a_long_list_is_counted(friday: Assessment) -> None:
    """Three links a list, and how many more there are."""
    task = next(each for each in friday.portfolio.tasks if each.key == "t:f4")
    many = tuple(replace(task, key=f"t:f4/{number}") for number in range(9))
    crowd = replace(friday, portfolio=replace(friday.portfolio, tasks=many, links=()))
    (block,) = of_all(crowd)
    assert text_of(block)[0].endswith("· 6 autres")
    assert sum(run.url is not None for run in block.lines[0]) == 3


def test_markdown_has_a_heading_for_each(friday: Assessment) -> None:
    """Names in the order of the alphabet, bullets with links."""
    page = plain(written(of_all(friday), MONDAY, friday, None))
    assert page.startswith("# Avant le point du lun. 18 janv. à 10:00\n\n## ")
    names = re.findall(r"^## (.+)$", page, re.MULTILINE)
    assert names == sorted(names)
    assert "- À mettre à jour avant le point : [\\[Print\\] Carte de vœux](https://trello.com/c/t:f4) (mer. 6" in page


def test_json_is_made_to_be_sent_on(friday: Assessment) -> None:
    """Each person with their e-mail, words with their addresses behind them, and runs."""
    found = json.loads(json.dumps(document(of_all(friday), MONDAY, friday)))
    assert found["meeting"] == "2027-01-18T10:00:00+01:00"
    person = next(each for each in found["people"] if each["name"] == "Inès Duval")
    assert "Carte de vœux https://trello.com/c/t:f4 (" in person["text"]
    assert person["email"] is None
    assert person["lines"][0][1]["url"] == "https://trello.com/c/t:f4"


def test_slack_gets_links_and_teams_actions(friday: Assessment) -> None:
    """A title leads to its card in both."""
    (message,) = messages(of_all(friday), MONDAY, friday)
    shown = json.dumps(slack.payload(message), ensure_ascii=False)
    assert "<https://trello.com/c/t:f4|[Print] Carte de vœux>" in shown
    assert "*Inès Duval*" in shown
    card = json.dumps(teams.payload(message), ensure_ascii=False)
    assert '"selectAction": {"type": "Action.OpenUrl", "url": "https://trello.com/c/t:f4"}' in card


def test_old_data_is_told(friday: Assessment) -> None:
    """Whoever updated a card yesterday knows why it is still asked for."""
    states = tuple(
        replace(state, state=SourceStatus.STALE, read_at=friday.now - timedelta(days=2))
        for state in friday.portfolio.sources
    )
    old = replace(friday, portfolio=replace(friday.portfolio, sources=states))
    assert "*Données vieilles de 2 jours" in plain(written(of_all(old), MONDAY, old, None))
    assert "vieilles de 2 jours" in plain(messages(of_all(old), MONDAY, old)[-1].plain)
    assert "vieilles" not in written(of_all(friday), MONDAY, friday, None)


@pytest.mark.parametrize("title", ["&" * 200, "x" * 200, "é" * 200])
def test_a_crowd_is_several_messages_within_all_limits(friday: Assessment, title: str) -> None:
    """Eighty people with much to see to: nobody's block is parted, and each vendor takes each message."""
    template = next(each for each in friday.portfolio.tasks if each.key == "t:f4")
    people = [replace(owner("ines"), key=f"p{number:02}", name=f"{title} {number}") for number in range(80)]
    tasks = tuple(
        replace(
            template, key=f"{person.key}/{number}", title=title, owners=(person,), url=f"https://x.example/{'y' * 250}"
        )
        for person in people
        for number in range(4)
    )
    crowd = replace(friday, portfolio=replace(friday.portfolio, tasks=tasks, links=()))
    found = blocks(crowd, people, MONDAY)
    sent = messages(found, MONDAY, crowd)
    assert sum(len(message.lines) for message in sent) == sum(1 + len(block.lines) for block in found)
    for message in sent:
        assert message.lines[0][0].bold, "it begins with a name"
        assert len(message.lines) <= MOST_LINES
        assert all(sum(len(run.words) for run in line) <= LONGEST for line in message.lines)
        made = slack.payload(message)["blocks"]
        assert len(made) <= slack.MOST_BLOCKS
        assert all(len(block["text"]["text"]) <= slack.MOST_TEXT for block in made)
        card = json.dumps(teams.payload(message), ensure_ascii=False, separators=(",", ":"))
        assert len(card.encode()) <= teams.MOST_BYTES


@pytest.mark.parametrize("title", titles_to_escape.TITLES)
def test_no_title_is_markup(friday: Assessment, title: str) -> None:
    """In Slack the only links are those to cards, with their words escaped; in Markdown as well; in Teams runs."""
    tasks = tuple(
        replace(task, title=title, owners=tuple(replace(each, name=title) for each in task.owners))
        for task in friday.portfolio.tasks
    )
    hostile = replace(friday, portfolio=replace(friday.portfolio, tasks=tasks))
    found = of_all(hostile)
    (message,) = messages(found, MONDAY, hostile)
    for block in slack.payload(message)["blocks"][1:]:
        words = block["text"]["text"]
        assert all(each[1].startswith("https://trello.com/c/t:") for each in _LINK.finditer(words))
        assert not re.search(r"[<>]", _LINK.sub("", words))
    page = written(found, MONDAY, hostile, None)
    children = [child for token in MarkdownIt("commonmark").parse(page) for child in token.children or ()]
    assert {child.type for child in children} <= {"text", "text_special", "link_open", "link_close"}
    links = {str(child.attrs["href"]) for child in children if child.type == "link_open"}
    assert all(href.startswith("https://trello.com/c/t:") for href in links)


def test_a_wicked_address_leads_nowhere_else() -> None:
    """What would end a link in Slack is spelt otherwise in it."""
    line = (Run("x|y>", url="https://x.example/?a=1&b=2|https://evil.example"),)
    (_header, section) = slack.payload(Message(title="t", lines=(line,)))["blocks"]
    assert section["text"]["text"] == "<https://x.example/?a=1&amp;b=2%7Chttps://evil.example|x∣y&gt;>"


def test_a_script_is_no_link(friday: Assessment) -> None:
    """Only web addresses become links, and none that is endless."""
    for url in ("javascript:alert(1)", f"https://x.example/{'y' * 400}"):
        tasks = tuple(replace(task, url=url) for task in friday.portfolio.tasks)
        found = of_all(replace(friday, portfolio=replace(friday.portfolio, tasks=tasks)))
        assert found
        assert not any(run.url for block in found for line in block.lines for run in line)


def test_english_is_the_source_text(friday: Assessment) -> None:
    """The same in English."""
    use("en")
    page = written(of_all(friday), MONDAY, friday, None)
    assert page.startswith("# Before the meeting of Mon 18 Jan at 10:00")
    assert "- To update before the meeting: [" in page
