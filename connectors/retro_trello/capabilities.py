"""What a Trello board holds, and what of it retro may write: known before any account is opened."""

from retro.i18n.own_fields import KINDS
from retro.model import LinkType
from retro.ports import Capabilities

TEAM_FIELDS = ("start", "due", "title", "completed", "section", "archived")
"""What retro may write of what is the team's."""
CAPABILITIES = Capabilities(
    link_types=frozenset({LinkType.FS}),
    dates=frozenset({"instant"}),
    writable=frozenset(TEAM_FIELDS),
    own=frozenset(KINDS),
    own_text_most=1900,
    completes=True,
    create=True,
    makes=frozenset({"start", "due", "section", "owners", "description", "references", "milestone"}),
    pulls_at_once=6,
)
