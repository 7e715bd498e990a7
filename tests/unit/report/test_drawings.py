"""What the page draws below its first screen: baselines, links, buffers, days off, chains, months, trends."""

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.marketing_team import CALENDAR, DAY, NOW, PARIS, standing
from tests.marketing_team import team as team_of_monday

from retro.model import (
    Assessment,
    Buffer,
    EndBasis,
    EndSlip,
    FeverPoint,
    Happened,
    Link,
    LinkType,
    Moved,
    Owner,
    PlanEnd,
    ProjectSlip,
    Slippage,
    TaskSlip,
    Zone,
)
from retro.report.bars import Bar
from retro.report.html import render, tracks
from retro.report.html.critical import chains
from retro.report.html.days_off import DaysOff, Rest
from retro.report.html.facets import Facets
from retro.report.html.link_lines import LinkLines
from retro.report.html.pooled import pooled
from retro.report.html.timeline import Window, axis, row, window
from retro.report.html.tracks import Track
from retro.report.html.tracks import tracks as drawn
from retro.report.outlook import outlooks
from retro.report.worklists import late_keys

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
NO_DAYS_OFF = DaysOff(replace(team_of_monday(), work_minutes=lambda _who, _day: 420))
DAYS = st.dates(date(2025, 1, 1), date(2030, 1, 1))


def tracks_of(assessment: Assessment, *, public: bool = False) -> dict[str, Track]:
    """The timelines by project."""
    late = late_keys(assessment)
    found = drawn(assessment, outlooks(assessment, late), late, Facets.over(assessment), public=public)
    return {track.name: track for track in found}


def moved(was: date, now: date) -> Moved:
    """The way between two days."""
    return Moved(was=was, now=now, days=(now - was).days, working_days=CALENDAR.working_days_between(was, now))


def held(team: Assessment, **tasks: tuple[date, date]) -> Assessment:
    """The team's plan against a baseline that had these tasks end on another day, and the fair a week earlier."""
    slips = tuple(
        TaskSlip(happened=Happened.MOVED, key=f"t:{key}", title=key, board="trello:T", moved=moved(was, now))
        for key, (was, now) in tasks.items()
    )
    end = EndSlip(
        basis=EndBasis.ANCHOR,
        was=PlanEnd(day=date(2027, 1, 21), name="Ouverture"),
        now=PlanEnd(day=date(2027, 1, 28), name="Ouverture"),
        moved=moved(date(2027, 1, 21), date(2027, 1, 28)),
    )
    return replace(
        team,
        slippage=Slippage(
            name="kickoff",
            set_at=NOW - timedelta(days=40),
            then=9,
            open=9,
            kept=7,
            projects=(ProjectSlip(key="salon", name="Salon", ends=(end,)),),
            tasks=slips,
            planned={f"t:{key}": (was - timedelta(days=3), was) for key, (was, _now) in tasks.items()}
            | {"t:s10": (date(2027, 1, 18), date(2027, 1, 19))},
        ),
    )


# Baselines


def test_what_moved_says_by_how_much(team: Assessment) -> None:
    """A task that moved has its days of then under its bar and the days between in words; the end has a sentence."""
    assessment = held(
        team,
        s3=(date(2027, 1, 1), date(2027, 1, 8)),
        s7=(date(2027, 1, 27), date(2027, 1, 25)),
    )
    track = tracks_of(assessment)["Salon Bio & Sens"]
    said = {each.title: (each.slip, each.slip_tone) for each in track.rows if each.slip}
    assert sorted(said.values()) == [("+7 j", "late"), ("−2 j", "done")]
    assert (track.slip, track.slip_tone, track.against) == (
        "La fin glisse de 7 jours (5 jours ouvrés) depuis « kickoff »",
        "late",
        "kickoff",
    )
    drawings = [str(each.drawing) for each in track.rows]
    assert sum('class="b"' in drawing for drawing in drawings) == 2
    assert any("prévu alors du 29/12 au 1/01" in drawing for drawing in drawings)
    page = render(assessment)
    assert "« kickoff » du 2 déc. 2026" in page
    first_screen = page[page.index('id="projects"') : page.index('id="late"')]
    assert first_screen.count("La fin glisse de 7 jours (5 jours ouvrés) depuis « kickoff »") == 1


