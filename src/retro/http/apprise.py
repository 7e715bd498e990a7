"""One message to channels of other kinds (mail, Mattermost, Discord…), through apprise where it is installed.

Each channel is an address as apprise writes them, which holds its secret: none is in any error.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from retro.http.redact import register_address
from retro.i18n import text as _
from retro.ports import ConfigurationError, WriteUncertainError

_TEXT = "text"
"""How the message is written: apprise escapes it for whoever reads markup."""


class OtherChannels:
    """Channels by their addresses, one a line; lines that are blank or begin with # are none.

    Raises:
        ConfigurationError: apprise is not installed, or does not know one of them.
    """

    def __init__(self, addresses: str, *, where: str) -> None:
        known = [line.strip() for line in addresses.splitlines() if line.strip() and not line.strip().startswith("#")]
        for address in known:
            register_address(address)
        self._where = where
        self._channels = _channels(known, where)

    def post(self, title: str, words: str) -> None:
        """Post to all of them, once.

        Raises:
            WriteUncertainError: one at least did not take it; apprise does not tell which.
        """
        if not self._channels.notify(title=title, body=words, body_format=_TEXT):
            raise WriteUncertainError(
                _("one of the channels at least did not take the message."),
                where=self._where,
                remedy=_("Look at the channels before you run the command again: the others have it."),
            )


def _channels(addresses: Sequence[str], where: str) -> Any:
    try:
        library = import_module("apprise")
    except ImportError as error:
        raise ConfigurationError(
            _("apprise, which posts to these channels, is not installed."),
            where=where,
            remedy=_("Install it with retro: {command}", command="uv tool install 'retroplan[notify]'"),
        ) from error
    found = library.Apprise()
    for number, address in enumerate(addresses, 1):
        if not found.add(address):
            raise ConfigurationError(
                _("apprise does not know the address number {number}.", number=number),
                where=where,
                remedy=_("Write it as apprise's pages show, such as mailto://…; one a line."),
            )
    if not addresses:
        raise ConfigurationError(
            _("there is no address of a channel."), where=where, remedy=_("Write one a line, such as mailto://….")
        )
    return found
