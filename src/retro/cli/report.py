"""`retro report`: the notes that the weekly meeting runs on, and one message for the team's channel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli.failures import strongest
from retro.cli.options import End, Output, Paths
from retro.cli.output import put, tell_bugs
from retro.cli.session import parse_day, session_of
from retro.cli.work import gather, opened
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Set as AbstractSet

    from retro.cli.session import Session
    from retro.cli.work import Work
    from retro.config.secrets import SecretReference
    from retro.ports import Ledger
    from retro.report.chat.message import Message
    from retro.run.assess import Means
    from retro.run.meeting import Past

Meeting = Annotated[bool, typer.Option("--meeting", help=_("Notes for the weekly meeting, in Markdown to paste."))]
To = Annotated[
    str | None,
    typer.Option(
        "--to",
        metavar="slack|teams|others|FILE",
        help=_("One message: posted to the channel of a webhook, or written to a file (.md, .json)."),
    ),
]
SinceDay = Annotated[
    str | None,
    typer.Option("--since", metavar="DATE", help=_("Tell what changed since this date, not since the last notes.")),
]
OneProject = Annotated[
    str | None, typer.Option("--project", metavar="NAME", help=_("Of one project: its name, part of it, its key."))
]
OneClient = Annotated[str | None, typer.Option("--client", metavar="NAME", help=_("Of one client’s projects."))]
Baseline = Annotated[
    str | None,
    typer.Option(
        "--baseline",
        metavar="NAME",
        help=_("Hold the plan against this baseline; configured boards: else the last one set."),
    ),
]
Debriefed = Annotated[
    str | None,
    typer.Option("--debrief", metavar="PROJECT", help=_("What to learn from a project: planned against actual.")),
]
Remind = Annotated[bool, typer.Option("--remind", help=_("On the eve of the meeting: to each person their own links."))]
AnyDay = Annotated[bool, typer.Option("--any-day", help=_("With --remind: today, whatever the day."))]

_APART = {
    "--meeting": ("--debrief", "--remind", "--any-day"),
    "--debrief": ("--remind", "--to", "--since", "--project", "--client", "--any-day"),
    "--remind": ("--since", "--baseline"),
}
"""By option, those that have no meaning beside it."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(
        "report",
        help=_("Write the meeting’s notes, one message for the team’s channel, reminders, or a project’s debrief."),
        epilog=_(
            "Examples:  retro report --meeting -o notes.md   ·   "
            "retro report --meeting plan.csv --end 2027-03-01   ·   "
            "retro report --to slack   ·   retro report --remind --to slack   ·   retro report --debrief Salon"
        ),
    )(report)


def report(
    context: typer.Context,
    paths: Paths = None,
    meeting: Meeting = False,
    to: To = None,
    end: End = None,
    since: SinceDay = None,
    project: OneProject = None,
    client: OneClient = None,
    baseline: Baseline = None,
    debrief: Debriefed = None,
    remind: Remind = False,
    any_day: AnyDay = False,
    output: Output = None,
) -> None:
    """The command."""
    from retro.report.chat.message import message
    from retro.report.meeting import markdown, notes
    from retro.run.meeting import kind_of, remember, within
    from retro.run.meeting import since as since_
    from retro.run.showing import Part, part_of

    session = session_of(context)
    words = {"--debrief": debrief, "--to": to, "--since": since, "--project": project, "--client": client}
    words["--baseline"] = baseline
    given = {name for name, word in words.items() if word is not None}
    given |= {name for name, on in (("--meeting", meeting), ("--remind", remind), ("--any-day", any_day)) if on}
    _check_apart(given)
    if remind:
        from retro.cli.reminding import remind as remind_

        part = Part(project=project, client=client)
        code = remind_(
            session,
            paths or (),
            part,
            to=to,
            output=output,
            way=lambda name: _way(session, name, None),
            any_day=any_day,
            end=end,
        )
        raise typer.Exit(code)
    if debrief is not None:
        from retro.cli.debriefing import debrief as debrief_

        raise typer.Exit(debrief_(session, paths or (), debrief, end=end, baseline=baseline, output=output))
    if not meeting and to is None:
        typer.echo(context.get_help())
        return
    post = _way(session, to, output if not meeting else None) if to is not None else None
    day = parse_day(since, "--since", session.zone) if since is not None else None
    part = Part(project=project, client=client)
    with opened(session, "report") as ledger:
        kept = None if paths else ledger
        work = gather(session, paths or (), end=end, ledger=ledger)
        means = work.means()
        assessed = work.with_slippage(work.assess(means), means, ledger, baseline, of_paths=bool(paths))
        if kept is not None and end is None:
            # A team that only ever asks for its notes has a trend on its page all the same.
            work.with_standings(assessed.assessment, kept)
        shown = part_of(assessed.assessment, part)
        kind = kind_of(part, shown)
        found = since_(_past(work, means, kept), assessed.assessment, kind, day=day)
        told = notes(shown, within(found, part, shown))
        if meeting:
            put(markdown.write(told), output)
            if output is not None and not session.options.quiet:
                typer.echo(_("The notes are in {file}.", file=output))
            if kept is not None and end is None:
                remember(kept, told.told, kind, assessed.assessment)
    if post is not None:
        post(message(told))
    raise typer.Exit(strongest([*work.codes, *tell_bugs(assessed)]))


