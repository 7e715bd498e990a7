"""The chart for Mermaid: what a strict reader of its grammar finds in it, whatever titles say."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import marketing_team
from tests.hostile_board import HOSTILE

from retro.model import Anchor, Assessment, Category, Task
from retro.report import mermaid

TEAM = marketing_team.team()
_ROW = re.compile(
    r"    (?P<title>[^:\n]+) :(?P<tags>(?:(?:done|active|crit|milestone), )*)(?P<day>\d{4}-\d\d-\d\d), (?P<days>\d+)d"
)
_NOT_A_TITLE = re.compile(r"[:;#%`\"\[\]{}<>\\\x00-\x1f]")
_SAYS_SOMETHING = re.compile(
    r"(?:gantt|title|section|dateformat|axisformat|tickinterval|includes|excludes|inclusiveenddates|topaxis|todaymarker"
    r"|weekday|weekend|click|href|call|acctitle|accdescr|end$)\b|\d{4}-\d\d-\d\d|---",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Row:
    """A row of a chart; its last day is included."""

    section: str
    title: str
    tags: tuple[str, ...]
    first: date
    last: date


def read(text: str) -> tuple[str, list[Row], list[str]]:
    """Title, rows and comments of a chart; refuses any line that Mermaid's grammar might take for something else."""
    lines = text.split("\n")
    assert lines[0] == "gantt"
    assert lines[1].startswith("    title ")
    assert lines[2] == "    dateFormat YYYY-MM-DD"
    assert lines[3] in ("    axisFormat %d/%m", "    axisFormat %m/%Y")
    assert lines[-1] == ""
    title = _title(lines[1].removeprefix("    title "))
    section, rows, comments = "", [], []
    for line in lines[4:-1]:
        if line.startswith("    section "):
            section = _title(line.removeprefix("    section "))
            continue
        if line.startswith("    %% "):
            comments.append(line.removeprefix("    %% "))
            continue
        found = _ROW.fullmatch(line)
        assert found is not None, line
        assert section
        _title(found["title"])
        assert not _SAYS_SOMETHING.match(found["title"]), line
        first = date.fromisoformat(found["day"])
        tags = tuple(tag for tag in found["tags"].split(", ") if tag)
        rows.append(Row(section, found["title"], tags, first, first + timedelta(days=int(found["days"]) - 1)))
    return title, rows, comments


def _title(words: str) -> str:
    assert words.strip() == words != ""
    assert not _NOT_A_TITLE.search(words), words
    return words


def chart(assessment: Assessment, **options: Any) -> tuple[str, list[Row], list[str]]:
    """The chart of an assessment, read back."""
    return read(mermaid.write(assessment, **{"title": "Plan", "lang": "fr", **options}))


def with_tasks(*tasks: Task) -> Assessment:
    """These tasks on no project, without a schedule."""
    return replace(
        TEAM,
        portfolio=replace(TEAM.portfolio, tasks=tasks, links=(), projects=()),
        schedule=replace(TEAM.schedule, anchors=()),
    )


def test_a_section_a_project_with_the_worst_first() -> None:
    """Projects stand in the order of every report, with the tasks of none after them; anchors are milestones."""
    _, rows, comments = chart(TEAM)
    assert list(dict.fromkeys(row.section for row in rows)) == [
        "Salon Bio & Sens",
        "Lancement Brise",
        "Nouveau site",
        "Sans projet",
    ]
    assert comments == []
    named = {row.title: row for row in rows}
    opening = named["Ouverture du salon"]
    assert (opening.tags, opening.first) == (("crit", "milestone"), date(2027, 1, 28))
    assert named["Mise en vente"].tags == ("milestone",)
    assert "Podcast ?" not in named


def test_rows_say_how_they_stand() -> None:
    """Done, under way and late are Mermaid's done, active and crit; a bar ends on the day that lists expect it."""
    named = {row.title: row for row in chart(TEAM)[1]}
    done = named["(Print) Brief kakémono et plaquette"]
    assert (done.tags, done.last) == (("done",), date(2026, 12, 16))
    under_way = named["(SEO) 4 articles de fond sur les actifs marins"]
    assert (under_way.tags, under_way.first, under_way.last) == (("active",), date(2027, 1, 4), date(2027, 1, 22))
    late = named["(Print) Maquette de la plaquette 8 pages"]
    assert (late.tags, late.last) == (("crit",), date(2027, 1, 8))
    planned = named["(Web) Recette de la page produit"]
    assert (planned.tags, planned.last) == ((), date(2027, 2, 3))
    assert planned.first < planned.last


def test_rows_come_in_the_order_of_their_dates() -> None:
    """Within a section the chart goes down as time goes on."""
    rows = chart(TEAM)[1]
    for section in {row.section for row in rows}:
        starts = [row.first for row in rows if row.section == section]
        assert starts == sorted(starts)


def test_a_milestone_is_a_day() -> None:
    """A milestone is drawn on its date, once, also where an anchor stands for it."""
    task = marketing_team.task("t:m", "Mise en ligne", due=date(2027, 2, 1), milestone=True)
    _, rows, _ = chart(with_tasks(task))
    assert [(row.tags, row.first, row.last) for row in rows] == [(("milestone",), date(2027, 2, 1), date(2027, 2, 1))]
    anchor = Anchor(key="salon/0", name="Ouverture", date=date(2027, 1, 28), project="salon", task="t:s7")
    projects = (replace(TEAM.portfolio.projects[0], anchors=(anchor,)), *TEAM.portfolio.projects[1:])
    whole = replace(TEAM, portfolio=replace(TEAM.portfolio, projects=projects))
    assert "Ouverture du salon" not in {row.title for row in chart(whole)[1]}


