"""What is said where no answer came: to a read, that the last snapshot stands; to a write, that it may be done."""

from retro.i18n import text as _
from retro.ports import SourceError, WriteUncertainError


def unreachable(service: str, where: str, *, timed_out: bool, reads: bool) -> SourceError:
    """The error for a request of `service` that got no answer."""
    if timed_out:
        what = _("{service} did not answer in time.", service=service)
    else:
        what = _("{service} cannot be reached.", service=service)
    if reads:
        remedy = _("Check the network, then run the command again; until then the last snapshot stands.")
        return SourceError(what, where=where, remedy=remedy)
    remedy = _("The write may have happened: the next run looks before it writes again.")
    return WriteUncertainError(what, where=where, remedy=remedy)