def test_nothing_is_drawn_of_a_plan_that_stands(team: Assessment) -> None:
    """Where no task moved there is neither a bar nor a column, and the page says that nothing did."""
    assessment = held(team)
    assert not any(track.against for track in tracks_of(assessment).values())
    page = render(assessment)
    assert 'class="b"' not in page
    assert "rien n’a bougé depuis « kickoff »" in page


def test_a_project_without_an_end_that_moved_tells_its_last_finish(team: Assessment) -> None:
    """Where the date stands and the last planned finish does not, the finish is what is told."""
    assessment = held(team)
    slippage = assessment.slippage
    assert slippage is not None
    end = slippage.projects[0].ends[0]
    stands = replace(end, now=end.was, moved=moved(end.was.day, end.was.day))
    last = replace(end, basis=EndBasis.PLANNED, now=PlanEnd(day=date(2027, 1, 28), name="Livraison"))
    projects = (replace(slippage.projects[0], ends=(stands, last)),)
    track = tracks_of(replace(assessment, slippage=replace(slippage, projects=projects)))["Salon Bio & Sens"]
    assert track.slip.startswith("Dernière fin prévue : 21/01 → 28 janv. 2027")


# Days off


@given(st.sets(DAYS, max_size=40), DAYS)
def test_runs_hold_every_day_off_once(team: Assessment, off: set[date], first: date) -> None:
    """The runs of days off are those days, each once, in order, and no two of them touch."""
    last = first + timedelta(days=60)
    rests = list(DaysOff(replace(team, work_minutes=lambda _who, day: day not in off)).between(first, last))
    within = [rest.first + timedelta(days=n) for rest in rests for n in range((rest.last - rest.first).days + 1)]
    assert within == sorted(day for day in off if first <= day <= last)
    assert all((after.first - before.last).days > 1 for before, after in pairwise(rests))


def test_days_off_have_names_where_they_are_more_than_a_weekend(team: Assessment) -> None:
    """A holiday has its name, a closure is called closed, a weekend nothing; a holiday that is worked is no day off."""
    shut = date(2027, 1, 6)
    assessment = replace(
        team,
        work_minutes=lambda _who, day: CALENDAR.is_working_day(day) and day != shut,
        holiday=partial(CALENDAR.holiday, lang="fr"),
    )
    rests = DaysOff(assessment)
    assert rests.name(date(2027, 1, 1)) == "Jour de l’an"
    assert rests.name(shut) == "fermé"
    assert (rests.name(date(2027, 1, 9)), rests.name(date(2027, 1, 8))) == ("", "")
    whit_monday = date(2027, 5, 17)
    assert CALENDAR.is_working_day(whit_monday)
    assert rests.name(whit_monday) == ""
    span = Window(date(2026, 12, 28), date(2027, 1, 10))
    words = str(axis(span, NOW.date(), [], rests))
    assert "ven. 1er janv. · Jour de l’an" in words
    assert "mer. 6 janv. · fermé" in words
    assert words.count('class="hol"') == 2


def test_a_closure_is_said_from_its_first_day_to_its_last() -> None:
    """Days off in a row are told together."""
    assert Rest(date(2026, 12, 24), date(2026, 12, 31), "fermé").said == "du 24/12 au 31/12 · fermé"


