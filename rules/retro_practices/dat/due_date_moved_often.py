"""DAT105 due-date-moved-often."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, a_task, bad, case, key_of, on
from retro.model import DueMove, Finding, History, Param, Severity, Task, Template
from retro.model.due_moves import steps
from retro.ports import Context

_BY = Template(
    "the due date has moved {count} time, by {who}: it was {first} at first",
    "the due date has moved {count} times, by {who}: it was {first} at first",
)


def _when(day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=ZONE)


def _moved(*moves: DueMove) -> Task:
    return replace(a_task("[Print] Flyer"), due_history=moves)


def _move(day: int, old: int, new: int, who: str | None = "Léa Martin", minute: int = 0) -> DueMove:
    return DueMove(_when(day, minute=minute), who, date(2027, 1, old), date(2027, 1, new))


_THREE = (_move(1, 4, 11), _move(8, 11, 18, "Karim Benali"), _move(15, 18, 25))


class DueDateMovedOften(BaseRule):
    """A due date that was moved again and again.

    What it says:
        The due date of an open task has been moved to another day more than `times` times (2): how often, by whom,
        and what it was at first. Trello tells the moves; elsewhere retro knows them from its own reads, and cannot
        tell who made them. Moves within an hour of each other are one, and those that retro itself made are none.
        Nothing is said of boards given as files, of which nothing is remembered.

    Why:
        A date that has moved three times was never one. It is rarely the work that is late: it waits for somebody, it
        is too large, or nobody needs it; each calls for another remedy than a fourth date.

    How to fix it in Notion:
        Ask the owner what the row waits for; then split it, hand it over, or drop it, and set the date that holds.

    How to fix it in Trello:
        Ask the owner what the card waits for; then split it, hand it over, or drop it, and set the date that holds.
    """

    code: ClassVar[str] = "DAT105"
    name: ClassVar[str] = "due-date-moved-often"
    french_name: ClassVar[str] = "échéance souvent déplacée"
    default: ClassVar[Severity] = Severity.WARNING
    comes_and_goes: ClassVar[bool] = True
    template: ClassVar[Template] = Template(
        "the due date has moved {count} time: it was {first} at first",
        "the due date has moved {count} times: it was {first} at first",
    )
    templates: ClassVar[tuple[Template, ...]] = (_BY,)
    field: ClassVar[str | None] = "due"

    times: int = Field(default=2, ge=1, description="how often a due date may move.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Moved twice.", _moved(*_THREE[:2]), history=History()),
        case(
            "Somebody looked for the right day: that is one move.",
            _moved(_THREE[0], _move(8, 11, 12), _move(8, 12, 19, minute=1), _move(8, 19, 18, minute=2)),
            history=History(),
        ),
        case(
            "Two of the moves were retro's own.",
            _moved(*_THREE),
            history=History(own_moves={key_of("[Print] Flyer"): frozenset({_when(8), _when(15)})}),
        ),
        case("A file: nothing is remembered of it.", _moved(*_THREE)),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("Three moves, by two people.", _moved(*_THREE), history=History()),
            on("[Print] Flyer", count=3, who=("Léa Martin", "Karim Benali"), first=date(2027, 1, 4)),
        ),
        bad(
            case(
                "A tool that tells no moves: retro's reads found them.",
                a_task("[Print] Flyer"),
                history=History(due_moves={key_of("[Print] Flyer"): tuple(replace(move, who=None) for move in _THREE)}),
            ),
            on("[Print] Flyer", count=3, first=date(2027, 1, 4)),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Count the moves that people made, from one day to another."""
        if context.history is None:
            return
        told, ours = context.history.due_moves, context.history.own_moves
        for task in self.base(context):
            moves = task.due_history or told.get(task.key, ())
            if len(moves) <= self.times or task.due is None:
                continue
            mine = ours.get(task.key, frozenset())
            made = list(steps((move for move in moves if move.when not in mine), context.zone))
            if len(made) > self.times:
                who = tuple(dict.fromkeys(move.who for step, _left in made for move in step if move.who))
                facts: dict[str, Param] = {"count": len(made), "first": context.day(made[0][1])}
                yield self.on_task(task, {**facts, "who": who} if who else facts, template=_BY if who else None)
