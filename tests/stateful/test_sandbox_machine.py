"""Whole nights over real HTTP against people, faults, crashes and odd hours: `RETRO_MACHINE=deep` looks for longer."""

import os

from hypothesis import HealthCheck, settings
from tests.sandbox_machine import SandboxMachine

DEEP = os.environ.get("RETRO_MACHINE") == "deep"

TestSandboxMachine = SandboxMachine.TestCase
TestSandboxMachine.settings = settings(
    max_examples=300 if DEEP else 10,
    stateful_step_count=25 if DEEP else 10,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
