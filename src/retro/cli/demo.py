"""`retro demo`: the whole loop on an embedded campaign, through the real connector, in ten lines."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.output import put
from retro.cli.session import Session, session_of
from retro.cli.work import gather, opened
from retro.cli.writing import carried_out, decided, needed
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Callable

    from retro.model import Assessment
    from retro.sandbox.notion import NotionSandbox
    from retro.sandbox.trello import TrelloSandbox
    from retro.sync.apply import Applied

_PORT_TRIES = 20


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "demo",
        help=_("Run the whole loop on an invented campaign: no account, no token, no server."),
        epilog=_("Example:  retro demo --dir my-demo"),
    )(demo)


def demo(
    context: typer.Context,
    folder: Annotated[
        Path, typer.Option("--dir", metavar="DIR", help=_("The folder for what the demo leaves."))
    ] = Path("retro-demo"),
) -> None:
    """The command."""
    import time

    from retro.report.html import page
    from retro.report.typed import typed
    from retro.run import demo_folder
    from retro.sandbox import campaign
    from retro.sandbox.notion import NotionSandbox
    from retro.sandbox.trello import TrelloSandbox

    given = session_of(context)
    demo_folder.make_room(folder)
    today = given.now.date()
    built = campaign.build_all(today, given.zone)
    now = given.clock.now
    ticks = time.monotonic
    with demo_folder.room(folder), ExitStack() as servers:
        trello, notion = _side_by_side(
            servers,
            lambda: TrelloSandbox(built.trello, now=now, ticks=ticks, store=folder / demo_folder.SANDBOX),
            lambda port: NotionSandbox(
                built.notion, now=now, ticks=ticks, store=folder / demo_folder.NOTION, port=port
            ),
        )
        port = trello.url.rpartition(":")[2]
        path = demo_folder.write_configuration(folder, trello, notion, today, given.zone)
        session = Session(replace(given.options, config=path))
        servers.callback(session.close)
        first, applied = _run(session)
        _tell_first(first, trello.url, notion.url)
        typer.echo(
            _(
                "5. Written: {fields} fields on {cards} cards and pages; `retro plan` shows such changes beforehand.",
                fields=applied.writes,
                cards=applied.pushes,
            )
        )
        marks = (trello.log.mark(), notion.log.mark())
        second, _again = _run(session)
        again = trello.writes(marks[0]) + notion.writes(marks[1])
        typer.echo(_("6. A second run, nothing having changed: {count} writes.", count=again))
        put(page.render(second), folder / demo_folder.PAGE)
    typer.echo(_("7. The page that spans the three boards: {file}", file=folder / demo_folder.PAGE))
    typer.echo("\n" + _("Next: open the page, then have a closer look:"))
    typer.echo(f"   {typed(('cd', folder))}")
    typer.echo("   retro --offline lint --all        retro --offline schedule        retro rule OWN102")
    serve = f"retro sandbox --seed {demo_folder.SANDBOX} --seed {demo_folder.NOTION} --port {port}"
    typer.echo(_("Change a card yourself: `{serve}`, and in another terminal `retro sync`.", serve=serve))
    typer.echo(_("On your own board: export it from Trello as JSON, then `retro lint board.json --end 2027-03-01`."))


def _side_by_side(
    servers: ExitStack,
    trello: Callable[[], TrelloSandbox],
    notion: Callable[[int], NotionSandbox],
    tries: int = _PORT_TRIES,
) -> tuple[TrelloSandbox, NotionSandbox]:
    """Both look-alikes, Notion's at the port after Trello's, as `retro sandbox` serves them again later.

    Raises OSError where no two ports side by side are free.
    """
    with ExitStack() as both:
        first = both.enter_context(trello())
        try:
            second = both.enter_context(notion(int(first.url.rpartition(":")[2]) + 1))
        except (OSError, OverflowError):  # something else listens there, or it was the last port
            if tries <= 1:
                raise
        else:
            servers.enter_context(both.pop_all())
            return first, second
    return _side_by_side(servers, trello, notion, tries - 1)


def _run(session: Session) -> tuple[Assessment, Applied]:
    """Read, check, schedule, decide and write once, as `retro sync --yes` does."""
    from retro.run.nightly import remember
    from retro.sync.apply import mark_applied

    with opened(session, "demo", exclusive=True) as ledger:
        state = needed(ledger, session)
        work = gather(session, ledger=state)
        planned, means = decided(work, state, None, force=False, settle=True)
        applied = carried_out(planned.plan, work, state, means, "demo")
        mark_applied(state, {change.board for change in planned.plan.changes}, applied, session.now)
        remember(planned, applied, state, read_at=work.read_at, zone=session.zone)
        assessment = work.with_standings(planned.assessed.assessment, state)
    return assessment, applied


def _tell_first(assessment: Assessment, trello: str, notion: str) -> None:
    """What the first run read and found."""
    from collections import Counter

    from retro.report.outlook import outlooks
    from retro.report.wording import days_left, verdict
    from retro.report.worklists import worklists

    portfolio = assessment.portfolio
    tasks = sum(task.counts for task in portfolio.tasks)
    typer.echo(
        _(
            "1. Look-alikes of Trello and Notion with an invented campaign answer at {trello} and {notion}.",
            trello=trello,
            notion=notion,
        )
    )
    typer.echo(
        _(
            "2. Read: {tasks} tasks of {people} people on {boards} boards, in {requests} requests.",
            tasks=tasks,
            people=len({owner.key for task in portfolio.tasks if task.counts for owner in task.owners}),
            boards=len(portfolio.boards),
            requests=sum(state.requests for state in portfolio.sources),
        )
    )
    counts = Counter(finding.severity.value for finding in assessment.findings)
    typer.echo(
        _(
            "3. Checked: {error} errors, {warning} warnings, {info} notes.",
            error=counts["error"],
            warning=counts["warning"],
            info=counts["info"],
        )
    )
    for outlook in outlooks(assessment, worklists(assessment).late_keys):
        told = verdict(outlook, assessment.day_minutes)
        typer.echo(
            _(
                "4. Planned backwards: {project}, {days}. {verdict}",
                project=outlook.project.name,
                days=days_left(outlook),
                verdict=told,
            )
        )
