"""How much each rule found, of how much it judged, and what it took."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from retro.lint.families import code_order
from retro.lint.score import concerned, scores
from retro.model import Finding, LintStatistics, RuleStatistics
from retro.ports import Context


def statistics(
    context: Context,
    judged: Mapping[str, int],
    findings: Sequence[Finding],
    seconds: Mapping[str, float],
    packs: Mapping[str, str],
) -> LintStatistics:
    """The statistics of the rules that ran, most findings first, and of every board.

    Args:
        context: what was judged.
        judged: how many tasks each rule that ran judges, by its code.
        findings: those that stand.
        seconds: what each rule took, by its code, where it was measured.
        packs: the package that each rule comes from, by its code.
    """
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.code].append(finding)
    counts = Counter(finding.code for finding in findings)
    found = [
        RuleStatistics(
            code=code,
            findings=counts[code],
            tasks=len(set(concerned(by_code[code]))),
            judged=base,
            milliseconds=seconds[code] * 1000 if code in seconds else None,
            pack=packs.get(code, ""),
        )
        for code, base in judged.items()
    ]
    found.sort(key=lambda each: (-each.findings, code_order(each.code)))
    return LintStatistics(rules=tuple(found), boards=scores(context, findings))
