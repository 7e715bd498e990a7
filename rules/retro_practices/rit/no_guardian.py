"""RIT103 no-guardian."""

from collections.abc import Iterator
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import BoardKind, Finding, History, Severity, Template
from retro.ports import Context


class NoGuardian(BaseRule):
    """A project of whose plan nobody is the guardian.

    What it says:
        A project with open tasks names no guardian: neither its section of retro.toml (`guardian = "lea"`) nor the
        owner of its row, where projects have one. Boards that are always on need none; of boards given as files it is
        not asked.

    Why:
        A plan that belongs to everybody is kept up to date by nobody. The guardian does not do the work: they ask at
        the weekly meeting what has moved, and correct the dates with those who hold them.

    How to fix it in Notion:
        Put a person into the owner column of the project's row; or write `guardian = "lea"` in its section of
        retro.toml.

    How to fix it in Trello:
        Write `guardian = "lea"` in the section of the project in retro.toml (`[projects.name]`).
    """

    code: ClassVar[str] = "RIT103"
    name: ClassVar[str] = "no-guardian"
    french_name: ClassVar[str] = "planning sans gardien"
    default: ClassVar[Severity] = Severity.INFO
    comes_and_goes: ClassVar[bool] = True
    template: ClassVar[Template] = Template("nobody is named as the guardian of this plan")
    field: ClassVar[str | None] = "guardian"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    good: ClassVar[tuple[Case, ...]] = (
        case("Léa is.", a_task("[Web] FAQ"), guardian="lea", history=History()),
        case("All of it is done.", a_task("[Web] FAQ", section="Terminé"), history=History()),
        case(
            "A board that is always on.", a_task("[Web] FAQ"), boards=(a_board(kind=BoardKind.FLOW),), history=History()
        ),
        case("A file: there is nowhere to name one.", a_task("[Web] FAQ")),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("A project with work, and nobody to keep its plan.", a_task("[Web] FAQ"), history=History()),
            Expected("p", {"project": "Campagne"}),
        ),
        bad(
            case("A name of blanks is none.", a_task("[Web] FAQ"), guardian=" ", history=History()),
            Expected("p", {"project": "Campagne"}),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Look at each project that has work left."""
        if context.history is None:
            return
        wanted = {task.key for task in context.wanted}
        for project in self.projects(context):
            if not project.guardian.strip() and not wanted.isdisjoint(project.tasks):
                alone = project.boards[0] if len(project.boards) == 1 else None
                yield self.on_subject(project.key, {"project": project.name}, board=alone, project=project.key)
