"""How long the central page of 5 000 tasks takes, how large it is, and how a browser bears it.

Run from the repository's root: `python bench/view.py [TASKS]`. The tasks are made up, the same on every run; all that
a page can draw is on it. 1 where 5 000 tasks take more than 2 s of processor or 3 MB, or a filter more than 100 ms of
script. What a browser does with it is told where there is a chromium.
"""

import shutil
import sys
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from zoneinfo import ZoneInfo

from playwright.sync_api import sync_playwright

from retro.calendars import build_calendar
from retro.i18n import use
from retro.model import (
    AnchorVerdict,
    Assessment,
    Board,
    Category,
    EndBasis,
    EndSlip,
    EstimateOrigin,
    Finding,
    Happened,
    Lever,
    Link,
    Moved,
    Owner,
    PlanEnd,
    Portfolio,
    Project,
    ProjectSlip,
    ProjectStanding,
    Schedule,
    Severity,
    Slippage,
    SourceState,
    SourceStatus,
    Status,
    StatusOrigin,
    Task,
    TaskSchedule,
    TaskSlip,
    Template,
)
from retro.report.html import render

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 11, 9, tzinfo=PARIS)
DAY = 420
PER_PROJECT = 50
OF_TASKS, MOST_SECONDS, MOST_MEGABYTES = 5_000, 2.0, 3.0
MOST_FILTER = 100
"""Milliseconds of script."""
PEOPLE = tuple(Owner(f"p{number}", f"Personne Numéro-{number}") for number in range(40))
CATEGORIES = (
    Category.DONE,
    Category.DONE,
    Category.DOING,
    Category.TODO,
    Category.TODO,
    Category.REVIEW,
    Category.TODO,
)
WORK = (
    "Rédiger l’article de fond",
    "Maquette du kakémono",
    "Relecture juridique",
    "Page d’atterrissage",
    "Envoi au client",
)


