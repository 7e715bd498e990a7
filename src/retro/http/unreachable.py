"""What is said where no answer came: to a read, that the last snapshot stands; to a write, that it may be done."""

from enum import Enum, auto

from retro.i18n import text as _
from retro.ports import SourceError, WriteUncertainError


class Lost(Enum):
    """How a request came to nothing."""

    UNCONNECTED = auto()
    """No connection was made: refused, no such host, no valid certificate, nobody there."""
    SLOW = auto()
    """No answer came in time."""
    BROKEN_OFF = auto()
    """The connection was closed before the answer was whole."""


def unreachable(service: str, where: str, lost: Lost, *, reads: bool) -> SourceError:
    """The error for a request of `service` that got no answer; without a connection it is the whole source's."""
    what = {
        Lost.UNCONNECTED: _("{service} cannot be reached.", service=service),
        Lost.SLOW: _("{service} did not answer in time.", service=service),
        Lost.BROKEN_OFF: _("{service} broke the connection off before its answer was whole.", service=service),
    }[lost]
    whole = lost is Lost.UNCONNECTED
    if reads:
        remedy = _("Check the network, then run the command again; until then the last snapshot stands.")
        return SourceError(what, where=where, remedy=remedy, whole=whole)
    remedy = _("The write may have happened: the next run looks before it writes again.")
    return WriteUncertainError(what, where=where, remedy=remedy, whole=whole)
