"""The central page in a real browser."""

import re
from dataclasses import replace
from typing import Any

import pytest

from retro.model import Assessment

pytestmark = pytest.mark.browser


def test_no_request_leaves_and_nothing_complains(team: Assessment, visit: Any) -> None:
    """The page asks for itself alone, and neither the policy nor the script has anything to report."""
    opened = visit(team)
    opened.page.select_option("select[name=person]", label="Inès Duval")
    opened.page.wait_for_timeout(50)
    assert len(opened.requests) == 1
    assert opened.requests[0].startswith("file://")
    assert opened.complaints == []


def test_a_person_sees_their_own(team: Assessment, visit: Any) -> None:
    """Filtering by person leaves their projects, their entries, their load, and corrects the counts."""
    opened = visit(team)
    assert opened.shown("#week li") == 5
    opened.page.select_option("select[name=person]", label="Inès Duval")
    assert opened.page.locator("#load tbody tr:visible th").all_inner_texts() == ["Inès Duval"]
    assert opened.page.locator("#late li:visible .what").all_inner_texts() == [
        "[Print] Carte de vœux",
        "[Print] Maquette de la plaquette 8 pages",
    ]
    assert opened.page.inner_text("#week .count") == "1"
    assert opened.shown("details.line") == 2
    opened.page.click("button[type=reset]")
    # A function to poll would be a string of script, which the page's own policy refuses.
    opened.page.locator("#week .count", has_text=re.compile(r"^8$")).wait_for()
    assert opened.shown("details.line") == 2


def test_filters_narrow_together(team: Assessment, visit: Any) -> None:
    """A project and a channel leave what answers to both."""
    opened = visit(team)
    opened.page.select_option("select[name=project]", label="Lancement Brise")
    opened.page.select_option("select[name=channel]", label="SEA")
    rows = opened.page.locator("#timelines tbody tr:visible th").all_inner_texts()
    assert rows == ["[SEA] Structure des campagnes Google Ads"]


@pytest.mark.parametrize(
    ("kind", "label", "projects"), [("client", "Cidrerie du Phare", 1), ("board", "Lancements", 2)]
)
def test_each_filter_leaves_its_projects(team: Assessment, visit: Any, kind: str, label: str, projects: int) -> None:
    """Client and board leave the projects that they hold, also those that were folded."""
    opened = visit(team)
    opened.page.select_option(f"select[name={kind}]", label=label)
    assert opened.shown("details.line") == projects


def test_search_folds_accents_and_finds_in_the_rest(team: Assessment, visit: Any) -> None:
    """Typing without accents finds titles with them, also among the entries folded away."""
    opened = visit(team)
    opened.page.fill("input[name=q]", "kakemonos")
    assert opened.page.locator("#week li:visible .what").all_inner_texts() == ["[Print] Maquette des 3 kakémonos"]
    opened.page.fill("input[name=q]", "rien de tel")
    assert opened.page.inner_text("#late .none") == "Rien n’est en retard."
    assert opened.page.is_visible("#late .none")


def test_my_week_is_kept_in_the_address(team: Assessment, visit: Any) -> None:
    """“Ma semaine” hides what lies beyond, and the address brings the same state back."""
    opened = visit(team)
    opened.page.select_option("select[name=person]", label="Hugo Lefèvre")
    opened.page.click("button[name=week]")
    assert not opened.page.is_visible("#timelines")
    fragment = "#" + opened.page.url.split("#")[1]
    again = visit(team, fragment=fragment)
    assert again.page.input_value("select[name=person]") == opened.page.input_value("select[name=person]") != ""
    assert not again.page.is_visible("#timelines")
    assert again.page.locator("#week li:visible").count() == opened.page.locator("#week li:visible").count() == 2


