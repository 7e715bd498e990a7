"""`retro lint --statistics` at the terminal: what each rule found, how boards get on, and which rules are slow."""

from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from retro.i18n import current_language, format_number, plural
from retro.i18n import text as _
from retro.model import Assessment, LintStatistics
from retro.report import wording
from retro.report.terminal import put
from retro.report.untrusted import printable

MOST_BOARDS = 20
SLOWEST = 5


def draw(assessment: Assessment, console: Console, *, everything: bool = False) -> None:
    """Print the statistics of an assessment that has some: rules with findings, boards, the slowest rules if timed."""
    found = assessment.statistics
    if found is None:
        return
    for lines in (
        _rules(found, assessment),
        _packs(found),
        _boards(found, assessment, everything=everything),
        _slowest(found),
    ):
        put(console, lines, whole=True)


def _rules(found: LintStatistics, assessment: Assessment) -> Iterator[Text]:
    yield Text()
    yield Text(_("Remarks by rule"), style="bold")
    for each in found.rules:
        if not each.findings:
            continue
        line = Text(f"{each.findings:6}  {each.code:7} ")
        line.append(wording.rule_name(assessment, each.code, current_language()))
        if each.share is not None and each.tasks:
            said = _(
                "{count} of {base} tasks judged, {share}",
                count=each.tasks,
                base=each.judged,
                share=wording.percent(each.share),
            )
            line.append(f"  {said}", style="dim")
        yield line


def _packs(found: LintStatistics) -> Iterator[Text]:
    """Of the rules of each pack, those that have nothing to say: for checks of a plan as a whole, that is its score."""
    yield Text()
    yield Text(_("Rules without a remark, of those that ran"), style="bold")
    silent = Counter(each.pack for each in found.rules if not each.findings)
    for pack, count in sorted(Counter(each.pack for each in found.rules).items()):
        held = silent[pack]
        line = Text(f"{held:6}  {pack}  ")
        line.append(_("of {count}, {share}", count=count, share=wording.percent(held / count)), style="dim")
        yield line


def _boards(found: LintStatistics, assessment: Assessment, *, everything: bool) -> Iterator[Text]:
    """Boards with the lowest score first: whoever asks for scores looks for what needs care."""
    names = {board.key: printable(board.name) for board in assessment.portfolio.boards}
    scored = sorted((each.score, names[each.board], each.open) for each in found.boards if each.score is not None)
    yield Text()
    yield Text(
        _("Score of each board in the profile {profile}, of 100 (docs/score.md)", profile=assessment.profile),
        style="bold",
    )
    shown = scored if everything else scored[:MOST_BOARDS]
    for score, name, count in shown:
        line = Text(f"{score:6}  {name}")
        yield line.append(f"  {plural('{count} open task', '{count} open tasks', count)}", style="dim")
    if len(scored) > len(shown):
        yield Text(plural("{count} more: --all", "{count} more: --all", len(scored) - len(shown)), "dim")


def _slowest(found: LintStatistics) -> Iterator[Text]:
    timed = sorted(
        ((each.milliseconds, each.code) for each in found.rules if each.milliseconds is not None), reverse=True
    )
    if not timed:
        return
    yield Text()
    yield Text(_("Slowest rules"), style="bold")
    for milliseconds, code in timed[:SLOWEST]:
        yield Text(_("{time} ms  {code}", time=f"{format_number(round(milliseconds)):>6}", code=code))
