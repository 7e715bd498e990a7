"""Slippage at the terminal, as JSON and as a table: the verdict first, one screen, and words that do nothing."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.dated_plans import NOW, PARIS, card, plan, slipped

from retro.i18n import use
from retro.model import BaselineAnchor, BaselineProject, Board, NamedBaseline, PlanBaseline, Slippage, SourceState
from retro.model import SourceStatus as Status
from retro.report import json_slippage, slippage_csv, slippage_text
from retro.report.document import dumps

JAN = {day: date(2027, 1, day) for day in range(1, 32)}


@pytest.fixture(autouse=True)
def _english(french: None) -> None:
    use("en")


def anchored(day: date, slack: int | None) -> PlanBaseline:
    """A plan of one task and an anchor."""
    anchor = BaselineAnchor(key="p/0", name="Ouverture", project="p", day=day, slack_minutes=slack)
    return plan(card("Brief", JAN[8]), anchors=(anchor,))


def drawn(found: Slippage, screen: Any, *, width: int = 80, encoding: str = "utf-8", **options: Any) -> list[str]:
    """The lines that a terminal shows."""
    target = screen(width, encoding)
    sources = options.pop("sources", ())
    slippage_text.draw(found, sources, target.console, zone_name="Europe/Paris", day_minutes=420, **options)
    lines: list[str] = [line.rstrip() for line in target.lines]
    return lines


@pytest.fixture
def many() -> Slippage:
    """Sixty tasks that moved on five boards' worth of projects, and some of every other kind."""
    keys = [f"tâche numéro {number} au titre plutôt long, qui ne tient pas" for number in range(60)]
    was = [card(key, JAN[8], owners=("Léa Martin-Delacroix", "Ada")) for key in keys]
    now = [card(key, JAN[8] + timedelta(days=number % 20 - 3)) for number, key in enumerate(keys)]
    projects = tuple(BaselineProject(f"p{number}", f"Projet {number}") for number in range(9))
    was += [card(f"fin {each.key}", JAN[8], project=each.key) for each in projects]
    now += [card(f"fin {each.key}", JAN[20], project=each.key) for each in projects]
    others = [card(f"autre {number}", board=f"b{number}") for number in range(9)]
    rest = [card(f"parti {number}") for number in range(40)]
    return slipped(
        plan(*was, *others, *rest, projects=projects),
        plan(*now, *(card(f"venue {number}", JAN[9]) for number in range(30)), projects=projects),
    )


def test_a_slip_is_told_first_with_what_the_end_is(screen: Any) -> None:
    """Calendar days, working days, both dates and which end it is stand above the tasks."""
    lines = drawn(slipped(plan(card("Mise en ligne", JAN[15])), plan(card("Mise en ligne", JAN[22]))), screen)
    *above, task = lines
    assert above == [
        "“kickoff”, set on 4 Jan 2027: 1 open task then, 1 now",
        "✗ The end slips by 7 days (5 working days) · Salon · 15 Jan → 22 Jan 2027",
        "  no date is fixed; this is the last planned finish: “Mise en ligne”",
        "1 task moved (1 later) · 0 as planned",
    ]
    assert task.split() == ["+7", "d", "15", "Jan", "→", "22", "Jan", "Mise", "en", "ligne", "–"]


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "✓ The end stands"), (1, "✗ The end slips by 1 day (1 working day)"), (-3, "✓ The end comes 3 days")],
)
def test_each_way_of_an_end_has_its_words(screen: Any, days: int, said: str) -> None:
    """An end that stands, slips or comes earlier is told so; an anchor is named as what cannot move."""
    day = JAN[20] + timedelta(days=days)
    lines = drawn(slipped(anchored(JAN[20], None), anchored(day, None)), screen)
    assert lines[1].startswith(said)
    assert "the date that cannot move: “Ouverture”" in lines[2]


def test_margin_lost_before_an_end_that_stands_is_told(screen: Any) -> None:
    """An anchor does not move, so the room before it tells the slip; a plan that no longer fits is no green line."""
    less = drawn(slipped(anchored(JAN[29], 1260), anchored(JAN[29], 420)), screen)
    assert less[1].startswith("✓ The end stands ·")
    assert "Margin before the end: 3 working days then, 1 working day now" in less[3]
    none = drawn(slipped(anchored(JAN[29], 1260), anchored(JAN[29], -840)), screen)
    assert none[1].startswith("✗ The end stands, but the plan does not fit before it any more")
    assert "Margin before the end: 3 working days then, −2 working days now" in none[3]


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_it_is_one_screen(screen: Any, many: Slippage, width: int, lang: str) -> None:
    """However much changed there are 24 lines at most, none wider than the console; `--all` names every task."""
    use(lang)
    stale = [SourceState(id=f"s{number}", kind="trello", state=Status.FAILED) for number in range(9)]
    lines = drawn(many, screen, width=width, sources=stale)
    assert len(lines) <= 24
    assert max(map(len, lines)) <= width
    everything = "\n".join(drawn(many, screen, width=200, everything=True))
    assert all(task.title in everything for task in many.tasks)
    assert all(f"b{number}" in everything for number in range(9))


