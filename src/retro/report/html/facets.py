"""What the page can be filtered by. Each value gets a short token; an element carries the tokens that it answers to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from retro.model import Assessment, Project, Task
from retro.report.untrusted import printable

KINDS = {"project": "p", "person": "w", "client": "k", "channel": "c", "board": "b"}


@dataclass
class Facets:
    """Values seen so far, by kind, in the order of their tokens."""

    tokens: dict[str, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    names: dict[str, dict[str, str]] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    _projects: dict[str, Project] = field(default_factory=dict[str, Project])
    _boards: dict[str, str] = field(default_factory=dict[str, str])
    _of_task: dict[tuple[str, bool], str] = field(default_factory=dict[tuple[str, bool], str])

    @classmethod
    def over(cls, assessment: Assessment) -> "Facets":
        """The facets of everything that the page can show."""
        portfolio = assessment.portfolio
        return cls(
            _projects={key: project for project in portfolio.projects for key in project.tasks},
            _boards={board.key: board.name for board in portfolio.boards},
        )

    def token(self, kind: str, key: str, name: str) -> str:
        """The token of one value; its name is kept for the filter."""
        known = self.tokens[kind]
        if key not in known:
            known[key] = f"{KINDS[kind]}{len(known)}"
            self.names[kind][known[key]] = printable(name) or "–"
        return known[key]

    def of(self, task: Task, *, reviewed: bool = True) -> str:
        """The tokens of a task, blank-separated; unless `reviewed`, it is its owners' alone, not its reviewer's."""
        key = (task.key, reviewed)
        if key not in self._of_task:
            self._of_task[key] = " ".join(dict.fromkeys(self._tokens(task, reviewed=reviewed)))
        return self._of_task[key]

    def of_all(self, tasks: Iterable[Task], *, reviewed: bool = True) -> str:
        """The tokens of several tasks together."""
        each = (token for task in tasks for token in self.of(task, reviewed=reviewed).split())
        return " ".join(dict.fromkeys(each))

    def of_project(self, project: Project, tasks: Mapping[str, Task]) -> str:
        """The tokens of a project: its own, and those of everything in it, so that a person finds their projects."""
        own = [self.token("project", project.key, project.name)]
        if project.client:
            own.append(self.token("client", project.client, project.client))
        return " ".join(
            dict.fromkeys((*own, *self.of_all(tasks[key] for key in project.tasks if key in tasks).split()))
        )

    def choices(self, kind: str) -> list[tuple[str, str]]:
        """(token, name) by name; none where there is nothing to choose between."""
        found = sorted(self.names[kind].items(), key=lambda each: (each[1].casefold(), each[0]))
        return found if len(found) > 1 else []

    def _tokens(self, task: Task, *, reviewed: bool) -> Iterable[str]:
        project = self._projects.get(task.key)
        if project is not None:
            yield self.token("project", project.key, project.name)
        for owner in (*task.owners, *((task.reviewer,) if task.reviewer and reviewed else ())):
            yield self.token("person", owner.key, owner.name)
        client = task.client or (project.client if project else "")
        if client:
            yield self.token("client", client, client)
        if task.channel:
            yield self.token("channel", task.channel.casefold(), task.channel)
        if task.board in self._boards:
            yield self.token("board", task.board, self._boards[task.board])
