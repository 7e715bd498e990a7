"""What one board allows: the fields handed over, and what its tool can hold."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from retro.model import WriteLevel
from retro.ports import Capabilities
from retro.sync.decide.values import OWN_FIELDS, OWN_PREFIX, TEAM_FIELDS

MOST_REVIEW_UNITS = 1900
"""UTF-16 units that `review` may take: what Notion holds, less a little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WritePolicy:
    """`[boards.x] write` with the `[sync]` settings that bear on one board. A board without a policy is not written.

    `own` holds ids (`latest`, `review`, `start`, `due`, `margin`), `fill` and `overwrite` the team's fields
    (`start`, `due`). `names` gives each own field its column's name. `capabilities` are its source's.
    """

    own: frozenset[str] = frozenset()
    fill: frozenset[str] = frozenset()
    overwrite: frozenset[str] = frozenset()
    where_guests_see: bool = False
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    capabilities: Capabilities = field(default_factory=Capabilities)
    quiet: timedelta = timedelta(minutes=10)
    """After a human edit, how long a task is left alone."""
    force: bool = False
    """`--force` for this board: cells that someone emptied are filled again."""
    cannot: Mapping[str, str] = field(default_factory=dict[str, str])
    """Own fields that this very board cannot hold, though its tool can, each with a sentence that says why."""
    review_in: str = ""
    """What holds `review` where that is no field: "comment", or "label", which only says that there are remarks."""

    def fields(self) -> Iterator[tuple[str, WriteLevel]]:
        """The fields handed over that the tool can hold, with their level; `retro_review` last of retro's own."""
        for own in OWN_FIELDS:
            if own in (self.own & self.capabilities.own) - self.cannot.keys():
                yield f"{OWN_PREFIX}{own}", WriteLevel.OWN
        for team in TEAM_FIELDS:
            if team in self.capabilities.writable and team in self.fill | self.overwrite:
                yield team, WriteLevel.OVERWRITE if team in self.overwrite else WriteLevel.FILL

    def beyond(self) -> tuple[str, ...]:
        """The fields handed over that the tool cannot hold or retro does not know, sorted."""
        own = {f"{OWN_PREFIX}{each}" for each in self.own - self.capabilities.own}
        team = (self.fill | self.overwrite) - (self.capabilities.writable & set(TEAM_FIELDS))
        return tuple(sorted(own | team))

    def kept_back(self) -> tuple[str, ...]:
        """Why own fields that were handed over are not written on this board: one sentence a reason, sorted."""
        return tuple(sorted({reason for own, reason in self.cannot.items() if own in self.own}))

    @property
    def review_units(self) -> int:
        """Most UTF-16 units of `review` on this board."""
        most = self.capabilities.own_text_most
        return MOST_REVIEW_UNITS if most is None else min(most, MOST_REVIEW_UNITS)
