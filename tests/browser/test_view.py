"""The central page in a real browser."""

import re
from dataclasses import replace
from typing import Any

import pytest
from tests.agency import agency

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


def test_my_week_is_what_is_mine_and_who_waits(team: Assessment, visit: Any) -> None:
    """Of one person: what she has to do, whom she waits for, who waits for her, what she is to be told of."""
    opened = visit(team)
    opened.page.select_option("select[name=person]", label="Camille Roy")
    opened.page.click("button[name=week]")

    def said(selector: str) -> list[str]:
        return opened.page.locator(f"{selector}:visible").all_inner_texts()  # type: ignore[no-any-return]  # as above

    assert said("#late li") == []
    assert said("#week li .what") == ["[Print] Relecture de la plaquette", "[Newsletter] Édition de janvier"]
    assert said("#waits li .lead") == [
        "Camille Roy attend Inès Duval",
        "Sofia Almeida attend Camille Roy",
        "Camille Roy attend la validation de Léa Martin",
    ]
    assert said("#soon li .what") == ["[RP] Dossier de presse"]


def test_my_week_asks_whose(team: Assessment, visit: Any) -> None:
    """Without a person chosen it is everybody’s week, and the choice of a person is where the keyboard is."""
    opened = visit(team)
    opened.page.click("button[name=week]")
    assert opened.page.evaluate("document.activeElement.name") == "person"
    assert opened.shown("#week li") == 8


def test_a_section_without_anything_left_says_so(team: Assessment, visit: Any) -> None:
    """Where a filter leaves nothing of a section, a sentence stands in it; without a filter it is not there."""
    opened = visit(team)
    assert opened.shown(".nothing") == 0
    opened.page.select_option("select[name=person]", label="Karim Benali")
    assert opened.page.inner_text("#remarks .nothing") == "Rien ici ne répond aux filtres."
    assert opened.page.is_visible("#remarks .nothing")
    assert not opened.page.is_visible("#projects .nothing")
    opened.page.fill("input[name=q]", "rien de tel")
    assert {"projects", "timelines", "remarks"} <= set(
        opened.page.locator("section:has(> .nothing:visible)").evaluate_all("all => all.map(each => each.id)")
    )


def test_the_count_of_what_is_left_is_read_aloud(team: Assessment, visit: Any) -> None:
    """A polite live region names each list with what is left of it, and falls silent with the filters."""
    opened = visit(team)
    status = opened.page.get_by_role("status")
    assert status.inner_text() == ""
    opened.page.select_option("select[name=person]", label="Inès Duval")
    assert status.inner_text() == "Projets 2, En retard 2, Cette semaine 1, Qui attend qui 1, À prévenir 1"
    opened.page.keyboard.press("Tab")
    opened.page.click("button[type=reset]")
    opened.page.wait_for_timeout(50)
    assert status.inner_text() == ""


def test_filters_work_from_the_keyboard(team: Assessment, visit: Any) -> None:
    """The slash goes to the search, Escape shows everything again, arrows choose; a slash that is typed stays one."""
    opened = visit(team)
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("maquette/")
    assert page.input_value("input[name=q]") == "maquette/"
    page.keyboard.press("Backspace")
    assert opened.shown("#late li") == 1
    page.keyboard.press("Escape")
    page.wait_for_timeout(50)
    assert (page.input_value("input[name=q]"), opened.shown("#late li")) == ("", 2)
    page.focus("select[name=person]")
    page.keyboard.press("ArrowDown")
    assert page.locator("#load tbody tr:visible th").all_inner_texts() == ["Camille Roy"]
    assert "person=Camille+Roy" in page.url


def test_without_script_everything_can_be_read(team: Assessment, visit: Any) -> None:
    """With script off there are no dead controls, and what is folded opens by itself."""
    opened = visit(team, script=False)
    assert not opened.page.is_visible("form.filters")
    assert opened.page.inner_text("h1") == "Salon Bio & Sens ne tient pas sa date"
    opened.page.click("#week .rest summary")
    assert opened.shown("#week li") == 8
    opened.page.click("details.line summary")
    assert opened.page.is_visible(".why >> text=Ce qu’on peut faire")
    opened.page.click("#timelines details:not([open]) summary >> nth=0")
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


@pytest.mark.parametrize("copies", [1, 2, 12])
def test_the_first_screen_needs_no_scrolling(visit: Any, copies: int) -> None:
    """At 1440 by 900 the verdicts, the lists and the load begin and end above the fold, of 3, 6 and 36 projects."""
    opened = visit(agency(copies))
    for selector in ("h1", "#projects", "#late", "#week", "#waits", "#soon", "#load"):
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
    assert opened.page.is_visible(".why >> text=Ce qui retient")


def test_a_jump_within_the_page_keeps_the_filters(team: Assessment, visit: Any) -> None:
    """Whoever skips to the projects stays in their own view, and its address stays one that can be passed on."""
    page = visit(team).page
    page.select_option("select[name=person]", label="Inès Duval")
    page.locator("a.skip").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)
    assert page.url.endswith("#person=In%C3%A8s+Duval")
    assert page.locator("#load tbody tr:visible th").all_inner_texts() == ["Inès Duval"]
    page.evaluate("location.hash = 'person=Camille+Roy'")
    page.wait_for_timeout(50)
    assert page.locator("#load tbody tr:visible th").all_inner_texts() == ["Camille Roy"]


