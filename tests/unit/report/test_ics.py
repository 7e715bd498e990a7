"""Calendar feeds: days for people, tasks with links for tools, and what two other readers find in them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
import vobject  # type: ignore[import-untyped]  # it comes without types
from hypothesis import given
from hypothesis import strategies as st
from tests import marketing_team
from tests.hostile_board import HOSTILE

from retro.model import Anchor, Assessment, Category, Lag, LagUnit, Link, LinkType, Role, Task
from retro.report import ics
from retro.report.untrusted import printable
from retro.report.worklists import expected

TEAM = marketing_team.team()
SHOWN = "SUMMARY", "DTSTART", "DTEND"


def written(assessment: Assessment, **options: Any) -> str:
    """The feed's text, in French."""
    return ics.feed(assessment, name="Plan", lang="fr", **options).text


def read(text: str, kind: str = "VEVENT") -> dict[str, Any]:
    """The entries of a feed as icalendar reads them, by the title without its owner."""
    return {str(each["SUMMARY"]).split(" · ")[0]: each for each in icalendar.Calendar.from_ical(text).walk(kind)}


def with_tasks(assessment: Assessment, *tasks: Task, links: tuple[Link, ...] = ()) -> Assessment:
    """The assessment with other tasks and links, and no schedule for those that it does not know."""
    return replace(assessment, portfolio=replace(assessment.portfolio, tasks=tasks, links=links))


def changed(assessment: Assessment, key: str, **fields: Any) -> Assessment:
    """The assessment with one task changed."""
    tasks = [replace(task, **fields) if task.key == key else task for task in assessment.portfolio.tasks]
    return replace(assessment, portfolio=replace(assessment.portfolio, tasks=tuple(tasks)))


def alone(title: str = "Brief", **fields: Any) -> Assessment:
    """One task due on 2027-01-15, with other fields where they are given."""
    return with_tasks(TEAM, marketing_team.task("t:x", title, **{"due": date(2027, 1, 15), **fields}))


def only(text: str, kind: str = "VEVENT") -> Any:
    """The entry of the one task of a feed."""
    found = icalendar.Calendar.from_ical(text).walk(kind)
    return next(each for each in found if not str(each["SUMMARY"]).startswith("◆ "))


def test_each_task_is_a_day_on_which_every_list_expects_it() -> None:
    """Open tasks that have a date, the team's or the advised one, are all-day events on that very date."""
    events = read(written(TEAM))
    today = date(2027, 1, 11)
    for task in TEAM.portfolio.tasks:
        if not task.is_open or task.status.category is Category.IDEA:
            continue
        dated = expected(task, TEAM.schedule.tasks.get(task.key), marketing_team.PARIS, today)
        if dated is None:
            assert task.title not in events
            continue
        event = events[task.title]
        assert event.decoded("DTSTART") == dated.day
        assert event.decoded("DTEND") == dated.day + timedelta(days=1)
        assert type(event.decoded("DTSTART")) is date
        assert event["TRANSP"] == "TRANSPARENT"


def test_two_readers_find_the_same_days() -> None:
    """The `icalendar` and `vobject` libraries read the same titles and dates, of both kinds of feed."""
    for for_tools, kind, names in ((False, "vevent", ("dtstart", "dtend")), (True, "vtodo", ("dtstart", "due"))):
        text = written(TEAM, for_tools=for_tools)
        one = {
            str(each["UID"]): (str(each["SUMMARY"]), *(each.decoded(name) if name in each else None for name in names))
            for each in icalendar.Calendar.from_ical(text).walk(kind.upper())
        }
        other = {
            each.uid.value: (
                each.summary.value,
                *(getattr(each, name).value if hasattr(each, name) else None for name in names),
            )
            for each in getattr(vobject.readOne(text), f"{kind}_list")
        }
        assert one == other
        assert len(one) > 30


def test_a_calendar_says_its_name_and_when_to_look_again() -> None:
    """The head holds version, producer, name and refresh interval; the feed publishes, and invites nobody."""
    text = written(TEAM)
    head: Any = icalendar.Calendar.from_ical(text)
    assert [str(head[name]) for name in ("VERSION", "METHOD", "X-WR-CALNAME", "NAME")] == ["2.0", "PUBLISH"] + [
        "Plan"
    ] * 2
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in text
    assert not any(word in text for word in ("ATTENDEE", "ORGANIZER", "VALARM"))


