"""CEN102 scattered-project."""

from collections.abc import Iterator
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import Finding, Severity, Template
from retro.ports import Context
from retro_practices.ends import members

_NAMES = {"trello": "Trello", "notion": "Notion"}
"""Tools by their own names; any other kind of source is called what the configuration calls it."""
_BOARDS = (
    a_board(),
    a_board("Base", key="notion:base"),
    a_board("Salon", key="file:salon"),
)
_TASKS = (a_task("[Print] Flyer"), a_task("[Web] FAQ", on="notion:base"), a_task("[Print] Stand", on="file:salon"))


class ScatteredProject(BaseRule):
    """A project whose tasks stand in too many tools.

    What it says:
        The open tasks of one project stand in more than `tools` tools: on Trello, in Notion and in a sheet, say. Any
        number of boards of one tool is fine.

    Why:
        Nobody looks into three tools before answering "are we on time?". What stands in the one that is not looked at
        is forgotten.

    How to fix it in Notion:
        Choose the tool in which the project lives and move the other tasks there; or keep one central base that shows
        all of them: `retro mirror` keeps it in step.

    How to fix it in Trello:
        Choose the tool in which the project lives and move the other tasks there; or keep one central base that shows
        all of them: `retro mirror` keeps it in step.
    """

    code: ClassVar[str] = "CEN102"
    name: ClassVar[str] = "scattered-project"
    french_name: ClassVar[str] = "projet éparpillé"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("the project’s tasks are in more than {most} tools: {tools}")
    rests_on: ClassVar[frozenset[str]] = frozenset()

    tools: int = Field(default=2, ge=1, description="The most tools that one project may stand in.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Two tools.", *_TASKS[:2], boards=_BOARDS[:2]),
        case(
            "Only ideas in the third.",
            *_TASKS[:2],
            a_task("[Print] Stand", on="file:salon", section="Idées"),
            boards=_BOARDS,
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Three tools.", *_TASKS, boards=_BOARDS),
            Expected("p", {"tools": ("Notion", "Trello", "file"), "most": 2}),
        ),
        bad(
            case("Two where one was chosen.", *_TASKS[:2], boards=_BOARDS[:2], options={"tools": 1}),
            Expected("p", {"tools": ("Notion", "Trello"), "most": 1}),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Name the tools in which each project's open tasks stand."""
        kinds = {state.id: state.kind for state in context.portfolio.sources}
        tool_of = {
            board.key: kinds.get(board.source) or board.key.partition(":")[0] for board in context.portfolio.boards
        }
        if len(set(tool_of.values())) <= self.tools:
            return
        for project, tasks in context.derived(members).items():
            tools = {tool_of[task.board] for task in tasks}
            if len(tools) > self.tools:
                names = tuple(sorted(_NAMES.get(tool, tool) for tool in tools))
                yield self.on_subject(project, {"tools": names, "most": self.tools}, project=project)
