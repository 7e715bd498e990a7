"""The fields of one task, settled together: the table of each, jitter held back, starts before finishes, the stamp."""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, tzinfo

from retro.i18n.own_fields import FLAG
from retro.model import Task, WriteLevel, as_date, field_empty
from retro.ports import Acknowledged
from retro.sync.decide.policy import WritePolicy
from retro.sync.decide.refused import Refused, refuses, refuses_remarks
from retro.sync.decide.stamp import STAMP_UNITS, fitted, stamped
from retro.sync.decide.table import Outcome, Written, settle
from retro.sync.decide.values import ADVISED, OWN_FIELDS, OWN_PREFIX, REVIEW, Value, agrees, value_of
from retro.sync.decide.wanted import Wishes

Workday = Callable[[date], bool]
"""Whether a date is a working day of the project's calendar."""

_WRITES = frozenset({Outcome.WRITE, Outcome.OVERRULE, Outcome.EMPTY})
_PAIRS = ((f"{OWN_PREFIX}start", f"{OWN_PREFIX}due"), ("start", "due"))
_LONGEST_REST = timedelta(days=62)
"""Past that, a date has moved for good, even if a single working day lies between."""


@dataclass(frozen=True, slots=True)
class SettledField:
    """One field of one task with its outcome."""

    name: str
    level: WriteLevel
    written: Acknowledged | None
    current: Value
    wanted: Value
    outcome: Outcome

    @property
    def writes(self) -> bool:
        """Whether something is to be sent."""
        return self.outcome in _WRITES

    @property
    def reported(self) -> bool:
        """Whether a person is to be told that their value and retro's differ."""
        return self.outcome in (Outcome.KEEP, Outcome.OVERRULE)

    @property
    def after(self) -> Value:
        """What will stand there after this run."""
        return self.wanted if self.writes else self.current

    @property
    def ours_after(self) -> Value:
        """What retro will have last sent there: a human's value that is kept never takes its place."""
        if self.writes:
            return self.wanted
        return None if self.written is None else self.written.asked


