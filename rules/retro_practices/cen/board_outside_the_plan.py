"""CEN103 board-outside-the-plan."""

from collections.abc import Iterator
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, Expected, a_task, bad, case
from retro.model import Finding, Severity, Template
from retro.ports import Context, Discovered

_FLYER = a_task("[Print] Flyer")


def _board(name: str, workspace: str = "agence") -> Discovered:
    return Discovered(at=f"https://trello.com/b/{name}", name=name, workspace=workspace, private=False)


class BoardOutsideThePlan(BaseRule):
    """A board of the team's workspace that no plan knows of.

    What it says:
        In a workspace of which retro.toml names a board, the token sees other boards that it does not name. Only
        `retro doctor` asks the tool for them, and tells them to whoever runs it with their own token; boards of other
        workspaces, private ones, and those of a tool that does not tell which are private are never named. In
        `retro lint` and on boards it is silent; `ignore = ["CEN103"]` silences doctor too.

    Why:
        Work on a board that nobody reads has no date in the plan and takes hours that the plan gives to something
        else.

    How to fix it in Notion:
        It does not happen there: Notion shows a connection only what was shared with it, and not what is private.

    How to fix it in Trello:
        Write a [boards] section for the board if it belongs to the plan; close it if nobody uses it any more; else
        leave it.
    """

    code: ClassVar[str] = "CEN103"
    name: ClassVar[str] = "board-outside-the-plan"
    french_name: ClassVar[str] = "tableau hors du plan"
    default: ClassVar[Severity] = Severity.OFF
    template: ClassVar[Template] = Template(
        "{count} board of the same workspace is in no plan: {boards}",
        "{count} boards of the same workspace are in no plan: {boards}",
    )
    rests_on: ClassVar[frozenset[str]] = frozenset()

    good: ClassVar[tuple[Case, ...]] = (
        case("Every board is in the plan.", _FLYER),
        case("Nobody asked which boards there are.", _FLYER, a_task("[Web] FAQ")),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Two others in the workspace.", _FLYER, outside=(_board("Salon"), _board("Blog"))),
            Expected("agence", {"count": 2, "boards": ("Blog", "Salon")}),
        ),
        bad(
            case("One in each of two workspaces.", _FLYER, outside=(_board("Salon"), _board("Blog", "client"))),
            Expected("agence", {"count": 1, "boards": ("Salon",)}),
            Expected("client", {"count": 1, "boards": ("Blog",)}),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Name what was discovered beside the plan, workspace by workspace."""
        found: dict[str, list[str]] = {}
        for board in context.outside:
            found.setdefault(board.workspace, []).append(board.name or board.at)
        for workspace, names in sorted(found.items()):
            yield self.on_subject(workspace, {"count": len(names), "boards": tuple(sorted(names))})
