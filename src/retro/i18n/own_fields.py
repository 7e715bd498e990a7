"""The names of retro's own fields on boards: written in the workspace's language, known again in either."""

import re
from collections.abc import Mapping
from typing import Literal

from retro.i18n.words import fold

OwnKind = Literal["date", "text", "number"]

NAMES: Mapping[str, Mapping[str, str]] = {
    "latest": {"fr": "retro · au plus tard", "en": "retro · latest"},
    "review": {"fr": "retro · à revoir", "en": "retro · to review"},
    "start": {"fr": "retro · début conseillé", "en": "retro · advised start"},
    "due": {"fr": "retro · fin conseillée", "en": "retro · advised finish"},
    "margin": {"fr": "retro · marge (jours)", "en": "retro · margin (days)"},
}
"""By own field, by language."""

KINDS: Mapping[str, OwnKind] = {"latest": "date", "review": "text", "start": "date", "due": "date", "margin": "number"}
"""What each own field holds; the margin is in working days."""

STAMP = re.compile(r"(?:^|\n)\[retro ([0-9a-f]{8})\]\s*\Z")
"""What ends a text of `review`, and tells that retro wrote it: a checksum in hexadecimal digits."""

FLAG = "✓"
"""The value of `review` where it stands in a label, which says only that there is something to review."""

_BY_NAME = {fold(name): field for field, names in NAMES.items() for name in names.values()}


def own_field_of(name: str) -> str | None:
    """The own field that a column or custom field of this name is, in either language; None: it is the team's."""
    return _BY_NAME.get(fold(name))


def name_of(field: str, lang: str) -> str:
    """What an own field is called on boards of a workspace in `lang` ("fr", else English)."""
    return NAMES[field]["fr" if lang == "fr" else "en"]
