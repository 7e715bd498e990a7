"""The nightly run as Prometheus reads it, in its text format: what node_exporter's textfile collector takes.

A file is written anew by each run, so that counters, and the time of the last success, go on from the file before.
Names and help stay English, whatever language the workspace speaks: dashboards and alerts rely on them.
"""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from retro.model import SourceStatus
from retro.model.run_summary import RunSummary

Labels = Mapping[str, str]
Sample = tuple[str, Labels, float]
"""A family's name, labels, and a value."""


@dataclass(frozen=True, slots=True)
class _Family:
    name: str
    kind: str
    help: str
    of_run: bool = False
    """Known of every run, even of one that ended before anything was read."""


_PREFIX = "retro_sync_"
_RUNS, _LAST, _SUCCESS = f"{_PREFIX}runs_total", f"{_PREFIX}last_run", f"{_PREFIX}last_success"
_FAMILIES = (
    _Family(_RUNS, "counter", "Runs of retro sync, by exit code.", of_run=True),
    _Family(f"{_LAST}_timestamp_seconds", "gauge", "When the last run ended.", of_run=True),
    _Family(f"{_SUCCESS}_timestamp_seconds", "gauge", "When the last run that left with 0 ended.", of_run=True),
    _Family(f"{_LAST}_exit_code", "gauge", "Exit code of the last run.", of_run=True),
    _Family(f"{_LAST}_duration_seconds", "gauge", "How long the last run took.", of_run=True),
    _Family("retro_findings", "gauge", "Findings that stand, by severity."),
    _Family("retro_conflicts", "gauge", "Values that people set over those of retro, and that stay."),
    _Family("retro_source_up", "gauge", "Whether every board of the source was read in the last run."),
    _Family("retro_source_read_timestamp_seconds", "gauge", "When the source's oldest board was last read."),
    _Family("retro_source_requests_total", "counter", "Requests sent to the source."),
    _Family("retro_board_fresh", "gauge", "Whether the board was read in the last run."),
    _Family("retro_board_open_tasks", "gauge", "Open tasks of the board."),
    _Family("retro_board_held", "gauge", "Whether a guard holds the board, so that nothing is written there."),
    _Family("retro_board_writes_total", "counter", "Fields written on the board."),
    _Family("retro_board_changes", "gauge", "Changes that the last run did not make, by why."),
)
_SEVERITIES = ("error", "warning", "info")

_SAMPLE = re.compile(r'(?P<name>[a-z_]+)(?:\{(?P<labels>(?:[a-z_]+="(?:[^"\\\n]|\\.)*",?)*)\})? (?P<value>\S+)')
_LABEL = re.compile(r'([a-z_]+)="((?:[^"\\\n]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")


def render(summary: RunSummary, before: str = "") -> str:
    """The file after a run; `before` is the text of the file that is there, "" where there is none.

    Where the run ended before anything was read, what is known of sources and boards stands as it was.
    """
    known = {_key(name, labels): (name, labels, value) for name, labels, value in parse(before)}
    made = {_key(name, labels): (name, labels, value) for name, labels, value in _samples(summary, known)}
    if not summary.reached:
        of_run = {family.name for family in _FAMILIES if family.of_run}
        made |= {key: sample for key, sample in known.items() if sample[0] not in of_run}
    lines: list[str] = []
    for family in _FAMILIES:
        mine = sorted((key, sample) for key, sample in made.items() if sample[0] == family.name)
        if mine:
            lines += [f"# HELP {family.name} {family.help}", f"# TYPE {family.name} {family.kind}"]
            lines += [f"{_series(name, labels)} {_number(value)}" for _key_of, (name, labels, value) in mine]
    return "\n".join(lines) + "\n"


def parse(text: str) -> Iterator[Sample]:
    """The samples in a file that `render` made; lines that are none, and values that are no number, are passed over."""
    for line in text.split("\n"):
        found = _SAMPLE.fullmatch(line)
        if found is None:
            continue
        try:
            value = float(found["value"])
        except ValueError:
            continue
        if math.isfinite(value):
            labels = {name: _unescaped(held) for name, held in _LABEL.findall(found["labels"] or "")}
            yield found["name"], labels, value


def _samples(summary: RunSummary, known: Mapping[str, Sample]) -> Iterator[Sample]:
    def counted(name: str, more: float, labels: Labels) -> Sample:
        before = known.get(_key(name, labels))
        return name, labels, (before[2] if before is not None else 0.0) + more

    ended = summary.finished.timestamp()
    code = {"code": str(summary.exit_code)}
    yield from (sample for sample in known.values() if sample[0] == _RUNS and sample[1] != code)
    yield counted(_RUNS, 1, code)
    yield f"{_LAST}_timestamp_seconds", {}, ended
    success = known.get(_key(f"{_SUCCESS}_timestamp_seconds", {}))
    if summary.well:
        yield f"{_SUCCESS}_timestamp_seconds", {}, ended
    elif success is not None:
        yield success
    yield f"{_LAST}_exit_code", {}, summary.exit_code
    yield f"{_LAST}_duration_seconds", {}, summary.seconds
    if not summary.reached:
        return
    for severity in _SEVERITIES:
        yield "retro_findings", {"severity": severity}, summary.findings.get(severity, 0)
    yield "retro_conflicts", {}, len(summary.conflicts)
    for source in summary.sources:
        labels = {"source": source.state.id, "kind": source.state.kind}
        yield "retro_source_up", labels, source.state.state is SourceStatus.FRESH
        if source.state.read_at is not None:
            yield "retro_source_read_timestamp_seconds", labels, source.state.read_at.timestamp()
        yield counted("retro_source_requests_total", source.requests, labels)
    for board in summary.boards:
        labels = {"board": board.label, "source": board.source}
        yield "retro_board_fresh", labels, board.fresh
        yield "retro_board_open_tasks", labels, board.open
        yield "retro_board_held", labels, board.held is not None
        yield counted("retro_board_writes_total", board.writes, labels)
        reasons = {
            "held": board.held_changes,
            "left": board.left,
            "pending": board.pending,
            "refused": board.refused,
            "rejected": board.rejected,
            "uncertain": board.uncertain,
        }
        for why, count in reasons.items():
            yield "retro_board_changes", {**labels, "why": why}, count


def _key(name: str, labels: Labels) -> str:
    return _series(name, dict(sorted(labels.items())))


def _series(name: str, labels: Labels) -> str:
    held = ",".join(f'{label}="{_escaped(value)}"' for label, value in labels.items())
    return f"{name}{{{held}}}" if held else name


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _unescaped(value: str) -> str:
    return _ESCAPED.sub(lambda found: {"n": "\n"}.get(found[1], found[1]), value)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(float(value))
