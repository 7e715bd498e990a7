"""What all tests share: the language is English unless a test says otherwise, and a slow machine is no failure."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from tests.notion_contract import _kept_to_notions_types, notion_watch
from tests.trello_contract import _kept_to_the_contract, summary, trello_watch

from retro.http import redact
from retro.i18n import use

__all__ = ["_kept_to_notions_types", "_kept_to_the_contract", "notion_watch", "trello_watch"]

EXPLORES = "RETRO_EXPLORE" in os.environ or os.environ.get("RETRO_MACHINE") == "deep"
"""Whether examples are drawn anew; else the tests say the same twice, and a red run is of the change's own making."""
settings.register_profile(
    "retro", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not EXPLORES
)
settings.load_profile("retro")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """The language is state of the process: each test begins with the same one."""
    use("en")
    yield
    use("en")


@pytest.fixture(autouse=True)
def _nothing_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """So is what reads as `•••`: a test's secrets are no other test's."""
    monkeypatch.setattr(redact, "_secrets", [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was held against Trello's contract, so that a run without it shows."""
    finished = [each for each in terminalreporter.stats.get("", []) if getattr(each, "when", "") == "teardown"]
    if told := summary(finished):
        terminalreporter.write_line(told)
