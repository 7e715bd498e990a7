"""What an assessment gives rules to look at."""

import pytest
from tests.unit.schedule.conftest import NOW, PLAIN

from retro.config.shape import Settings
from retro.lint.ahead import NotYet, NotYetError
from retro.model import Portfolio
from retro.run import assess
from retro.run.assess import Means
from retro.schedule import ScheduleOptions


def test_before_there_is_a_schedule_another_one_is_not_impossible() -> None:
    """A rule that asks whether another schedule can be made is not told that none ever can."""
    means = Means(settings=Settings(), calendars=PLAIN, options=ScheduleOptions(), capabilities={})
    context = assess._context(Portfolio(), NotYet(), means, NOW)
    assert context.reschedule is not None
    with pytest.raises(NotYetError):
        context.reschedule({})
