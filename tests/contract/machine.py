"""A machine that stands in another zone than the workspace."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

MACHINES = {
    "Europe/Paris": "Pacific/Auckland",
    "America/Montreal": "Asia/Kolkata",
    "Pacific/Auckland": "America/Montreal",
    "Asia/Kolkata": "Pacific/Kiritimati",
    "UTC": "America/Los_Angeles",
}
"""By the workspace's zone: another one, for the machine."""

_NEW_YEAR = 1_798_761_600.0
"""The first second of 2027, in UTC."""


@contextmanager
def machine_elsewhere(workspace: ZoneInfo) -> Iterator[None]:
    """While it is entered, this process's local time is another one than the workspace's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", MACHINES[workspace.key])
        time.tzset()
        here = datetime.fromtimestamp(_NEW_YEAR, workspace).utcoffset() or timedelta()
        assert time.localtime(_NEW_YEAR).tm_gmtoff != here.total_seconds()
        yield
    time.tzset()
