"""What a new token is good for: what it sees, whom it acts for, which boards it should see and does not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from retro.ports import Discovered, SourceError, Standing, TellsStanding
from retro.run.discovery.gather import Account, places


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a token sees. `missing` are addresses, of those asked for, of boards that it does not see."""

    boards: tuple[Discovered, ...]
    """The one touched last first."""
    standing: Standing
    missing: tuple[str, ...] = ()


def look(account: Account) -> Seen:
    """Ask the tool in one request that is refused where the token is not good, then how the token stands.

    Raises SourceError where it is refused or the tool cannot be reached.
    """
    found = sorted(account.connector.discover(), key=_touched, reverse=True)
    seen = {place for board in found for place in places(board, account)}
    return Seen(
        boards=tuple(found),
        standing=_standing(account),
        missing=tuple(_unseen(account, seen)),
    )


def _standing(account: Account) -> Standing:
    """How the token stands; nothing where the tool will not say: the boards that it shows are proof enough."""
    if not isinstance(account.connector, TellsStanding):
        return Standing()
    try:
        return account.connector.standing()
    except SourceError as error:
        if error.whole:
            raise
        return Standing()


def _unseen(account: Account, seen: set[str]) -> Iterable[str]:
    return (address for address in account.asked if account.place_of(address) not in seen)


def _touched(board: Discovered) -> float:
    """When something last happened on a board, for sorting; one that does not tell goes last."""
    try:
        return datetime.fromisoformat(board.last_activity or "").timestamp()
    except ValueError:
        return 0.0
