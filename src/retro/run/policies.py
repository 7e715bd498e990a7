"""What each board allows retro to write, from the configuration."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, time

from retro.config.shape import Settings
from retro.i18n import text as _
from retro.i18n.own_fields import NAMES, name_of
from retro.model import Board
from retro.ports import Capabilities, ConfigurationError
from retro.sync.decide import WritePolicy


def policies(
    settings: Settings,
    boards: Iterable[Board],
    capabilities: Mapping[str, Capabilities],
    forced: AbstractSet[str] = frozenset(),
) -> dict[str, WritePolicy]:
    """A policy by board key, for boards whose `write` hands something over; `forced` are keys under `--force`."""
    names = {field: name_of(field, settings.workspace.lang) for field in NAMES}
    found = {}
    for board in boards:
        section = settings.boards.get(board.alias.partition("#")[0])
        if section is None or not section.write or board.source not in capabilities:
            continue
        found[board.key] = WritePolicy(
            own=frozenset(section.write.own),
            fill=frozenset(section.write.fill),
            overwrite=frozenset(section.write.overwrite),
            where_guests_see=section.write_where_guests_see,
            names=names,
            capabilities=capabilities[board.source],
            quiet=settings.sync.quiet.elapsed,
            force=board.key in forced,
        )
    return found


def in_quiet_hours(text: str, now: datetime) -> bool:
    """Whether `now` lies in the quiet hours ("20:00-07:00", which may span midnight). Raises ConfigurationError."""
    if not text:
        return False
    try:
        first, last = (time.fromisoformat(part.strip().zfill(5)) for part in text.split("-"))
    except ValueError as error:
        raise ConfigurationError(
            _('"{text}" is no range of hours.', text=text),
            where="[sync] quiet_hours",
            remedy=_("Write it as 20:00-07:00."),
        ) from error
    hour = now.time()
    return first <= hour < last if first <= last else hour >= first or hour < last