def test_a_console_without_unicode_shows_letters(screen: Any, many: Slippage) -> None:
    """On a console that holds ASCII alone the report has no line that fails."""
    assert drawn(many, screen, encoding="ascii")


def test_words_of_boards_do_nothing(screen: Any) -> None:
    """Escape sequences and formulas in titles, names and boards reach neither a terminal nor a spreadsheet."""
    bad = "=cmd()\x1b[2J\u202e"
    was = plan(card("1", JAN[8], title=bad, owners=(bad,)), card("2", board="c"), name=bad)
    now = plan(card("1", JAN[9], title=f"{bad}!", owners=(bad,)), projects=(BaselineProject("p", bad),))
    found = slipped(replace(was, projects=now.projects), now)
    said = "\n".join(drawn(found, screen, everything=True))
    table = slippage_csv.write(found, (Board(key="b", name=bad, source="s"),))
    assert not {"\x1b", "\u202e"} & set(said + table)
    cells = [cell for line in csv.reader(io.StringIO(table)) for cell in line]
    assert not [cell for cell in cells if cell.startswith("=")]


def test_stale_sources_are_named(screen: Any) -> None:
    """A source that was not read now says since when its data is what it is."""
    stale = SourceState(id="équipe", kind="trello", state=Status.STALE, read_at=datetime(2027, 1, 8, 6, tzinfo=PARIS))
    assert "équipe" in drawn(slipped(plan(card("a")), plan(card("a"))), screen, sources=[stale])[0]


def test_a_plan_without_dates_says_so(screen: Any) -> None:
    """Where nothing has a date there is no end to tell, and no row."""
    lines = drawn(slipped(plan(card("a")), plan(card("a"))), screen)
    assert lines[1:] == ["Nothing tells the end of this plan: it has no dates.", "0 tasks moved · 1 as planned"]


def test_json_holds_every_fact() -> None:
    """Dates are ISO, days are numbers, what is unknown is null and what is counted adds up."""
    was = plan(card("Brief", JAN[8]), card("gone", JAN[8]), card("x", board="c"))
    now = plan(card("Brief", JAN[15], title="Cadrage", owners=("Léa",)))
    document = json_slippage.document(slipped(was, now), (), now=NOW, zone_name="Europe/Paris", lang="en")
    assert json.loads(dumps(document)) == document
    assert document["baseline"] == {"name": "kickoff", "set_at": "2027-01-04T09:00:00+01:00"}
    (project,) = document["projects"]
    assert project["end"] == project["ends"][0]
    assert project["end"] == {
        "basis": "planned",
        "was": {"date": "2027-01-08", "name": "Brief", "task": "Brief"},
        "now": {"date": "2027-01-15", "name": "Cadrage", "task": "Brief"},
        "days": 7,
        "working_days": 5,
    }
    assert document["tasks"][0] == {
        "change": "moved",
        "task": {"key": "Brief", "title": "Cadrage"},
        "title_was": "Brief",
        "board": "b",
        "project": "p",
        "owners": ["Léa"],
        "milestone": False,
        "was": "2027-01-08",
        "now": "2027-01-15",
        "days": 7,
        "working_days": 5,
    }
    assert document["tasks"][1]["days"] is None
    assert document["not_read"] == [{"board": "c", "name": "c", "tasks": 1}]
    assert (document["summary"]["moved"], document["summary"]["gone"], document["summary"]["new"]) == (1, 1, 0)


def test_the_table_has_a_line_a_task() -> None:
    """The table's columns are those of its heading, in the reader's language."""
    found = slipped(plan(card("Brief", JAN[8])), plan(card("Brief", JAN[15]), card("Envoi")))
    use("fr")
    lines = list(csv.reader(io.StringIO(slippage_csv.write(found, (Board(key="b", name="Salon", source="s"),)))))
    assert lines[1] == ["déplacée", "Brief", "Salon", "", "2027-01-08", "2027-01-15", "7", "5", "Brief"]
    assert lines[2][:3] == ["ajoutée", "Envoi", "Salon"]
    assert {len(line) for line in lines} == {9}


def test_the_list_names_each_once(screen: Callable[..., Any]) -> None:
    """Baselines stand in columns with their day and their tasks; none at all says how to set one."""
    target = screen(80)
    slippage_text.draw_list([NamedBaseline("comité", NOW, 2), NamedBaseline("a", NOW, 1)], target.console, PARIS)
    assert target.lines == ["comité  4 Jan 2027  2 tasks", "a       4 Jan 2027  1 task"]
    empty = screen(80)
    slippage_text.draw_list([], empty.console, PARIS)
    assert "retro baseline plan set" in empty.text
    assert json_slippage.listing([], now=NOW, zone_name="Europe/Paris", lang="en")["baselines"] == []
