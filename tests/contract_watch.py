"""What the watches over the look-alikes share: where the vendors' contracts stand, and how a test fails by them."""

import importlib.util
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = os.environ.get("RETRO_ORACLES", "")
OWN_TESTS = ("tests/unit/sandbox/", "tests/oracle/test_sandbox_")
"""Where requests are made in order to be refused."""
_FAULTS_MOST = 20


@cache
def contract(tool: str) -> ModuleType:
    """The contract of a tool that stands beside a checkout."""
    spec = importlib.util.spec_from_file_location(f"{tool}_contract_check", Path(FOLDER, tool, "check.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fail_by(what: str, test: str, faults: Sequence[str]) -> None:
    """Fail a test whose exchanges have faults, the first of them shown; `what` says what they are not in."""
    if faults:
        shown = "\n".join(faults[:_FAULTS_MOST])
        more = f"\n… and {len(faults) - _FAULTS_MOST} more" if len(faults) > _FAULTS_MOST else ""
        pytest.fail(f"{what}, {test}:\n{shown}{more}", pytrace=False)
