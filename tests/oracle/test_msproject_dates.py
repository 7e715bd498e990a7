"""Early and late dates, held against those that Microsoft Project itself stored in its files.

`RETRO_DATA` names the folder of the data (it holds `schedules/msp/*.json.gz`). `bench/conformance.py` reads and
compares them; here its verdict is asked for.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.oracle

BENCH = Path(__file__).parents[2] / "bench" / "conformance.py"


def test_dates_agree_with_microsoft_project() -> None:
    """Earliest and latest start and finish and total slack, to the minute, of every leaf that can be calculated."""
    folder = os.environ.get("RETRO_DATA")
    if not folder:
        pytest.skip("RETRO_DATA names no folder of data")
    run = subprocess.run(  # noqa: S603 - our own bench
        [sys.executable, str(BENCH), str(Path(folder, "schedules", "msp"))],
        capture_output=True,
        text=True,
        check=False,
    )
    print(run.stdout)  # noqa: T201 - the figures that are reported
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr
    assert " 0 of those differ" in run.stdout
