"""The debrief of a project: facts of its tasks, moves and baseline, and what they read like."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests import marketing_team, titles_to_escape
from tests.marketing_team import PARIS, owner

from retro.i18n import use
from retro.model import (
    Assessment,
    Category,
    DueMove,
    EndBasis,
    EndSlip,
    Happened,
    Moved,
    PlanEnd,
    Project,
    ProjectSlip,
    Slippage,
    Status,
    StatusOrigin,
    Task,
    TaskSlip,
)
from retro.report.debrief import Debrief, debrief, markdown
from retro.run.showing import Part, part_of

DONE = Status("Terminé", Category.DONE, StatusOrigin.MAPPED)
CARD = "https://trello.com/c/t:s3"
SET_AT = datetime(2026, 11, 2, 9, tzinfo=PARIS)


def plain(words: str) -> str:
    """French with plain spaces."""
    return words.replace("\u00a0", " ").replace("\u202f", " ")


def day(text: str) -> date:
    """A day of January 2027: its number."""
    return date.fromisoformat(f"2027-01-{text}") if len(text) == 2 else date.fromisoformat(text)


def a_move(was: str, now: str, who: str | None = "Karim Benali", on: str = "2027-01-04") -> DueMove:
    """One recorded move."""
    return DueMove(datetime.fromisoformat(f"{on}T10:00:00+01:00"), who, day(was), day(now))


def over(team: Assessment, *tasks: tuple[str, str | None, str | None]) -> Assessment:
    """The fair a week after it was held, with these tasks alone: title, due day, day on which each was done."""
    template = next(each for each in team.portfolio.tasks if each.key == "t:s3")
    made = tuple(
        replace(
            template,
            key=f"t:{title}",
            title=title,
            start=None,
            due=None if due is None else day(due),
            status=template.status if done is None else DONE,
            completed=None if done is None else datetime.combine(day(done), datetime.min.time(), PARIS),
        )
        for title, due, done in tasks
    )
    salon = part_of(team, Part(project="salon"))
    project = replace(salon.portfolio.projects[0], tasks=tuple(task.key for task in made))
    portfolio = replace(salon.portfolio, tasks=made, links=(), projects=(project,))
    anchors = tuple(replace(each, feasible=True, missing_minutes=0) for each in salon.schedule.anchors)
    return replace(
        salon,
        portfolio=portfolio,
        schedule=replace(salon.schedule, tasks={}, anchors=anchors),
        now=team.now + timedelta(days=25),
        slippage=None,
    )


def against(assessment: Assessment, *slips: TaskSlip, slack: int | None = 5 * 420) -> Assessment:
    """Held against a baseline: what became of tasks, and the room there was."""
    project: Project = assessment.portfolio.projects[0]
    was, now = date(2027, 1, 21), date(2027, 1, 28)
    end = EndSlip(
        basis=EndBasis.ANCHOR,
        was=PlanEnd(day=was, name="Salon"),
        now=PlanEnd(day=now, name="Salon"),
        moved=Moved(was=was, now=now, days=7, working_days=5),
    )
    slip = ProjectSlip(key=project.key, name=project.name, ends=(end,), slack_was=slack)
    found = Slippage(name="kickoff", set_at=SET_AT, then=3, open=0, kept=0, projects=(slip,), tasks=slips)
    return replace(assessment, slippage=found)


def page_of(assessment: Assessment, **moves: Sequence[DueMove]) -> str:
    """What it reads like."""
    found: Debrief = debrief(assessment, {f"t:{key}": made for key, made in moves.items()})
    return plain(markdown.write(found, assessment))


def part(page: str, heading: str) -> list[str]:
    """The lines below a heading."""
    lines = page.splitlines()
    if f"## {heading}" not in lines:
        return []
    below = lines[lines.index(f"## {heading}") + 1 :]
    return below[: below.index("")] if "" in below else below


def test_planned_is_what_the_baseline_planned(team: Assessment) -> None:
    """Done later than the baseline had it is told with both days, by date; counts say how many were on the day."""
    tasks = (("Brief", "15", "15"), ("Stand", "20", "22"), ("Plan", "11", "08"))
    slips = (
        TaskSlip(happened=Happened.DONE, key="t:Stand", title="Stand", board="b", was=day("14"), now=day("22")),
        TaskSlip(happened=Happened.DONE, key="t:Brief", title="Brief", board="b", was=day("15"), now=day("15")),
    )
    found = part(page_of(against(over(team, *tasks), *slips)), "Prévu et réalisé")
    assert found == [
        "- La fin glisse de 7 jours (5 jours ouvrés) · 21/01 → 28 janv. 2027",
        "- 1 au jour prévu · 1 plus tôt · 1 plus tard",
        "- [Stand](https://trello.com/c/t:s3) · 14/01 → 22 janv. 2027 (8 jours plus tard)",
    ]


def test_without_a_baseline_the_first_date_was_planned(team: Assessment) -> None:
    """That is what the card's own moves tell; what to do next time is said."""
    page = page_of(over(team, ("Stand", "20", "22")), Stand=[a_move("13", "20")])
    assert "retro baseline plan set kickoff" in page
    assert "13/01 → 22 janv. 2027 (9 jours plus tard)" in page
    assert not part(page, "Ajouté et abandonné en route")


