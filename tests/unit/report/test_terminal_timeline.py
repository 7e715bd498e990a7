"""Bars along the days on a terminal: the same picture at any width, in any encoding, with any title."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from tests import marketing_team

from retro.i18n import use
from retro.model import Assessment
from retro.report.bars import Bar
from retro.report.day_scale import DayScale
from retro.report.terminal import put
from retro.report.terminal_timeline import Column, Strip, draw, legend

NOW = datetime(2027, 1, 13, 9, tzinfo=ZoneInfo("Europe/Paris"))
LAUNCH = date(2027, 2, 26)
COLUMNS = (Column("responsable", rank=1, right=False), Column("au + tard"))


def day(month: int, number: int) -> date:
    """A day of 2027."""
    return date(2027, month, number)


STRIPS = (
    Strip(
        title="[Photo] Reportage dans les quatre ateliers",
        bar=Bar(start=day(1, 4), finish=day(1, 7), tone="done", latest=day(1, 12)),
        cells=("Inès", ""),
    ),
    Strip(
        title="[Print] Maquette",
        bar=Bar(start=day(1, 5), finish=day(1, 19), tone="late", latest=day(1, 12)),
        cells=("Karim Benali", "12/01"),
        agreed=(day(1, 4), day(1, 8)),
    ),
    Strip(
        title="東京の展示会のパンフレット",
        bar=Bar(start=day(1, 11), finish=day(1, 22), tone="doing", latest=day(2, 5), due=day(1, 29)),
        cells=("Léa 🎉 Martin", "5/02"),
    ),
    Strip(
        title="Tournage 🎬🎬🎬",
        bar=Bar(start=day(2, 1), finish=day(2, 12), tone="todo", latest=day(2, 12), due=day(1, 20)),
        cells=("–", "12/02"),
        agreed=(day(1, 25), day(1, 29)),
    ),
    Strip(
        title="Mise en vente",
        bar=Bar(start=LAUNCH, finish=LAUNCH, tone="todo", latest=LAUNCH, milestone=True),
        cells=("Léa", "26/02"),
    ),
)


@pytest.fixture
def team(team: Assessment) -> Assessment:
    """Any assessment: the timeline asks it for the hour and the working days only."""
    return replace(team, now=NOW, work_minutes=lambda _person, when: 420 * (when.weekday() < 5))


def lines(team: Assessment, screen: Any, width: int, encoding: str = "utf-8", strips: Any = STRIPS) -> list[str]:
    """What is printed, line by line, without the blanks at their ends."""
    terminal = screen(width, encoding)
    put(terminal.console, draw(strips, COLUMNS, team, terminal.console, [LAUNCH]))
    return [line.rstrip() for line in terminal.lines]


AT_60 = """\
  1 signe = 2 jours ouvrés              janv.     févr.
                              au + tard    ▾               ◆
✓ [Photo] Reportage dans les…           ━━ │               ┃
! [Print] Maquette                12/01 ███┤██             ┃
▸ 東京の展示会のパンフレット       5/02   ██████░•░░┤      ┃
  Tournage 🎬🎬🎬                 12/02    │  •┈┈┈█████    ┃
  Mise en vente                   26/02    │               ◆
"""
AT_80 = """\
  1 signe = 2 jours ouvrés                                  janv.     févr.
                                     responsable  au + tard    ▾               ◆
✓ [Photo] Reportage dans les quatre… Inès                   ━━ │               ┃
! [Print] Maquette                   Karim Benali     12/01 ███┤██             ┃
▸ 東京の展示会のパンフレット         Léa 🎉 Mart…      5/02   ██████░•░░┤      ┃
  Tournage 🎬🎬🎬                    –                12/02    │  •┈┈┈█████    ┃
  Mise en vente                      Léa              26/02    │               ◆
"""
AT_120 = """\
  1 signe = 1 jour ouvré                                            janv. 2027          févr.
                                             responsable  au + tard        ▾                               ◆
✓ [Photo] Reportage dans les quatre ateliers Inès                   ━━━━   │                               ┃
! [Print] Maquette                           Karim Benali     12/01 ┈█████┤█████                           ┃
▸ 東京の展示会のパンフレット                 Léa 🎉 Mart…      5/02      ██████████░░░░•░░░░┤              ┃
  Tournage 🎬🎬🎬                            –                12/02        │    •  ┈┈┈┈┈██████████         ┃
  Mise en vente                              Léa              26/02        │                               ◆