def test_an_owner_who_is_away_leaves_a_gap_in_the_bar(team: Assessment) -> None:
    """Leave within a bar is drawn and said; a page that is sent out tells nobody's."""
    karim = Owner("karim", "Karim Benali")
    tasks = tuple(
        replace(each, owners=(karim,), reviewer=None) if each.key == "t:b4" else each for each in team.portfolio.tasks
    )
    assessment = replace(team, portfolio=replace(team.portfolio, tasks=tasks))
    inside, outside = (
        next(str(each.drawing) for each in track.rows if "Retouche" in each.title)
        for track in (
            tracks_of(assessment)["Lancement Brise"],
            tracks_of(assessment, public=True)["Lancement Brise"],
        )
    )
    assert 'class="v"' in inside
    assert "absence du 25/01 au" in inside
    assert 'class="v"' not in outside
    assert "absence" not in outside


# Placement


@given(st.tuples(DAYS, DAYS), st.tuples(DAYS, DAYS), DAYS, st.tuples(DAYS, DAYS))
def test_whatever_is_drawn_lies_within_the_drawing(
    bar: tuple[date, date], planned: tuple[date, date], today: date, away: tuple[date, date]
) -> None:
    """No bar, baseline or leave, however far away, begins before the drawing or ends behind it."""
    start, finish = sorted(bar)
    found = Bar(start=start, finish=finish, tone="todo", latest=finish + timedelta(days=9), due=start)
    first, last = sorted(planned)
    span = window([found], [], today, [(first, last)])
    gone, back = sorted(away)
    rest = Rest(gone, back)
    words = str(row(found, span, planned=(first, last), away=[rest]))
    for x, width in re.findall(r'x="([\d.]+)%" width="([\d.]+)%"', words):
        assert 0 <= float(x) <= 100
        assert float(x) + float(width) <= 100.2
    assert "-" not in "".join(re.findall(r'(?:x|width)="([^"]+)"', words))


# Links

BEFORE = Bar(start=date(2027, 1, 4), finish=date(2027, 1, 8), tone="todo")
AFTER = Bar(start=date(2027, 1, 18), finish=date(2027, 1, 29), tone="todo")
SPAN = Window(date(2027, 1, 4), date(2027, 4, 13))
"""A hundred days: a day is a percent."""


@pytest.mark.parametrize(
    ("kind", "start", "width"),
    [(LinkType.FS, "5%", "9%"), (LinkType.SS, "0%", "14%"), (LinkType.FF, "5%", "21%"), (LinkType.SF, "0%", "26%")],
)
def test_a_link_goes_from_one_bar_to_the_other(kind: LinkType, start: str, width: str) -> None:
    """Three rows up, from the end or the start of the one before, across to the start or the end of the one after."""
    lines = LinkLines([Link("a", "b", kind)])
    lines.place({"a": (1, BEFORE), "b": (4, AFTER)}, SPAN)
    assert lines.to("b") == (
        f'<rect class="k" x="{start}" y="-66" height="78"/><rect class="k h" x="{start}" width="{width}"/>'
    )
    assert lines.to("a") == ""


def test_a_link_from_below_goes_down() -> None:
    """Where the one before stands further down, the line begins in the middle of the row."""
    lines = LinkLines([Link("a", "b")])
    lines.place({"a": (6, BEFORE), "b": (4, AFTER)}, SPAN)
    assert 'y="12" height="52"' in lines.to("b")


