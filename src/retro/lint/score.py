"""A board's score, from 0 to 100: for whoever asks how a board gets on, never for a report.

    score = 100 × (1 − Σ weight ÷ n) − whole

`n` are the board's open tasks, ideas apart; each weighs as its gravest remark: an error 1, a warning 0.5, an info
0.1, none 0. `whole` is what is said of the board or its project as a whole: 10 for an error, 5 for a warning, 1 for
an info. The result is rounded and never below 0. An aggregated finding weighs on each of its tasks. What is
suppressed or in the baseline does not count, and severities are those of the profile: compare like with like.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from retro.model import BoardScore, Finding, Severity, Task
from retro.ports import Context

WEIGHTS = {Severity.ERROR: 1.0, Severity.WARNING: 0.5, Severity.INFO: 0.1}
"""Of one task's gravest remark."""
WHOLE = {Severity.ERROR: 10, Severity.WARNING: 5, Severity.INFO: 1}
"""Points that a remark on the whole board, or on its project, takes away."""


def scores(context: Context, findings: Iterable[Finding]) -> tuple[BoardScore, ...]:
    """The score of each board, in the order in which boards were read."""
    wanted: dict[str, list[Task]] = defaultdict(list)
    for task in context.wanted:
        wanted[task.board].append(task)
    gravest: dict[str, float] = {}
    away: dict[str, int] = defaultdict(int)
    of_project = {project.key: project.boards for project in context.portfolio.projects}
    for finding in findings:
        keys = _tasks(finding)
        for key in keys:
            gravest[key] = max(gravest.get(key, 0.0), WEIGHTS[finding.severity])
        if not keys:
            boards = (finding.board,) if finding.board else of_project.get(finding.project or "", ())
            for board in boards:
                away[board] += WHOLE[finding.severity]
    return tuple(
        BoardScore(
            board=board.key, open=len(wanted[board.key]), score=_score(wanted[board.key], gravest, away[board.key])
        )
        for board in context.portfolio.boards
    )


def _tasks(finding: Finding) -> tuple[str, ...]:
    if finding.tally is not None:
        return finding.tally.keys
    return (finding.task,) if finding.task is not None else ()


def _score(tasks: list[Task], gravest: dict[str, float], away: int) -> int | None:
    if not tasks:
        return None
    weight = sum(gravest.get(task.key, 0.0) for task in tasks)
    return max(0, round(100 * (1 - weight / len(tasks)) - away))


def concerned(findings: Iterable[Finding]) -> Iterator[str]:
    """The tasks that findings are about, aggregated ones task by task."""
    for finding in findings:
        yield from _tasks(finding)
