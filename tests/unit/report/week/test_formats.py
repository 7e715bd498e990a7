"""A person's week in its formats: their words, one screen whatever there is, and titles that stay text."""

import json
from dataclasses import replace
from datetime import date, timedelta
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from rich.cells import cell_len
from rich.console import Console
from tests import marketing_team, titles_to_escape
from tests.marketing_team import PEOPLE, owner

from retro.i18n import use
from retro.model import Assessment, SourceStatus
from retro.report.document import dumps
from retro.report.untrusted import printable
from retro.report.week import Saved, SeenMove, Weeks, as_json, markdown, text
from retro.report.week.lines import MOST_LINES

CAMILLE = """\
Ma semaine · Camille Roy · 11 janv. 2027
Données vieilles de 1 jour : ce qui a changé depuis n’y figure pas

Cette semaine
  mer. 13 janv.  [Print] Relecture de la plaquette · Sofia Almeida attend

En attente des autres
  ven. 8 janv.   [Print] Maquette de la plaquette 8 pag… · Inès Duval, en retard
  jeu. 14 janv.  [Newsletter] Édition de janvier · chez Léa Martin, à valider

À commencer d’ici dix jours ouvrés
  ven. 22 janv.  [RP] Dossier de presse · conseillé
"""


def plain(words: str) -> str:
    """French with plain spaces, as it is typed in a test."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def drawn(assessment: Assessment, person: str, saved: Saved | None = None, *, width: int = 80) -> str:
    """What the terminal shows."""
    target = StringIO()
    console = Console(file=target, width=width, force_terminal=False, color_system=None)
    text.draw(Weeks.of(assessment).week_of(owner(person)), assessment, saved, console)
    return target.getvalue()


def a_saved(team: Assessment, title: str = "Visuels", moves: int = 1) -> Saved:
    """Two dates, and moves of what somebody waits for."""
    task = replace(team.portfolio.tasks[0], title=title)
    move = SeenMove(task=task, was=date(2027, 1, 12), now=date(2027, 1, 19))
    return Saved(since=date(2027, 1, 4), filled=2, moves=(move,) * moves)


def test_the_screen_reads_like_this(team: Assessment) -> None:
    """What is due, whom Camille waits for, what she begins soon: in the words of a French team."""
    assert plain(drawn(team, "camille")) == CAMILLE


def test_the_same_as_markdown(team: Assessment) -> None:
    """Headings and bullets, and every task leads to its card."""
    page = plain(markdown.write(Weeks.of(team).week_of(owner("ines")), team, None))
    assert "# Ma semaine · Inès Duval · 11 janv. 2027\n" in page
    assert (
        "## En retard\n"
        "- mer. 6 janv. · [\\[Print\\] Carte de vœux](https://trello.com/c/t:f4)\n"
        "- ven. 8 janv. · [\\[Print\\] Maquette de la plaquette 8 pages](https://trello.com/c/t:s3)"
        " · Camille Roy attend, à prévenir\n"
    ) in page


def test_json_holds_every_list_whole(team: Assessment) -> None:
    """Keys, titles as written and links; nothing is cut."""
    document = json.loads(dumps(as_json.document(Weeks.of(team).week_of(owner("ines")), team, a_saved(team))))
    assert (document["version"], document["person"]) == (1, {"key": owner("ines").key, "name": "Inès Duval"})
    assert [each["task"]["key"] for each in document["late"]] == ["t:f4", "t:s3"]
    assert document["late"][1]["waiters"][0]["name"] == "Camille Roy"
    assert document["saved"]["moves"][0]["was"] == "2027-01-12"
    assert set(document) >= {"week", "due", "asked", "waiting", "soon", "dateless"}


def test_json_has_titles_as_the_board_has_them(team: Assessment) -> None:
    """Where people read of which project a task is, programs get its title alone."""
    late = next(task for task in team.portfolio.tasks if task.key == "t:s3")
    twin = replace(late, key="t:twin")
    first, second, *others = team.portfolio.projects
    portfolio = replace(
        team.portfolio,
        tasks=(*team.portfolio.tasks, twin),
        projects=(first, replace(second, tasks=(*second.tasks, twin.key)), *others),
    )
    both = replace(team, portfolio=portfolio)
    mine = Weeks.of(both).week_of(owner("ines"))
    assert {each.task.title for each in mine.late if each.task.key == "t:s3"} == {f"{first.name} › {late.title}"}
    told = as_json.document(mine, both, None)["late"]
    assert {each["task"]["title"] for each in told if each["task"]["key"] in ("t:s3", "t:twin")} == {late.title}


def test_what_retro_did_is_a_fact_or_nothing(team: Assessment) -> None:
    """Dates and moves are counted; where there was none, no line says so."""
    said = plain(drawn(team, "camille", a_saved(team), width=120))
    assert "Par retro depuis le 4/01 : 2 dates remplies · 1 décalage vu à l’avance : « Visuels » 12/01 → 19/01" in said
    assert "retro" not in drawn(team, "camille", Saved(since=date(2027, 1, 4)))
    assert "retro" not in drawn(team, "camille")


def test_an_empty_week_says_so(team: Assessment) -> None:
    """Somebody whose work lies far ahead is not left with a blank screen."""
    nothing = replace(team, portfolio=replace(team.portfolio, tasks=(), links=()))
    assert "Rien en retard, rien à rendre, et personne n’attend." in plain(drawn(nothing, "lea", width=120))


def test_data_of_days_ago_is_told(team: Assessment) -> None:
    """How old it is comes before since when."""
    old = replace(team, now=team.now + timedelta(days=3))
    assert plain(drawn(old, "camille", width=120)).splitlines()[1].startswith("Données vieilles de 4 jours")
    failed = tuple(replace(state, state=SourceStatus.FAILED) for state in team.portfolio.sources)
    lost = replace(team, portfolio=replace(team.portfolio, sources=failed))
    assert "equipe" in drawn(lost, "camille", width=120).splitlines()[1]
    fresh = tuple(replace(state, state=SourceStatus.FRESH) for state in team.portfolio.sources)
    now = replace(team, portfolio=replace(team.portfolio, sources=fresh))
    assert drawn(now, "camille").splitlines()[1] == ""


def test_english_is_the_source_text(team: Assessment) -> None:
    """The same lists in English."""
    use("en")
    said = drawn(team, "camille")
    assert "My week · Camille Roy" in said
    assert "Waiting for others" in said
    assert "with Léa Martin, to approve" in said


WORDS = st.text(max_size=80) | st.sampled_from(titles_to_escape.TITLES)


@st.composite
def crowds(draw: st.DrawFn) -> Assessment:
    """The team's boards several times over, with any titles and names, on any day."""
    team = marketing_team.team()
    titles = draw(st.lists(WORDS, min_size=1, max_size=4))
    tasks, links, plans = [], [], {}
    for number in range(draw(st.integers(0, 8))):
        for place, task in enumerate(team.portfolio.tasks):
            key = f"{number}/{task.key}"
            tasks.append(replace(task, key=key, title=titles[(number + place) % len(titles)]))
            if task.key in team.schedule.tasks:
                plans[key] = replace(team.schedule.tasks[task.key], key=key)
        links += [
            replace(link, predecessor=f"{number}/{link.predecessor}", successor=f"{number}/{link.successor}")
            for link in team.portfolio.links
        ]
    return replace(
        team,
        now=team.now + timedelta(days=draw(st.integers(-30, 60))),
        portfolio=replace(team.portfolio, tasks=tuple(tasks), links=tuple(links)),
        schedule=replace(team.schedule, tasks=plans),
    )


