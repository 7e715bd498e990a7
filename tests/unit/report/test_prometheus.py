"""The metrics file: its format to the letter, counters that go on, and labels that nothing breaks out of."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from retro.model import SourceState, SourceStatus
from retro.model.run_summary import BoardResult, RunSummary, SourceResult
from retro.report.prometheus import parse, render

NOW = datetime(2027, 1, 11, 6, 30, tzinfo=UTC)
BOARD = BoardResult(
    key="trello:1", alias="contenus", name="Contenus", source="equipe", fresh=True, open=12, writes=5, pending=2
)
SOURCE = SourceResult(state=SourceState(id="equipe", kind="trello", state=SourceStatus.FRESH, read_at=NOW), requests=7)
RUN = RunSummary(
    command="sync",
    started=NOW,
    finished=NOW + timedelta(seconds=90),
    exit_code=0,
    sources=(SOURCE,),
    boards=(BOARD,),
    findings={"error": 3},
)
_LINE = re.compile(
    r"# HELP [a-z_]+ [^\n]+|# TYPE [a-z_]+ (?:counter|gauge)"
    r'|[a-z_]+(?:\{[a-z_]+="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-z_]+="(?:[^"\\\n]|\\[\\"n])*")*\})? -?[0-9.e+]+'
)


def value(text: str, series: str) -> float:
    """The value of one series of a file."""
    (line,) = [line for line in text.splitlines() if line.startswith(f"{series} ")]
    return float(line.rpartition(" ")[2])


def well_formed(text: str) -> bool:
    """Every line is one of the format's, every family has its help and type before its samples, no series twice."""
    lines = text.removesuffix("\n").split("\n")
    series = [line.rpartition(" ")[0] for line in lines if not line.startswith("#")]
    typed = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    return (
        text.endswith("\n")
        and all(_LINE.fullmatch(line) for line in lines)
        and len(set(series)) == len(series)
        and {each.partition("{")[0] for each in series} == typed
    )


def test_a_run_is_told() -> None:
    """Sources, boards, findings and the run itself stand in the file, with help and type."""
    text = render(RUN)
    assert well_formed(text)
    assert value(text, 'retro_sync_runs_total{code="0"}') == 1
    assert value(text, "retro_sync_last_success_timestamp_seconds") == (NOW + timedelta(seconds=90)).timestamp()
    assert value(text, "retro_sync_last_run_duration_seconds") == 90
    assert value(text, 'retro_source_up{source="equipe",kind="trello"}') == 1
    assert value(text, 'retro_source_requests_total{source="equipe",kind="trello"}') == 7
    assert value(text, 'retro_board_writes_total{board="contenus",source="equipe"}') == 5
    assert value(text, 'retro_board_changes{board="contenus",source="equipe",why="pending"}') == 2
    assert value(text, 'retro_findings{severity="error"}') == 3
    assert value(text, 'retro_findings{severity="info"}') == 0


def test_counters_go_on_and_gauges_do_not() -> None:
    """The next run adds to what was counted; a failed one keeps the time of the last success."""
    later = replace(RUN, exit_code=3, started=NOW + timedelta(days=1), finished=NOW + timedelta(days=1, seconds=3))
    text = render(later, render(RUN))
    assert well_formed(text)
    assert value(text, 'retro_sync_runs_total{code="0"}') == value(text, 'retro_sync_runs_total{code="3"}') == 1
    assert value(text, 'retro_board_writes_total{board="contenus",source="equipe"}') == 10
    assert value(text, 'retro_source_requests_total{source="equipe",kind="trello"}') == 14
    assert value(text, "retro_sync_last_success_timestamp_seconds") == (NOW + timedelta(seconds=90)).timestamp()
    assert value(text, "retro_sync_last_run_exit_code") == 3
    assert value(text, 'retro_board_open_tasks{board="contenus",source="equipe"}') == 12
    assert "last_success" not in render(later)


def test_a_run_that_ended_early_keeps_what_is_known() -> None:
    """Where nothing was read, sources and boards stand as the last run left them."""
    early = RunSummary(command="sync", started=NOW, finished=NOW, exit_code=2, reached=False)
    before, text = render(RUN), render(early, render(RUN))
    assert well_formed(text)
    assert [line for line in text.splitlines() if line.startswith("retro_board")] == [
        line for line in before.splitlines() if line.startswith("retro_board")
    ]
    assert value(text, "retro_sync_last_run_exit_code") == 2
    assert well_formed(render(early))


def test_a_board_that_is_configured_no_more_is_forgotten() -> None:
    """What a run does not know any more leaves the file."""
    assert "contenus" not in render(replace(RUN, boards=()), render(RUN))


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.text(st.sampled_from('ab"\\\n},= ')))
def test_no_label_breaks_out(alias: str, kind: str) -> None:
    """Whatever a name holds, the file stays well-formed and the name comes back as it was."""
    board, source = replace(BOARD, alias=alias or "x"), replace(SOURCE, state=replace(SOURCE.state, kind=kind))
    text = render(replace(RUN, boards=(board,), sources=(source,)))
    assert well_formed(text)
    held = {labels["board"] for _name, labels, _value in parse(text) if "board" in labels}
    assert held == {alias or "x"}
    assert value_of_writes(render(replace(RUN, boards=(board,), sources=(source,)), text)) == 10


def value_of_writes(text: str) -> float:
    """The writes of the only board."""
    (found,) = [held for name, _labels, held in parse(text) if name == "retro_board_writes_total"]
    return found


@given(st.text())
def test_a_file_that_is_not_ours_is_no_obstacle(before: str) -> None:
    """Whatever stands in the file before, the next one is well-formed."""
    assert well_formed(render(RUN, before))


def test_values_that_are_no_number_are_passed_over() -> None:
    """A damaged counter begins anew rather than spreading."""
    name = 'retro_board_writes_total{board="contenus",source="equipe"}'
    for held in ("NaN", "+Inf", "many", ""):
        assert value(render(RUN, f"{name} {held}\n"), name) == 5
