"""An agency that never was: the marketing team's Monday several times over, for other clients."""

from collections.abc import Callable
from dataclasses import replace

from tests import marketing_team

from retro.model import AnchorVerdict, Assessment, Portfolio, Project, Schedule, Task, TaskSchedule

NAMES = ("Nova", "Lumen", "Rivage", "Opale", "Cobalt", "Mistral", "Sillage", "Azur", "Granit", "Corail", "Ambre")


def agency(copies: int) -> Assessment:
    """So many times three projects, held by the same seven people; the first ones are the marketing team's own."""
    team = marketing_team.team()
    made = [team, *(_copy(team, number) for number in range(1, copies))]
    portfolio = replace(
        team.portfolio,
        tasks=tuple(task for each in made for task in each.portfolio.tasks),
        projects=tuple(project for each in made for project in each.portfolio.projects),
        links=tuple(link for each in made for link in each.portfolio.links),
    )
    anchors = tuple(anchor for each in made for anchor in each.schedule.anchors)
    planned = {key: task for each in made for key, task in each.schedule.tasks.items()}
    return replace(team, portfolio=portfolio, schedule=replace(team.schedule, tasks=planned, anchors=anchors))


def _copy(team: Assessment, number: int) -> Assessment:
    def named(key: str) -> str:
        return f"{key}~{number}"

    portfolio, schedule = team.portfolio, team.schedule
    client = NAMES[number % len(NAMES)]
    return replace(
        team,
        portfolio=Portfolio(
            tasks=tuple(_task(task, named, client) for task in portfolio.tasks),
            projects=tuple(_project(project, named, client) for project in portfolio.projects),
            links=tuple(
                replace(x, predecessor=named(x.predecessor), successor=named(x.successor)) for x in portfolio.links
            ),
        ),
        schedule=Schedule(
            tasks={named(key): _planned(each, named) for key, each in schedule.tasks.items()},
            anchors=tuple(_anchor(each, named) for each in schedule.anchors),
        ),
    )


def _task(task: Task, named: Callable[[str], str], client: str) -> Task:
    return replace(task, key=named(task.key), client=client if task.client else None)


def _project(project: Project, named: Callable[[str], str], client: str) -> Project:
    return replace(
        project,
        key=named(project.key),
        name=f"{project.name} {client}",
        tasks=tuple(named(key) for key in project.tasks),
        client=client,
        anchors=tuple(replace(each, key=named(each.key), project=named(each.project)) for each in project.anchors),
    )


def _planned(planned: TaskSchedule, named: Callable[[str], str]) -> TaskSchedule:
    return replace(planned, key=named(planned.key), anchor=named(planned.anchor) if planned.anchor else None)


def _anchor(anchor: AnchorVerdict, named: Callable[[str], str]) -> AnchorVerdict:
    return replace(
        anchor,
        key=named(anchor.key),
        project=named(anchor.project),
        chain=tuple(named(key) for key in anchor.chain),
        steps=tuple(replace(step, task=named(step.task)) for step in anchor.steps),
        levers=tuple(
            replace(each, task=named(each.task) if each.task else None, other=named(each.other) if each.other else None)
            for each in anchor.levers
        ),
    )
