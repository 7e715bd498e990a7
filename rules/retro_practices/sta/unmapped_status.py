"""STA102 unmapped-status."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from retro.i18n.words import category_guess, says
from retro.lint import BaseRule
from retro.lint.examples import BOARD, Bad, Case, Expected, a_board, a_task, bad, case
from retro.model import Board, Category, Finding, Param, Severity, StatusOrigin, Task, Template
from retro.ports import Context

_FEWEST_CATEGORIES = 3
_SEVERAL = Template(
    "{count} task stands in lists whose meaning is not known ({statuses}): under {table} in retro.toml, {line}",
    "{count} tasks stand in lists whose meaning is not known ({statuses}): under {table} in retro.toml, {line}",
)

_KNOWN = (a_task("[Web] A"), a_task("[Web] B", section="À produire"), a_task("[Web] C", section="Terminé"))


class UnmappedStatus(BaseRule):
    """A list or status whose meaning retro does not know.

    What it says:
        Tasks stand in a list (or have a status) that is no known word for to do, under way, in review, ready, done
        or cancelled. Until the configuration says what it means they are taken as to do, and nothing above
        information is said on that ground. One finding a list; a board that uses fewer than three known categories
        gets one for all of them.

    Why:
        Status tells at a glance where each task stands, for those who read the board and for the plan: what is done
        needs no time, what is in review waits for somebody else.

    How to fix it in Notion:
        Add the line that the finding proposes under the board in retro.toml, with the category that is right. Or use
        a status property, whose groups tell what each option means.

    How to fix it in Trello:
        Add the line that the finding proposes under the board in retro.toml, with the category that is right. Or
        rename the list to a usual name ("À faire", "En cours", "En validation", "Terminé").
    """

    code: ClassVar[str] = "STA102"
    name: ClassVar[str] = "unmapped-status"
    french_name: ClassVar[str] = "statut inconnu"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template(
        "the meaning of “{status}” is not known ({count} task): under {table} in retro.toml, {line}",
        "the meaning of “{status}” is not known ({count} tasks): under {table} in retro.toml, {line}",
    )
    templates: ClassVar[tuple[Template, ...]] = (_SEVERAL,)
    field: ClassVar[str | None] = "status"
    rests_on: ClassVar[frozenset[str]] = frozenset()

    good: ClassVar[tuple[Case, ...]] = (
        case("Usual lists.", *_KNOWN),
        case("An unknown list without tasks.", *_KNOWN, boards=(a_board(sections=("À planifier", "Zone 51")),)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("One list among usual ones.", *_KNOWN, a_task("[Web] D", section="Chez Paul")),
            Expected(
                BOARD,
                {
                    "status": "Chez Paul",
                    "count": 1,
                    "table": "[boards.campagne]",
                    "line": 'status = { todo = ["Chez Paul"] }',
                },
                detail="Chez Paul",
            ),
        ),
        bad(
            case(
                "A word of another language: its meaning is proposed.", *_KNOWN, a_task("[Web] D", section="Erledigt")
            ),
            Expected(
                BOARD,
                {
                    "status": "Erledigt",
                    "count": 1,
                    "table": "[boards.campagne]",
                    "line": 'status = { done = ["Erledigt"] }',
                },
                detail="Erledigt",
            ),
        ),
        bad(
            case(
                "A board by topics: one finding for all its lists.",
                a_task("Flyer", section="Print"),
                a_task("FAQ", section="Web"),
                a_task("Home page", section="Web"),
            ),
            Expected(
                BOARD,
                {
                    "statuses": ("Print", "Web"),
                    "count": 3,
                    "table": "[boards.campagne]",
                    "line": 'status = { todo = ["Print", "Web"] }',
                },
            ),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Every task that is counted, whatever its status."""
        return iter(context.counted)

    def check(self, context: Context) -> Iterator[Finding]:
        """Gather, board by board, the categories in use and the statuses that no word list knows."""
        used: dict[str, set[Category]] = {}
        unknown: dict[str, dict[str, int]] = {}
        for task in self.base(context):
            if task.status.origin is not StatusOrigin.INFERRED:
                used.setdefault(task.board, set()).add(task.status.category)
            elif task.status.raw:
                counts = unknown.setdefault(task.board, {})
                counts[task.status.raw] = counts.get(task.status.raw, 0) + 1
        for key, counts in unknown.items():
            place = context.boards.get(key)
            if len(used.get(key, ())) < _FEWEST_CATEGORIES and len(counts) > 1:
                yield self._of_board(key, place, counts)
            else:
                yield from self._one_each(key, place, counts)

    def _of_board(self, key: str, place: Board | None, counts: Mapping[str, int]) -> Finding:
        names = tuple(sorted(counts))
        return self.on_subject(
            key,
            {"statuses": names, "count": sum(counts.values()), "table": _table(place), "line": _line(names)},
            board=key,
            template=_SEVERAL,
        )

    def _one_each(self, key: str, place: Board | None, counts: Mapping[str, int]) -> Iterator[Finding]:
        for name, count in counts.items():
            facts: dict[str, Param] = {"status": name, "count": count, "table": _table(place), "line": _line([name])}
            yield self.on_subject(key, facts, board=key, detail=name)


def _table(board: Board | None) -> str:
    """The board's table in retro.toml; a board that stands in none yet gets an ellipsis for its name."""
    alias = (board.alias if board is not None else "") or "…"
    return f"[boards.{alias}]"


def _line(names: Sequence[str]) -> str:
    """A configuration line to begin with, by what the names suggest.

    A word of another language gives its category, files and meetings stay out of the plan, the rest is to do.
    """
    meant: dict[Category, list[str]] = {}
    for name in names:
        # A TOML string in double quotes is written as a JSON string is.
        meant.setdefault(_guess(name), []).append(json.dumps(name, ensure_ascii=False))
    parts = (f"{category.value} = [{', '.join(meant[category])}]" for category in Category if category in meant)
    return f"status = {{ {', '.join(parts)} }}"


def _guess(name: str) -> Category:
    aside = Category.CANCELLED if says("board_kind", "informs", name) else Category.TODO
    return category_guess(name) or aside