def workspace(count: int) -> Assessment:
    """`count` tasks on ten boards, fifty a project, forty people, a link from each task to the next but one."""
    calendar = build_calendar()
    tasks, plans = [], {}
    for number in range(count):
        key = f"trello:{number:024x}"
        start = calendar.next_working_day(NOW.date() + timedelta(days=(number * 7) % 120 - 40))
        finish = calendar.shift(start, 2 + number % 6)
        category = CATEGORIES[number % len(CATEGORIES)]
        tasks.append(
            Task(
                key=key,
                board=f"trello:b{number % 10}",
                title=f"[Canal {number % 12}] {WORK[number % len(WORK)]} n° {number}",
                url=f"https://trello.com/c/{number:08x}",
                owners=() if number % 23 == 0 else (PEOPLE[number % len(PEOPLE)],),
                due=None if number % 11 == 0 else finish,
                status=Status("Liste", category, StatusOrigin.MAPPED),
                channel=f"Canal {number % 12}",
            )
        )
        plans[key] = TaskSchedule(
            key=key,
            estimate_minutes=DAY * (2 + number % 6),
            estimate_origin=EstimateOrigin.NUMBER,
            earliest_start=max(NOW, calendar.first_minute(start)),
            earliest_finish=max(NOW, calendar.last_minute(finish)),
            latest_start=calendar.first_minute(start + timedelta(days=5)),
            latest_finish=calendar.last_minute(finish + timedelta(days=5)),
            advised_start=calendar.first_minute(start),
            advised_finish=calendar.last_minute(finish),
            total_slack_minutes=DAY * (number % 9),
            critical=number % 9 == 0,
            anchor=f"a{number // PER_PROJECT}",
        )
    projects = tuple(
        Project(
            key=f"j{number}",
            name=f"Projet {number}",
            tasks=tuple(t.key for t in tasks[number * PER_PROJECT :][:PER_PROJECT]),
        )
        for number in range((count + PER_PROJECT - 1) // PER_PROJECT)
    )
    anchors = tuple(
        AnchorVerdict(
            key=f"a{number}",
            name="Lancement",
            project=project.key,
            date=calendar.last_minute(date(2027, 5, 3)),
            feasible=number % 5 != 0,
            missing_minutes=0 if number % 5 else 3 * DAY,
            slack_minutes=(number % 30 - 3) * DAY,
        )
        for number, project in enumerate(projects)
    )
    findings = tuple(
        Finding(
            code="OWN101",
            name="no-owner",
            severity=Severity.ERROR,
            template=Template("Personne n’en est responsable."),
            subject=task.key,
            task=task.key,
        )
        for task in tasks[::2]
    )
    return Assessment(
        portfolio=Portfolio(
            sources=(SourceState(id="equipe", kind="trello", state=SourceStatus.FRESH, read_at=NOW),),
            boards=tuple(Board(key=f"trello:b{n}", name=f"Tableau {n}", source="equipe") for n in range(10)),
            tasks=tuple(tasks),
            projects=projects,
            links=tuple(Link(before.key, after.key) for before, after in zip(tasks, tasks[2:], strict=False)),
        ),
        schedule=Schedule(tasks=plans, anchors=anchors),
        findings=findings,
        now=NOW,
        lang="fr",
        zone_name="Europe/Paris",
        day_minutes=DAY,
        work_minutes=lambda _person, day: DAY if calendar.is_working_day(day) else 0,
    )


def with_everything(assessment: Assessment) -> Assessment:
    """The same with whatever a page can draw: a baseline a week before, months of standings, holidays, chains."""
    zone = ZoneInfo("Europe/Paris")
    week = timedelta(days=7)
    planned, slips = {}, []
    for task in assessment.portfolio.tasks:
        plan = assessment.schedule.tasks[task.key]
        if task.status.category is Category.DONE or plan.advised_start is None or plan.advised_finish is None:
            continue
        was = plan.advised_finish.date() - week
        planned[task.key] = (plan.advised_start.date() - week, was)
        now = plan.advised_finish.date()
        moved = Moved(was=was, now=now, days=7, working_days=5)
        slips.append(TaskSlip(happened=Happened.MOVED, key=task.key, title=task.title, board=task.board, moved=moved))
    ends = []
    for anchor in assessment.schedule.anchors:
        day = anchor.on(zone)
        moved = Moved(was=day - week, now=day, days=7, working_days=5)
        slip = EndSlip(
            basis=EndBasis.ANCHOR,
            was=PlanEnd(day=day - week, name=""),
            now=PlanEnd(day=day, name=""),
            moved=moved,
        )
        ends.append(ProjectSlip(key=anchor.project, name="", ends=(slip,)))
    chain_of = {project.key: project.tasks[:12] for project in assessment.portfolio.projects}
    return replace(
        assessment,
        schedule=replace(
            assessment.schedule,
            anchors=tuple(
                each
                if each.feasible
                else replace(each, chain=chain_of[each.project], levers=(Lever(kind="cut", gain_minutes=DAY),) * 3)
                for each in assessment.schedule.anchors
            ),
        ),
        slippage=Slippage(
            name="kickoff",
            set_at=NOW - 4 * week,
            then=len(planned),
            open=len(planned),
            kept=0,
            projects=tuple(ends),
            tasks=tuple(slips),
            planned=planned,
        ),
        standings=tuple(
            ProjectStanding(
                day=NOW.date() - timedelta(days=days),
                project=project.key,
                margin_share=0.4 - 0.005 * (90 - days),
                end=NOW.date() + 16 * week,
                forecast=NOW.date() + 15 * week + timedelta(days=(90 - days) // 7),
                errors=days % 7,
                warnings=days % 11,
            )
            for project in assessment.portfolio.projects
            for days in range(90, -1, -1)
        ),
        holiday=partial(build_calendar().holiday, lang="fr"),
    )


def opened(page: str, folder: Path) -> tuple[str, float]:
    """What a browser makes of the page, in words, and the milliseconds of script that one filter takes."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        return "no chromium: nothing is known of how it opens", 0.0
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        there = browser.new_page(viewport={"width": 1440, "height": 900})
        begun = perf_counter()
        there.goto(file.as_uri())
        there.evaluate(_TWO_FRAMES)
        stands = perf_counter() - begun
        elements = there.evaluate("document.querySelectorAll('*').length")
        spent = [there.evaluate(_FILTER, number) for number in (3, 5, 0, 7, 0)]
        scrolled = there.evaluate(_SCROLL)
        browser.close()
    # The least of several: whatever else the machine does only adds to it.
    script, shows = (min(each[part] for each in spent) for part in (0, 1))
    said = (
        f"{elements} elements, {stands:.2f} s until it stands; a filter: {script:.0f} ms of script, {shows:.0f} ms "
        f"until it shows; the longest frame of a scroll: {scrolled:.0f} ms"
    )
    return said, script


_TWO_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
_FILTER = """async number => {
    const person = document.querySelector("select[name=person]"), begun = performance.now();
    person.selectedIndex = number;
    person.dispatchEvent(new Event("input", { bubbles: true }));
    const script = performance.now() - begun;
    await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
    return [script, performance.now() - begun];
}"""
_SCROLL = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    let last = await frame(), most = 0;
    document.documentElement.style.scrollBehavior = "auto";
    for (let y = 0; y < document.body.scrollHeight && y < 30000; y += 300) {
        scrollTo(0, y);
        const now = await frame();
        most = Math.max(most, now - last);
        last = now;
    }
    return most;
}"""


def main() -> int:
    """Print the figures; 1 where they are beyond what is allowed."""
    use("fr")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else OF_TASKS
    assessment = with_everything(workspace(count))
    begun = process_time()
    page = render(assessment)
    took, size = process_time() - begun, len(page.encode()) / 1e6
    print(f"{count} tasks: {took:.2f} s of processor, {size:.2f} MB")
    with TemporaryDirectory() as folder:
        said, filtered = opened(page, Path(folder))
    print(said)
    return int(count <= OF_TASKS and (took > MOST_SECONDS or size > MOST_MEGABYTES or filtered > MOST_FILTER))


if __name__ == "__main__":
    sys.exit(main())
