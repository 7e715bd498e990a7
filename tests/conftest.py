"""What all tests share: the language is English unless a test says otherwise, and a slow machine is no failure."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from retro.i18n import use

settings.register_profile("retro", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("retro")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """The language is state of the process: each test begins with the same one."""
    use("en")
    yield
    use("en")