def test_the_most_urgent_sixty_are_drawn() -> None:
    """Of many tasks the late ones and those due first stay; the others are counted in a comment, done ones go first."""
    day = date(2027, 1, 11)
    late = [marketing_team.task(f"t:l{n}", f"Retard {n}", due=day - timedelta(days=n + 1)) for n in range(20)]
    open_ = [marketing_team.task(f"t:o{n}", f"Tâche {n}", due=day + timedelta(days=n)) for n in range(60)]
    done = [marketing_team.task(f"t:d{n}", f"Fait {n}", due=day, category="done") for n in range(30)]
    text = mermaid.write(with_tasks(*done, *open_, *late), title="Plan", lang="fr")
    _, rows, comments = read(text)
    titles = {row.title for row in rows}
    assert len(rows) == mermaid.MOST == 60
    assert titles == {f"Retard {n}" for n in range(20)} | {f"Tâche {n}" for n in range(40)}
    assert comments == ["50 autres, moins urgentes"]
    assert text == mermaid.write(with_tasks(*late, *open_, *done), title="Plan", lang="fr")


def test_what_is_done_long_ago_or_has_no_date_is_left_out() -> None:
    """Ideas, cancelled tasks, parents, archived cards, tasks without a date and old ones that are done are no rows."""
    old = marketing_team.task("t:1", "Vieux", due=date(2026, 9, 1), category="done")
    parent, child = (
        marketing_team.task("t:2", "Parent"),
        marketing_team.task("t:3", "Part", parent="t:2", due=date(2027, 2, 1)),
    )
    away = marketing_team.task("t:4", "Archivée", due=date(2027, 2, 1), archived=True)
    dateless = marketing_team.task("t:5", "Un jour")
    idea = marketing_team.task("t:6", "Idée", category="idea", due=date(2027, 2, 1))
    dropped = replace(
        child, key="t:7", title="Annulée", parent=None, status=replace(child.status, category=Category.CANCELLED)
    )
    assert [row.title for row in chart(with_tasks(old, parent, child, away, dateless, idea, dropped))[1]] == ["Part"]


def test_nothing_to_draw_is_an_empty_chart() -> None:
    """A plan without a task is a chart all the same."""
    assert chart(with_tasks()) == ("Plan", [], [])


def test_a_plan_of_years_has_years_on_its_axis() -> None:
    """Days and months stand on the axis of a short plan; months and years on that of a long one."""
    near, far = (marketing_team.task(f"t:{year}", "Tâche", due=date(year, 1, 15)) for year in (2027, 2029))
    assert "axisFormat %d/%m\n" in mermaid.write(with_tasks(near), title="Plan", lang="fr")
    assert "axisFormat %m/%Y\n" in mermaid.write(with_tasks(near, far), title="Plan", lang="fr")


def test_a_page_of_markdown_gets_a_fence() -> None:
    """The same chart stands within the marks that GitHub knows charts by."""
    plain = mermaid.write(TEAM, title="Plan", lang="fr")
    assert mermaid.write(TEAM, title="Plan", lang="fr", fenced=True) == f"```mermaid\n{plain}```\n"


KEYWORDS = (
    "gantt review", "Title: x", "section A", "dateFormat x", "axisFormat x", "tickInterval 1day", "includes x",
    "excludes weekends", "inclusiveEndDates", "topAxis", "todayMarker off", "weekday monday", "weekend friday",
    "click here", 'href "x"', "call x()", "accTitle: x", "accDescr { x }", "end", "2027-01-01 lancement", "---",
    "%%{init: {}}%%", "%% note", "-20 % jusqu’à dimanche", "Posts : mai", "9:30 rendez-vous", "#35;", "```",
    ":", "a::b",
)  # fmt: skip


@pytest.mark.parametrize("words", [*HOSTILE, *KEYWORDS])
def test_no_title_says_anything_to_mermaid(words: str) -> None:
    """Titles of tasks, projects and charts that are hostile, or words of the grammar, are titles."""
    task = marketing_team.task("t:1", words, due=date(2027, 2, 1))
    project = replace(TEAM.portfolio.projects[0], name=words, tasks=("t:1",), anchors=())
    there = with_tasks(task)
    there = replace(there, portfolio=replace(there.portfolio, projects=(project,)))
    _, rows, _ = chart(there, title=words)
    assert [(row.first, row.last) for row in rows] == [(date(2027, 2, 1), date(2027, 2, 1))]


@given(st.text(max_size=200))
def test_any_title_is_one_row(words: str) -> None:
    """Whatever a board says, the chart has one row for its one task."""
    assert len(chart(with_tasks(marketing_team.task("t:1", words, due=date(2027, 2, 1))), title=words)[1]) == 1


def test_titles_stay_readable() -> None:
    """What cannot stand in a title is shown by what looks like it."""
    shown = {
        "[Print] Brief": "(Print) Brief",
        "Posts : mai": "Posts – mai",
        "9:30 point": "9∶30 point",
        "Soldes -20 %": "Soldes -20 ％",
        "Section B": "· Section B",
        "  ": "(sans titre)",
    }
    for words, title in shown.items():
        assert [row.title for row in chart(with_tasks(marketing_team.task("t:1", words, due=date(2027, 2, 1))))[1]] == [
            title
        ]
