"""The campaign of `retro demo`: an agency launches «Ondalie», a filtering flask, over two Trello boards and a base."""

from retro.sandbox.campaign.base import ALSO_COLUMN, BASE_NAME, WORK_COLUMN, Built, base_id, build_all, build_notion
from retro.sandbox.campaign.boards import BOARD_LINKS, BOARD_NAMES, NAME, WORK_FIELD, build, launch, leave
from retro.sandbox.campaign.plan import CAMILLE, CONTENTS, SITE, TEAM, VIDEO, Teammate

GUARDIAN = CAMILLE
"""Who keeps the plan."""

__all__ = [
    "ALSO_COLUMN",
    "BASE_NAME",
    "BOARD_LINKS",
    "BOARD_NAMES",
    "CONTENTS",
    "GUARDIAN",
    "NAME",
    "SITE",
    "TEAM",
    "VIDEO",
    "WORK_COLUMN",
    "WORK_FIELD",
    "Built",
    "Teammate",
    "base_id",
    "build",
    "build_all",
    "build_notion",
    "launch",
    "leave",
]
