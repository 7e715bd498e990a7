"""END104 end-date-unreachable."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import ZONE, Bad, Case, Expected, a_task, bad, case, key_of
from retro.model import (
    AnchorVerdict,
    BoardKind,
    EstimateOrigin,
    Finding,
    Lever,
    Param,
    Schedule,
    Severity,
    TaskSchedule,
    Template,
)
from retro.ports import Context

_LEVERS = Template(
    "{count} working day is missing to meet {date} ({anchor}): {chain}."
    " Cut {cut}, overlap {overlap}, or move to {move}",
    "{count} working days are missing to meet {date} ({anchor}): {chain}."
    " Cut {cut}, overlap {overlap}, or move to {move}",
)

_SHOWN = (
    a_task("Brief", due=None),
    a_task("[Web] Maquettes", due=None),
    a_task("Mise en ligne", due=date(2027, 1, 15), milestone=True),
)


def _shown(minutes: int, missing: int, origin: EstimateOrigin, levers: tuple[Lever, ...] = ()) -> Schedule:
    """A schedule in which two tasks of so many minutes lead to the 15th of January."""
    chain = tuple(shown.key for shown in _SHOWN[:2])
    return Schedule(
        tasks={key: TaskSchedule(key=key, estimate_minutes=minutes, estimate_origin=origin) for key in chain},
        anchors=(
            AnchorVerdict(
                key="lancement",
                name="Mise en ligne",
                project="p",
                date=datetime(2027, 1, 15, 17, tzinfo=ZONE),
                feasible=missing == 0,
                missing_minutes=missing,
                chain=chain if missing else (),
                levers=levers,
            ),
        ),
    )


class EndDateUnreachable(BaseRule):
    """A launch date that the work left cannot meet.

    What it says:
        Even if everybody starts now and never waits, the chain of tasks before the date is too long. The finding
        tells how many working days are missing, which tasks make the chain, and three ways out: cut work, overlap
        two tasks, or move the date, each with what it gains. Where the plan would hold without durations that
        nobody gave and lists that nobody explained, the finding is information only.

    Why:
        A hard end date is only worth something while it can be met. Three weeks before a launch there is still a
        choice; three days before there is none.

    How to fix it in Notion:
        Shorten a task of the chain (its estimate), remove a link that is no real need, split a task so that its
        successor can start earlier, or move the date of the launch row.

    How to fix it in Trello:
        Shorten a card of the chain (its estimate field or points), remove a dependency that is no real need, split
        a card so that its successor can start earlier, or move the due date of the launch card.
    """

    code: ClassVar[str] = "END104"
    name: ClassVar[str] = "end-date-unreachable"
    french_name: ClassVar[str] = "date de lancement intenable"
    default: ClassVar[Severity] = Severity.ERROR
    soft: ClassVar[Severity] = Severity.ERROR
    template: ClassVar[Template] = Template(
        "{count} working day is missing to meet {date} ({anchor}): {chain}",
        "{count} working days are missing to meet {date} ({anchor}): {chain}",
    )
    templates: ClassVar[tuple[Template, ...]] = (_LEVERS,)
    field: ClassVar[str | None] = "anchor"
    kinds: ClassVar[frozenset[BoardKind]] = frozenset({BoardKind.PROJECT})

    good: ClassVar[tuple[Case, ...]] = (
        case("The work fits before the date.", *_SHOWN, schedule=_shown(420, 0, EstimateOrigin.NUMBER)),
        case("Without a launch date nothing is out of reach.", *_SHOWN[:2]),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case(
                "Ten days of work in the five that are left.",
                *_SHOWN,
                schedule=_shown(
                    2100,
                    2100,
                    EstimateOrigin.NUMBER,
                    (
                        Lever(kind="cut", gain_minutes=2100, task=key_of("[Web] Maquettes")),
                        Lever(kind="overlap", gain_minutes=1050, task=key_of("Brief"), other=key_of("[Web] Maquettes")),
                        Lever(kind="move", gain_minutes=2100, date=datetime(2027, 1, 22, 17, tzinfo=ZONE)),
                    ),
                ),
            ),
            Expected(
                "lancement",
                {
                    "anchor": "Mise en ligne",
                    "date": date(2027, 1, 15),
                    "count": 5,
                    "missing_minutes": 2100,
                    "chain": ("Brief", "[Web] Maquettes"),
                    "chain_keys": (key_of("Brief"), key_of("[Web] Maquettes")),
                    "cut": "[Web] Maquettes",
                    "cut_minutes": 2100,
                    "overlap": ("Brief", "[Web] Maquettes"),
                    "overlap_minutes": 1050,
                    "move": date(2027, 1, 22),
                    "move_minutes": 2100,
                },
            ),
        ),
        bad(
            case(
                "Nobody estimated these tasks, and the day that each is given by default is what makes it too long.",
                *_SHOWN,
                schedule=_shown(420, 210, EstimateOrigin.DEFAULT),
            ),
            Expected(
                "lancement",
                {
                    "anchor": "Mise en ligne",
                    "date": date(2027, 1, 15),
                    "count": 1,
                    "missing_minutes": 210,
                    "chain": ("Brief", "[Web] Maquettes"),
                    "chain_keys": (key_of("Brief"), key_of("[Web] Maquettes")),
                },
                assumed=True,
            ),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Say each anchor that the schedule cannot meet, with its chain and levers."""
        spoken = {project.key: project for project in self.projects(context)}
        for verdict in context.schedule.anchors:
            project = spoken.get(verdict.project)
            if project is None or verdict.feasible:
                continue
            levers = _levers(verdict, context)
            titles = tuple(_title(key, context) for key in verdict.chain)
            yield self.on_subject(
                verdict.key,
                {
                    "anchor": verdict.name,
                    "date": verdict.on(context.zone),
                    "count": -(-verdict.missing_minutes // context.calendar.day_minutes),
                    "missing_minutes": verdict.missing_minutes,
                    "chain": titles,
                    "chain_keys": verdict.chain,
                    **levers,
                },
                board=project.boards[0] if len(project.boards) == 1 else None,
                project=project.key,
                template=_LEVERS if {"cut", "overlap", "move"} <= levers.keys() else None,
                assumed=_holds_without_assumptions(verdict, context),
            )


def _holds_without_assumptions(verdict: AnchorVerdict, context: Context) -> bool:
    """Whether durations that nobody gave, or statuses that no list knows, are the cause: without them it would fit."""
    assumed = 0
    for key in verdict.chain:
        planned, task = context.schedule.tasks.get(key), context.tasks.get(key)
        if planned is None:
            continue
        if planned.estimate_origin is EstimateOrigin.DEFAULT or (task is not None and "status" in task.assumed):
            assumed += planned.estimate_minutes
    return 0 < verdict.missing_minutes <= assumed


def _levers(verdict: AnchorVerdict, context: Context) -> Mapping[str, Param]:
    """The first way out of each kind, and what it gains, as facts."""
    facts: dict[str, Param] = {}
    for lever in verdict.levers:
        if lever.kind in facts:
            continue
        named = tuple(_title(key, context) for key in (lever.task, lever.other) if key is not None)
        if lever.kind == "move" and lever.date is not None:
            facts["move"] = context.day(lever.date)
        elif lever.kind == "cut" and named:
            facts["cut"] = named[0]
        elif named:
            facts[lever.kind] = named
        else:
            continue
        facts[f"{lever.kind}_minutes"] = lever.gain_minutes
    return facts


def _title(key: str, context: Context) -> str:
    task = context.tasks.get(key)
    return key if task is None else task.title