@settings(max_examples=20, deadline=None)
@given(crowds(), st.sampled_from(sorted(PEOPLE)), WORDS, st.sampled_from((40, 80, 120)))
def test_a_week_is_one_screen(assessment: Assessment, person: str, title: str, width: int) -> None:
    """However much somebody has, and whatever it is called: 24 lines, none wider than the terminal."""
    saved = a_saved(assessment, title, 5) if assessment.portfolio.tasks else None
    shown = drawn(assessment, person, saved, width=width)
    lines = shown.splitlines()
    assert len(lines) <= MOST_LINES
    assert all(cell_len(line) <= width for line in lines)
    assert (
        len(markdown.write(Weeks.of(assessment).week_of(owner(person)), assessment, saved).splitlines()) <= MOST_LINES
    )


@pytest.mark.parametrize("title", titles_to_escape.TITLES)
def test_no_title_is_markup_in_any_format(team: Assessment, title: str) -> None:
    """Nothing on the terminal obeys it, nothing in Markdown becomes a link, an image or HTML through it."""
    tasks = tuple(replace(task, title=title) for task in team.portfolio.tasks)
    hostile = replace(team, portfolio=replace(team.portfolio, tasks=tasks))
    mine = Weeks.of(hostile).week_of(replace(owner("ines"), name=title))
    saved = a_saved(team, title)
    target = StringIO()
    text.draw(mine, hostile, saved, Console(file=target, width=80, force_terminal=False, color_system=None))
    assert all(char.isprintable() or char in "\n\u00a0\u202f" for char in target.getvalue())
    page = markdown.write(mine, hostile, saved)
    tokens = MarkdownIt("commonmark").parse(page)
    children = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in children} <= {
        "text",
        "text_special",
        "link_open",
        "link_close",
        "em_open",
        "em_close",
    }
    links = {child.attrs["href"] for child in children if child.type == "link_open"}
    assert all(str(href).startswith("https://trello.com/c/t:") for href in links)
    assert "html_block" not in {token.type for token in tokens}
    assert json.loads(dumps(as_json.document(mine, hostile, saved)))["person"]["name"] == title
    assert printable(title) == "".join(char for char in printable(title) if char.isprintable())