"""
PLAIN = """\
  1 signe = 2 jours ouvrés              janv.     févr.
                              au + tard    |               *
v [Photo] Reportage dans le..           == |               :
! [Print] Maquette                12/01 ###]##             :
> ??????????????????????????       5/02   ######.o..]      :
  Tournage ??????                 12/02    |  o---#####    :
  Mise en vente                   26/02    |               *
"""
ENGLISH = """\
  1 character = 2 working days                              Jan 2027  Feb
                                     responsable  au + tard    ▾               ◆
"""


@pytest.mark.parametrize(("width", "drawn"), [(60, AT_60), (80, AT_80), (120, AT_120)])
def test_a_picture_at_each_width(team: Assessment, screen: Any, width: int, drawn: str) -> None:
    """Days to a character, columns and titles follow the width; wide letters keep every column in its place."""
    assert "\n".join(lines(team, screen, width)) + "\n" == drawn


def test_a_wide_screen_gives_titles_no_more_than_they_need(team: Assessment, screen: Any) -> None:
    """At 200 columns it is the picture of 120: nothing is drawn larger than a character a working day."""
    assert "\n".join(lines(team, screen, 200)) + "\n" == AT_120


def test_a_console_without_unicode_gets_the_same_picture(team: Assessment, screen: Any) -> None:
    """Bars, marks and cuts in ASCII, and question marks as wide as what they stand for."""
    assert "\n".join(lines(team, screen, 60, "latin-1")) + "\n" == PLAIN


def test_its_words_follow_the_language(team: Assessment, screen: Any) -> None:
    """Months and units in English."""
    use("en")
    assert "\n".join(lines(team, screen, 80)[:2]) + "\n" == ENGLISH


def test_colours_say_what_signs_say(team: Assessment) -> None:
    """Done is green, under way yellow, late red; without colours not one escape sequence is left but bold and dim."""
    target = StringIO()
    console = Console(file=target, width=80, force_terminal=True, color_system="standard", no_color=False)
    put(console, draw(STRIPS, COLUMNS, team, console, [LAUNCH]))
    rows = target.getvalue().splitlines()[2:]
    for row, sign, colour in zip(rows, "✓!▸", (32, 31, 33), strict=False):
        assert row.startswith(f"\x1b[{colour}m{sign}")
        assert row.count(f"\x1b[{colour}m") >= 2
    bare = StringIO()
    console = Console(file=bare, width=80, force_terminal=True, color_system="standard", no_color=True)
    put(console, draw(STRIPS, COLUMNS, team, console, [LAUNCH]))
    assert not any(f"\x1b[{colour}m" in bare.getvalue() for colour in range(30, 38))
    assert "✓ " in bare.getvalue()


def test_a_task_that_matters_most_is_bold(team: Assessment) -> None:
    """The title of a critical task is bold, and nothing else of its row."""
    target = StringIO()
    console = Console(file=target, width=80, force_terminal=True, color_system="standard", no_color=False)
    put(console, draw([replace(STRIPS[0], bold=True, bar=STRIPS[3].bar)], COLUMNS, team, console))
    (row,) = target.getvalue().splitlines()[2:]
    assert "\x1b[1m[Photo]" in row
    assert row.count("\x1b[1m") == 1


def test_a_long_plan_is_drawn_in_weeks(team: Assessment, screen: Any) -> None:
    """Where two days to a character do not fit, a character is one week, or as many as it takes."""
    for days, unit in ((250, "1 semaine"), (700, "semaines")):
        long = [replace(STRIPS[3], bar=replace(STRIPS[3].bar, latest=NOW.date() + timedelta(days=days)))]
        assert unit in lines(team, screen, 80, strips=long)[0]


def test_old_and_far_dates_squeeze_nothing(team: Assessment, screen: Any) -> None:
    """A card of 2018 and a date in 9999 stand at the edges; four weeks back and two years ahead are drawn at most."""
    old = Strip(title="Vieille carte", bar=Bar(start=date(2018, 1, 1), finish=day(1, 20), tone="late"), cells=("", ""))
    gone = Strip(title="Oubliée", bar=Bar(start=date(2018, 1, 1), finish=date(2018, 2, 1), tone="late"), cells=("", ""))
    near = lines(team, screen, 120, strips=(old, gone, STRIPS[3]))
    assert "1 jour ouvré" in near[0]
    assert "█" in near[2]
    assert "█" not in near[3]
    far = replace(STRIPS[3], bar=replace(STRIPS[3].bar, latest=date(9999, 12, 31)))
    assert all(cell_len(line) <= 80 for line in lines(team, screen, 80, strips=[far]))


def test_nothing_is_drawn_of_nothing(team: Assessment, screen: Any) -> None:
    """Without rows there is no head either."""
    assert lines(team, screen, 80, strips=()) == []


def test_a_team_that_never_works_has_a_timeline_all_the_same(team: Assessment, screen: Any) -> None:
    """Where a calendar knows no working day at all, every day counts."""
    idle = replace(team, work_minutes=lambda _person, _day: 0)
    assert any("█" in line for line in lines(idle, screen, 80))


def test_the_legend_fits_any_width(screen: Any) -> None:
    """Each sign stands beside its words, on as many lines as it takes; the baseline only where one is shown."""
    for width in (30, 60, 200):
        terminal = screen(width)
        put(terminal.console, legend(terminal.console, agreed=True))
        assert all(cell_len(line) <= width for line in terminal.lines)
        assert "┈ plan de départ" in terminal.text
    plain = screen(80, "latin-1")
    put(plain.console, legend(plain.console))
    assert "v termin\xe9   > en cours   ! en retard" in plain.text
    assert "plan de d\xe9part" not in plain.text


TITLES = st.text(st.sampled_from("aé東🎬👩\u200d🚀 \u0301[]ﷺ…"), max_size=80)
DAYS = st.integers(-400, 900).map(lambda days: NOW.date() + timedelta(days=days))


@st.composite
def strips(draw_: st.DrawFn) -> Strip:
    """Any row."""
    start, finish = sorted((draw_(DAYS), draw_(DAYS)))
    latest = draw_(st.none() | DAYS)
    bar = Bar(
        start=start,
        finish=finish,
        tone=draw_(st.sampled_from(["done", "late", "doing", "todo"])),
        latest=latest,
        milestone=draw_(st.booleans()),
    )
    agreed = draw_(st.none() | st.tuples(DAYS, DAYS).map(sorted))
    return Strip(
        title=draw_(TITLES),
        bar=bar,
        cells=(draw_(TITLES), draw_(TITLES)),
        agreed=None if agreed is None else (agreed[0], agreed[1]),
    )


@given(rows=st.lists(strips(), min_size=1, max_size=6), width=st.integers(50, 220), anchors=st.lists(DAYS, max_size=3))
def test_no_row_is_wider_than_the_screen(rows: list[Strip], width: int, anchors: list[date]) -> None:
    """Whatever titles and dates there are, every line fits, and bars of all rows begin in the same column."""
    assessment = _bare()
    console = Console(file=StringIO(), width=width)
    found = list(draw(rows, COLUMNS, assessment, console, anchors))
    assert len(found) == len(rows) + 2
    assert all(line.cell_len <= width for line in found)


def _bare() -> Assessment:
    return replace(marketing_team.team(), now=NOW, work_minutes=lambda _person, when: 420 * (when.weekday() < 5))


@given(
    first=DAYS,
    length=st.integers(0, 800),
    room=st.integers(1, 200),
    off=st.frozensets(st.integers(0, 6), max_size=7),
    asked=st.lists(st.integers(-10, 810), max_size=5),
)
def test_a_scale_keeps_the_order_of_days(
    first: date, length: int, room: int, off: frozenset[int], asked: list[int]
) -> None:
    """Later days are never further left, every column is within the room, and months fit above."""
    scale = DayScale(first, first + timedelta(days=length), room, lambda each: each.weekday() not in off)
    places = [scale.at(first + timedelta(days=number)) for number in sorted(asked)]
    assert places == sorted(places)
    assert all(0 <= place < scale.columns for place in places)
    assert scale.columns <= room
    assert len(scale.months()) <= scale.columns