def test_what_an_event_says() -> None:
    """Channel, owner, project, latest date and address stand in the event, in the workspace's language."""
    event = read(written(TEAM))["[CRM] 3 emails de lancement"]
    assert event["CATEGORIES"].cats == ["CRM"]
    assert event["URL"] == "https://trello.com/c/t:b9"
    assert str(event["DESCRIPTION"]).split("\n") == [
        "Responsable : Karim Benali",
        "Projet : Lancement Brise",
        "Client : Maison Aubier",
        "Au plus tard : 24 févr. 2027",
        "https://trello.com/c/t:b9",
    ]
    assert event["SUMMARY"] == "[CRM] 3 emails de lancement · Karim Benali"


def test_an_advised_date_is_called_one() -> None:
    """A task that the team gave no date stands on the advised one, and says so; one that nobody has says that."""
    event = read(written(changed(TEAM, "t:b6", due=None, owners=())))["[Web] Page produit Brise"]
    said = str(event["DESCRIPTION"])
    assert "Pas de date sur le tableau : celle-ci est conseillée." in said
    assert "Responsable : personne pour l’instant" in said


def test_one_persons_calendar_leaves_the_person_out() -> None:
    """Titles name the project instead, as the plan has several."""
    events = [str(each["SUMMARY"]) for each in icalendar.Calendar.from_ical(written(TEAM, owner=True)).walk("VEVENT")]
    assert "[CRM] 3 emails de lancement · Lancement Brise" in events
    assert not any("Karim" in each for each in events)


def test_dates_that_cannot_move_are_days_too() -> None:
    """Each anchor is an event with its project's name, on its own date; one long past is not."""
    text = written(TEAM)
    assert read(text)["◆ Lancement Brise – Mise en vente"].decoded("DTSTART") == date(2027, 3, 1)
    later = replace(TEAM, now=TEAM.now + timedelta(days=300))
    assert not any(name.startswith("◆") for name in read(written(later)))


def test_an_anchor_that_a_task_stands_for_is_one_event() -> None:
    """The task is there once, under the same UID that the anchor has where the task is somebody else's."""
    project = TEAM.portfolio.projects[0]
    anchor = Anchor(key="salon/0", name="Ouverture", date=date(2027, 1, 28), project="salon", task="t:s7")
    portfolio = replace(TEAM.portfolio, projects=(replace(project, anchors=(anchor,)), *TEAM.portfolio.projects[1:]))
    whole = read(written(replace(TEAM, portfolio=portfolio)))
    assert "[Événementiel] Livraison sur le stand" in whole
    assert not any(name.startswith("◆ Salon") for name in whole)
    others = replace(portfolio, tasks=tuple(task for task in portfolio.tasks if task.key != "t:s7"))
    part = read(written(replace(TEAM, portfolio=others)))
    assert (
        part["◆ Salon Bio & Sens – Ouverture du salon"]["UID"] == whole["[Événementiel] Livraison sur le stand"]["UID"]
    )


def test_what_is_done_has_a_tick_and_goes_after_three_months() -> None:
    """Done work stays on the day when it was done, for ninety days; ideas and cancelled tasks are never there."""
    events = read(written(TEAM))
    assert events["✓ [Print] Brief kakémono et plaquette"].decoded("DTSTART") == date(2026, 12, 16)
    assert "Podcast ?" not in events
    later = replace(TEAM, now=TEAM.now + timedelta(days=120))
    assert not any(name.startswith("✓") for name in read(written(later)))
    status = replace(TEAM.portfolio.tasks[0].status, category=Category.CANCELLED)
    assert "✓ [Événementiel] Réserver le stand de 18 m²" not in read(written(changed(TEAM, "t:s1", status=status)))


def test_done_work_stands_on_the_day_that_the_team_tells() -> None:
    """Where the board holds an actual finish, the tick that came a week later does not move it."""
    ticked = datetime(2027, 1, 10, 9, tzinfo=UTC)
    assert only(written(alone(category="done", completed=ticked))).decoded("DTSTART") == date(2027, 1, 10)
    told = alone(category="done", completed=ticked, actual_finish=date(2027, 1, 4))
    assert only(written(told)).decoded("DTSTART") == date(2027, 1, 4)


