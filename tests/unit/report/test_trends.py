"""The charts of the page: how margin, forecast end and remarks went, within their frames."""

import re
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.marketing_team import standing

from retro.model import (
    Assessment,
    ProjectStanding,
)
from retro.report.html.facets import Facets
from retro.report.html.trends import Trend, trends
from retro.report.outlook import outlooks

DAYS = st.dates(date(2025, 1, 1), date(2030, 1, 1))


def trends_of(team: Assessment, *standings: ProjectStanding) -> tuple[Trend, ...]:
    """The charts that these days give."""
    assessment = replace(team, standings=standings)
    return trends(assessment, outlooks(assessment, frozenset()), Facets.over(assessment))


def test_one_day_is_no_trend(team: Assessment) -> None:
    """Nothing is drawn of a single day, nor of days of which nothing is known."""
    assert trends_of(team, standing(date(2027, 1, 4), margin_share=0.3, errors=2)) == ()
    assert trends_of(team, standing(date(2027, 1, 4)), standing(date(2027, 1, 5))) == ()


def test_charts_say_what_they_show(team: Assessment) -> None:
    """Each has its last value beside it, and the whole of it in words."""
    (trend,) = trends_of(
        team,
        standing(
            date(2027, 1, 5), margin_share=0.3, errors=1, infos=1, forecast=date(2027, 1, 20), end=date(2027, 1, 28)
        ),
        standing(
            date(2027, 1, 11), margin_share=0.1, warnings=2, infos=2, forecast=date(2027, 2, 2), end=date(2027, 1, 28)
        ),
    )
    assert [
        (chart.name, chart.now.replace("\u202f", " ").replace("\xa0", " "), chart.tone) for chart in trend.charts
    ] == [
        ("Marge", "10 %", "doing"),
        ("Fin estimée", "2/02", "late"),
        ("Remarques", "4", ""),
    ]
    words = [re.sub(r"\s", " ", re.findall(r"<title>(.*?)</title>", chart.drawing)[0]) for chart in trend.charts]
    assert words == [
        "Marge : 30 % le 5/01, 10 % le 11/01 ; 20 % visés",
        "Fin estimée : 20 janv. 2027 au 5/01, 2 févr. 2027 au 11/01 ; la date à tenir est le 28 janv. 2027",
        "Remarques : 1 erreur, 0 avertissement, 1 info le 5/01 ; 0 erreur, 2 avertissements, 2 infos le 11/01",
    ]
    assert trend.since == "depuis le 5 janv. 2027"


def test_a_day_of_which_nothing_is_known_breaks_the_line(team: Assessment) -> None:
    """What was not known is not drawn through."""
    (trend,) = trends_of(
        team,
        *(standing(date(2027, 1, number), margin_share=None if number == 6 else 0.2) for number in range(4, 9)),
    )
    assert str(trend.charts[0].drawing).count('<polyline class="done"') == 2


def test_a_long_way_is_drawn_by_the_week(team: Assessment) -> None:
    """Half a year has a point a week: its first day, and the last one of each week."""
    days = [date(2026, 7, 15) + timedelta(days=number) for number in range(180)]
    (trend,) = trends_of(team, *(standing(day, margin_share=0.2) for day in days))
    points = re.findall(r'class="done" points="([^"]+)"', str(trend.charts[0].drawing))[0].split()
    assert 26 <= len(points) <= 28
    assert (points[0].split(",")[0], points[-1].split(",")[0]) == ("0", "100")


@given(
    st.lists(
        st.tuples(DAYS, st.none() | st.floats(-2, 9), st.none() | DAYS, st.integers(0, 99)), min_size=2, max_size=9
    )
)
def test_every_point_lies_within_its_chart(
    team: Assessment, seen: list[tuple[date, float | None, date | None, int]]
) -> None:
    """Whatever the figures, lines stay within the box, and nothing raises."""
    made = trends_of(
        team,
        *(standing(day, margin_share=share, forecast=end, errors=errors) for day, share, end, errors in seen),
    )
    for trend in made:
        for chart in trend.charts:
            for points in re.findall(r'points="([^"]+)"', str(chart.drawing)):
                for point in points.split():
                    x, y = map(float, point.split(","))
                    assert 0 <= x <= 100
                    assert 4 <= y <= 96
