"""What the page draws below its first screen, in a real browser."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.marketing_team import NOW

from retro.model import Assessment, Happened, Moved, ProjectStanding, Slippage, TaskSlip

pytestmark = pytest.mark.browser


@pytest.fixture(scope="session")
def full(team: Assessment) -> Assessment:
    """The team's Monday with a baseline that everything slipped from, and a fortnight of standings."""
    planned, slips = {}, []
    for task in team.portfolio.tasks:
        plan = team.schedule.tasks.get(task.key)
        if plan is None or plan.advised_finish is None or not task.is_open:
            continue
        now = plan.advised_finish.date()
        was = now - timedelta(days=7)
        planned[task.key] = (was - timedelta(days=2), was)
        moved = Moved(was=was, now=now, days=7, working_days=5)
        slips.append(TaskSlip(happened=Happened.MOVED, key=task.key, title=task.title, board=task.board, moved=moved))
    return replace(
        team,
        slippage=Slippage(
            name="kickoff",
            set_at=NOW - timedelta(days=30),
            then=len(planned),
            open=len(planned),
            kept=0,
            tasks=tuple(slips),
            planned=planned,
        ),
        standings=tuple(
            ProjectStanding(
                day=date(2027, 1, 11) - timedelta(days=days),
                project=project.key,
                margin_share=0.1 + days / 50,
                errors=3,
            )
            for project in team.portfolio.projects
            for days in range(14, -1, -1)
        ),
    )


def test_nothing_complains_and_nothing_is_fetched(full: Assessment, visit: Any) -> None:
    """With everything drawn, the policy and the script have nothing to report, and no request leaves."""
    opened = visit(full)
    opened.page.check("#links")
    opened.page.select_option("select[name=person]", label="Inès Duval")
    opened.page.wait_for_timeout(50)
    assert opened.complaints == []
    assert len(opened.requests) == 1


@pytest.mark.parametrize("script", [True, False])
def test_links_are_seen_on_demand(full: Assessment, visit: Any, *, script: bool) -> None:
    """With script or without: none at first, a row’s own where it is pointed at, all once they are asked for."""
    page = visit(full, script=script).page
    lines = page.locator("#timelines details[open] .k:not(.h)")
    assert lines.count() > 5
    assert not lines.first.is_visible()
    row = page.locator("#timelines tr", has_text="[Print] Impression de 2 000 plaquettes").first
    row.hover()
    assert row.locator(".k").first.is_visible()
    assert sum(line.is_visible() for line in lines.all()) == 1
    page.check("#links")
    assert all(line.is_visible() for line in lines.all())


def test_links_are_seen_by_keyboard(full: Assessment, visit: Any) -> None:
    """A row whose title has the focus shows what it follows."""
    page = visit(full).page
    row = page.locator("#timelines tr", has_text="[Print] Impression de 2 000 plaquettes").first
    row.locator("a").focus()
    assert row.locator(".k").first.is_visible()


def test_a_link_meets_both_bars(full: Assessment, visit: Any) -> None:
    """It begins in the middle of the bar before, at its end, and ends in the middle of the bar after, at its start."""
    page = visit(full).page
    page.check("#links")

    def of(title: str, what: str) -> dict[str, float]:
        row = page.locator("#timelines tr", has_text=title).first
        box = row.locator(what).first.bounding_box()
        assert box is not None
        return dict(box)

    bar = "td rect:not(.m):not(.l):not(.b):not(.k)"
    before, after = of("Relecture de la plaquette", bar), of("Impression de 2", bar)
    down, across = of("Impression de 2", ".k:not(.h)"), of("Impression de 2", ".k.h")
    assert down["x"] == pytest.approx(before["x"] + before["width"], abs=1.5)
    assert down["y"] == pytest.approx(before["y"] + before["height"] / 2, abs=1.5)
    assert down["y"] + down["height"] == pytest.approx(after["y"] + after["height"] / 2, abs=1.5)
    assert across["y"] == pytest.approx(after["y"] + after["height"] / 2, abs=1.5)


def test_a_filter_takes_the_links_away(full: Assessment, visit: Any) -> None:
    """Where rows are hidden, lines would lead from the wrong ones: none is drawn."""
    page = visit(full).page
    page.check("#links")
    page.select_option("select[name=person]", label="Sofia Almeida")
    assert page.locator("#timelines tbody tr:visible").count() > 1
    assert not any(line.is_visible() for line in page.locator("#timelines .k").all())


def test_a_baseline_stands_under_its_bar(full: Assessment, visit: Any) -> None:
    """The bar of then is thin, below the bar of now, and a week to the left; its legend names it."""
    page = visit(full).page
    row = page.locator("#timelines tr", has_text="[RP] Dossier de presse").first
    now = row.locator("td rect.todo").bounding_box()
    then = row.locator("td rect.b").bounding_box()
    assert then["y"] >= now["y"] + now["height"]
    assert then["height"] < now["height"] / 2
    assert then["x"] < now["x"]
    assert row.locator("td.late").inner_text() == "+7 j"
    assert page.get_by_text("« kickoff » du 12 déc. 2026").is_visible()


def test_the_backdrop_lies_behind_the_drawings(full: Assessment, visit: Any) -> None:
    """Days off and today take the width of the column of drawings, with the column of slips and without."""
    for assessment in (full, replace(full, slippage=None)):
        page = visit(assessment).page
        back = page.locator("#timelines details[open] .back").first.bounding_box()
        cell = page.locator("#timelines details[open] td").first.bounding_box()
        assert back["x"] == pytest.approx(cell["x"], abs=1)
        assert back["width"] == pytest.approx(cell["width"], abs=1)


def test_the_calendar_answers_to_the_filters(full: Assessment, visit: Any) -> None:
    """One person's month holds that person's tasks alone."""
    page = visit(full).page
    page.select_option("select[name=person]", label="Hugo Lefèvre")
    shown = page.locator("#calendar li:visible")
    assert shown.count() >= 3
    assert all(each.get_attribute("title") == "Hugo Lefèvre" for each in shown.all())


def test_on_a_telephone_the_month_is_a_list(full: Assessment, visit: Any) -> None:
    """At 390 pixels days without anything are gone, the others say their weekday, and nothing is cut."""
    page = visit(full, width=390).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not page.locator("#calendar thead").first.is_visible()
    cells = [each for each in page.locator("#calendar td").all() if each.is_visible()]
    assert 10 < len(cells) < 40
    assert all(each.locator("li").count() or "now" in (each.get_attribute("class") or "") for each in cells)
    before = page.evaluate("getComputedStyle(document.querySelector('#calendar td.has'), '::before').content")
    assert before == '"mer. 6 janv."'


def test_charts_have_names(full: Assessment, visit: Any) -> None:
    """Assistive tools are told what each small chart shows, and the chain is a list of links."""
    page = visit(full).page
    charts = page.locator("#trends").get_by_role("img")
    assert charts.count() == 6
    assert all("Marge" in name or "Remarques" in name for name in charts.locator("title").all_text_contents())
    assert page.locator("#critical ol").first.get_by_role("link").count() == 4


def test_paper_holds_the_drawings(full: Assessment, visit: Any) -> None:
    """In print there is no switch for links, and the calendar and the charts are there."""
    page = visit(full).page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert not page.is_visible("#links")
    assert page.is_visible("#calendar table")
    assert page.is_visible("#trends svg")
