"""The campaign of `retro demo`: an agency launches «Ondalie», a filtering flask, on two Trello boards."""

from retro.sandbox.campaign.boards import BOARD_LINKS, BOARD_NAMES, NAME, WORK_FIELD, build, launch, leave
from retro.sandbox.campaign.plan import CAMILLE, CONTENTS, SITE, TEAM, Teammate

GUARDIAN = CAMILLE
"""Who keeps the plan."""

__all__ = [
    "BOARD_LINKS",
    "BOARD_NAMES",
    "CONTENTS",
    "GUARDIAN",
    "NAME",
    "SITE",
    "TEAM",
    "WORK_FIELD",
    "Teammate",
    "build",
    "launch",
    "leave",
]
