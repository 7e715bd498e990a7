"""Ask every account what it holds, choose, and read each chosen board once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from retro.config.shape import Settings
from retro.model import Portfolio, as_date
from retro.ports import Connector, Discovered, RetroError
from retro.run.discovery.found import Found
from retro.run.headway import Watcher, unwatched
from retro.run.links import HandleOf
from retro.run.project_rows import marked
from retro.run.read import Reading, Target, join
from retro.run.read_each import Outcome, read_each

Choose = Callable[[Sequence[Found]], Found]
"""Picks one board among several, the one touched last first."""
PlaceOf = Callable[[str], str | None]
"""The id in a board's address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A connector, and what is known of its tool.

    `asked` are addresses of boards, and `known` the ids of those that a configuration has already.
    """

    connector: Connector
    place_of: PlaceOf
    pins_columns: bool = False
    asked: tuple[str, ...] = ()
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What was found and read, and the failures on the way."""

    found: tuple[Found, ...]
    portfolio: Portfolio
    errors: tuple[RetroError, ...] = ()


def gather(
    accounts: Mapping[str, Account],
    files: Sequence[Found],
    readers: Mapping[str, Connector],
    *,
    active_since: date,
    settings: Settings,
    zone: tzinfo,
    handle_of: HandleOf,
    choose: Choose | None = None,
    watcher: Watcher = unwatched,
) -> Gathered:
    """Discover, choose and read.

    Boards without activity since `active_since` are listed, not read. `readers` read the files, by their target's
    source. With `choose` one board alone is taken.
    """
    errors: list[RetroError] = []
    found = list(files)
    for name, account in accounts.items():
        try:
            found += _discovered(name, account, zone)
        except RetroError as error:
            errors.append(error)
    if choose is not None and len(found) > 1:
        found = [replace(choose(sorted(found, key=_last, reverse=True)), asked=True)]
    wanted = [each for each in found if not (each.activity_whole and each.idle_since(active_since))]
    connectors = {**{name: account.connector for name, account in accounts.items()}, **readers}
    outcomes = read_each([each.target for each in wanted], connectors, watcher)
    read = {id(each): outcome for each, outcome in zip(wanted, outcomes, strict=True)}
    errors += [outcome.error for outcome in outcomes if outcome.error is not None]
    known = [_with(each, read[id(each)], zone) if id(each) in read else each for each in found]
    once = {each.snapshot.board.key: each.snapshot for each in reversed(known) if each.snapshot is not None}
    snapshots = marked(list(reversed(once.values())))
    portfolio = join(Reading(sources=(), snapshots=tuple(snapshots)), settings, handle_of)
    return Gathered(found=tuple(known), portfolio=portfolio, errors=tuple(errors))


def _discovered(name: str, account: Account, zone: tzinfo) -> Iterable[Found]:
    """The boards that a token sees; those that were asked for alone, where any were."""
    connector = account.connector
    visible = connector.describe().capabilities.visibility_told
    listed = list(connector.discover())
    if account.asked:
        by_place = {place: each for each in listed for place in places(each, account)}
        asked = dict.fromkeys(account.asked)
        listed = [by_place.get(account.place_of(at) or "") or Discovered(at=at, name="") for at in asked]
    for each in listed:
        if places(each, account) & account.known:
            continue
        yield Found(
            source=name,
            at=each.at,
            name=each.name,
            target=Target(source=name, at=each.at, alias=each.name, configured=True),
            last_activity=_day(each.last_activity, zone),
            activity_whole=each.activity_whole,
            guests_see=each.guests_see,
            visibility_told=visible,
            asked=bool(account.asked),
            pins_columns=account.pins_columns,
        )


def places(board: Discovered, account: Account) -> set[str]:
    """The ids by which a board's addresses mean it in its tool."""
    return {place for at in (board.at, board.url) if at and (place := account.place_of(at)) is not None}


def _day(stamp: str | None, zone: tzinfo) -> date | None:
    try:
        return as_date(datetime.fromisoformat(stamp), zone) if stamp else None
    except ValueError:
        return None


def _last(found: Found) -> date:
    return found.last_activity or date.min


def _with(found: Found, outcome: Outcome, zone: tzinfo) -> Found:
    """What was read of a board: its name, its last activity, who sees it; or why it could not be."""
    snapshot = outcome.snapshot
    if snapshot is None:
        return replace(found, missing=str(outcome.error))
    touched = [as_date(task.updated, zone) for task in snapshot.tasks if task.updated is not None]
    days = [*touched, *([found.last_activity] if found.last_activity is not None else [])]
    guests = snapshot.board.guests_see
    return replace(
        found,
        name=snapshot.board.name or found.name,
        last_activity=max(days, default=None),
        guests_see=found.guests_see if guests is None else guests,
        snapshot=snapshot,
    )
