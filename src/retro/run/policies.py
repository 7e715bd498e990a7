"""What each board allows retro to write, from the configuration."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import datetime, time

from retro.config.shape import BoardSection, Settings
from retro.i18n import text as _
from retro.i18n.own_fields import NAMES, name_of
from retro.model import Board, Portfolio, field_empty
from retro.ports import Acknowledged, Capabilities, ConfigurationError
from retro.sync.decide import WritePolicy
from retro.sync.decide.values import OWN_PREFIX


def policies(
    settings: Settings,
    boards: Iterable[Board],
    capabilities: Mapping[str, Capabilities],
    forced: AbstractSet[str] = frozenset(),
    without_columns: AbstractSet[str] = frozenset(),
) -> dict[str, WritePolicy]:
    """A policy by board key, for boards whose `write` hands something over; `forced` are keys under `--force`.

    `without_columns` are keys of boards that refused to be given fields of retro's own; under `--force` they are
    asked again.
    """
    names = {field: name_of(field, settings.workspace.lang) for field in NAMES}
    found = {}
    for board in boards:
        section = settings.boards.get(board.alias.partition("#")[0])
        if section is None or not section.write or board.source not in capabilities:
            continue
        refused = board.key in without_columns and board.key not in forced
        found[board.key] = WritePolicy(
            own=frozenset(section.write.own),
            fill=frozenset(section.write.fill),
            overwrite=frozenset(section.write.overwrite),
            where_guests_see=section.write_where_guests_see,
            names=names,
            capabilities=capabilities[board.source],
            quiet=settings.sync.quiet.elapsed,
            force=board.key in forced,
            cannot={**(_refused(board, section, names) if refused else {}), **board.own_cannot},
            review_in=board.own_in.get("review", ""),
        )
    return found


def fix_policies(
    settings: Settings,
    boards: Iterable[Board],
    capabilities: Mapping[str, Capabilities],
    *,
    forced: bool = False,
) -> dict[str, WritePolicy]:
    """What `--fix` may write on each board: whoever asks for it lets it, for that run, so nothing is handed over.

    `forced` asks again for what an undo took back.
    """
    found = {}
    for board in boards:
        section = settings.boards.get(board.alias.partition("#")[0])
        if section is not None and board.source in capabilities:
            found[board.key] = WritePolicy(
                where_guests_see=section.write_where_guests_see,
                capabilities=capabilities[board.source],
                quiet=settings.sync.quiet.elapsed,
                force=forced,
            )
    return found


def _refused(board: Board, section: BoardSection, names: Mapping[str, str]) -> dict[str, str]:
    """Own fields that a board lacks and cannot be given, each with the one sentence that tells of them all."""
    lacking = sorted(set(section.write.own) - set(board.own_fields) - board.own_in.keys())
    return dict.fromkeys(lacking, impossible(board.alias, [names[own] for own in lacking], section.warnings))


def without_removed_fields(
    found: Mapping[str, WritePolicy], portfolio: Portfolio, written: Mapping[tuple[str, str], Acknowledged]
) -> dict[str, WritePolicy]:
    """The policies, less the own fields that somebody took off a board whole: like a cell that was emptied.

    `written` are the last written values by task and field. A field that is of another type now is as good as gone.
    Under `--force` they are made again.
    """
    board_of = {task.key: task.board for task in portfolio.tasks}
    had: dict[str, set[str]] = {key: set() for key, policy in found.items() if not policy.force}
    for (task, name), each in written.items():
        own = name.removeprefix(OWN_PREFIX)
        if own != name and not each.mark and not field_empty(each.value) and board_of.get(task) in had:
            had[board_of[task]].add(own)
    lost = {
        board.key: had[board.key] - {*board.own_fields} - board.own_in.keys()
        for board in portfolio.boards
        if board.key in had
    }
    return {key: _without(policy, lost.get(key, set())) for key, policy in found.items()}


def _without(policy: WritePolicy, lost: AbstractSet[str]) -> WritePolicy:
    removed = sorted((policy.own & lost) - policy.cannot.keys())
    if not removed:
        return policy
    names = ", ".join(f"“{policy.names.get(own, own)}”" for own in removed)
    said = _("Somebody took fields of retro's own off this board: {fields}. --force makes them again.", fields=names)
    return replace(policy, cannot={**policy.cannot, **dict.fromkeys(removed, said)})


def impossible(alias: str, names: Iterable[str], warnings: str) -> str:
    """What is said of a board that refuses fields of retro's own: which, and what can be done about it.

    `alias` is the board's name in the configuration, `warnings` where its remarks go.
    """
    said = _("This board cannot be given fields of retro's own; not written there: {fields}.", fields=", ".join(names))
    again = _("Once its plan allows them, run `retro apply --force --board {board}`.", board=alias)
    other = _('For remarks without a field, set `warnings = "comment"` or `"label"` for it.')
    return " ".join([said, again, *([other] if warnings == "field" else [])])


def closed(names: Iterable[str]) -> str:
    """What is said of a board that has fields of retro's own but takes nothing in them: which."""
    return _(
        "This board took nothing in fields of retro's own; not written there: {fields}. The rest was written; these"
        " fields are tried again at the next run.",
        fields=", ".join(names),
    )


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
