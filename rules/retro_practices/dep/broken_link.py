"""DEP105 broken-link."""

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_link, a_task, bad, case, key_of, on
from retro.model import Category, Finding, Nowhere, Severity, Task, Template, UnresolvedLink
from retro.ports import Context

_ARCHIVED = Template("tied to “{text}”, which is archived")
_AMBIGUOUS = Template("tied to “{text}”, and several tasks have that title")
_CANCELLED = Template("waits for “{text}”, which is cancelled")

_FLYER = a_task("[Print] Flyer")


def _nowhere(text: str, why: Nowhere = Nowhere.MISSING, target: str | None = None) -> tuple[UnresolvedLink, ...]:
    return (UnresolvedLink(_FLYER.key, text, "checklist", why, target),)


class BrokenLink(BaseRule):
    """A dependency that leads nowhere.

    What it says:
        An open task names another one that was not found: it is gone, its title is written in another way, or it
        stands on a board that retro does not read. Or the other one is archived without being done, cancelled, or one
        of several with the same title. Where a source could not be read whole, it is information only.

    Why:
        The plan cannot keep a dependency that it cannot follow: nothing moves this task when the other one slips, and
        nobody notices. A card that waits for cancelled work waits for ever.

    How to fix it in Notion:
        Choose the right row in the relation ("Bloqué par", "Blocked by"), or empty it if nothing is waited for any
        more. If the row stands in another database, add that one to retro.toml.

    How to fix it in Trello:
        Put the link of the right card in the place of the line, or remove it if nothing is waited for any more. If
        the card stands on another board, add that one to retro.toml.
    """

    code: ClassVar[str] = "DEP105"
    name: ClassVar[str] = "broken-link"
    french_name: ClassVar[str] = "dépendance rompue"
    default: ClassVar[Severity] = Severity.ERROR
    template: ClassVar[Template] = Template("tied to “{text}”, which is no task that was read")
    templates: ClassVar[tuple[Template, ...]] = (_ARCHIVED, _AMBIGUOUS, _CANCELLED)
    many: ClassVar[Template | None] = Template("{count} of {base} tasks have a dependency that leads nowhere")
    field: ClassVar[str | None] = "predecessors"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "links"})

    good: ClassVar[tuple[Case, ...]] = (
        case("It was found.", a_task("Textes"), _FLYER, links=(a_link("Textes", "[Print] Flyer"),)),
        case(
            "Done and put away: nothing is missing.",
            replace(a_task("Textes", section="Terminé"), archived=True),
            _FLYER,
            unresolved=_nowhere("Textes", Nowhere.ARCHIVED, key_of("Textes")),
        ),
        case(
            "The task itself is done.",
            a_task("[Print] Flyer", section="Terminé"),
            unresolved=_nowhere("https://trello.com/c/AbCd1234"),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("A card of a board that is not read.", _FLYER, unresolved=_nowhere("https://trello.com/c/AbCd1234")),
            on("[Print] Flyer", detail="https://trello.com/c/AbCd1234", text="https://trello.com/c/AbCd1234"),
        ),
        bad(
            case(
                "Archived, and never done.",
                replace(a_task("Textes"), archived=True),
                _FLYER,
                unresolved=_nowhere("Textes", Nowhere.ARCHIVED, key_of("Textes")),
            ),
            on("[Print] Flyer", detail="Textes", text="Textes"),
        ),
        bad(
            case(
                "Two tasks have that title.",
                a_task("Textes", key="trello:1"),
                a_task("Textes", key="trello:2"),
                _FLYER,
                unresolved=_nowhere("Textes", Nowhere.AMBIGUOUS),
            ),
            on("[Print] Flyer", detail="Textes", text="Textes"),
        ),
        bad(
            case(
                "It waits for what nobody will do.",
                a_task("Textes", section="Annulé"),
                _FLYER,
                links=(a_link("Textes", "[Print] Flyer"),),
            ),
            on("[Print] Flyer", detail=key_of("Textes"), text="Textes"),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Say what was not found while links were resolved, then links from cancelled tasks."""
        if context.portfolio.unresolved:
            yield from self._nowhere(context)
        cancelled = {
            key
            for key in context.successors
            if key in context.tasks and context.tasks[key].status.category is Category.CANCELLED
        }
        if not cancelled:
            return
        for task in self.base(context):
            for key in sorted({link.predecessor for link in context.predecessors.get(task.key, ())} & cancelled):
                yield self.on_task(task, {"text": context.tasks[key].title}, template=_CANCELLED, detail=key)

    def _nowhere(self, context: Context) -> Iterator[Finding]:
        judged = {task.key: task for task in self.base(context)}
        portfolio = context.portfolio
        cut = bool(portfolio.never_read) or not all(board.whole for board in portfolio.boards)
        seen: set[tuple[str, str]] = set()
        for each in portfolio.unresolved:
            task = judged.get(each.task)
            if task is None or (each.task, each.text) in seen or _put_away(context.tasks.get(each.target or "")):
                continue
            seen.add((each.task, each.text))
            template = {Nowhere.ARCHIVED: _ARCHIVED, Nowhere.AMBIGUOUS: _AMBIGUOUS}.get(each.why, self.template)
            assumed = cut and each.why is Nowhere.MISSING
            yield self.on_task(task, {"text": each.text}, template=template, detail=each.text, assumed=assumed)


def _put_away(target: Task | None) -> bool:
    """Whether what is archived was done."""
    return target is not None and target.status.category is Category.DONE
