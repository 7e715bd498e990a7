"""Exceptions written on cards: which findings they hold back, and which of them deserve a word themselves.

A line on a task holds for that task and the lines of its checklist; on a row that stands for a project, for the
project and all of its tasks; on the task that stands for an anchor, for what is said of its project as well.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as default
from functools import cached_property, partial

from retro.lint.selection import nearest
from retro.lint.suppression_grammar import Directive, directives, read_line
from retro.model import Category, Finding, Role, SuppressionFact, SuppressionState, Task
from retro.ports import Context

LEAST_LETTERS = 3
"""A beginning of codes names a family at least: `OWN`."""

Judged = Callable[[Task, str], bool]
"""Whether the rules that a code covers ran and could speak on a task: what they then hold back nothing of is unused."""


def covers(chosen: str, code: str) -> bool:
    """Whether what an exception names covers a rule."""
    return len(chosen) >= LEAST_LETTERS and code.startswith(chosen)


@dataclass(frozen=True, slots=True)
class _Line:
    """One exception where it stands, and which of its codes held something back."""

    task: Task
    field: str
    said: Directive
    used: set[str] = default(default_factory=set)


class Suppressions:
    """Every exception of a portfolio. Reading them is one look at each description and each different label."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lines: dict[str, list[_Line]] = {}
        labels: dict[str, Directive | None] = {}
        for task in context.portfolio.tasks:
            for label in task.labels:
                if label not in labels:
                    labels[label] = read_line(label)
                if (said := labels[label]) is not None:
                    self._add(task, "labels", said)
            if task.description:
                for said in directives(task.description):
                    self._add(task, "description", said)

    def _add(self, task: Task, place: str, said: Directive) -> None:
        self._lines.setdefault(task.key, []).append(_Line(task, place, said))

    def __bool__(self) -> bool:
        return bool(self._lines)

    def hold_back(self, finding: Finding) -> bool:
        """Whether an exception that has not expired covers a finding; each one that does is noted as used."""
        held = False
        for line in self._about(finding):
            if not self._expired(line):
                used = [code for code in line.said.codes if covers(code, finding.code)]
                line.used.update(used)
                held = held or bool(used)
        return held

    def facts(
        self, known: Mapping[str, str], mandatory: Callable[[str], bool], judged: Judged
    ) -> list[SuppressionFact]:
        """What deserves a word, once all other rules have spoken: on tasks that somebody still looks at.

        Args:
            known: the name of each rule by its code.
            mandatory: whether a rule's code is one that nobody may silence.
            judged: whether a code could have held something back on a task.
        """
        return [
            fact
            for lines in self._lines.values()
            for line in lines
            if _looked_at(line.task)
            for fact in self._of(line, known, mandatory, judged)
        ]

    def _of(
        self, line: _Line, known: Mapping[str, str], mandatory: Callable[[str], bool], judged: Judged
    ) -> Iterator[SuppressionFact]:
        said, fact = line.said, partial(SuppressionFact, task=line.task.key, field=line.field)
        if not said.codes:
            yield fact(state=SuppressionState.UNREADABLE, text=said.text)
        elif not said.reason and line.field != "labels":
            yield fact(state=SuppressionState.UNEXPLAINED, code=", ".join(said.codes))
        for code in said.codes:
            covered = [each for each in known if covers(code, each)]
            if not covered:
                near = nearest(code, known)
                yield fact(state=SuppressionState.UNKNOWN, code=code, near=near)
            elif all(map(mandatory, covered)):
                yield fact(state=SuppressionState.MANDATORY, code=code)
            elif self._expired(line):
                yield fact(state=SuppressionState.EXPIRED, code=code, until=said.until)
            elif code not in line.used and judged(line.task, code):
                yield fact(state=SuppressionState.UNUSED, code=code, until=said.until)

    def _expired(self, line: _Line) -> bool:
        return line.said.until is not None and line.said.until < self._context.today

    def _about(self, finding: Finding) -> Iterable[_Line]:
        """The exceptions in whose reach a finding lies."""
        project = self._projects.get(finding.project or "", [])
        task = self._context.tasks.get(finding.task) if finding.task is not None else None
        if task is None:
            return project if finding.project is not None else self._lines.get(finding.subject, ())
        own = self._lines.get(task.key, [])
        if task.role is Role.ITEM and task.parent is not None:
            own = own + self._lines.get(task.parent, [])
        row = self._context.projects.get(task.key) if self._rows else None
        return own if row is None else own + self._rows.get(row.key, [])

    @cached_property
    def _rows(self) -> Mapping[str, list[_Line]]:
        """Lines on rows that stand for projects, by the project's key, which is the row's."""
        return {key: lines for key, lines in self._lines.items() if lines[0].task.role is Role.PROJECT}

    @cached_property
    def _projects(self) -> Mapping[str, list[_Line]]:
        """Lines that hold for what is said of a project as a whole, by its key."""
        found: dict[str, list[_Line]] = {}
        for project in self._context.portfolio.projects:
            carriers = {project.key, *(anchor.task for anchor in project.anchors if anchor.task is not None)}
            lines = [line for key in sorted(carriers) for line in self._lines.get(key, ())]
            if lines:
                found[project.key] = lines
        return found


def _looked_at(task: Task) -> bool:
    """Whether anybody is to see to a card: an open task that is wanted, or the row of a project that is not over."""
    category = task.status.category
    if task.archived or not category.is_open:
        return False
    return task.role is Role.PROJECT or (task.role in (Role.TASK, Role.ITEM) and category is not Category.IDEA)
