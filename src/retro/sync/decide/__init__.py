"""What retro would write, decided as data: three-way, field by field, before anything is sent.

`wanted` says what retro would like to see on the board, `table` settles one field, `tasks` who may be written to,
`stamp` knows retro's own values again, `plan` puts it together; `fixes` are what a person asks for. All pure: no
network, no database, no clock.
"""

from retro.sync.decide.constraints import human_dates
from retro.sync.decide.fixes import decide_fixes
from retro.sync.decide.narrowed import without_fields
from retro.sync.decide.plan import conflict_key, decide, may_write
from retro.sync.decide.policy import WritePolicy
from retro.sync.decide.refused import Refused
from retro.sync.decide.stamp import has_stamp, recognised
from retro.sync.decide.table import Outcome, Written, settle
from retro.sync.decide.unasked import as_they_stand
from retro.sync.decide.wanted import Remark, Wishes, wanted

__all__ = [
    "Outcome",
    "Refused",
    "Remark",
    "Wishes",
    "WritePolicy",
    "Written",
    "as_they_stand",
    "conflict_key",
    "decide",
    "decide_fixes",
    "has_stamp",
    "human_dates",
    "may_write",
    "recognised",
    "settle",
    "wanted",
    "without_fields",
]