@dataclass(frozen=True, slots=True)
class TaskFields:
    """Settles the fields of one task.

    `zone` is the workspace's; `declined` is what an undo took back; `lost` says that nothing is remembered of what
    retro wrote on the board, but what stamps vouched for.
    """

    task: Task
    policy: WritePolicy
    wishes: Wishes
    known: Mapping[tuple[str, str], Acknowledged]
    zone: tzinfo
    workday: Workday
    declined: Refused = field(default_factory=dict[tuple[str, str], AbstractSet[Value]])
    lost: bool = False

    def settled(self, levels: Mapping[str, WriteLevel]) -> Iterator[SettledField]:
        """Every field of `levels` that is wished for, `retro_review` last."""
        fields = {
            name: self._settle(name, level, self.wishes.values[name])
            for name, level in levels.items()
            if name != REVIEW and name in self.wishes.values
        }
        for start, due in _PAIRS:
            self._keep_order(fields, start, due)
        self._keep_due_with_start(fields)
        yield from fields.values()
        if REVIEW in levels:
            review = self._settle(REVIEW, levels[REVIEW], self._review(fields))
            bare = not any(each.writes and each.level is WriteLevel.OWN for each in fields.values())
            if review.writes and refuses_remarks(self._declined(REVIEW), review.wanted, self.zone, bare=bare):
                review = replace(review, outcome=Outcome.NOTHING)
            yield review

    def _settle(self, name: str, level: WriteLevel, wish: Value, *, to_the_day: bool = False) -> SettledField:
        acknowledged = self.known.get((self.task.key, name)) or self._as_wanted(name, level, wish)
        written = None if acknowledged is None else Written(acknowledged.value, acknowledged.asked)
        current = value_of(self.task, name)
        if level is WriteLevel.OVERWRITE:
            wish = self._at_its_hour(current, wish)
        outcome = settle(level, written, current, wish, zone=self.zone, force=self.policy.force)
        if name in ADVISED and outcome in _WRITES and not to_the_day and self._hardly_later(current, wish):
            outcome = Outcome.NOTHING
        if outcome in _WRITES and refuses(self._declined(name), wish, self.zone):
            outcome = Outcome.NOTHING
        return SettledField(name, level, acknowledged, current, wish, outcome)

    def _as_wanted(self, name: str, level: WriteLevel, wish: Value) -> Acknowledged | None:
        """An own value of a lost state that is as retro would write it now: it did, before any stamp could say so."""
        current = value_of(self.task, name)
        if not self.lost or level is not WriteLevel.OWN or field_empty(current) or not agrees(current, wish, self.zone):
            return None
        return Acknowledged(task=self.task.key, field=name, value=current, run="", asked=wish)

    def _at_its_hour(self, current: Value, wish: Value) -> Value:
        """A date that moves keeps the hour that the team gave it, on the workspace's clock."""
        if isinstance(current, datetime) and isinstance(wish, datetime):
            return datetime.combine(as_date(wish, self.zone), current.astimezone(self.zone).time(), self.zone)
        return wish

    def _declined(self, name: str) -> AbstractSet[Value]:
        """What an undo took back in a field; `--force` proposes it again."""
        return frozenset() if self.policy.force else self.declined.get((self.task.key, name), frozenset())

    def _hardly_later(self, current: Value, wish: Value) -> bool:
        """Whether a conseillé date would only move later, by one working day or less: levelling's jitter."""
        if not isinstance(current, date) or not isinstance(wish, date):
            return False
        first, last = as_date(current, self.zone), as_date(wish, self.zone)
        if not first <= last <= first + _LONGEST_REST:
            return False
        return sum(self.workday(first + timedelta(days=day + 1)) for day in range((last - first).days)) <= 1

    def _keep_order(self, fields: dict[str, SettledField], start: str, due: str) -> None:
        """Write no start after its finish."""
        pair = [fields[name] for name in (start, due) if name in fields]
        if any(each.writes for each in pair) and self._crossed(fields, start, due):
            # One of the two stayed by less than a day while the other moved past it: take both as computed.
            for each in pair:
                fields[each.name] = self._settle(each.name, each.level, each.wanted, to_the_day=True)
            if self._crossed(fields, start, due):
                # The other end is a person's: a date on the wrong side of it would help nobody.
                for each in pair:
                    if fields[each.name].writes:
                        fields[each.name] = replace(fields[each.name], outcome=Outcome.NOTHING)

    def _crossed(self, fields: Mapping[str, SettledField], start: str, due: str) -> bool:
        first, last = (fields[name].after if name in fields else value_of(self.task, name) for name in (start, due))
        if not isinstance(first, date) or not isinstance(last, date):
            return False
        return as_date(first, self.zone) > as_date(last, self.zone)

    def _keep_due_with_start(self, fields: dict[str, SettledField]) -> None:
        """Write no start alone where the tool wants a finish with it."""
        start = fields.get("start")
        if start is None or not start.writes or not self.policy.capabilities.start_needs_due:
            return
        if field_empty(fields["due"].after if "due" in fields else self.task.due):
            fields["start"] = replace(start, outcome=Outcome.NOTHING)

    def _review(self, fields: Mapping[str, SettledField]) -> str | None:
        """The text of `retro · à revoir`: remarks, then a stamp over all own values that will be retro's.

        Where it is a label, the label: it stands for whatever the remarks say. A comment that holds a stamp alone
        would call people to a card for nothing: there is none without remarks.
        """
        if self.policy.review_in == "label":
            return FLAG if self.wishes.remarks else None
        if self.policy.review_in == "comment" and not self.wishes.remarks:
            return None
        values: dict[str, Value] = {}
        for own in OWN_FIELDS:
            name = f"{OWN_PREFIX}{own}"
            if name in fields:
                values[own] = fields[name].ours_after
            elif name != REVIEW and (written := self.known.get((self.task.key, name))) is not None:
                values[own] = written.asked
        body = fitted([remark.line for remark in self.wishes.remarks], self.policy.review_units - STAMP_UNITS)
        if not body and all(field_empty(value) for value in values.values()):
            return None
        return stamped(body, values, self.zone)
