"""The baseline of findings in a run: where its file is, and what writing and pruning it mean for what was read."""

from dataclasses import replace
from pathlib import Path

from retro.config.load import Configuration
from retro.i18n import text as _
from retro.lint.baseline import Scope, pruned, written
from retro.lint.selection import matches
from retro.model import FindingsBaseline, SourceStatus
from retro.ports import ConfigurationError
from retro.run.assess import Assessed, Means
from retro.run.read import Reading
from retro.store import findings_file


def file_of(configuration: Configuration, given: Path | None = None) -> Path:
    """The baseline's file: the one that was named, else `[lint] baseline` beside retro.toml."""
    return given if given is not None else configuration.folder / configuration.settings.lint.baseline


def in_force(configuration: Configuration, given: Path | None = None) -> FindingsBaseline | None:
    """The baseline that a run goes by; None where none was written.

    Raises:
        ConfigurationError: its file is broken, or is not there though it was named.
    """
    file = file_of(configuration, given)
    return findings_file.read(file) if given is not None or file.exists() else None


def needed(configuration: Configuration, given: Path | None = None) -> FindingsBaseline:
    """The same, where there must be one. Raises ConfigurationError where there is none."""
    found = in_force(configuration, given)
    if found is None:
        raise ConfigurationError(
            _("there is no baseline of findings."),
            where=str(file_of(configuration)),
            remedy=_("Accept what stands now with `retro baseline write`."),
        )
    return found


def revised(
    before: FindingsBaseline | None,
    assessed: Assessed,
    reading: Reading,
    means: Means,
    *,
    adds: bool,
    whole: bool,
    offline: bool,
) -> FindingsBaseline:
    """The baseline after another look at the boards; the very same where nothing changes.

    Args:
        before: as it stands; None: there is none yet.
        assessed: what the rules say, without any baseline.
        reading: how the boards were read: what stands in it of others stays.
        means: what the assessment was made with; mandatory rules are never accepted.
        adds: whether everything that stands is accepted, or only what does not occur any more is taken out.
        whole: whether the boards are those of the configuration, so that with each of them read none was overlooked.
        offline: whether the last snapshots are what was asked for, and count as read.
    """
    now, portfolio = assessed.assessment.now, assessed.assessment.portfolio
    there = None if before is None else _without_mandatory(before, means)
    findings = [each for each in assessed.assessment.findings if not matches(each.code, means.lint.mandatory)]
    read = {snapshot.board.key for snapshot in reading.snapshots} if offline else reading.fresh
    every = offline or all(state.state is SourceStatus.FRESH for state in reading.sources)
    # What speaks at certain moments only is not mended because it is silent now.
    steady = assessed.ran - {rule.code for rule in means.rules if rule.comes_and_goes}
    scope = Scope(boards=read, rules=steady, whole=whole and every)
    if adds or there is None:
        after = written(there, findings, scope, portfolio, now)
    else:
        after = pruned(there, findings, scope, portfolio, now)
    if before is not None and after.findings == before.findings:
        return before
    return replace(after, written=now)


def mandatory_among(assessed: Assessed, means: Means) -> int:
    """How many findings stand whatever is accepted."""
    return sum(matches(each.code, means.lint.mandatory) for each in assessed.assessment.findings)


def _without_mandatory(baseline: FindingsBaseline, means: Means) -> FindingsBaseline:
    kept = tuple(each for each in baseline.findings if not matches(each.code, means.lint.mandatory))
    return baseline if kept == baseline.findings else replace(baseline, findings=kept)
