"""How much each rule found, how long it took, and how each board stands: for whoever asks, never part of a report."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleStatistics:
    """One rule that ran."""

    code: str
    findings: int
    """Those that stand; an aggregated one is one."""
    tasks: int
    """Tasks that they are about; an aggregated one counts all of its tasks."""
    judged: int
    """Tasks that the rule judges."""
    milliseconds: float | None = None
    """What it took, where it was measured. What several rules share is counted on the first one that asks for it."""
    pack: str = ""
    """The package that it comes from."""

    @property
    def share(self) -> float | None:
        """The part of the judged tasks that has a finding; None where it judges no tasks."""
        return self.tasks / self.judged if self.judged else None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardScore:
    """One board's score, from 0 to 100, after the formula of docs/score.md; None where it has no open task."""

    board: str
    open: int
    score: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LintStatistics:
    """All rules that ran, most findings first, and all boards as they were read."""

    rules: tuple[RuleStatistics, ...] = ()
    boards: tuple[BoardScore, ...] = ()
