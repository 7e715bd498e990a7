"""DEP106 redundant-link."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_link, a_task, bad, case, key_of, on
from retro.model import Finding, Lag, LagUnit, LinkType, Severity, Template
from retro.ports import Context

_MOST_LINKS = 300
"""Links looked at for each link of a task: what lies further back is not searched, and nothing is said of it."""

_THREE = (a_task("Design"), a_task("Intégration"), a_task("Recette"))
_CHAIN = (a_link("Design", "Intégration"), a_link("Intégration", "Recette"))

Graph = Mapping[str, tuple[str, ...]]
"""Predecessors of each task, by links that let it begin when they end."""


class RedundantLink(BaseRule):
    """A dependency that others already imply.

    What it says:
        A task names another one that it waits for anyway, by way of one in between (transitive reduction). Only plain
        links count, from the end of one open task to the beginning of another, without a wait or a lead. Of two ways
        around that are very long, one may go unnoticed: the search is bounded.

    Why:
        Each link is something to keep true. Those that say nothing new hide the ones that matter, and stay behind as
        false ones when the plan changes.

    How to fix it in Notion:
        Remove the row named from the relation ("Bloqué par", "Blocked by"): no date moves.

    How to fix it in Trello:
        Remove the line of the card named from the checklist or field of dependencies: no date moves.
    """

    code: ClassVar[str] = "DEP106"
    name: ClassVar[str] = "redundant-link"
    french_name: ClassVar[str] = "dépendance redondante"
    default: ClassVar[Severity] = Severity.OFF
    strict: ClassVar[Severity] = Severity.INFO
    template: ClassVar[Template] = Template("already waits for “{predecessor}” by way of “{via}”")
    many: ClassVar[Template | None] = Template("{count} of {base} tasks have a dependency that others imply")
    field: ClassVar[str | None] = "predecessors"
    rests_on: ClassVar[frozenset[str]] = frozenset({"status", "links"})

    good: ClassVar[tuple[Case, ...]] = (
        case("One after the other.", *_THREE, links=_CHAIN),
        case(
            "Three days must pass, which the way round does not say.",
            *_THREE,
            links=(*_CHAIN, a_link("Design", "Recette", lag=Lag(1260))),
        ),
        case(
            "What lies in between is done: it holds nobody back.",
            a_task("Design"),
            a_task("Intégration", section="Terminé"),
            a_task("Recette"),
            links=(*_CHAIN, a_link("Design", "Recette")),
        ),
    )
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(
            case("A shortcut past the task in between.", *_THREE, links=(*_CHAIN, a_link("Design", "Recette"))),
            on(
                "Recette",
                detail=key_of("Design"),
                predecessor="Design",
                predecessor_key=key_of("Design"),
                via="Intégration",
                via_key=key_of("Intégration"),
            ),
        ),
        bad(
            case(
                "By way of two others: the last one of them is named.",
                a_task("Brief"),
                *_THREE,
                links=(a_link("Brief", "Design"), *_CHAIN, a_link("Brief", "Recette")),
            ),
            on(
                "Recette",
                detail=key_of("Brief"),
                predecessor="Brief",
                predecessor_key=key_of("Brief"),
                via="Intégration",
                via_key=key_of("Intégration"),
            ),
        ),
    )

    def check(self, context: Context) -> Iterator[Finding]:
        """Search backwards from each task that waits for several, no further than their own first predecessors."""
        before = _graph(context)
        levels = _levels(before)
        for key in sorted(before):
            direct = before[key]
            if len(direct) > 1 and key in levels:
                for predecessor, via in _implied(direct, before, levels):
                    yield self.on_task(
                        context.tasks[key],
                        {
                            "predecessor": context.tasks[predecessor].title,
                            "predecessor_key": predecessor,
                            "via": context.tasks[via].title,
                            "via_key": via,
                        },
                        detail=predecessor,
                    )


def _graph(context: Context) -> Graph:
    """The plain links between open tasks that are wanted."""
    wanted = {task.key for task in context.wanted}
    return {
        successor: plain
        for successor, links in context.predecessors.items()
        if successor in wanted
        and (
            plain := tuple(
                sorted(
                    {
                        link.predecessor
                        for link in links
                        if link.type is LinkType.FS and link.lag in _NO_LAG and link.predecessor in wanted
                    }
                )
            )
        )
    }


_NO_LAG = frozenset(Lag(0, unit) for unit in LagUnit)


def _levels(before: Graph) -> Mapping[str, int]:
    """How many links lie at most between a task and a beginning of the network; none for tasks behind a circle."""
    after: dict[str, list[str]] = {}
    waiting = {key: len(each) for key, each in before.items()}
    for key, each in before.items():
        for predecessor in each:
            after.setdefault(predecessor, []).append(key)
    levels = dict.fromkeys((key for key in after if key not in waiting), 0)
    ready = list(levels)
    while ready:
        key = ready.pop()
        for successor in after.get(key, ()):
            levels[successor] = max(levels.get(successor, 0), levels[key] + 1)
            waiting[successor] -= 1
            if not waiting[successor]:
                ready.append(successor)
    return {key: level for key, level in levels.items() if not waiting.get(key)}


def _implied(direct: tuple[str, ...], before: Graph, levels: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Each direct predecessor that is also behind another one, and that other one."""
    lowest = min(levels[key] for key in direct)
    # The highest last, so that it is taken first: it is the one nearest to the task, which a reader would name.
    ways = [(key, key) for key in sorted(direct, key=lambda key: (levels[key], key))]
    known, entered = set(direct), set(direct)
    behind: dict[str, str] = {}
    left = _MOST_LINKS * len(direct)
    while ways and left > 0:
        key, via = ways.pop()
        for predecessor in before.get(key, ()):
            left -= 1
            if predecessor not in entered and levels[predecessor] > lowest:
                entered.add(predecessor)
                ways.append((predecessor, via))
            elif predecessor in known:
                behind.setdefault(predecessor, via)
    yield from sorted(behind.items())