def _check_apart(given: AbstractSet[str]) -> None:
    """Raises ConfigurationError where options are given of which one would be passed over."""
    from retro.ports import ConfigurationError

    for name, others in _APART.items():
        if name in given and (beside := [other for other in others if other in given]):
            raise ConfigurationError(
                _("these options do not go together."),
                where=" ".join([name, *beside]),
                remedy=_("Give one of them at a time."),
            )


def _past(work: Work, means: Means, ledger: Ledger | None) -> Past:
    """Where earlier states come from; `ledger` is None where files were given."""
    from retro.run.meeting import Past

    return Past(
        ledger=ledger,
        reading=work.reading,
        known=work.known,
        means=means,
        as_read=work.as_read(),
        offline=work.session.options.offline,
    )


def _way(session: Session, to: str, output: Path | None) -> Callable[[Message], None]:
    """Where a message goes, looked up before anything is read. Raises ConfigurationError of none, and of two places."""
    from retro.ports import ConfigurationError
    from retro.report.chat import slack, teams

    payloads = {"slack": slack.payload, "teams": teams.payload}
    name = to.strip().lower()
    if name in payloads and output is not None:
        return lambda message: _write(session, _json(payloads[name](message)), output)
    if output is not None:
        raise ConfigurationError(
            _("a message goes to one place."), where="-o", remedy=_("Leave one of --to and -o out.")
        )
    if name in payloads:
        from retro.http.secret_address import SecretAddress
        from retro.http.webhook import Webhook

        where, secret = _secret(session, name)
        webhook = Webhook(SecretAddress(secret, session.clock, where=where, traffic=session.meter.of(name)))
        return lambda message: _posted(session, name, lambda: webhook.post(payloads[name](message)))
    if name == "others":
        from retro.http.apprise import OtherChannels

        where, secret = _secret(session, name)
        channels = OtherChannels(secret, where=where)
        return lambda message: _posted(session, name, lambda: channels.post(message.title, message.plain))
    return _to_file(session, Path(to))


def _posted(session: Session, name: str, post: Callable[[], None]) -> None:
    post()
    if not session.options.quiet:
        typer.echo(_("The message is posted ({name}).", name=name), err=True)


def _secret(session: Session, name: str) -> tuple[str, str]:
    """What a channel is called in the configuration, and its address."""
    from retro.ports import ConfigurationError

    configuration = session.configuration
    reference: SecretReference = getattr(configuration.settings.notify, name)
    where = f"[notify] {name}"
    if not reference:
        raise ConfigurationError(
            _("no webhook is configured."),
            where=f"{configuration.path or 'retro.toml'}: {where}",
            remedy=_(
                'Make an incoming webhook for the channel, and add under [notify]: {name} = {{ env = "{variable}" }}',
                name=name,
                variable=f"{name.upper()}_WEBHOOK",
            ),
        )
    return where, reference.resolve(f"{configuration.path}: {where}", configuration.folder)


def _to_file(session: Session, file: Path) -> Callable[[Message], None]:
    """A message in a file: in Markdown, or as JSON for whatever posts it elsewhere."""
    from retro.ports import ConfigurationError

    match file.suffix.lower():
        case ".md" | ".txt":
            return lambda message: _write(session, message.markdown, file)
        case ".json":
            return lambda message: _write(session, _json(_document(session, message)), file)
        case _:
            raise ConfigurationError(
                _('"{name}" is neither slack, teams, others nor a file that ends in .md or .json.', name=file),
                where="--to",
                remedy=_("Write for example --to slack, or --to message.md."),
            )


def _document(session: Session, message: Message) -> dict[str, object]:
    from retro.report.document import head

    lines = [[{"text": run.words, "bold": run.bold} for run in line] for line in message.lines]
    return {
        **head(session.now, session.settings.workspace.timezone, session.lang),
        "title": message.title,
        "text": message.plain,
        "lines": lines,
    }


def _json(document: dict[str, object]) -> str:
    from retro.report.document import dumps

    return dumps(document)


def _write(session: Session, text: str, file: Path) -> None:
    put(text, file)
    if not session.options.quiet:
        typer.echo(_("The message is in {file}.", file=file))
