"""Schedule quality: the fourteen checks of the Defense Contract Management Agency's assessment, off until asked for."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from retro.i18n import register

if TYPE_CHECKING:
    from retro.lint import BaseRule

register(__name__)

_PLACES = {
    "DCM101": "missing_logic:MissingLogic",
    "DCM102": "leads:Leads",
    "DCM103": "lags:Lags",
    "DCM104": "unusual_links:UnusualLinks",
    "DCM105": "hard_constraints:HardConstraints",
    "DCM106": "high_float:HighFloat",
    "DCM107": "negative_float:NegativeFloat",
    "DCM108": "high_duration:HighDuration",
    "DCM109": "invalid_dates:InvalidDates",
    "DCM110": "work_without_owner:WorkWithoutOwner",
    "DCM111": "missed_tasks:MissedTasks",
    "DCM112": "broken_critical_path:BrokenCriticalPath",
    "DCM113": "low_path_index:LowPathIndex",
    "DCM114": "low_execution_index:LowExecutionIndex",
}


def _load(place: str) -> "type[BaseRule]":
    module, _, name = place.partition(":")
    rule: type[BaseRule] = getattr(import_module(f"{__name__}.dcm.{module}"), name)
    return rule


RULES: Mapping[str, "Callable[[], type[BaseRule]]"] = {code: partial(_load, place) for code, place in _PLACES.items()}
"""How to import each rule, by code; nothing is imported before it is asked for."""
