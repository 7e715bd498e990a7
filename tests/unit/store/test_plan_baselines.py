"""Baselines of dates in the ledger, in memory and on SQLite, and in files of their own."""

import json
import os
import stat
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from tests.dated_plans import NOW, card, plan
from tests.unit.store.conftest import Open

from retro.model import BaselineAnchor, BaselineBoard, NamedBaseline
from retro.ports import ConfigurationError, UnreadableError
from retro.store import plan_files
from retro.store.ledger import SqlLedger
from retro.store.migrate import upgrade

FIRST = plan(
    card("trello:1", date(2027, 1, 15), title="Brief « été » 🚀", owners=("Léa",), advised_finish=NOW),
    anchors=(BaselineAnchor(key="p/0", name="Salon", project="p", day=date(2027, 3, 1), slack_minutes=-420),),
)
LATER = plan(card("a"), card("b"), name="comité", set_at=NOW + timedelta(days=7))


def test_a_baseline_comes_back_as_it_was_kept(reopen: Open) -> None:
    """Every date, name and owner comes back; a name that none has gives none."""
    reopen().keep_plan_baseline(FIRST)
    assert reopen().plan_baseline("kickoff") == FIRST
    assert reopen().plan_baseline("Kickoff") is None


def test_anchors_are_read_without_the_tasks(reopen: Open) -> None:
    """The anchors come whole, whatever words stand around them, and however much stands before them."""
    odd = BaselineAnchor(key="p/1", name='"anchors":[{', project="p", day=date(2027, 4, 1))
    boards = tuple(BaselineBoard(key=f"b{n}", name=f'Tableau "anchors": {n} {n * n}') for n in range(4_000))
    reopen().keep_plan_baseline(replace(FIRST, boards=boards, anchors=(*FIRST.anchors, odd)))
    assert reopen().baseline_anchors("kickoff") == (*FIRST.anchors, odd)
    reopen().keep_plan_baseline(LATER)
    assert reopen().baseline_anchors("comité") == ()
    assert reopen().baseline_anchors("autre") == ()


def test_baselines_are_listed_last_first_and_replaced_by_name(reopen: Open) -> None:
    """The list has each name once, with what it holds now."""
    assert reopen().plan_baselines() == []
    for each in (LATER, FIRST, plan(card("a"), card("b"), card("c"))):
        reopen().keep_plan_baseline(each)
    assert reopen().plan_baselines() == [NamedBaseline("comité", LATER.set_at, 2), NamedBaseline("kickoff", NOW, 3)]


def test_a_state_of_the_third_schema_learns_to_keep_them(tmp_path: Path) -> None:
    """A ledger of schema 3 keeps its runs and last written values, and takes baselines from now on."""
    engine = create_engine(f"sqlite:///{tmp_path / 'retro.db'}")
    with engine.begin() as connection:
        upgrade(connection, to="0003")
        connection.exec_driver_sql("INSERT INTO runs VALUES ('r1', 'sync', 1, 2, 3)")
        connection.exec_driver_sql(
            "INSERT INTO acknowledged VALUES ('b1', 't1', 'retro_review', '\"text:x\"', '\"text:x\"', 'r1', 5, 'm')"
        )
        connection.exec_driver_sql("PRAGMA user_version = 3")
    engine.dispose()
    with SqlLedger(tmp_path) as ledger:
        assert ledger.plan_baselines() == []
        ledger.keep_plan_baseline(FIRST)
        assert ledger.plan_baseline("kickoff") == FIRST
        assert [(each.id, each.writes) for each in ledger.runs()] == [("r1", 3)]
        assert [(each.value, each.mark) for each in ledger.acknowledged("b1").values()] == [("x", "m")]


@pytest.mark.parametrize("body", ["x'00'", "x'789c030000000001'"])
def test_damage_says_what_to_do(tmp_path: Path, body: str) -> None:
    """A body that cannot be unpacked, or that holds no baseline, is a damaged state however it is read."""
    with SqlLedger(tmp_path) as ledger:
        ledger.keep_plan_baseline(FIRST)
        with ledger._database.writing() as connection:
            connection.exec_driver_sql(f"UPDATE plan_baselines SET body = {body}")  # noqa: S608 - our own text
        for read in (ledger.last_agreed(), partial(ledger.plan_baseline, FIRST.name)):
            with pytest.raises(ConfigurationError, match=r"damaged|endommagé"):
                read()
        with pytest.raises(ConfigurationError, match=r"damaged|endommagé"):
            ledger.baseline_anchors(FIRST.name)


def test_a_file_holds_one_baseline(tmp_path: Path) -> None:
    """What is written to a file comes back, and files of a folder are listed by what they hold."""
    for each in (FIRST, LATER):
        plan_files.write(each, plan_files.file_of(each.name, tmp_path))
    assert plan_files.read(tmp_path / "retro-plan-comité.json") == LATER
    (tmp_path / "retro-plan-autre.json").write_text("{}", encoding="utf-8")
    assert [each.name for each in plan_files.listed(tmp_path)] == ["comité", "kickoff"]


def test_half_a_pair_of_a_title_is_kept_in_a_file(tmp_path: Path) -> None:
    """A title with half of a surrogate pair, which no UTF-8 can hold, comes back as it was."""
    torn = plan(card("a", title="Visuel \ud83d"))
    plan_files.write(torn, tmp_path / "x.json")
    assert plan_files.read(tmp_path / "x.json") == torn


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    """A file is closed to others when it is made and when it takes the place of one that was open; nothing stays by."""
    file = tmp_path / "lancement.json"
    file.write_text("ancien", encoding="utf-8")
    file.chmod(0o644)
    before = os.umask(0)
    try:
        plan_files.write(FIRST, file)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [each.name for each in tmp_path.iterdir()] == ["lancement.json"]


@pytest.mark.skipif(os.name != "posix", reason="a path below a file")
def test_a_file_that_cannot_be_written_is_explained(tmp_path: Path) -> None:
    """A folder that is none is told with what to do, and what was there stays."""
    (tmp_path / "x").write_text("x", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="--file"):
        plan_files.write(FIRST, tmp_path / "x" / "y.json")
    assert (tmp_path / "x").read_text("utf-8") == "x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "nul",
        "[" * 100_000,
        '{"version": 1}',
        '{"kind": "retro plan baseline", "version": 1}',
        '{"kind": "retro plan baseline", "version": 1, "baseline": {"name": 3, "set_at": "hier"}}',
        '{"kind": "retro plan baseline", "version": 1, "baseline": {"name": "x", "set_at": "hier", "tasks": 7}}',
    ],
)
def test_what_is_no_baseline_is_refused(tmp_path: Path, text: str) -> None:
    """Anything else in a file is an error for people, whatever it is."""
    file = tmp_path / "x.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError):
        plan_files.read(file)


def test_a_newer_file_says_so(tmp_path: Path) -> None:
    """A file of a later version is not guessed at."""
    file = tmp_path / "x.json"
    file.write_text(json.dumps({"kind": "retro plan baseline", "version": 2}), encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"newer|récente"):
        plan_files.read(file)