def test_a_parent_stands_back_behind_its_children() -> None:
    """A card that open tasks are part of is no day of its own; the line of a checklist is named with its card."""
    parent = marketing_team.task("t:p", "Salon", due=date(2027, 1, 20))
    child = marketing_team.task("t:c", "Stand", due=date(2027, 1, 18), parent="t:p")
    line = marketing_team.task("t:c/1", "Devis", due=date(2027, 1, 15), parent="t:c", role=Role.ITEM)
    events = read(written(with_tasks(TEAM, parent, child, line)))
    assert {name for name in events if "◆" not in name} == {"Stand", "Stand › Devis"}


@pytest.mark.parametrize(
    ("due", "day"),
    [
        (datetime(2027, 1, 15, 23, 30, tzinfo=UTC), date(2027, 1, 16)),
        (datetime(2027, 7, 15, 21, 59, tzinfo=UTC), date(2027, 7, 15)),
        (datetime(2027, 7, 15, 22, 0, tzinfo=UTC), date(2027, 7, 16)),
        (date(2027, 3, 28), date(2027, 3, 28)),
    ],
)
def test_a_day_is_that_of_the_workspace(due: Any, day: date) -> None:
    """An hour counts on the clock of the workspace, in summer and winter; a date is the same in every zone."""
    assert only(written(alone(due=due))).decoded("DTSTART") == day
    assert only(written(alone(due=due), for_tools=True), "VTODO").decoded("DUE") == day


@pytest.mark.parametrize("day", [date.min, date(999, 12, 31), date.max])
def test_days_at_the_ends_of_time(day: date) -> None:
    """Any date that a board can hold is written with a year of four digits; the very last has no day after it."""
    assert only(written(alone(due=day))).decoded("DTSTART") == day


def test_tools_get_progress_and_dates() -> None:
    """A VTODO has start, due, status and percentage; a start on the day that it is due is left out."""
    todos = read(written(changed(TEAM, "t:b5", percent=40.4), for_tools=True), "VTODO")
    under_way = todos["[SEO] 4 articles de fond sur les actifs marins"]
    assert (under_way["STATUS"], int(under_way["PERCENT-COMPLETE"])) == ("IN-PROCESS", 40)
    assert (under_way.decoded("DTSTART"), under_way.decoded("DUE")) == (date(2027, 1, 4), date(2027, 1, 22))
    done = todos["[Marque] Nom et identité validés"]
    assert (done["STATUS"], int(done["PERCENT-COMPLETE"])) == ("COMPLETED", 100)
    assert done.decoded("COMPLETED") == datetime(2026, 12, 11, 16, tzinfo=UTC)
    assert todos["[Vente] Formation des 6 conseillères"]["STATUS"] == "NEEDS-ACTION"
    same = only(written(alone(start=date(2027, 1, 15)), for_tools=True), "VTODO")
    assert "DTSTART" not in same


def related(todo: Any) -> set[tuple[str, str, str | None]]:
    """What a VTODO says of others: kind, UID, gap."""
    found = todo.get("RELATED-TO", [])
    each = found if isinstance(found, list) else [found]
    return {(one.params["RELTYPE"], str(one), one.params.get("GAP")) for one in each}


def test_tools_get_links_and_parents() -> None:
    """A successor depends on its predecessor, which names it by the kind of link with its lag; a child its parent."""
    brief, draft, print_ = (
        marketing_team.task(f"t:{number}", title, parent="t:3" if number < 3 else None)
        for number, title in enumerate(("Brief", "Maquette", "Impression"), 1)
    )
    links = (
        Link("t:1", "t:2", LinkType.SS, Lag(-2 * marketing_team.DAY)),
        Link("t:1", "t:3", LinkType.FS, Lag(90, LagUnit.ELAPSED)),
        Link("t:2", "t:2"),
        Link("t:2", "t:gone"),
    )
    todos = read(written(with_tasks(TEAM, brief, draft, print_, links=links), for_tools=True), "VTODO")
    uids = [str(todos[title]["UID"]) for title in ("Brief", "Maquette", "Impression")]
    assert related(todos["Brief"]) == {
        ("PARENT", uids[2], None),
        ("STARTTOSTART", uids[1], "-P2D"),
        ("FINISHTOSTART", uids[2], "PT1H30M"),
    }
    assert related(todos["Maquette"]) == {("PARENT", uids[2], None), ("DEPENDS-ON", uids[0], None)}
    assert related(todos["Impression"]) == {("DEPENDS-ON", uids[0], None)}