def test_who_moved_what_when_stands_by_task(team: Assessment) -> None:
    """In the order of the first moves: from which day to which, who where the tool tells, and when."""
    page = page_of(
        over(team, ("Zèbre", "25", "25"), ("Affiche", "22", "22")),
        Affiche=[a_move("15", "22", None, on="2027-01-12")],
        Zèbre=[a_move("11", "18"), a_move("18", "25", "Léa Martin", on="2027-01-11")],
    )
    assert part(page, "Dates déplacées") == [
        f"- [Zèbre]({CARD}) · 11/01 → 18/01 (Karim Benali, le 4/01) · 18/01 → 25/01 (Léa Martin, le 11/01)",
        f"- [Affiche]({CARD}) · 15/01 → 22/01 (le 12/01)",
    ]


def test_rush_is_the_last_fifth_of_the_time(team: Assessment) -> None:
    """From the start on 8 January to the fair on the 28th: what was done from the 24th on; later work aside."""
    tasks = (
        *((f"Tôt {number}", "15", "15") for number in range(3)),
        ("Début", "08", "08"),
        ("Presque", "25", "25"),
        ("Dernier", "20", "27"),
        ("Bilan", "2027-02-03", "2027-02-03"),
    )
    found = debrief(over(team, *tasks), {}).rush
    assert found is not None
    assert (found.first, found.since, found.last) == (day("08"), day("24"), day("28"))
    assert (found.tasks, found.in_rush, found.after_due) == (6, 2, 1)
    assert part(page_of(over(team, *tasks)), "Travail de dernière minute") == [
        "- 33 % des tâches terminées dans le dernier cinquième du temps, à partir du 24 janv. 2027 : 2 sur 6",
        "- 1 tâche terminée après son échéance",
    ]


def test_rush_is_not_told_before_its_time(team: Assessment) -> None:
    """While the last fifth is still to come and work is open, nobody knows; nor where nothing is done."""
    running = replace(over(team, ("Brief", "08", "08"), ("Stand", "27", None)), now=team.now)
    assert debrief(running, {}).rush is None
    assert debrief(over(team, ("Stand", "27", None)), {}).rush is None


def test_margin_is_told_from_the_baseline_to_the_last_work(team: Assessment) -> None:
    """Five working days at the start; the last work two working days before the fair: three are eaten, 60 %."""
    held = against(over(team, ("Stand", "20", "26")))
    assert part(page_of(held), "Marge") == [
        "- Au départ : 5 jours ouvrés",
        "- Reste : 2 jours ouvrés",
        "- Consommée : 3 jours ouvrés (60 %)",
    ]
    late = against(over(team, ("Stand", "20", "2027-02-01")))
    assert part(page_of(late), "Marge")[1:] == ["- Manque : 2 jours ouvrés", "- Consommée : 5 jours ouvrés (100 %)"]


def test_what_came_and_went_is_named(team: Assessment) -> None:
    """Tasks added since the baseline, and those that were dropped."""
    slips = (
        TaskSlip(happened=Happened.NEW, key="t:n", title="Badges", board="b", now=day("20")),
        TaskSlip(happened=Happened.GONE, key="t:g", title="Tombola", board="b", was=day("22")),
    )
    page = page_of(against(over(team, ("Stand", "20", "20")), *slips))
    assert part(page, "Ajouté et abandonné en route") == [
        "- **1 tâche ajoutée**",
        "- « Badges » · 20 janv. 2027",
        "- **1 tâche abandonnée**",
        "- « Tombola » · 22 janv. 2027",
    ]
    same = page_of(against(over(team, ("Stand", "20", "20"))))
    assert part(same, "Ajouté et abandonné en route") == ["- Rien : les tâches sont celles du départ"]


