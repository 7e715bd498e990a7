"""Random networks of every feature, held against MPXJ's scheduler (PyPI `mpxj`, Java), where both are installed.

`RETRO_ORACLES` names the folder that holds `schedule/mpxj_oracle.py`; `RETRO_PROJECTS` says how many networks of each
feature are tried (40 unless it does).
"""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from retro.schedule import ScheduleOptions, schedule

pytestmark = pytest.mark.oracle


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


networks = _module(Path(__file__).with_name("random_networks.py"))
PROJECTS = int(os.environ.get("RETRO_PROJECTS", "40"))
NAMES = ("es", "ef", "ls", "lf")


@pytest.fixture(scope="module")
def oracle() -> ModuleType:
    """MPXJ behind its oracle."""
    pytest.importorskip("mpxj")
    pytest.importorskip("jpype")
    folder = os.environ.get("RETRO_ORACLES")
    if not folder:
        pytest.skip("RETRO_ORACLES names no folder of oracles")
    module = _module(Path(folder, "schedule", "mpxj_oracle.py"))
    try:
        module.jvm()
    except Exception as error:  # noqa: BLE001 - jpype raises its own kinds where there is no Java
        pytest.skip(f"no Java: {error}")
    return module


def differences(spec: dict[str, Any], theirs: list[dict[str, Any]]) -> tuple[int, list[str]]:
    """How many tasks there were, and those whose dates or total slack differ."""
    team = networks.calendars(spec)
    ours = schedule(networks.portfolio(spec), team, ScheduleOptions(), networks.at(spec["start"])).tasks
    wrong = []
    for task, one in zip(spec["tasks"], theirs, strict=True):
        said = ours[one["id"]]
        calendar = team.at_work(None, task.get("cal"), alone=True)
        dates = (said.earliest_start, said.earliest_finish, said.latest_start, said.latest_finish)
        same = all(
            mine is not None and calendar.ordinal(mine) == calendar.ordinal(networks.at(one[name]))
            for name, mine in zip(NAMES, dates, strict=True)
        )
        if not same or said.total_slack_minutes != round(one["total"]):
            mine = [str(day)[:16] for day in dates]
            its = [one[name] for name in NAMES]
            wrong.append(f"{task} retro {mine} {said.total_slack_minutes} MPXJ {its} {one['total']}")
    return len(theirs), wrong


@pytest.mark.parametrize("feature", networks.FEATURES)
def test_dates_agree_with_mpxj(oracle: ModuleType, feature: str) -> None:
    """Earliest and latest dates and total slack of every task of every network, to the minute."""
    tasks, wrong = 0, []
    for seed in range(PROJECTS):
        spec = networks.network(seed, feature)
        told = {**spec, "links": [_percent(spec, link) if "percent" in link else link for link in spec["links"]]}
        count, differing = differences(spec, oracle.schedule(told))
        tasks += count
        wrong += [f"seed {seed}: {line}" for line in differing]
    print(f"{feature}: {PROJECTS} networks, {tasks} tasks, {len(wrong)} differ")  # noqa: T201 - the figures
    assert not wrong, "\n".join(wrong[:6])


def _percent(spec: dict[str, Any], link: list[Any]) -> list[Any]:
    """A percent lag in minutes, which is what the oracle takes."""
    minutes = next(task["min"] for task in spec["tasks"] if task["id"] == link[0])
    return [*link[:3], round(minutes * link[3] / 100)]