def test_a_uid_outlives_the_title() -> None:
    """A task keeps its UID whatever it is called, an event and a to-do of it have two, and no two tasks have one."""
    first, second = only(written(alone("Brief"))), only(written(alone("Autre chose")))
    assert first["UID"] == second["UID"]
    todos = read(written(TEAM, for_tools=True), "VTODO")
    uids = {str(each["UID"]) for each in (*todos.values(), *read(written(TEAM)).values())}
    assert len(uids) == len(todos) + len(read(written(TEAM)))


def test_a_feed_written_again_is_the_same_file() -> None:
    """Where nothing changed, a later run writes the very same bytes, stamps and all."""
    for for_tools in (False, True):
        first = written(TEAM, for_tools=for_tools)
        again = written(replace(TEAM, now=TEAM.now + timedelta(hours=5)), for_tools=for_tools, previous=first)
        assert again == first
        assert written(TEAM, for_tools=for_tools) == first


@pytest.mark.parametrize("title", ["END:VEVENT", "END:VTODO", "BEGIN:VEVENT", "UID:x"])
def test_a_title_in_words_of_the_format_is_remembered_too(title: str) -> None:
    """What is called as a line of the file begins or ends keeps its stamps like any other entry."""
    there = alone(title, owners=())
    for for_tools in (False, True):
        first = written(there, for_tools=for_tools)
        later = replace(there, now=there.now + timedelta(hours=5))
        assert written(later, for_tools=for_tools, previous=first) == first


def test_only_what_changed_has_a_new_number() -> None:
    """A moved date raises the SEQUENCE of its event alone; moved back, it rises again."""
    later = TEAM.now + timedelta(days=1)
    first = written(TEAM)
    moved = written(replace(changed(TEAM, "t:b9", due=date(2027, 2, 12)), now=later), previous=first)
    back = written(replace(TEAM, now=later), previous=moved)
    numbers = [{str(each["UID"]): each["SEQUENCE"] for each in read(text).values()} for text in (first, moved, back)]
    uid = str(read(first)["[CRM] 3 emails de lancement"]["UID"])
    assert [each.pop(uid) for each in numbers] == [0, 1, 2]
    assert numbers[0] == numbers[1] == numbers[2]
    event = read(moved)["[CRM] 3 emails de lancement"]
    assert event.decoded("LAST-MODIFIED") == event.decoded("DTSTAMP") == later.astimezone(UTC)


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    """Whatever a board holds comes back as one line of text, in lines of 75 bytes, and nothing else is said by it."""
    person = replace(marketing_team.owner("lea"), name=words)
    there = alone(words, owners=(person,), channel=words, client=words, url=f"https://x.invalid/{words}")
    for for_tools, kind in ((False, "VEVENT"), (True, "VTODO")):
        text = written(there, for_tools=for_tools)
        entry = only(text, kind)
        title = printable(words) or "(sans titre)"
        assert str(entry["SUMMARY"]).startswith(title[:100])
        assert text.count(f"BEGIN:{kind}") == len(icalendar.Calendar.from_ical(text).walk(kind))
        assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
        assert not any(ord(sign) < 32 for sign in text.replace("\r\n", ""))
        assert len(getattr(vobject.readOne(text), f"{kind.lower()}_list")) == text.count(f"BEGIN:{kind}")


@given(st.text(max_size=120), st.text(max_size=400))
def test_any_text_comes_back(title: str, name: str) -> None:
    """Folding and escaping lose nothing: what both readers find is what was written, and no line is too long."""
    person = replace(marketing_team.owner("lea"), name=name)
    text = written(alone(title, owners=(person,)))
    owner = printable(name)
    owner = owner if len(owner) <= 200 else f"{owner[:199].rstrip()}…"
    wanted = " · ".join(part for part in (printable(title) or "(sans titre)", owner) if part)
    entry = only(text)
    assert str(entry["SUMMARY"]) == wanted
    assert str(entry["DESCRIPTION"]).split("\n")[0] == f"Responsable : {owner or 'personne pour l’instant'}"
    assert wanted in [each.summary.value for each in vobject.readOne(text).vevent_list]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
