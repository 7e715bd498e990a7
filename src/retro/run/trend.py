"""How projects stand today, kept with every day before: what small charts of their way are drawn from."""

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from retro.model import Assessment, Finding, Project, ProjectStanding, Severity, as_date
from retro.ports import Ledger
from retro.report.outlook import Outlook, outlooks
from retro.report.worklists import late_keys

LOOKED_BACK = timedelta(weeks=26)
"""How far back a trend reaches."""


def standings(assessment: Assessment) -> list[ProjectStanding]:
    """How each project stands at the assessment's instant, in the figures of its reports; the worst comes first."""
    zone = ZoneInfo(assessment.zone_name)
    counts = _remarks(assessment)
    ends = _forecasts(assessment, zone)
    return [
        _standing(each, as_date(assessment.now, zone), counts[each.project.key], ends)
        for each in outlooks(assessment, late_keys(assessment))
    ]


def remember_standings(
    ledger: Ledger, assessment: Assessment, fresh: AbstractSet[str], *, told_now: bool = False
) -> None:
    """Keep how projects stand, for the day of the run; the last run of a day is the one that counts.

    A project is kept once all of its boards are `fresh` (keys of those read in this run), and none while there are
    boards that were never read: what is not known may bear on every date. With `told_now` a person named the hour
    (`--now`): where later days are known already, nothing was seen then that those would not tell.
    """
    if assessment.portfolio.never_read:
        return
    today = as_date(assessment.now, ZoneInfo(assessment.zone_name))
    if told_now and ledger.standings(today + timedelta(days=1)):
        return
    boards = {task.key: task.board for task in assessment.portfolio.tasks}
    whole = {project.key for project in assessment.portfolio.projects if _boards_of(project, boards) <= fresh}
    ledger.keep_standings([each for each in standings(assessment) if each.project in whole])


def with_standings(ledger: Ledger, assessment: Assessment) -> Assessment:
    """The assessment with how its projects stood on the last days up to today, as far as that was kept."""
    today = as_date(assessment.now, ZoneInfo(assessment.zone_name))
    projects = {project.key for project in assessment.portfolio.projects}
    kept = ledger.standings(today - LOOKED_BACK)
    return replace(assessment, standings=tuple(each for each in kept if each.day <= today and each.project in projects))


def _boards_of(project: Project, boards: Mapping[str, str]) -> set[str]:
    """Keys of all boards that a project has anything on."""
    return {*project.boards, *(boards[task] for task in project.tasks if task in boards)}


def _standing(
    outlook: Outlook, today: date, remarks: Mapping[Severity, int], forecasts: Mapping[str, date]
) -> ProjectStanding:
    anchor = outlook.anchor
    return ProjectStanding(
        day=today,
        project=outlook.project.key,
        margin_share=outlook.margin_share,
        missing_minutes=anchor.missing_minutes if anchor is not None else 0,
        end=outlook.day,
        forecast=forecasts.get(anchor.key if anchor is not None else outlook.project.key),
        open=outlook.total - outlook.done,
        done=outlook.done,
        errors=remarks[Severity.ERROR],
        warnings=remarks[Severity.WARNING],
        infos=remarks[Severity.INFO],
    )


def _forecasts(assessment: Assessment, zone: ZoneInfo) -> dict[str, date]:
    """The soonest that all open work could be over, by anchor that it comes before, and by project."""
    open_ = {task.key for task in assessment.portfolio.tasks if task.is_awaited}
    of = {task: project.key for project in assessment.portfolio.projects for task in project.tasks}
    found: dict[str, date] = {}
    for key, planned in assessment.schedule.tasks.items():
        if planned.earliest_finish is None or key not in open_:
            continue
        day = as_date(planned.earliest_finish, zone)
        for name in (planned.anchor, of.get(key)):
            if name is not None:
                found[name] = max(found.get(name, day), day)
    return found


def _remarks(assessment: Assessment) -> Mapping[str, Counter[Severity]]:
    """Primary remarks of each project, by severity."""
    projects = assessment.portfolio.projects
    of_task = {task: project.key for project in projects for task in project.tasks}
    of_board: dict[str, list[str]] = {}
    for project in projects:
        for board in project.boards:
            of_board.setdefault(board, []).append(project.key)
    counts = {project.key: Counter[Severity]() for project in projects}

    def concerned(finding: Finding) -> Iterator[str]:
        tasks = (finding.task,) if finding.task is not None else finding.tally.keys if finding.tally else ()
        if found := {of_task[task] for task in tasks if task in of_task}:
            yield from found
        elif finding.project in counts:
            yield finding.project
        else:
            yield from of_board.get(finding.board or "", ())

    for finding in assessment.findings:
        for key in concerned(finding) if finding.primary else ():
            counts[key][finding.severity] += 1
    return counts
