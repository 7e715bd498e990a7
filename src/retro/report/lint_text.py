"""`retro lint` at the terminal: one screen, the verdict first, then what is worth doing now; or everything."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from retro.i18n import Style, current_language, format_date, plural, say
from retro.i18n import text as _
from retro.model import Assessment, Finding, Severity, SourceStatus, Task
from retro.report import wording
from retro.report.naming import named
from retro.report.outlook import Outlook, Prospect, outlooks
from retro.report.terminal import STYLES, linked, mark, put, severity_word
from retro.report.untrusted import printable
from retro.report.worklists import worklists

GroupBy = Literal["owner", "board", "rule"]

MOST_PROJECTS = 4
MOST_REMARKS = 5
MOST_SOURCES = 3
_LEAST_NAME = 10


def draw(
    assessment: Assessment, console: Console, *, everything: bool = False, group_by: GroupBy | None = None
) -> None:
    """Print the report in the current language.

    Without `everything` or `group_by` it is one screen: at most 24 lines of whatever width the console has.
    """
    tasks = named(assessment.portfolio.tasks)
    put(console, _sources(assessment, everything=everything), whole=everything)
    put(console, _verdicts(assessment, console, everything=everything), whole=everything)
    if everything or group_by is not None:
        put(console, _groups(assessment, tasks, group_by or "board"), whole=True)
    else:
        put(console, _top(assessment, tasks))
    put(console, _summary(assessment))


def _sources(assessment: Assessment, *, everything: bool) -> Iterator[Text]:
    behind = [state for state in assessment.portfolio.sources if state.state is not SourceStatus.FRESH]
    for state in behind if everything else behind[:MOST_SOURCES]:
        line = Text(wording.stale(state, assessment.zone_name), style="yellow")
        if state.error:
            line.append(f" ({printable(state.error)})")
        yield line
    if not everything and len(behind) > MOST_SOURCES:
        count = len(behind) - MOST_SOURCES
        yield Text(
            plural("{count} more source is not up to date", "{count} more sources are not up to date", count), "yellow"
        )


def _verdicts(assessment: Assessment, console: Console, *, everything: bool) -> Iterator[Text]:
    found = outlooks(assessment, worklists(assessment).late_keys)
    shown = found if everything else found[:MOST_PROJECTS]
    if not found:
        yield Text(_("No project yet"), style="bold")
    for outlook in shown:
        yield _verdict(outlook, assessment, console)
    rest = found[len(shown) :]
    if rest:
        missed = sum(each.prospect is Prospect.MISSED for each in rest)
        words = plural("{count} more project", "{count} more projects", len(rest))
        if missed:
            words += plural(", {count} of which misses its date", ", {count} of which miss their dates", missed)
        yield Text(f"  {words}", style="dim")
    yield Text()


def _verdict(outlook: Outlook, assessment: Assessment, console: Console) -> Text:
    """The verdict, the project and its date; a long name gives way before the date does."""
    sign = mark(outlook.prospect, console)
    line = Text.assemble(sign, " ", (wording.verdict(outlook, assessment.day_minutes), sign.style), " · ")
    name, when = printable(outlook.project.name), ""
    if outlook.day:
        left = wording.days_left(outlook)
        when = f" · {format_date(outlook.day, Style.LONG)} ({left})"
        if line.cell_len + cell_len(name + when) > console.width:
            when = f" · {format_date(outlook.day)} ({left})"
    room = max(_LEAST_NAME, console.width - line.cell_len - cell_len(when))
    line.append(name if cell_len(name) <= room else f"{set_cell_size(name, room - 1).rstrip()}…", style="bold").append(
        when
    )
    if outlook.margin_share is not None and outlook.prospect in (Prospect.TIGHT, Prospect.HOLDS):
        share, wanted = wording.percent(outlook.margin_share), wording.percent(assessment.margin)
        said = _(" · {share} of margin, {wanted} wanted", share=share, wanted=wanted)
        if line.cell_len + cell_len(said) <= console.width:
            line.append(said, style="dim")
    return line


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Primary remarks of one rule and one severity, told as one."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def tasks(self) -> int:
        return sum(finding.tally.count if finding.tally else 1 for finding in self.findings)


def _top(assessment: Assessment, tasks: dict[str, Task]) -> Iterator[Text]:
    primary = [finding for finding in assessment.findings if finding.primary]
    by_rule: dict[tuple[Severity, str], list[Finding]] = defaultdict(list)
    for finding in primary:
        by_rule[finding.severity, finding.code].append(finding)
    # Findings come in the order of their families; the sort is stable and keeps it within a severity.
    bundles = sorted((_Bundle(tuple(found)) for found in by_rule.values()), key=lambda each: each.first.severity.rank)
    for bundle in bundles[:MOST_REMARKS]:
        yield from _bundle(bundle, assessment, tasks)
    told = sum(len(bundle.findings) for bundle in bundles[:MOST_REMARKS])
    others = len(assessment.findings) - told
    if others:
        yield Text(
            plural("{count} other remark: retro lint --all", "{count} other remarks: retro lint --all", others), "dim"
        )


def _bundle(bundle: _Bundle, assessment: Assessment, tasks: dict[str, Task]) -> Iterator[Text]:
    finding = bundle.first
    line = Text.assemble((severity_word(finding.severity), STYLES[finding.severity]), "  ")
    name = wording.rule_name(assessment, finding.code, current_language())
    if len(bundle.findings) == 1:
        task = tasks.get(finding.task) if finding.task else None
        line.append_text(linked(task.title, task.url, "bold") if task else Text(name, style="bold"))
        line.append(f"  {finding.code}", style="dim")
        yield line
        yield Text(f"  {printable(say(finding))}")
        return
    line.append(name, style="bold").append(f" ({bundle.tasks})").append(f"  {finding.code}", style="dim")
    yield line
    titles = [
        wording.title(tasks[each.task]) if each.task in tasks else printable(say(each)) for each in bundle.findings
    ]
    yield Text("  " + " · ".join(titles[:MOST_REMARKS]))


def _groups(assessment: Assessment, tasks: dict[str, Task], group_by: GroupBy) -> Iterator[Text]:
    boards = {board.key: printable(board.name) for board in assessment.portfolio.boards}
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in assessment.findings:
        groups[_heading(finding, assessment, tasks, boards, group_by)].append(finding)
    for heading in sorted(groups, key=lambda name: (not name, name.casefold())):
        found = sorted(groups[heading], key=lambda finding: finding.severity.rank)
        yield Text.assemble((heading or _nobody(group_by), "bold"), (f"  {len(found)}", "dim"))
        yield from _remarks(found, tasks)
        yield Text()


def _heading(
    finding: Finding, assessment: Assessment, tasks: dict[str, Task], boards: dict[str, str], group_by: GroupBy
) -> str:
    task = tasks.get(finding.task) if finding.task else None
    match group_by:
        case "rule":
            return f"{finding.code} {wording.rule_name(assessment, finding.code, current_language())}"
        case "owner":
            return printable(task.owners[0].name) if task and task.owners else ""
        case "board":
            return boards.get(finding.board or (task.board if task else ""), "")


def _nobody(group_by: GroupBy) -> str:
    return _("No owner") if group_by == "owner" else _("All boards")


def _remarks(found: Iterable[Finding], tasks: dict[str, Task]) -> Iterator[Text]:
    for finding in found:
        line = Text.assemble(
            "  ", (severity_word(finding.severity), STYLES[finding.severity]), "  ", (finding.code, "dim"), "  "
        )
        task = tasks.get(finding.task) if finding.task else None
        if task:
            line.append_text(linked(task.title, task.url)).append(" – ")
        yield line.append(printable(say(finding)))


def _summary(assessment: Assessment) -> Iterator[Text]:
    counts = Counter(finding.severity for finding in assessment.findings)
    parts = [
        plural("{count} error", "{count} errors", counts[Severity.ERROR]),
        plural("{count} warning", "{count} warnings", counts[Severity.WARNING]),
        plural("{count} info", "{count} infos", counts[Severity.INFO]),
    ]
    if assessment.suppressed:
        parts.append(plural("{count} suppressed", "{count} suppressed", assessment.suppressed))
    if assessment.baselined:
        parts.append(plural("{count} in the baseline", "{count} in the baseline", assessment.baselined))
    tasks = sum(task.counts for task in assessment.portfolio.tasks)
    if not assessment.findings:
        parts = [_("Nothing to remark"), *parts[3:]]
    yield Text(" · ".join([*parts, plural("{count} task read", "{count} tasks read", tasks)]), style="dim")


def statistics(assessment: Assessment, console: Console) -> None:
    """Print how many findings each rule has, most first; nobody and no board is scored."""
    counts = Counter(finding.code for finding in assessment.findings)
    put(
        console,
        (
            Text(f"{count:5}  {code}  {wording.rule_name(assessment, code, current_language())}")
            for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
        whole=True,
    )