def test_work_that_left_its_board_once_done_counts(team: Assessment) -> None:
    """A card that was archived and is not read any more was done all the same."""
    slip = TaskSlip(happened=Happened.DONE, key="t:x", title="Vidéo", board="b", was=day("11"), now=day("13"))
    found = debrief(against(over(team, ("Stand", "20", "20")), slip), {})
    assert [(each.title, each.days) for each in found.done] == [("Vidéo", 2), ("Stand", 0)]


def test_the_questions_are_left_blank(team: Assessment) -> None:
    """Three of them close the page, with nothing but room for answers; nobody is scored."""
    page = page_of(over(team, ("Stand", "20", "20")))
    assert page.partition("## À se dire\n")[2].splitlines() == [
        "",
        "**Qu’est-ce qui a bien marché ?**",
        "",
        "- ",
        "",
        "**Qu’est-ce qui a coincé, ou coûté du temps pour rien ?**",
        "",
        "- ",
        "",
        "**Que fait-on autrement la prochaine fois, et qui s’en charge ?**",
        "",
        "- ",
    ]


def test_a_long_list_is_cut_and_counted(team: Assessment) -> None:
    """Fifteen lines a list."""
    page = page_of(over(team, *((f"Tâche {number}", None, None) for number in range(40))))
    assert len(part(page, "Encore ouvert")) == 16
    assert part(page, "Encore ouvert")[-1] == "- et 25 de plus"


def test_a_project_without_anything_has_a_page(team: Assessment) -> None:
    """Questions alone, where nothing is known."""
    assert "À se dire" in page_of(over(team))


def test_english_is_the_source_text(team: Assessment) -> None:
    """The same in English."""
    use("en")
    page = page_of(over(team, ("Stand", "20", "22")))
    assert page.startswith("# Debrief of Salon Bio & Sens\n")
    assert "**What went well?**" in page


@pytest.mark.parametrize("title", titles_to_escape.TITLES)
def test_no_title_or_name_is_markup(team: Assessment, title: str) -> None:
    """Titles, names of people and of the baseline stay text."""
    bare = over(team, ("a", "20", "22"), ("b", "20", None))
    tasks: tuple[Task, ...] = tuple(
        replace(task, title=title, owners=(replace(owner("ines"), name=title),)) for task in bare.portfolio.tasks
    )
    projects = tuple(replace(project, name=title) for project in bare.portfolio.projects)
    slips = (TaskSlip(happened=Happened.NEW, key="n", title=title, board="b", now=day("20")),)
    hostile = against(replace(bare, portfolio=replace(bare.portfolio, tasks=tasks, projects=projects)), *slips)
    page = markdown.write(debrief(hostile, {"t:a": [a_move("13", "20", title)]}), hostile)
    tokens = MarkdownIt("commonmark").parse(page)
    children = [child for token in tokens for child in token.children or ()]
    known = {"text", "text_special", "link_open", "link_close", "strong_open", "strong_close", "em_open", "em_close"}
    assert {child.type for child in children} <= {*known, "softbreak"}
    links = {str(child.attrs["href"]) for child in children if child.type == "link_open"}
    assert links <= {"https://trello.com/c/t:s3"}
    assert "html_block" not in {token.type for token in tokens}


DAYS = st.none() | st.dates(date(2026, 9, 1), date(2027, 3, 1)).map(date.isoformat)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DAYS, DAYS), max_size=12), st.integers(-60, 60))
def test_any_dates_make_a_page(days: list[tuple[str | None, str | None]], now: int) -> None:
    """Shares stay shares, whatever was due and done when; whoever is early by a year breaks nothing."""
    tasks = ((f"T{number}", due, done) for number, (due, done) in enumerate(days))
    assessment = against(over(marketing_team.team(), *tasks))
    assessment = replace(assessment, now=assessment.now + timedelta(days=now))
    found = debrief(assessment, {})
    assert len(found.done) + len(found.open) == len(days)
    if found.rush is not None:
        assert 0 <= found.rush.in_rush <= found.rush.tasks <= len(found.done)
        assert 0 <= found.rush.after_due <= found.rush.tasks
        assert found.rush.first <= found.rush.since <= found.rush.last
    assert "À se dire" in markdown.write(found, assessment)