def test_links_end_where_their_room_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page draws so many links in all; links to what is not drawn take no room."""
    monkeypatch.setattr("retro.report.html.link_lines.MOST_LINKS", 2)
    lines = LinkLines([Link("gone", "b"), Link("b", "b"), *(Link("a", "b") for _ in range(3))])
    lines.place({"a": (0, BEFORE), "b": (1, AFTER)}, SPAN)
    assert lines.to("b").count('"k"') == 2
    assert lines.to("b") == ""


# Pooled margins


def test_a_buffer_is_a_row_of_its_own(team: Assessment) -> None:
    """An anchor's own is as long as its working time, and what is used up has the colour of what that asks for."""
    anchor = next(each for each in team.schedule.anchors if each.project == "salon")
    own = Buffer(
        anchor=anchor.key,
        project="salon",
        chain=("t:s3",),
        minutes=6 * DAY,
        chain_minutes=30 * DAY,
        left_minutes=20 * DAY,
        start=NOW.replace(day=15),
        fever=FeverPoint(at=NOW, complete=0.4, consumed=0.5, zone=Zone.RED),
    )
    assessment = replace(team, schedule=replace(team.schedule, buffers=(own, replace(own, start=None))))
    (found,) = pooled(assessment, "salon")
    assert (found.title, found.tone, found.used) == ("Tampon avant « Ouverture du salon »", "late", 0.5)
    assert (found.first, found.last) == (date(2027, 1, 18), date(2027, 1, 25))
    assert found.words.startswith("Tampon de 6 jours ouvrés, consommé à 50")
    drawn = str(found.drawn(Window(date(2027, 1, 4), date(2027, 4, 13))))
    assert '<rect class="m" x="14%" width="8%"/><rect class="u late" x="14%" width="4%"/>' in drawn
    assert found.title in [each.title for each in tracks_of(assessment)["Salon Bio & Sens"].rows]
    assert pooled(assessment, "brise") == []


def test_a_feeding_buffer_stands_behind_its_chain(team: Assessment) -> None:
    """It is drawn and told in the row of the task that its chain ends with, and has no row of its own."""
    anchor = next(each for each in team.schedule.anchors if each.project == "salon")
    feeds = Buffer(
        anchor=anchor.key,
        project="salon",
        chain=("t:s2", "t:s6"),
        minutes=2 * DAY,
        chain_minutes=9 * DAY,
        left_minutes=9 * DAY,
        feeds=True,
        start=NOW.replace(day=15),
    )
    before = tracks_of(team)["Salon Bio & Sens"].rows
    rows = tracks_of(replace(team, schedule=replace(team.schedule, buffers=(feeds,))))["Salon Bio & Sens"].rows
    assert len(rows) == len(before)
    (row_,) = [each for each in rows if 'class="f"' in each.drawing]
    assert row_.title == next(each.title for each in team.portfolio.tasks if each.key == "t:s6")
    assert "tampon de 2 jours ouvrés" in row_.drawing


# Room


def test_rows_end_where_the_page_has_no_more_room(team: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst project is drawn first; what has no room is counted, with the command that draws it."""
    monkeypatch.setattr(tracks, "MOST_ROWS", 12)
    made = tracks_of(team)
    salon, brise, site = (made[name] for name in ("Salon Bio & Sens", "Lancement Brise", "Nouveau site"))
    assert sum(len(each.rows) for each in (salon, brise, site)) == 12
    assert (site.rows, str(site.axis)) == ((), "")
    assert site.beyond > 1
    page = render(team)
    assert f"{site.beyond} tâches ne tiennent pas sur cette page" in page
    assert "retro view --project &#34;Nouveau site&#34;" in page


def test_missed_projects_stand_open(team: Assessment, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project that misses its date or stands alone is unfolded; on a page that is too large none is."""
    assert [name for name, track in tracks_of(team).items() if track.unfolded] == ["Salon Bio & Sens"]
    alone = replace(team, portfolio=replace(team.portfolio, projects=team.portfolio.projects[2:3]))
    assert [track.unfolded for track in tracks_of(alone).values()] == [True]
    monkeypatch.setattr(tracks, "LIGHT", 3)
    assert not any(track.unfolded for each in (team, alone) for track in tracks_of(each).values())


def test_critical_tasks_stand_out(team: Assessment) -> None:
    """Open tasks without room have a weight of their own."""
    rows = tracks_of(team)["Salon Bio & Sens"].rows
    marked = {each.title for each in rows if each.critical}
    assert "[Print] Maquette de la plaquette 8 pages" in marked
    assert "[Événementiel] Réserver le stand de 18 m²" not in marked


# All of it


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_hostile_words_stay_words(team: Assessment, lang: str) -> None:
    """Titles, names, holidays and a baseline's name are escaped wherever they are drawn."""
    tasks = tuple(
        replace(each, title=HOSTILE, owners=tuple(replace(owner, name=HOSTILE) for owner in each.owners))
        for each in team.portfolio.tasks
    )
    projects = tuple(replace(each, name=HOSTILE) for each in team.portfolio.projects)
    assessment = held(
        replace(
            team,
            lang=lang,
            portfolio=replace(team.portfolio, tasks=tasks, projects=projects),
            holiday=lambda _day: HOSTILE,
            standings=(
                standing(date(2027, 1, 5), margin_share=0.3),
                standing(date(2027, 1, 11), margin_share=0.2),
            ),
        ),
        s3=(date(2027, 1, 1), date(2027, 1, 8)),
    )
    assert assessment.slippage is not None
    page = render(replace(assessment, slippage=replace(assessment.slippage, name=HOSTILE)))
    assert "<img src=x" not in page
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)") > 40