def test_without_script_everything_can_be_read(team: Assessment, visit: Any) -> None:
    """With script off there are no dead controls, and what is folded opens by itself."""
    opened = visit(team, script=False)
    assert not opened.page.is_visible("form.filters")
    assert opened.page.inner_text("h1") == "Salon Bio & Sens ne tient pas sa date"
    opened.page.click("#week .rest summary")
    assert opened.shown("#week li") == 8
    opened.page.click("details.line summary")
    assert opened.page.is_visible("text=Ce qu’on peut faire")
    assert opened.shown("#timelines tbody tr") > 20


def test_hostile_titles_stay_text(team: Assessment, visit: Any) -> None:
    """Markup in a title is shown as it was typed, runs nothing and loads nothing."""
    hostile = "<img src=https://evil.example/x onerror=\"document.title='hit'\"><script>document.title='hit'</script>"
    tasks = tuple(replace(task, title=hostile, url="javascript:document.title='hit'") for task in team.portfolio.tasks)
    opened = visit(replace(team, portfolio=replace(team.portfolio, tasks=tasks)))
    opened.page.locator("#late .what").first.click()
    assert opened.page.title() != "hit"
    assert opened.page.locator("#late .what").first.inner_text() == hostile
    assert len(opened.requests) == 1
    assert opened.complaints == []


def test_the_first_screen_needs_no_scrolling(team: Assessment, visit: Any) -> None:
    """At 1440 by 900 the verdicts, the three lists and the load begin and end above the fold."""
    opened = visit(team)
    for selector in ("#projects", "#late", "#week", "#waits", "#load"):
        box = opened.page.locator(selector).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 900


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_width_makes_the_page_scroll_sideways(team: Assessment, visit: Any, width: int, scheme: str) -> None:
    """On a desk, a tablet and a telephone, by day and by night, the page fits, and text stands out from its ground."""
    opened = visit(team, width=width, scheme=scheme)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    lightness = (
        "s => { const [r, g, b] = getComputedStyle(document.body)[s].match(/[0-9]+/g).map(Number); return r + g + b }"
    )
    ground, ink = opened.page.evaluate(lightness, "backgroundColor"), opened.page.evaluate(lightness, "color")
    assert abs(ground - ink) > 500
    assert (ground > ink) == (scheme == "light")


def test_bars_stand_where_their_dates_are(team: Assessment, visit: Any) -> None:
    """Drawn pixels follow the dates: later work lies further right, and today's line before the anchor's."""
    opened = visit(team)
    left = """title => [...document.querySelectorAll("#timelines tr")].find(row => row.textContent.includes(title))
        .querySelector("td rect:not(.m):not(.l)").getBoundingClientRect().left"""
    assert opened.page.evaluate(left, "Retouche des 12") < opened.page.evaluate(left, "Page produit Brise")
    today, anchor = (opened.page.locator(f"line.{kind}").first.bounding_box() for kind in ("today", "anchor"))
    assert today["x"] < anchor["x"]


def test_everything_is_reached_by_keyboard(team: Assessment, visit: Any) -> None:
    """The first tab stop skips to the projects; a summary opens with the Enter key."""
    opened = visit(team)
    opened.page.keyboard.press("Tab")
    assert opened.page.evaluate("document.activeElement.className") == "skip"
    opened.page.locator("details.line summary").first.focus()
    opened.page.keyboard.press("Enter")
    assert opened.page.is_visible("text=Ce qui retient")


def test_tables_and_landmarks_speak(team: Assessment, visit: Any) -> None:
    """Assistive tools find the landmarks, the search, headings, and each bar's dates in words."""
    opened = visit(team)
    page = opened.page
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("search").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("img", name="du 4/01 au 13/01, au plus tard le 8/01, échéance 8/01").count() == 1


def test_on_paper_everything_is_there(team: Assessment, visit: Any) -> None:
    """In print the controls go, what was folded opens, and the pages come out."""
    opened = visit(team)
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    assert not opened.page.is_visible("form.filters")
    assert opened.shown("details.line") == 3
    assert opened.shown("#week li") == 8
    assert len(opened.page.pdf(format="A4")) > 10_000
