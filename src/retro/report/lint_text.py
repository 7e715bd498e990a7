"""`retro lint` at the terminal: one screen, the verdict first, then what is worth doing now; or everything."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from retro.i18n import Style, current_language, format_date, plural
from retro.i18n import text as _
from retro.model import Assessment, BoardKind, Finding, Severity, SourceStatus, Task
from retro.report import wording
from retro.report.naming import named
from retro.report.outlook import Outlook, Prospect, outlooks
from retro.report.remarks.rows import brief, sentence, title_of
from retro.report.terminal import STYLES, linked, mark, put
from retro.report.untrusted import printable

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
    most = MOST_SOURCES - bool(wording.outdated(behind, assessment.now))  # Which takes a line below the verdicts.
    for state in behind if everything else behind[:most]:
        line = Text(wording.stale(state, assessment.zone_name), style="yellow")
        if state.error:
            line.append(f" ({printable(state.error)})")
        yield line
    if not everything and len(behind) > most:
        count = len(behind) - most
        yield Text(
            plural("{count} more source is not up to date", "{count} more sources are not up to date", count), "yellow"
        )


def _verdicts(assessment: Assessment, console: Console, *, everything: bool) -> Iterator[Text]:
    # Nothing is said of late tasks here, so that they are not looked for.
    found = [each for each in outlooks(assessment, frozenset()) if not _works_to_no_date(each, assessment)]
    shown = found if everything else found[:MOST_PROJECTS]
    if not found:
        yield Text(_("No board works to a launch date"), style="bold")
    for outlook in shown:
        yield _verdict(outlook, assessment, console)
    rest = found[len(shown) :]
    if rest:
        missed = sum(each.prospect is Prospect.MISSED for each in rest)
        words = plural("{count} more project", "{count} more projects", len(rest))
        if missed:
            words += plural(", {count} of which misses its date", ", {count} of which miss their dates", missed)
        yield Text(f"  {words}", style="dim")
    if old := wording.outdated(assessment.portfolio.sources, assessment.now):
        yield Text(f"{old} (retro nightly status)", style="yellow")
    yield Text()


def _works_to_no_date(outlook: Outlook, assessment: Assessment) -> bool:
    """Whether a project has no date because its boards are always on, or calendars of publications."""
    if outlook.anchor is not None or outlook.project.anchors:
        return False
    kinds = [board.kind for board in assessment.portfolio.boards if board.key in outlook.project.boards]
    return bool(kinds) and BoardKind.PROJECT not in kinds


def _verdict(outlook: Outlook, assessment: Assessment, console: Console) -> Text:
    """The verdict, the project and its date; a long name gives way before the date does."""
    sign = mark(outlook.prospect, console)
    line = Text.assemble(sign, " ", (wording.verdict(outlook, assessment.day_minutes), sign.style), " · ")
    name, when = brief(outlook.project.name), ""
    if outlook.day:
        left = wording.days_left(outlook)
        when = f" · {format_date(outlook.day, Style.LONG)} ({left})"
        if line.cell_len + cell_len(name + when) > console.width:
            when = f" · {format_date(outlook.day)} ({left})"
    room = max(_LEAST_NAME, console.width - line.cell_len - cell_len(when))
    line.append(name if cell_len(name) <= room else f"{set_cell_size(name, room - 1).rstrip()}…", style="bold").append(
        when
    )
    said = _ground(outlook, assessment)
    if line.cell_len + cell_len(said) <= console.width:
        line.append(said, style="dim")
    return line


def _ground(outlook: Outlook, assessment: Assessment) -> str:
    """What a date that is met rests on: the margin, unless most durations are only assumed."""
    if outlook.prospect not in (Prospect.TIGHT, Prospect.HOLDS) or outlook.anchor is None:
        return ""
    ground = wording.ground(outlook, assessment.margin)
    return f" · {ground}" if ground else ""


@dataclass(frozen=True, slots=True)
class _Bundle:
    """Remarks of one rule and one severity, told as one."""

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        return self.findings[0]

    @property
    def tasks(self) -> int:
        """As many as the rule found, so that nobody takes what other remarks hide for being in order."""
        return sum(finding.tally.count if finding.tally else 1 for finding in self.findings)


def _top(assessment: Assessment, tasks: dict[str, Task]) -> Iterator[Text]:
    by_rule: dict[tuple[Severity, str], list[Finding]] = defaultdict(list)
    for finding in assessment.findings:
        by_rule[finding.severity, finding.code].append(finding)
    speaking = {(finding.severity, finding.code) for finding in assessment.findings if finding.primary}
    # Findings come in the order of their families; the sort is stable and keeps it within a severity.
    bundles = sorted((_Bundle(tuple(by_rule[rule])) for rule in by_rule if rule in speaking), key=_weight(assessment))
    # What is certain speaks for its rule; what the same rule assumes of other tasks is told with everything.
    first_of = {bundle.first.code: bundle for bundle in reversed(bundles)}
    shown = [bundle for bundle in bundles if first_of[bundle.first.code] is bundle][:MOST_REMARKS]
    for bundle in shown:
        yield from _bundle(_Bundle(tuple(sorted(bundle.findings, key=_urgency(tasks)))), assessment, tasks)
    told = sum(len(bundle.findings) for bundle in shown)
    yield from _mendable(assessment)
    others = len(assessment.findings) - told
    if others:
        yield Text(
            plural("{count} other remark: retro lint --all", "{count} other remarks: retro lint --all", others), "dim"
        )


def _weight(assessment: Assessment) -> Callable[[_Bundle], tuple[int, int]]:
    """Sort key of bundles: severity, then the rule's own one without a profile, one less on an assumption."""

    def key(bundle: _Bundle) -> tuple[int, int]:
        severity = bundle.first.severity
        usual = assessment.weights.get(bundle.first.code, severity).rank
        return severity.rank, min(usual + all(finding.assumed for finding in bundle.findings), Severity.INFO.rank)

    return key


