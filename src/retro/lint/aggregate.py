"""One finding where most of a board has the same fault, so that the report stays readable."""

from collections.abc import Iterable, Sequence

from retro.model import Finding, Tally, Task
from retro.ports import Rule

_LEAST = 1e-9
"""What a share of a whole number may miss it by: 0.29 × 100 is a little less than 29."""


def aggregates(rule: Rule) -> bool:
    """Whether the rule may aggregate: its `aggregate` option, else its own way; never without a sentence for it."""
    wanted = rule.aggregates if rule.aggregate is None else rule.aggregate
    return wanted and rule.many is not None


def most(rule: Rule, count: int, base: int) -> bool:
    """More than the rule's share of at least its threshold: over half of ten, unless its options say otherwise."""
    return base >= rule.threshold and count - rule.share * base > _LEAST


def aggregate(rule: Rule, base: Iterable[Task], findings: Sequence[Finding]) -> list[Finding]:
    """Replace the findings of each board where the rule holds for most judged tasks by one; keep the others.

    It takes the highest severity of its members and rests on an assumption where all of them do. Its subject is
    the board.
    """
    if rule.many is None or not findings:
        return list(findings)
    judged: dict[str, int] = {}
    for task in base:
        judged[task.board] = judged.get(task.board, 0) + 1
    kept: list[Finding] = []
    by_board: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.task is None or finding.board is None:
            kept.append(finding)
        else:
            by_board.setdefault(finding.board, []).append(finding)
    for board, members in by_board.items():
        keys = sorted({finding.task for finding in members if finding.task is not None})
        total = judged.get(board, 0)
        kept.extend(
            [_one(rule, board, members, Tally(count=len(keys), base=total, keys=tuple(keys)))]
            if most(rule, len(keys), total)
            else members
        )
    return kept


def _one(rule: Rule, board: str, members: Sequence[Finding], tally: Tally) -> Finding:
    worst = min(members, key=lambda finding: finding.severity.rank)
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=worst.severity,
        template=rule.many or worst.template,
        params={"count": tally.count, "base": tally.base},
        subject=board,
        board=board,
        tally=tally,
        field=worst.field,
        assumed=all(finding.assumed for finding in members),
    )
