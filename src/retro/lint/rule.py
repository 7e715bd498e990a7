"""What every rule of a pack starts from: who it is, what it judges, and the options that all of them have."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field

from retro.lint.examples import Bad, Case
from retro.model import BoardKind, Finding, Fix, Param, Project, Severity, Task, Template
from retro.ports import Context


class BaseRule(BaseModel, ABC):
    """A rule with its options set. A subclass holds the practice only.

    Its docstring is its page, under four fixed headings; its examples are its tests. Instance fields are its
    options, checked by pydantic. The runner settles severity, aggregation and what is primary.
    """

    # Most rules get no option, and then need nothing that checks one (see `options.build_rules`).
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    code: ClassVar[str]
    """Family and number, never reused: `OWN101`."""
    name: ClassVar[str]
    """The bad pattern: `no-owner`."""
    french_name: ClassVar[str]
    """Its name in French, beside the code."""
    default: ClassVar[Severity]
    """Its severity in the standard profile; `off`: only where its code is selected.

    A finding may be graver than its rule: it then counts as those of a rule with that severity would.
    """
    soft: ClassVar[Severity] = Severity.INFO
    """The most that it says in the gentle profile."""
    strict: ClassVar[Severity] = Severity.OFF
    """What a rule that is off says in the strict profile."""
    by_prefix: ClassVar[bool] = False
    """Whether the beginning of its code is enough to wake it where it is off: so in a pack that is off as a whole."""
    aggregates: ClassVar[bool] = False
    """Whether one finding stands for all where it holds for most of a board."""
    template: ClassVar[Template]
    """Its sentence; a rule with several keeps the others in `templates`."""
    templates: ClassVar[tuple[Template, ...]] = ()
    many: ClassVar[Template | None] = None
    """The sentence of its aggregated finding, with `{count}` and `{base}`; needed where it aggregates."""
    field: ClassVar[str | None] = None
    """The field of the task that its findings are about."""
    kinds: ClassVar[frozenset[BoardKind]] = frozenset(BoardKind)
    """The kinds of board on which it speaks."""
    rests_on: ClassVar[frozenset[str]] = frozenset({"status"})
    """Fields whose assumed value makes its finding an assumption. A rule for open tasks rests on the status."""
    comes_and_goes: ClassVar[bool] = False
    """Whether it is silent at most times, or without a history: an exception to it is then never called unused."""
    reads_suppressions: ClassVar[bool] = False
    """Whether it judges what became of exceptions (`Context.suppressions`): it runs after all others."""
    fixes: ClassVar[str] = ""
    """"safe", "unsafe", or "" where it proposes no change."""
    good: ClassVar[tuple[Case, ...]] = ()
    bad: ClassVar[tuple[Bad, ...]] = ()

    severity: Severity | None = Field(
        default=None, description="error, warning, info or off, instead of the profile’s severity."
    )
    aggregate: bool | None = Field(
        default=None, description="true: one finding where it holds for most of a board. false: one a task."
    )
    share: float = Field(
        default=0.5, ge=0, le=1, description="Most of a board: more than this part of the tasks that it judges there…"
    )
    threshold: int = Field(default=10, ge=1, description="…where it judges at least so many.")

    def base(self, context: Context) -> Iterator[Task]:
        """The tasks that the rule judges: open ones that are wanted (no ideas), on boards of its kinds."""
        silent = self.silent_boards(context)
        return iter(context.wanted) if not silent else (task for task in context.wanted if task.board not in silent)

    def silent_boards(self, context: Context) -> set[str]:
        """Keys of the boards on which it does not speak, being of other kinds."""
        return {board.key for board in context.portfolio.boards if board.kind not in self.kinds}

    @abstractmethod
    def check(self, context: Context) -> Iterator[Finding]:
        """Yield what is wrong, one finding a subject."""

    def projects(self, context: Context) -> Iterator[Project]:
        """The projects that have a board of the rule's kinds."""
        for project in context.portfolio.projects:
            boards = [context.boards[key] for key in project.boards if key in context.boards]
            if any(board.kind in self.kinds for board in boards):
                yield project

    def on_task(
        self,
        task: Task,
        params: Mapping[str, Param] | None = None,
        *,
        template: Template | None = None,
        detail: str = "",
        fix: Fix | None = None,
        assumed: bool = False,
        severity: Severity | None = None,
    ) -> Finding:
        """A finding on one task; `severity` where it is graver than the rule's own."""
        return Finding(
            code=self.code,
            name=self.name,
            severity=severity or self.default,
            template=template or self.template,
            params=params or {},
            subject=task.key,
            board=task.board,
            task=task.key,
            field=self.field,
            detail=detail,
            fix=fix,
            assumed=assumed or not self.rests_on.isdisjoint(task.assumed),
        )

    def on_subject(
        self,
        subject: str,
        params: Mapping[str, Param] | None = None,
        *,
        board: str | None = None,
        project: str | None = None,
        template: Template | None = None,
        detail: str = "",
        assumed: bool = False,
    ) -> Finding:
        """A finding on a board, a project or a cycle."""
        return Finding(
            code=self.code,
            name=self.name,
            severity=self.default,
            template=template or self.template,
            params=params or {},
            subject=subject,
            board=board,
            project=project,
            field=self.field,
            detail=detail,
            assumed=assumed,
        )

    @classmethod
    def sentences(cls) -> tuple[Template, ...]:
        """Every sentence that the rule may say, for catalogues and pages."""
        return (cls.template, *cls.templates, *([cls.many] if cls.many else []))
