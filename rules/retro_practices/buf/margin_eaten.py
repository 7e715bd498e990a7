"""BUF103 margin-eaten."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import NOW, ZONE, Bad, Case, Expected, a_task, bad, case, key_of
from retro.model import AnchorVerdict, BoardKind, Buffer, FeverPoint, Finding, Schedule, Severity, Template, Zone
from retro.ports import Context

_ANCHOR = AnchorVerdict(
    key="lancement",
    name="Lancement",
    project="p",
    date=datetime(2027, 3, 1, 17, tzinfo=ZONE),
    feasible=True,
    day=date(2027, 3, 1),
)


def _buffered(complete: float, consumed: float, zone: Zone) -> Schedule:
    buffer = Buffer(
        anchor="lancement",
        project="p",
        chain=(key_of("[Web] Intégration"),),
        minutes=2100,
        chain_minutes=4200,
        left_minutes=round(4200 * (1 - complete)),
        fever=FeverPoint(at=NOW, complete=complete, consumed=consumed, zone=zone),
    )
    return Schedule(anchors=(_ANCHOR,), buffers=(buffer,))


class MarginEaten(BaseRule):
    """A margin that is used up faster than its chain is done.

    What it says:
        Where margins are pooled (`margin_mode = "project"`), the share of the margin before a launch that is used up
        is greater than the share of its longest chain that is done, and at least `least` (a third) of it is used. The
        finding says how much is done; `retro schedule` shows the whole chart, with how it stood on earlier days.
        Where each task carries its own margin, BUF101 says which one is too thin.

    Why:
        A margin is there to be used, but at the pace of the work: when half of it is gone and a quarter of the work
        is done, the date will not be met without a decision, and now is when it is cheap.

    How to fix it in Notion:
        Look at the tasks of the chain (`retro schedule`): cut one, let two overlap, or free the person who has most
        of them.

    How to fix it in Trello:
        Look at the cards of the chain (`retro schedule`): cut one, let two overlap, or free the person who has most
        of them.
    """

    code: ClassVar[str] = "BUF103"
    name: ClassVar[str] = "margin-eaten"
    french_name: ClassVar[str] = "marge mangée"
    default: ClassVar[Severity] = Severity.WARNING
    comes_and_goes: ClassVar[bool] = True
    template: ClassVar[Template] = Template(
        "more of the margin before “{anchor}” ({date}) is used up than work is done: {done} % of its chain"
    )
    field: ClassVar[str | None] = "margin"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    least: float = Field(default=1 / 3, ge=0, le=1, description="share of the margin that may go unnoticed.")

    good: ClassVar[tuple[Case, ...]] = (
        case("Half done, a third used.", a_task("[Web] Intégration"), schedule=_buffered(0.5, 0.34, Zone.YELLOW)),
        case("A first day lost is what it is for.", a_task("[Web] FAQ"), schedule=_buffered(0.0, 0.1, Zone.GREEN)),
        case("Each task carries its own margin.", a_task("[Web] FAQ"), schedule=Schedule(anchors=(_ANCHOR,))),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("A quarter done, half used.", a_task("[Web] Intégration"), schedule=_buffered(0.25, 0.5, Zone.YELLOW)),
            Expected("lancement", {"anchor": "Lancement", "date": date(2027, 3, 1), "done": 25}),
        ),
        bad(
            case("All of it, and more.", a_task("[Web] Intégration"), schedule=_buffered(0.8, 1.2, Zone.RED)),
            Expected("lancement", {"anchor": "Lancement", "date": date(2027, 3, 1), "done": 80}),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare both shares for each launch's own margin."""
        anchors = {anchor.key: anchor for anchor in context.schedule.anchors}
        projects = {project.key: project for project in self.projects(context)}
        for buffer in context.schedule.buffers:
            fever, anchor, project = buffer.fever, anchors.get(buffer.anchor), projects.get(buffer.project)
            if fever is None or anchor is None or project is None:
                continue
            if fever.consumed > fever.complete and fever.consumed >= self.least:
                yield self.on_subject(
                    anchor.key,
                    # How much is used grows with every day; what is done does not.
                    {"anchor": anchor.name, "date": anchor.on(context.zone), "done": int(fever.complete * 100)},
                    board=project.boards[0] if len(project.boards) == 1 else None,
                    project=project.key,
                )