def _urgency(tasks: dict[str, Task]) -> Callable[[Finding], tuple[bool, bool, tuple[int, int, int]]]:
    """Sort key of the remarks of one rule: the primary ones, and of these the tasks that are due first."""

    def key(finding: Finding) -> tuple[bool, bool, tuple[int, int, int]]:
        due = tasks[finding.task].due if finding.task in tasks else None
        return (not finding.primary, due is None, (due.year, due.month, due.day) if due is not None else (0, 0, 0))

    return key


def _bundle(bundle: _Bundle, assessment: Assessment, tasks: dict[str, Task]) -> Iterator[Text]:
    finding = bundle.first
    line = Text.assemble((wording.severity_word(finding.severity), STYLES[finding.severity]), "  ")
    name = wording.rule_name(assessment, finding.code, current_language())
    if len(bundle.findings) == 1:
        task = tasks.get(finding.task) if finding.task else None
        line.append_text(linked(title_of(task), task.url, "bold") if task else Text(name, style="bold"))
        line.append(f"  {finding.code}", style="dim")
        yield line
        yield Text(f"  {sentence(finding, assessment)}")
        return
    line.append(name, style="bold").append(f" ({bundle.tasks})").append(f"  {finding.code}", style="dim")
    yield line
    titles = [
        title_of(tasks[each.task]) if each.task in tasks else sentence(each, assessment)
        for each in bundle.findings[:MOST_REMARKS]
    ]
    yield Text("  " + " · ".join(titles))


def _groups(assessment: Assessment, tasks: dict[str, Task], group_by: GroupBy) -> Iterator[Text]:
    boards = {board.key: brief(board.name) for board in assessment.portfolio.boards}
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in assessment.findings:
        groups[_heading(finding, assessment, tasks, boards, group_by)].append(finding)
    for heading in sorted(groups, key=lambda name: (not name, name.casefold())):
        found = sorted(groups[heading], key=lambda finding: finding.severity.rank)
        yield Text.assemble((heading or _nobody(group_by), "bold"), (f"  {len(found)}", "dim"))
        yield from _remarks(found, tasks, assessment)
        yield Text()


def _heading(
    finding: Finding, assessment: Assessment, tasks: dict[str, Task], boards: dict[str, str], group_by: GroupBy
) -> str:
    task = tasks.get(finding.task) if finding.task else None
    match group_by:
        case "rule":
            return f"{finding.code} {wording.rule_name(assessment, finding.code, current_language())}"
        case "owner":
            return brief(task.owners[0].name) if task and task.owners else ""
        case "board":
            return boards.get(finding.board or (task.board if task else ""), "")


def _nobody(group_by: GroupBy) -> str:
    return _("No owner") if group_by == "owner" else _("All boards")


def _remarks(found: Iterable[Finding], tasks: dict[str, Task], assessment: Assessment) -> Iterator[Text]:
    for finding in found:
        line = Text.assemble(
            "  ", (wording.severity_word(finding.severity), STYLES[finding.severity]), "  ", (finding.code, "dim"), "  "
        )
        task = tasks.get(finding.task) if finding.task else None
        if task:
            line.append_text(linked(title_of(task), task.url)).append(" – ")
        yield line.append(sentence(finding, assessment))


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


def _mendable(assessment: Assessment) -> Iterator[Text]:
    """How many remarks retro can mend by itself, and how to see what it would put there."""
    fixes = [finding.fix for finding in assessment.findings if finding.fix is not None]
    if fixes:
        unsafe = "" if all(fix.safe for fix in fixes) else " --unsafe-fixes"
        words = plural("{count} can be mended", "{count} can be mended", len(fixes))
        yield Text(_("{words}: {command}", words=words, command=f"retro lint --fix{unsafe} --diff"), style="dim")