def test_a_fair_on_the_first_screen_is_the_same_below(team: Assessment) -> None:
    """The chain's verdict and the timeline's are the line's, word for word."""
    late = late_keys(team)
    found = outlooks(team, late)
    chain = chains(team, found, late, Facets.over(team))[0][0]
    assert chain.verdict == tracks_of(team)[chain.name].verdict == "Il manque 3 jours ouvrés"
    assert found[0].day == found[0].anchor.on(PARIS) if found[0].anchor else False


def test_the_legend_explains_what_is_drawn(team: Assessment) -> None:
    """Marks that no timeline holds are not explained."""
    page = render(team)
    legend = page[page.index('class="legend"') :].split("</p>")[0]
    assert "en cours" in legend
    assert "critique" in legend
    assert "absence" not in legend
    plain = replace(team, schedule=replace(team.schedule, tasks={}, anchors=()))
    legend = render(plain)[render(plain).index('class="legend"') :].split("</p>")[0]
    assert "marge" not in legend
    assert "critique" not in legend


def test_a_plan_that_only_today_dates_is_not_drawn(team: Assessment) -> None:
    """Without an end to work to, tasks without dates or links would all stand at today: nothing is told by that."""
    tasks = tuple(replace(each, due=None, start=None) for each in team.portfolio.tasks if each.is_open)
    assessment = replace(
        team,
        portfolio=replace(team.portfolio, tasks=tasks, links=()),
        schedule=replace(team.schedule, anchors=()),
    )
    assert tracks_of(assessment) == {}
    linked = replace(assessment, portfolio=replace(assessment.portfolio, links=team.portfolio.links))
    assert set(tracks_of(linked)) == {"Salon Bio & Sens", "Lancement Brise", "Nouveau site"}


def test_names_of_dates_do_not_run_into_each_other() -> None:
    """Of several dates the last one is named first; one that is too near to it is a line without a name."""
    span = Window(date(2027, 1, 4), date(2027, 4, 13))
    near = [("Bêta", date(2027, 4, 1)), ("Sortie", date(2027, 4, 8)), ("Annonce", date(2027, 2, 8))]
    words = str(axis(span, date(2027, 2, 10), near, NO_DAYS_OFF))
    assert [name for name in ("Bêta", "Sortie", "Annonce", "aujourd’hui") if name in words] == ["Sortie", "Annonce"]


def test_a_month_is_named_as_far_as_there_is_room() -> None:
    """January has its year, unless it is too short for it; a month of a few days has no name."""
    assert "janv. 2027" in str(axis(Window(date(2026, 12, 28), date(2027, 3, 7)), NOW.date(), [], NO_DAYS_OFF))
    short = str(axis(Window(date(2027, 1, 25), date(2027, 4, 4)), NOW.date(), [], NO_DAYS_OFF))
    assert ">janv.<" in short
    assert ">avr.<" not in short
