"""How long the central page of 5 000 tasks takes, and how large it is (wanted: 2 s, 3 MB).

Run from the repository's root: `python bench/view.py [TASKS]`. The tasks are made up, the same on every run.
"""

import sys
from datetime import date, datetime, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

from retro.calendars import build_calendar
from retro.i18n import use
from retro.model import (
    AnchorVerdict,
    Assessment,
    Board,
    Category,
    EstimateOrigin,
    Finding,
    Link,
    Owner,
    Portfolio,
    Project,
    Schedule,
    Severity,
    SourceState,
    SourceStatus,
    Status,
    StatusOrigin,
    Task,
    TaskSchedule,
    Template,
)
from retro.report.html import render

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2027, 1, 11, 9, tzinfo=PARIS)
DAY = 420
PER_PROJECT = 50
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


def main() -> None:
    """Print the figures."""
    use("fr")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    assessment = workspace(count)
    begun = perf_counter()
    page = render(assessment)
    took = perf_counter() - begun
    print(f"{count} tasks: {took:.2f} s, {len(page.encode()) / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
