"""The practices of backward planning, as rules: a folder a family, a file a rule."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from retro.i18n import register

if TYPE_CHECKING:
    from retro.lint import BaseRule

register(__name__)

_PLACES = {
    "END101": "end.project_without_end_date:ProjectWithoutEndDate",
    "END104": "end.end_date_unreachable:EndDateUnreachable",
    "END106": "end.task_after_end_date:TaskAfterEndDate",
    "DEL101": "del_.vague_deliverable:VagueDeliverable",
    "OWN101": "own.no_owner:NoOwner",
    "OWN102": "own.several_owners:SeveralOwners",
    "OWN103": "own.collective_owner:CollectiveOwner",
    "DEP101": "dep.isolated_task:IsolatedTask",
    "DEP103": "dep.dependency_cycle:DependencyCycle",
    "DEP104": "dep.starts_before_predecessor_ends:StartsBeforePredecessorEnds",
    "BUF101": "buf.thin_margin:ThinMargin",
    "STA102": "sta.unmapped_status:UnmappedStatus",
    "NAM101": "nam.no_channel_prefix:NoChannelPrefix",
    "NAM103": "nam.malformed_prefix:MalformedPrefix",
    "DAT101": "dat.no_due_date:NoDueDate",
    "DAT102": "dat.start_after_due:StartAfterDue",
    "DAT103": "dat.overdue:Overdue",
    "RIT101": "rit.untouched_before_meeting:UntouchedBeforeMeeting",
    "SRC101": "src.unreadable_value:UnreadableValue",
    "SRC104": "src.column_changed:ColumnChanged",
}


def _load(place: str) -> "type[BaseRule]":
    module, _, name = place.partition(":")
    rule: type[BaseRule] = getattr(import_module(f"{__name__}.{module}"), name)
    return rule


RULES: Mapping[str, "Callable[[], type[BaseRule]]"] = {code: partial(_load, place) for code, place in _PLACES.items()}
"""How to import each rule, by code; nothing is imported before it is asked for."""
