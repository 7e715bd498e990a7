"""`retro nightly status` in words: each way a run can have gone, and nothing that a board said goes to the terminal."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from retro.i18n import use
from retro.model.nightly import NightlyStatus, ScheduledRun
from retro.report.nightly_text import lines

MORNING = datetime(2026, 11, 23, 6, 30).astimezone()
RUN = ScheduledRun(began=MORNING, ended=MORNING + timedelta(minutes=2), code=0, writes=12)
STATUS = NightlyStatus(
    schedulers=[("schtasks", "retro-plan-1")],
    at=time(6, 30),
    last=RUN,
    following=MORNING + timedelta(days=1),
    log="/plan/.retro/nightly.log",
)


def test_all_is_well() -> None:
    """Installed, run, and when it comes again: three lines, in French as a person would say it."""
    assert list(lines(STATUS)) == [
        "Installé : chaque jour à 06:30, lancé par le Planificateur de tâches de Windows (retro-plan-1).",
        "Dernier passage : lun. 23 nov. à 06:30. Tout s’est bien passé : 12 valeurs écrites.",
        "Prochain passage : mar. 24 nov. à 06:30.",
    ]


@pytest.mark.parametrize(
    ("last", "running", "told"),
    [
        (None, False, "It has not run yet."),
        (replace(RUN, ended=None, code=None), True, "A run is under way, since Mon 23 Nov at 06:30."),
        (replace(RUN, ended=None, code=None), False, "interrupted"),
        (replace(RUN, writes=None), False, "All went well."),
        (replace(RUN, code=5), False, "Another run held the state"),
        (replace(RUN, code=3, said="equipe: no connection."), False, "did not end as it should (3):"),
    ],
)
def test_each_outcome(last: ScheduledRun | None, running: bool, told: str) -> None:  # noqa: FBT001 - a case's own fact
    """Each outcome has its sentence."""
    use("en")
    assert told in "\n".join(lines(replace(STATUS, last=last, running=running)))


def test_nights_that_did_not_come() -> None:
    """Where a run was due for more than a day, a sentence asks why, and says what to do now."""
    use("en")
    assert not [line for line in lines(STATUS) if line.startswith("!")]
    assert "`retro sync` does it now" in "\n".join(lines(replace(STATUS, overdue=True)))


def test_what_it_said() -> None:
    """The first lines of what it said, without control characters, and where the rest is."""
    use("en")
    said = "\n".join(["evil \x1b[31mtitle", *(f"line {number}" for number in range(20))])
    told = list(lines(replace(STATUS, last=replace(RUN, code=2, said=said))))
    assert "\x1b" not in "".join(told)
    assert "  line 4" in told
    assert "  line 5" not in told
    assert "All that it said: /plan/.retro/nightly.log" in told


def test_what_is_not_as_it_should_be() -> None:
    """Nothing installed, two schedulers, an interpreter that moved: each with the command that mends it."""
    use("en")
    for status in (
        NightlyStatus(),
        replace(STATUS, schedulers=[("cron", "crontab -l"), ("systemd", "x")]),
        replace(STATUS, moved=True),
    ):
        assert any("`retro nightly install" in line for line in lines(status))
    assert not any("install`" in line for line in lines(STATUS))
