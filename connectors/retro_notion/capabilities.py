"""What a Notion database holds, and what of it retro may write: known before any account is opened."""

from retro.i18n.own_fields import KINDS
from retro.i18n.row_fields import KINDS as ROW_KINDS
from retro.model import LinkType
from retro.ports import Capabilities

TEAM_FIELDS = ("start", "due", "title")
"""What retro may write of what is the team's."""
CAPABILITIES = Capabilities(
    link_types=frozenset({LinkType.FS}),
    bodies_read=False,
    columns=True,
    writable=frozenset(TEAM_FIELDS),
    own=frozenset(KINDS),
    own_text_most=1900,
    visibility_told=False,
    create=True,
    makes=frozenset(
        {"start", "due", "own", "section", "owners", "description", "references", "estimates", "milestone"}
    ),
    rows=frozenset(ROW_KINDS),
)
