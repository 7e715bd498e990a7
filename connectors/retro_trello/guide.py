"""How a person gets a key and a token of Trello: the pages, and every click.

Trello gives tokens to applications, which have keys; a key is had by making an application of one's own. Addresses
and scopes: Trello's guide "Authorizing with Trello's REST API".
"""

from retro.i18n import text as _
from retro.ports import Guide, Step

_KEYS = "https://trello.com/power-ups/admin"
_TOKENS = "https://trello.com/1/authorize?expiration=never&name=retro&response_type=token&scope={scope}&key={{key}}"
_KEY = r"[0-9a-fA-F]{32}"
_TOKEN = r"[0-9A-Za-z_.=-]{40,}"  # noqa: S105 - a shape, not a token


def guide(*, write: bool) -> Guide:
    """The steps. A token that may write takes the place of one that may only read: Trello widens none."""
    return Guide(
        tool="Trello",
        grants=_("retro will be able to write on your boards, where you tell it to.")
        if write
        else _("retro will be able to read your boards, and nothing else."),
        steps=(_key(), _token(write=write)),
        share=_("open it in Trello, click Share, and invite the account that made the token."),
        replaced=_(
            "The earlier token still works: take it back in the settings of your Trello account, under Applications."
        ),
        untold=_("Trello does not tell which of your tokens this is: its first write will show what it may do."),
    )


def _key() -> Step:
    return Step(
        page=_KEYS,
        clicks=(
            _("Log in to Trello, if it asks."),
            _("Click New (or open the application called retro, if there is one)."),
            _("Name it retro, choose your workspace, give your e-mail; leave the connector address empty. Create."),
            _("On its page, click API key, then Generate a new API key."),
            _("Copy the API key: 32 digits and letters. What is called Secret is not needed."),
        ),
        secret="key",  # noqa: S106 - its name
        prompt=_("Paste the API key here (nothing shows while you paste), then Enter"),
        shape=_KEY,
        misshapen=_("this is not an API key of Trello: it has 32 digits and letters from a to f."),
        public=True,
        keeps=True,
    )


def _token(*, write: bool) -> Step:
    return Step(
        page=_TOKENS.format(scope="read,write" if write else "read"),
        clicks=(
            _("Read what the page lists: reading and writing, without an end.")
            if write
            else _("Read what the page lists: reading only, without an end."),
            _("Click Allow at the bottom."),
            _("Copy the token that the next page shows."),
        ),
        secret="token",  # noqa: S106 - its name
        prompt=_("Paste the token here (nothing shows while you paste), then Enter"),
        shape=_TOKEN,
        misshapen=_("this is not a token of Trello: it is a single word of at least 64 characters, often ATTA…"),
    )
