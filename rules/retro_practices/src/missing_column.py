"""SRC109 missing-column."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import BOARD, Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import BoardKind, ColumnUse, Finding, How, Severity, Task, Template
from retro.ports import Capabilities, Context
from retro_practices.columns import ROLES, lacking_columns

_BY_ROLE: Mapping[str, Template] = {
    "owners": Template("no column for owners: nobody can tell who does what"),
    "due": Template("no column for due dates: no task has one"),
    "status": Template("no column for statuses: nobody can tell what is done"),
    "channel": Template("no column for channels, and no title begins with one"),
    "predecessors": Template("no column for dependencies: nothing says what waits for what"),
}
_TABLE = {"equipe": Capabilities(columns=True)}


def _plan(says: str, *roles: str, tasks: tuple[Task, ...] | None = None) -> Case:
    """A sheet of two tasks with columns of these roles, which are all that it says."""
    columns = tuple(ColumnUse(role=role, name=role.capitalize(), how=How.NAMED) for role in ("title", *roles))
    owners = ("Léa Martin",) if "owners" in roles else ()
    due = date(2027, 2, 1) if "due" in roles else None
    bare = tuple(a_task(title, owners=owners, due=due) for title in ("Flyer", "Landing page"))
    return case(
        says,
        *(tasks or bare),
        boards=(replace(a_board(), mapping=columns),),
        capabilities=_TABLE,
    )


class MissingColumn(BaseRule):
    """A plan without any column for owners, due dates, statuses, channels or dependencies.

    What it says:
        A table has no column at all for one of these, and no task says it otherwise. It is said once for the board;
        the rules that would say it of each task are silent there. Dependencies are missed on project boards only.

    Why:
        What has no place on the board is kept in somebody's head. The first step is the column, not forty remarks on
        cells that do not exist.

    How to fix it in Notion:
        Add the property: Person ("Responsable"), Date ("Échéance"), Status, Select ("Canal"), or dependencies through
        the database's own sub-item and dependency settings.

    How to fix it in Trello:
        It does not happen there: a card always has members, a due date and a list. In a sheet, add the column with a
        usual heading ("Responsable", "Échéance", "Statut", "Canal", "Prédécesseurs").
    """

    code: ClassVar[str] = "SRC109"
    name: ClassVar[str] = "missing-column"
    french_name: ClassVar[str] = "colonne manquante"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = _BY_ROLE["owners"]
    templates: ClassVar[tuple[Template, ...]] = tuple(_BY_ROLE[role] for role in ROLES if role != "owners")
    rests_on: ClassVar[frozenset[str]] = frozenset()

    good: ClassVar[tuple[Case, ...]] = (
        _plan("A column for everything.", *ROLES),
        _plan("Titles tell the channel.", "owners", "due", "status", "successors", tasks=(a_task("[Print] Flyer"),)),
        case("A tool whose cards hold all of it.", a_task("Flyer", owners=(), due=None)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            _plan("A sheet of tasks, owners, dates and statuses.", "owners", "due", "status"),
            Expected(BOARD, detail="channel"),
            Expected(BOARD, detail="predecessors"),
        ),
        bad(
            _plan("Nobody and no date.", "status", "channel", "predecessors"),
            Expected(BOARD, detail="due"),
            Expected(BOARD, detail="owners"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Say, board by board, what nothing on it can say."""
        counted = {task.board for task in context.wanted}
        for board, roles in context.derived(lacking_columns).items():
            for role in ROLES:
                if role not in roles or board not in counted:
                    continue
                if role == "predecessors" and context.boards[board].kind is not BoardKind.PROJECT:
                    continue
                yield self.on_subject(board, board=board, template=_BY_ROLE[role], detail=role)
