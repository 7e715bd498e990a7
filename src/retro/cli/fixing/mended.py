"""What fixes of boards and of files share: which are made, how they are shown, and what stands once they are made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from retro.cli.output import console
from retro.cli.session import parse_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from retro.cli.fixing.asked import Mending
    from retro.cli.work import Work
    from retro.model import Fixes, Snapshot
    from retro.ports import Rule
    from retro.run.assess import Assessed
    from retro.run.fixing import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """What stands once that was done: what was read, what is said of it, the exit codes, and a line for the end."""

    work: Work
    assessed: Assessed
    codes: tuple[int, ...] = ()
    result: str = ""


def asked_for(mending: Mending) -> Asked:
    """What is to be mended."""
    from retro.run.fixing import Asked

    return Asked(unsafe=mending.unsafe, forced=mending.force)


def apart(mending: Mending, work: Work) -> Callable[[Iterable[str]], Sequence[Rule]]:
    """All rules, those of some codes set to speak of each task by itself."""
    from retro import registry

    def rules(codes: Iterable[str]) -> Sequence[Rule]:
        alone = [f"{code}:aggregate=false" for code in sorted(codes)]
        return registry.rules(work.session.configuration, [*mending.option, *alone])

    return rules


def show(mending: Mending, fixes: Fixes, work: Work) -> None:
    """The fixes at the terminal."""
    from retro.report import fixes_text

    if work.session.options.quiet and mending.yes:
        return
    names = {board.key: board.name for board in work.portfolio.boards}
    fixes_text.draw(fixes, console(aside=mending.aside), names, live=not mending.paths)


def read_again(mending: Mending, work: Work, snapshots: tuple[Snapshot, ...]) -> Work:
    """What was read, as it stands since, without a further request."""
    from retro import registry
    from retro.run.projects import one_project, projects
    from retro.run.read import join

    session = work.session
    reading = replace(work.reading, snapshots=snapshots)
    portfolio = join(reading, session.settings, registry.handle_of)
    last = parse_day(mending.end, "--end", session.zone) if mending.end is not None else None
    found = (
        one_project(portfolio.boards, portfolio.tasks, last)
        if mending.paths
        else projects(session.settings, portfolio.boards, portfolio.tasks, last)
    )
    return replace(work, reading=reading, portfolio=replace(portfolio, projects=found))
