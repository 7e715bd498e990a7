"""The central page as text: complete, closed to the outside, and true to its data."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.agency import agency
from tests.marketing_team import NOW, PARIS

from retro.i18n import use
from retro.model import Assessment, Owner, Portfolio, Schedule, SourceStatus, as_date
from retro.report.bars import Bar, bar
from retro.report.html import render
from retro.report.html.days_off import DaysOff
from retro.report.html.facets import Facets
from retro.report.html.timeline import FUTURE, PAST, Window, backdrop, row, window
from retro.report.html.view import View, view
from retro.run.showing import Part, part_of

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


class Outline(HTMLParser):
    """Elements and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def outline(page: str) -> Outline:
    """The page's elements."""
    parsed = Outline()
    parsed.feed(page)
    return parsed


def test_the_page_fetches_nothing(team: Assessment) -> None:
    """No element names a resource, no style attribute or handler is left, and the policy allows nothing else."""
    elements = outline(render(team)).elements
    assert not {tag for tag, _ in elements} & {"link", "img", "iframe", "object", "embed", "base"}
    assert not [
        name for _, attributes in elements for name in attributes if name in {"src", "style"} or name.startswith("on")
    ]
    policy = next(a["content"] for _, a in elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


def test_the_script_is_small(team: Assessment) -> None:
    """The inline script stays under 5 kB."""
    script = re.search(r"<script>(.*?)</script>", render(team), re.DOTALL)
    assert script is not None
    assert 0 < len(script[1].encode()) < 5000


def test_hostile_titles_stay_text(team: Assessment) -> None:
    """Markup in titles, names and addresses makes no element and no link."""
    tasks = tuple(
        replace(task, title=HOSTILE, url="javascript:alert(3)", channel=HOSTILE) for task in team.portfolio.tasks
    )
    projects = tuple(replace(project, name=HOSTILE, client=HOSTILE) for project in team.portfolio.projects)
    anchors = tuple(replace(anchor, name=HOSTILE) for anchor in team.schedule.anchors)
    page = render(
        replace(
            team,
            portfolio=replace(team.portfolio, tasks=tasks, projects=projects),
            schedule=replace(team.schedule, anchors=anchors),
        )
    )
    elements = outline(page).elements
    assert [tag for tag, _ in elements].count("script") == 1
    assert "img" not in {tag for tag, _ in elements}
    assert {attributes.get("href") for tag, attributes in elements if tag == "a"} == {"#projects"}


def test_each_task_leads_to_its_card(team: Assessment) -> None:
    """Every open task of a project is on the page with a link to its card."""
    links = {attributes.get("href") for tag, attributes in outline(render(team)).elements if tag == "a"}
    members = {key for project in team.portfolio.projects for key in project.tasks}
    for task in team.portfolio.tasks:
        if task.key in members and task.key in team.schedule.tasks:
            assert task.url in links


def test_the_first_screen_answers_in_order(team: Assessment) -> None:
    """Headline, projects worst first with the calm ones folded, late, this week, waits, load: in that order."""
    page = render(team)
    marks = [
        "<h1",
        "Salon Bio &amp; Sens</span><small>",
        "Lancement Brise",
        'class="fold"',
        "Nouveau site",
        'id="late"',
        'id="week"',
        'id="waits"',
        'id="load"',
        'id="timelines"',
        'id="ownerless"',
        'id="remarks"',
    ]
    body = page[page.index("<h1") :]
    main = body[body.index("<main") :]
    places = [body.index(marks[0]), *(len(body) + main.index(mark) for mark in marks[1:])]
    assert places == sorted(places)
    assert "Salon Bio &amp; Sens ne tient pas sa date" in page


def test_the_page_speaks_english_too(team: Assessment) -> None:
    """In English no heading, legend, hint or button of the page is what it is in French."""

    def words() -> set[str]:
        own = re.compile(r"<(h[123]|button|footer|p)\b[^>]*>(.*?)</\1>", re.DOTALL)
        return {re.sub(r"<[^>]*>", "", each[1]).strip() for each in own.findall(render(team))} - {""}

    french = words()
    use("en")
    assert '<html lang="en">' in render(team)
    assert "Who waits for whom" in "".join(words())
    assert not {each for each in french & words() if re.search(r"[a-z]{3}", each)}


def test_an_empty_workspace_still_has_a_page(team: Assessment) -> None:
    """Without boards, tasks or schedule the page says what to do."""
    page = render(replace(team, portfolio=Portfolio(), schedule=Schedule(), findings=()))
    assert "Aucun projet pour l’instant" in page
    assert "Rien n’est en retard." in page


def test_nobody_is_ranked(team: Assessment) -> None:
    """People stand in the order of their names, wherever they are listed."""
    made = view(team)
    for names in ([each.name for each in made.heat.shown], [group.name for group in made.remarks[1:]]):
        assert names == sorted(names, key=str.casefold)


def test_facets_reach_what_they_name(team: Assessment) -> None:
    """A task answers to its project, owner, client, channel and board, and a filter without a choice is not offered."""
    facets = Facets.over(team)
    task = next(task for task in team.portfolio.tasks if task.key == "t:b6")
    names = {
        name
        for token in facets.of(task).split()
        for kind in facets.names
        for t, name in facets.names[kind].items()
        if t == token
    }
    assert names == {"Lancement Brise", "Hugo Lefèvre", "Maison Aubier", "Web", "Lancements"}
    assert facets.choices("board") == []


days = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@given(days, st.integers(0, 600), days)
def test_every_bar_lies_within_its_drawing(first: date, length: int, today: date) -> None:
    """Whatever the dates, places and widths are percentages between 0 and 100."""
    finish = first + timedelta(days=length)
    drawn = Bar(start=first, finish=finish, tone="todo", latest=finish + timedelta(days=9), due=first)
    made = row(drawn, window([drawn], [], today))
    numbers = [float(number) for number in re.findall(r'(?:x|width)="([^"]+)%"', made)]
    assert numbers
    assert all(0 <= number <= 100 for number in numbers)


@given(st.lists(st.tuples(days, st.integers(0, 99)), max_size=8), days)
def test_the_window_is_made_of_weeks_and_holds_what_is_near(spans: list[tuple[date, int]], today: date) -> None:
    """It begins on a Monday, ends on a Sunday, holds today and every bar of the last quarter and the next two years."""
    bars = [Bar(start=first, finish=first + timedelta(days=length), tone="todo") for first, length in spans]
    span = window(bars, [], today)
    assert (span.first.weekday(), span.last.weekday()) == (0, 6)
    assert span.first <= today <= span.last
    for each in bars:
        if today - PAST <= each.start and each.finish <= today + FUTURE:
            assert span.first <= each.start
            assert each.finish <= span.last


def test_one_old_card_squeezes_nothing(team: Assessment) -> None:
    """A card done nine years ago is counted, not drawn, and the timeline stays as wide as the work."""
    old = replace(team.portfolio.tasks[0], due=date(2018, 1, 5), completed=None, start=None)
    tasks = (old, *team.portfolio.tasks[1:])
    track = view(replace(team, portfolio=replace(team.portfolio, tasks=tasks))).tracks[0]
    assert track.done_left_out == 1
    assert old.title not in {each.title for each in track.rows}


@pytest.mark.parametrize("field", ["start", "due", "actual_finish"])
@pytest.mark.parametrize("day", [date.min, date(9999, 12, 30), date.max])
def test_a_date_at_the_end_of_time_breaks_nothing(team: Assessment, day: date, field: str) -> None:
    """What stands for “never”, such as 31/12/9999, is drawn at the edge, and nobody counts the days up to it."""
    asked = set[date]()

    def work(person: str | None, when: date) -> int:
        asked.add(as_date(when, PARIS))
        return team.work_minutes(person, when)

    tasks = tuple(replace(each, **{field: day}) for each in team.portfolio.tasks)  # type: ignore[arg-type]  # a date
    far = replace(team, portfolio=replace(team.portfolio, tasks=tasks), work_minutes=work)
    for schedule in (team.schedule, Schedule()):
        made = view(replace(far, schedule=schedule))
        assert sum(len(track.rows) for track in made.tracks) > 9
    assert len(asked) < 3_000


def test_days_off_are_shaded_as_runs(team: Assessment) -> None:
    """Four weeks show four weekends and one lone holiday."""
    span = Window(date(2027, 4, 5), date(2027, 5, 2))
    rests = DaysOff(replace(team, work_minutes=lambda _who, day: day.weekday() < 5 and day != date(2027, 4, 14)))
    shaded = backdrop(span, date(2027, 4, 6), [], rests)
    assert re.findall(r'class="off" d="([^"]+)"', shaded)[0].count("M") == 5


@pytest.mark.parametrize(
    ("key", "late", "tone"),
    [
        ("t:s1", False, "done"),
        ("t:s9", False, "doing"),
        ("t:s3", True, "late"),
        ("t:w4", False, "todo"),
        ("t:s5", False, "late"),
    ],
)
def test_colours_mean_one_thing(team: Assessment, key: str, *, late: bool, tone: str) -> None:
    """Done, under way, late (or without slack left) and to come each have their own tone."""
    task = next(task for task in team.portfolio.tasks if task.key == key)
    made = bar(task, team.schedule.tasks.get(key), late=late, today=NOW.date(), zone=PARIS)
    assert made is not None
    assert made.tone == tone


def test_a_week_says_how_full_it_is_and_who_is_away(team: Assessment) -> None:
    """Each cell has its days, its level by share of what can be taken on, and both in words; leave is said."""
    rows = {row.name: row for row in view(team).heat.shown}
    karim, hugo = rows["Karim Benali"], rows["Hugo Lefèvre"]
    assert [(cell.days, cell.level, cell.away) for cell in karim.cells[:4]] == [
        ("", 0, 0),
        ("", 0, 0),
        ("–", 0, 5),
        ("", 0, 0),
    ]
    assert [cell.words for cell in karim.cells[1:3]] == ["libre", "absence"]
    assert (hugo.room, hugo.cells[3].level, hugo.cells[3].words) == ("4", 5, "6,4 j sur 4, trop")
    levels = {(cell.level, cell.words.partition(" ")[0]) for row in rows.values() for cell in row.cells if cell.level}
    assert {level for level, _ in levels} >= {2, 4, 5}


def test_a_part_of_a_week_off_is_said_too(team: Assessment) -> None:
    """Two days of leave are two fifths of the week, beside the work that is left for it."""
    leave = {date(2027, 2, 1), date(2027, 2, 2)}

    def work(person: str | None, day: date) -> int:
        return 0 if person == "hugo" and as_date(day, PARIS) in leave else team.work_minutes(person, day)

    (hugo,) = (row for row in view(replace(team, work_minutes=work)).heat.shown if row.name == "Hugo Lefèvre")
    assert hugo.cells[3].away == 2
    assert hugo.cells[3].words.endswith("2 jours non travaillés")


def test_many_people_are_folded_but_for_the_overloaded(team: Assessment) -> None:
    """Beyond nine people eight stand open, all who are overloaded among them; both parts are in the order of names."""
    owners = tuple(Owner(f"p{number}", f"Personne {number:02}") for number in range(20))
    busy = next(task for task in team.portfolio.tasks if task.key == "t:b10")
    tasks = tuple(replace(busy, key=f"x{number}", owners=(owner,)) for number, owner in enumerate(owners))
    planned = team.schedule.tasks["t:b10"]
    schedule = replace(
        team.schedule,
        tasks={
            task.key: replace(planned, key=task.key, estimate_minutes=9000 if number == 17 else 60)
            for number, task in enumerate(tasks)
        },
    )
    made = view(replace(team, portfolio=replace(team.portfolio, tasks=tasks), schedule=schedule)).heat
    assert [row.name for row in made.shown] == [*(f"Personne {number:02}" for number in range(7)), "Personne 17"]
    assert len(made.folded) == 12
    assert made.overloaded == "1 personne en surcharge"


def test_a_reviewer_finds_what_waits_for_them_not_what_they_will_review(team: Assessment) -> None:
    """In the lists a task is its owners’; the one who is to approve it has it among what waits."""
    facets = Facets.over(team)
    task = next(task for task in team.portfolio.tasks if task.key == "t:s8")
    assert task.reviewer is not None
    reviewer = facets.token("person", task.reviewer.key, task.reviewer.name)
    assert reviewer in facets.of(task).split()
    assert reviewer not in facets.of(task, reviewed=False).split()
    made = view(team)
    mine = facets_named(made, task.reviewer.name)
    lists = {each.id: each for each in made.lists}
    assert [each.title for each in lists["waits"].entries if mine in each.facets.split() and "valid" in each.lead]
    assert not [
        each.title for each in lists["week"].entries if each.title == task.title and mine in each.facets.split()
    ]


def facets_named(made: View, name: str) -> str:
    """The token of a person on the page."""
    people = next(choices for kind, _, choices in made.filters if kind == "person")
    return next(token for token, each in people if each == name)


def test_the_lists_show_less_below_more_projects() -> None:
    """Below three projects five entries stand open, below many three; the rest is folded and counted."""
    few, many = view(agency(1)), view(agency(12))
    assert (len(few.lines), len(few.others), few.most) == (2, 0, (5, 5, 3, 3))
    assert (len(many.lines), len(many.others), many.most) == (5, 19, (3, 3, 2, 1))
    assert many.others_said == "19 autres projets à surveiller"


def test_projects_that_all_hold_stand_open_while_they_are_few(team: Assessment) -> None:
    """With nothing to worry about, the page shows what holds instead of an empty fold."""
    (site,) = (project for project in team.portfolio.projects if project.key == "site")
    calm = replace(team, portfolio=replace(team.portfolio, projects=(site,)))
    made = view(calm)
    assert ([each.name for each in made.lines], made.folded) == (["Nouveau site"], ())
    assert made.headline == "Nouveau site tient sa date"


def test_load_on_a_part_is_all_that_a_person_has_to_do(team: Assessment) -> None:
    """A project’s page shows the weeks of its people as full as they are, over all boards."""
    part = part_of(team, Part(project="site"))
    whole = {row.name: row.cells for row in view(team).heat.shown}
    rows = view(part, whole=team).heat.shown
    assert {row.name for row in rows} < set(whole)
    assert all(row.cells == whole[row.name] for row in rows)
    assert view(part, whole=team).whose == "Cidrerie du Phare"


def test_nobody_is_asked_whose_week_it_is_where_there_is_one(team: Assessment) -> None:
    """“Ma semaine” is offered where there are people to choose from."""
    alone = replace(
        team.portfolio, tasks=tuple(replace(each, owners=(), reviewer=None) for each in team.portfolio.tasks)
    )
    buttons = [
        next(attributes for tag, attributes in outline(render(each)).elements if attributes.get("name") == "week")
        for each in (team, replace(team, portfolio=alone))
    ]
    assert ["hidden" in attributes for attributes in buttons] == [False, True]


def test_sources_that_are_all_stale_are_told_once(team: Assessment) -> None:
    """Where some sources were read now a project tells of the others; where none was, the head of the page does."""
    fresh, stale = team.portfolio.sources
    told = re.compile(r"base.?: données du|base: data of")
    assert fresh.state is SourceStatus.FRESH
    assert len(told.findall(render(team))) == 2
    both = replace(fresh, state=stale.state, read_at=stale.read_at), stale
    assert len(told.findall(render(replace(team, portfolio=replace(team.portfolio, sources=both))))) == 1
