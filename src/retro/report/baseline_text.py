"""`retro baseline write|prune|show` at the terminal: what is accepted for now, and what came and went."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, tzinfo

from rich.console import Console
from rich.text import Text

from retro.i18n import Style, current_language, format_date, plural
from retro.i18n import text as _
from retro.model import AcceptedFinding, FindingsBaseline, as_date
from retro.report.terminal import put
from retro.report.untrusted import printable
from retro.report.wording import shortened

Names = Mapping[str, tuple[str, str]]
"""A rule's name and its French name, by code."""


def draw_change(
    before: FindingsBaseline | None, after: FindingsBaseline, console: Console, *, file: str, standing: int
) -> None:
    """Say what a baseline holds now and what changed; `standing` are remarks that no baseline may hold."""
    was = {each.identity for each in before.findings} if before is not None else set()
    now = {each.identity for each in after.findings}
    held = plural("{count} remark accepted for now", "{count} remarks accepted for now", len(now))
    parts = [held]
    if before is not None and was != now:
        parts.append(plural("{count} new", "{count} new", len(now - was)))
        parts.append(plural("{count} taken out", "{count} taken out", len(was - now)))
    elif before is not None:
        parts.append(_("nothing has changed"))
    lines = [Text(" · ".join(parts), "bold"), Text(printable(file), "dim")]
    if standing:
        lines.append(
            Text(
                plural(
                    "{count} remark of a mandatory rule stands all the same",
                    "{count} remarks of mandatory rules stand all the same",
                    standing,
                ),
                "yellow",
            )
        )
    put(console, lines, whole=True)


def draw(
    baseline: FindingsBaseline, names: Names, console: Console, *, file: str, zone: tzinfo, everything: bool = False
) -> None:
    """List what is accepted, the rules with most of it first; `everything`: each remark by what it is about."""
    head = [
        plural("{count} remark accepted for now", "{count} remarks accepted for now", len(baseline.findings)),
        _("written {date}", date=format_date(as_date(baseline.written, zone), Style.LONG)),
    ]
    put(console, [Text(" · ".join(head), "bold"), Text(printable(file), "dim")], whole=True)
    put(console, _rules(baseline, names, everything=everything), whole=everything)


def _rules(baseline: FindingsBaseline, names: Names, *, everything: bool) -> Iterator[Text]:
    by_code: dict[str, list[AcceptedFinding]] = defaultdict(list)
    for each in baseline.findings:
        by_code[each.code].append(each)
    for code, found in sorted(by_code.items(), key=lambda item: (-len(item[1]), item[0])):
        english, french = names.get(code, (_("no rule of this version"),) * 2)
        line = Text(f"{len(found):5}  {printable(code):7}  {french if current_language() == 'fr' else english}")
        oldest = min((each.since for each in found if each.since is not None), default=None)
        if oldest is not None:
            line.append(f"  {_since(oldest)}", style="dim")
        yield line
        if everything:
            yield from (Text(f"         {_about(each)}") for each in sorted(found, key=lambda each: each.identity))


def _since(day: date) -> str:
    return _("since {date}", date=format_date(day, Style.LONG))


def _about(accepted: AcceptedFinding) -> str:
    """What a remark is about, in its words; else its key."""
    name = shortened(printable(accepted.title or accepted.subject))
    if accepted.tasks:
        return f"{name} ({plural('{count} task', '{count} tasks', len(accepted.tasks))})"
    return f"{name} – {shortened(printable(accepted.detail))}" if accepted.detail else name
