"""Which part of an assessment a report shows: one project, one client, one person.

What it says of that part stays as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from retro.i18n.words import fold
from retro.model import Assessment, Finding, Owner, Portfolio, Project, Schedule, Slippage, Task
from retro.run.named import find_client, find_owner, find_project


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What was asked for, in the words of the command line; nothing: all of it."""

    project: str | None = None
    client: str | None = None
    owner: str | None = None

    @property
    def everything(self) -> bool:
        """Whether nothing is to be left out."""
        return self.project is None and self.client is None and self.owner is None


def part_of(assessment: Assessment, part: Part) -> Assessment:
    """The assessment of that part alone: its projects and tasks, and whatever hangs on them.

    A client's part are the projects that are the client's, and the tasks that name the client wherever they stand; a
    task of such a project that names another client is that one's. A person's part are the tasks that the person has,
    or has to approve, and the projects that these belong to.

    Raises:
        ConfigurationError: words that mean no project, client or person here, or several.
    """
    if part.everything:
        return assessment
    portfolio = assessment.portfolio
    projects, keys = portfolio.projects, {task.key for task in portfolio.tasks}
    if part.client is not None:
        client = fold(find_client(part.client, clients(portfolio), "--client"))
        keys = {key for key, name in client_of_tasks(portfolio).items() if fold(name) == client}
        projects = tuple(each for each in projects if _is_of(each, client, keys))
    if part.project is not None:
        projects = (find_project(part.project, projects, "--project"),)
        keys &= set(projects[0].tasks)
    if part.owner is not None:
        owner = find_owner(part.owner, portfolio, "--owner").key
        keys &= {task.key for task in portfolio.tasks if any(each.key == owner for each in (*task.owners, *task.busy))}
        projects = tuple(each for each in projects if not keys.isdisjoint(each.tasks))
    return _of(assessment, projects, keys)


def clients(portfolio: Portfolio) -> tuple[str, ...]:
    """Every client that a project or a task names, once, by name."""
    named = [each for each in (*(p.client for p in portfolio.projects), *(t.client for t in portfolio.tasks)) if each]
    found = {fold(name): name for name in reversed(named)}
    return tuple(found[key] for key in sorted(found))


def client_of_tasks(portfolio: Portfolio) -> dict[str, str]:
    """The client of each task by its key: the one that it names, else its project's, else ""."""
    of_project = {key: project.client for project in portfolio.projects for key in project.tasks}
    return {task.key: task.client or of_project.get(task.key, "") for task in portfolio.tasks}


def _is_of(project: Project, client: str, keys: set[str]) -> bool:
    """Whether a project is a client's: its own word says so, else all of its tasks do."""
    if project.client:
        return fold(project.client) == client
    return bool(project.tasks) and keys.issuperset(project.tasks)


def _of(assessment: Assessment, projects: tuple[Project, ...], keys: set[str]) -> Assessment:
    portfolio = assessment.portfolio
    tasks = tuple(task for task in portfolio.tasks if task.key in keys)
    used = {task.board for task in tasks} | {board for project in projects for board in project.boards}
    boards = tuple(board for board in portfolio.boards if board.key in used)
    sources = {board.source for board in boards}
    known = {project.key for project in projects}
    names = {owner.key for task in tasks for owner in _people(task)} | {project.guardian for project in projects}
    return replace(
        assessment,
        portfolio=replace(
            portfolio,
            sources=tuple(state for state in portfolio.sources if state.id in sources or state.unread or state.unknown),
            boards=boards,
            tasks=tasks,
            people=tuple(person for person in portfolio.people if person.key in names),
            teams=tuple(team for team in portfolio.teams if team.key in names),
            projects=tuple(replace(each, tasks=tuple(key for key in each.tasks if key in keys)) for each in projects),
            links=tuple(link for link in portfolio.links if {link.predecessor, link.successor} <= keys),
            unresolved=tuple(each for each in portfolio.unresolved if each.task in keys),
        ),
        schedule=_schedule(assessment.schedule, known, keys),
        unlevelled=None if assessment.unlevelled is None else _schedule(assessment.unlevelled, known, keys),
        findings=tuple(each for each in assessment.findings if _concerns(each, known, used, keys)),
        slippage=None if assessment.slippage is None else slippage_of(assessment.slippage, known, keys),
        standings=tuple(each for each in assessment.standings if each.project in known),
        statistics=None,
    )


def _people(task: Task) -> Iterable[Owner]:
    return (*task.owners, *((task.reviewer,) if task.reviewer else ()))


def _schedule(schedule: Schedule, projects: set[str], keys: set[str]) -> Schedule:
    anchors = tuple(
        replace(
            anchor,
            chain=tuple(key for key in anchor.chain if key in keys),
            steps=tuple(step for step in anchor.steps if step.task in keys),
            levers=tuple(lever for lever in anchor.levers if {lever.task, lever.other} <= {None, *keys}),
        )
        for anchor in schedule.anchors
        if anchor.project in projects
    )
    return replace(
        schedule,
        tasks={key: planned for key, planned in schedule.tasks.items() if key in keys},
        anchors=anchors,
        cycles=tuple(cycle for cycle in schedule.cycles if keys.issuperset(cycle)),
        unresolved=tuple(each for each in schedule.unresolved if each.task in keys),
        overloads=tuple(each for each in schedule.overloads if keys.issuperset(each.tasks)),
        buffers=tuple(each for each in schedule.buffers if each.project in projects),
    )


def slippage_of(slippage: Slippage, projects: set[str], keys: set[str]) -> Slippage:
    """What became of these tasks and projects; counts of the whole plan stay what they are."""
    return replace(
        slippage,
        projects=tuple(each for each in slippage.projects if each.key in projects),
        tasks=tuple(each for each in slippage.tasks if each.key in keys or each.project in projects),
        planned={key: span for key, span in slippage.planned.items() if key in keys},
    )


def _concerns(finding: Finding, projects: set[str], boards: set[str], keys: set[str]) -> bool:
    """Whether a finding is about this part: a task or some tasks of it, a project, else a board."""
    if finding.task is not None:
        return finding.task in keys
    if finding.tally is not None:
        return not keys.isdisjoint(finding.tally.keys)
    if finding.project is not None:
        return finding.project in projects
    return finding.board in boards
