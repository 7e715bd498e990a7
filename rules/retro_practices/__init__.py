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
    "END102": "end.end_date_invisible:EndDateInvisible",
    "END103": "end.end_date_moved:EndDateMoved",
    "END104": "end.end_date_unreachable:EndDateUnreachable",
    "END105": "end.end_date_on_day_off:EndDateOnDayOff",
    "END106": "end.task_after_end_date:TaskAfterEndDate",
    "DEL101": "del_.vague_deliverable:VagueDeliverable",
    "DEL102": "del_.uncounted_deliverable:UncountedDeliverable",
    "DEL103": "del_.no_brief:NoBrief",
    "DEL104": "del_.duplicate_title:DuplicateTitle",
    "DEL105": "del_.several_tasks_in_one:SeveralTasksInOne",
    "OWN101": "own.no_owner:NoOwner",
    "OWN102": "own.several_owners:SeveralOwners",
    "OWN103": "own.collective_owner:CollectiveOwner",
    "OWN104": "own.unknown_owner:UnknownOwner",
    "OWN105": "own.owner_away:OwnerAway",
    "DEP101": "dep.isolated_task:IsolatedTask",
    "DEP102": "dep.open_end:OpenEnd",
    "DEP103": "dep.dependency_cycle:DependencyCycle",
    "DEP104": "dep.starts_before_predecessor_ends:StartsBeforePredecessorEnds",
    "DEP105": "dep.broken_link:BrokenLink",
    "DEP106": "dep.redundant_link:RedundantLink",
    "DEP107": "dep.started_too_soon:StartedTooSoon",
    "DEP108": "dep.done_before_predecessor:DoneBeforePredecessor",
    "DEP109": "dep.dependency_in_prose:DependencyInProse",
    "DEP110": "dep.likely_link:LikelyLink",
    "BUF101": "buf.thin_margin:ThinMargin",
    "BUF102": "buf.delivers_on_the_day:DeliversOnTheDay",
    "BUF103": "buf.margin_eaten:MarginEaten",
    "BUF104": "buf.crowded_end_date:CrowdedEndDate",
    "BUF105": "buf.late_validation:LateValidation",
    "STA101": "sta.no_status:NoStatus",
    "STA102": "sta.unmapped_status:UnmappedStatus",
    "STA103": "sta.late_start:LateStart",
    "STA104": "sta.stuck_status:StuckStatus",
    "STA105": "sta.done_with_open_checklist:DoneWithOpenChecklist",
    "STA106": "sta.done_list_not_complete:DoneListNotComplete",
    "NAM101": "nam.no_channel_prefix:NoChannelPrefix",
    "NAM102": "nam.unknown_channel:UnknownChannel",
    "NAM103": "nam.malformed_prefix:MalformedPrefix",
    "NAM104": "nam.prefix_contradicts_label:PrefixContradictsLabel",
    "NAM105": "nam.unreadable_title:UnreadableTitle",
    "NAM106": "nam.no_action_verb:NoActionVerb",
    "DAT101": "dat.no_due_date:NoDueDate",
    "DAT102": "dat.start_after_due:StartAfterDue",
    "DAT103": "dat.overdue:Overdue",
    "DAT104": "dat.due_on_day_off:DueOnDayOff",
    "DAT105": "dat.due_date_moved_often:DueDateMovedOften",
    "DAT106": "dat.done_in_the_future:DoneInTheFuture",
    "DAT107": "dat.too_short_for_its_work:TooShortForItsWork",
    "DAT108": "dat.due_after_advised:DueAfterAdvised",
    "DAT109": "dat.due_after_latest:DueAfterLatest",
    "DAT110": "dat.checklist_item_after_due:ChecklistItemAfterDue",
    "DAT111": "dat.rush_task:RushTask",
    "RIT101": "rit.untouched_before_meeting:UntouchedBeforeMeeting",
    "RIT102": "rit.board_asleep:BoardAsleep",
    "RIT103": "rit.no_guardian:NoGuardian",
    "RIT104": "rit.no_debrief:NoDebrief",
    "GRA101": "gra.micro_task:MicroTask",
    "GRA102": "gra.oversized_task:OversizedTask",
    "GRA103": "gra.overcrowded_board:OvercrowdedBoard",
    "GRA104": "gra.long_checklist:LongChecklist",
    "GRA105": "gra.coarse_plan:CoarsePlan",
    "CEN101": "cen.duplicate_across_boards:DuplicateAcrossBoards",
    "CEN102": "cen.scattered_project:ScatteredProject",
    "CEN103": "cen.board_outside_the_plan:BoardOutsideThePlan",
    "CEN104": "cen.project_without_plan:ProjectWithoutPlan",
    "CEN105": "cen.several_projects_on_a_board:SeveralProjectsOnABoard",
    "CAP101": "cap.overloaded_person:OverloadedPerson",
    "CAP102": "cap.too_many_at_once:TooManyAtOnce",
    "CAP103": "cap.key_person:KeyPerson",
    "SRC101": "src.unreadable_value:UnreadableValue",
    "SRC102": "src.source_failed:SourceFailed",
    "SRC103": "src.truncated_read:TruncatedRead",
    "SRC104": "src.column_changed:ColumnChanged",
    "SRC105": "src.hidden_plugin_data:HiddenPluginData",
    "SRC106": "src.unused_suppression:UnusedSuppression",
    "SRC107": "src.expired_suppression:ExpiredSuppression",
    "SRC108": "src.assumed_durations:AssumedDurations",
    "SRC109": "src.missing_column:MissingColumn",
}


def _load(place: str) -> "type[BaseRule]":
    module, _, name = place.partition(":")
    rule: type[BaseRule] = getattr(import_module(f"{__name__}.{module}"), name)
    return rule


RULES: Mapping[str, "Callable[[], type[BaseRule]]"] = {code: partial(_load, place) for code, place in _PLACES.items()}
"""How to import each rule, by code; nothing is imported before it is asked for."""
