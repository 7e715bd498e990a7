"""How a person gets a token of Notion: the page of an internal connection, what to tick, what to share.

Names of capabilities: Notion's reference "Capabilities"; of the page's parts, its guide "Internal connections".
"""

from retro.i18n import text as _
from retro.ports import Guide, Step

_CONNECTIONS = "https://www.notion.so/profile/integrations"
_TOKEN = r"[0-9A-Za-z_-]{30,}"  # noqa: S105 - a shape, not a token


def guide(*, write: bool) -> Guide:
    """The steps. The same token may write once its connection may."""
    return Guide(
        tool="Notion",
        grants=_("retro will be able to change the databases that you share with it, where you tell it to.")
        if write
        else _("retro will be able to read the databases that you share with it, and nothing else."),
        steps=(_token(keeps=write), *([_capabilities()] if write else [])),
        share=_("open the database in Notion, click ••• at the top right, then Connections, and add retro."),
        forward=_to_an_owner(),
        untold=_("Notion does not tell what a connection may do: the first write will show it."),
    )


def _token(*, keeps: bool) -> Step:
    return Step(
        page=_CONNECTIONS,
        clicks=(
            _("Log in to Notion, if it asks."),
            _("Click New connection (or New integration); name it retro, choose your workspace, type Internal. Save."),
            _("Under Capabilities, tick Read content only, and Read user information without email addresses. Save."),
            _("Under Access, choose the databases of your plan. Save."),
            _("Click Show beside the secret, then Copy."),
        ),
        secret="token",  # noqa: S106 - its name
        prompt=_("Paste the secret here (nothing shows while you paste), then Enter"),
        shape=_TOKEN,
        misshapen=_("this is not a secret of Notion: it is a single word that begins with ntn_ (or secret_)."),
        keeps=keeps,
    )


def _capabilities() -> Step:
    return Step(
        page=_CONNECTIONS,
        clicks=(
            _("Open the connection called retro."),
            _(
                "Under Capabilities, tick Update content, Insert content, Read comments and Insert comments as well. "
                "Save."
            ),
        ),
    )


def _to_an_owner() -> str:
    return _(
        "Hello, I would like to connect our Notion databases to retro, which checks our plans. "
        "Could you make an internal connection, as only owners of the workspace may?\n"
        "1. Open {page} and click New connection; name: retro; type: Internal.\n"
        "2. Under Capabilities: Read content only, and Read user information without email addresses.\n"
        "3. Under Access: the databases of our plans.\n"
        "4. Send me the secret by a safe way (a password manager), not by e-mail or chat.\n"
        "retro runs on my computer; nothing goes anywhere else, and it can change nothing.",
        page=_CONNECTIONS,
    )
