"""STA106 done-list-not-complete."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_board, a_task, bad, case, on
from retro.model import Category, Finding, Fix, Severity, Status, StatusOrigin, Task, Template
from retro.ports import Capabilities, Context

_TICKED_ELSEWHERE = Template("ticked as complete, but it stands in “{section}”")
_TICKS = {"equipe": Capabilities(completes=True)}


def _ticked(title: str, section: str = "Terminé") -> Task:
    """A card with its due date ticked: done, whatever its list says."""
    return replace(a_task(title, section=section), status=Status(section, Category.DONE, StatusOrigin.NATIVE))


class DoneListNotComplete(BaseRule):
    """A card whose list and whose tick do not agree.

    What it says:
        In a tool that ticks tasks as complete beside their list (Trello), a card with a due date stands in the list
        of finished work without the tick, on a board where others have it; or it is ticked and stands in another
        list whose meaning is known.

    Why:
        Without the tick the date turns red, the card stays among the late ones and the owner keeps being reminded.
        With the tick alone the board shows work that is over as if it were to be done.

    How to fix it in Notion:
        Notion has one place for both, the status: nothing is said there.

    How to fix it in Trello:
        Tick the due date on the card, or move the card to the list where it belongs. An automation of the board
        ("when a card is moved to Done, mark the due date complete") does so by itself.
    """

    code: ClassVar[str] = "STA106"
    name: ClassVar[str] = "done-list-not-complete"
    french_name: ClassVar[str] = "liste et coche en désaccord"
    default: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("stands in “{section}”, but its due date is not ticked as complete")
    templates: ClassVar[tuple[Template, ...]] = (_TICKED_ELSEWHERE,)
    many: ClassVar[Template | None] = Template("list and tick do not agree on {count} of {base} done tasks")
    field: ClassVar[str | None] = "completed"
    fixes: ClassVar[str] = "unsafe"

    good: ClassVar[tuple[Case, ...]] = (
        case("List and tick agree.", _ticked("[Web] FAQ"), capabilities=_TICKS),
        case(
            "No date, nothing to tick.",
            _ticked("[Web] FAQ"),
            a_task("[Print] Flyer", section="Terminé", due=None),
            capabilities=_TICKS,
        ),
        case(
            "Nobody ticks on this board.",
            a_task("[Web] FAQ", section="Terminé"),
            a_task("[Print] Flyer", section="Terminé"),
            capabilities=_TICKS,
        ),
        case("A tool without ticks.", _ticked("[Web] FAQ"), a_task("[Print] Flyer", section="Terminé")),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Moved, not ticked.",
                _ticked("[Web] FAQ"),
                a_task("[Print] Flyer", section="Terminé", due=date(2027, 1, 8)),
                capabilities=_TICKS,
            ),
            on("[Print] Flyer", fix="complete", section="Terminé"),
        ),
        bad(
            case(
                "Ticked, not moved.",
                _ticked("[Print] Flyer", "En validation"),
                capabilities=_TICKS,
                boards=(a_board(sections=("En validation", "Terminé")),),
            ),
            on("[Print] Flyer", fix="Terminé", section="En validation"),
        ),
    )

    def base(self, context: Context) -> Iterator[Task]:
        """Tasks that are done, in tools that tick."""
        ticks = {board.key for board in context.portfolio.boards if _ticks(board.source, context)}
        return (
            task
            for task in (context.counted if ticks else ())
            if task.status.category is Category.DONE and task.board in ticks
        )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare what the list means with the tick."""
        done = list(self.base(context))
        in_use = {task.board for task in done if task.status.origin is StatusOrigin.NATIVE}
        lists = {board.key: {each.raw or "": each for each in board.sections} for board in context.portfolio.boards}
        for task in done:
            if task.board not in in_use:
                continue
            stands = lists[task.board].get(task.section)
            if stands is None or stands.origin is StatusOrigin.INFERRED:
                continue
            if task.status.origin is not StatusOrigin.NATIVE:
                if stands.category is Category.DONE and task.due is not None:
                    yield self.on_task(task, {"section": task.section}, fix=Fix(field="completed", new="complete"))
            elif stands.category not in (Category.DONE, Category.IDEA):
                home = _done_list(lists[task.board])
                fix = Fix(field="section", new=home) if home else None
                yield self.on_task(task, {"section": task.section}, template=_TICKED_ELSEWHERE, fix=fix)


def _ticks(source: str, context: Context) -> bool:
    return context.capabilities.get(source, Capabilities()).completes


def _done_list(lists: Mapping[str, Status]) -> str | None:
    """The list of finished work, where there is exactly one."""
    found = [name for name, status in lists.items() if status.category is Category.DONE]
    return found[0] if len(found) == 1 else None