def test_tables_and_landmarks_speak(team: Assessment, visit: Any) -> None:
    """Assistive tools find the landmarks, the search, headings, and each bar's dates in words."""
    opened = visit(team)
    page = opened.page
    assert page.get_by_role("main").count() == 1
    assert page.get_by_role("search").count() == 1
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("img", name="du 4/01 au 13/01, au plus tard le 8/01, échéance 8/01").count() == 1


def test_on_paper_everything_is_there(team: Assessment, visit: Any) -> None:
    """In print the controls go, what was folded opens, and afterwards it is as it was."""
    opened = visit(team)
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    assert not opened.page.is_visible("form.filters")
    assert opened.shown("details.line") == 3
    assert opened.shown("#week li") == 8
    assert opened.shown("#remarks li") == 10
    opened.page.evaluate("dispatchEvent(new Event('afterprint'))")
    opened.page.emulate_media(media="screen")
    assert opened.shown("#week li") == 5


@pytest.mark.parametrize(("copies", "most"), [(1, 6), (2, 9)])
def test_the_paper_is_a_good_one(visit: Any, copies: int, most: int) -> None:
    """A4 comes out unasked, light enough to send, few pages for a meeting, by night as by day on white."""
    opened = visit(agency(copies), scheme="dark")
    printed = opened.page.pdf(prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", printed)) <= most
    assert re.search(rb"/MediaBox\s*\[0 0 59\d(\.\d+)? 84\d", printed)
    assert len(printed) < 1_000_000
    opened.page.emulate_media(media="print")
    assert opened.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_no_words_are_cut_off_on_paper(team: Assessment, visit: Any) -> None:
    """At the width of an A4 page no text runs out of its place."""
    opened = visit(team, width=703)
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    cut = """() => [...document.querySelectorAll("body *:not(svg, svg *)")].filter(each =>
        !each.closest(".unseen") && each.clientWidth && each.textContent.trim()
        && getComputedStyle(each).overflowX !== "visible" && each.scrollWidth > each.clientWidth + 1
    ).map(each => each.className + ": " + each.textContent.trim().slice(0, 60))"""
    assert opened.page.evaluate(cut) == []
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= 703


@pytest.mark.parametrize(("scheme", "width"), [("light", 390), ("dark", 1440)])
def test_nothing_keeps_anybody_out(team: Assessment, visit: Any, scheme: str, width: int) -> None:
    """The axe rules, those of good practice too, find no fault of any weight, with everything open."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    opened = visit(team, width=width, scheme=scheme)
    opened.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    found = [(each["id"], each["nodes"][0]["target"]) for each in axe.run(opened.page).response["violations"]]
    assert found == []


def test_colours_that_mean_something_are_kept_in_a_contrast_theme(team: Assessment, visit: Any) -> None:
    """Where the system forces its own colours, what is late and too much is still red."""
    opened = visit(team)
    opened.page.emulate_media(forced_colors="active")
    ground = "each => getComputedStyle(each).backgroundColor"
    for selector in (".dot.late", ".legend .late", ".load .h5"):
        red, green, blue = map(int, re.findall(r"\d+", opened.page.locator(selector).first.evaluate(ground))[:3])
        assert red > 2 * max(green, blue), selector


def test_nothing_moves_for_those_who_asked_for_rest(team: Assessment, visit: Any) -> None:
    """With less motion asked for, a jump within the page is one."""
    opened = visit(team)
    behaviour = "getComputedStyle(document.documentElement).scrollBehavior"
    assert opened.page.evaluate(behaviour) == "smooth"
    opened.page.emulate_media(reduced_motion="reduce")
    assert opened.page.evaluate(behaviour) == "auto"


@pytest.mark.parametrize("width", [1440, 1024, 390, 320])
def test_names_without_an_end_stay_in_their_place(team: Assessment, visit: Any, width: int) -> None:
    """However long names are, and without a blank, the page keeps its width, and a project its few lines."""
    endless = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 3
    portfolio = team.portfolio
    named = replace(
        portfolio,
        tasks=tuple(
            replace(
                task,
                title=endless,
                channel=endless,
                client=endless,
                owners=tuple(replace(owner, name=endless + owner.name) for owner in task.owners),
            )
            for task in portfolio.tasks
        ),
        projects=tuple(replace(each, name=endless + each.name, client=endless) for each in portfolio.projects),
        boards=tuple(replace(board, name=endless) for board in portfolio.boards),
    )
    anchors = tuple(replace(anchor, name=endless) for anchor in team.schedule.anchors)
    opened = visit(replace(team, portfolio=named, schedule=replace(team.schedule, anchors=anchors)), width=width)
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    if width >= 1024:
        assert opened.page.locator("details.line").first.bounding_box()["height"] < 80
