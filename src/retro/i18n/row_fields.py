"""The columns of the central base, one row a task: their names and fixed words, in the workspace's language.

Dates and margin are retro's own fields as on every board (`retro.i18n.own_fields`); these stand beside them.
"""

from collections.abc import Mapping
from typing import Literal

from retro.i18n import own_fields
from retro.i18n.words import fold

RowKind = Literal["date", "text", "number", "choice", "link"]

_NAMES: Mapping[str, Mapping[str, str]] = {
    "key": {"fr": "retro · clé", "en": "retro · key"},
    "board": {"fr": "retro · tableau", "en": "retro · board"},
    "project": {"fr": "retro · projet", "en": "retro · project"},
    "owners": {"fr": "retro · responsables", "en": "retro · owners"},
    "status": {"fr": "retro · statut", "en": "retro · status"},
    "begins": {"fr": "retro · début", "en": "retro · start"},
    "ends": {"fr": "retro · échéance", "en": "retro · due"},
    "verdict": {"fr": "retro · verdict", "en": "retro · outlook"},
    "link": {"fr": "retro · carte", "en": "retro · card"},
    "presence": {"fr": "retro · présence", "en": "retro · presence"},
    "changed": {"fr": "retro · modifiée le", "en": "retro · changed on"},
}

KINDS: Mapping[str, RowKind] = {
    "key": "text",
    "board": "text",
    "project": "text",
    "owners": "text",
    "status": "choice",
    "begins": "date",
    "ends": "date",
    "verdict": "choice",
    "link": "link",
    "presence": "choice",
    "changed": "date",
}
"""What each column holds; a choice is one of few words."""

SHARED = ("latest", "start", "due", "margin")
"""The own fields that rows have as well."""

ORDER = (
    *("board", "project", "owners", "status", "begins", "ends", "latest", "start", "due", "margin", "verdict"),
    *("link", "presence", "changed", "key"),
)
"""The columns in the order in which they are made."""

_CHOICES: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "status": {
        "idea": {"fr": "idée", "en": "idea"},
        "todo": {"fr": "à faire", "en": "to do"},
        "doing": {"fr": "en cours", "en": "doing"},
        "review": {"fr": "en validation", "en": "in review"},
        "ready": {"fr": "prêt", "en": "ready"},
        "done": {"fr": "terminé", "en": "done"},
        "cancelled": {"fr": "annulé", "en": "cancelled"},
    },
    "verdict": {
        "ok": {"fr": "tient", "en": "fits"},
        "thin": {"fr": "marge mince", "en": "thin margin"},
        "infeasible": {"fr": "ne tient pas", "en": "does not fit"},
    },
    "presence": {
        "present": {"fr": "présente", "en": "present"},
        "gone": {"fr": "partie", "en": "gone"},
    },
}

_BY_NAME = {fold(name): field for field, names in _NAMES.items() for name in names.values()}


def row_field_of(name: str) -> str | None:
    """The column of the central base that one of this name is, in either language; None: it is none."""
    return _BY_NAME.get(fold(name))


def name_of(field: str, lang: str) -> str:
    """What a column of the central base, or any own field, is called in a workspace in `lang` ("fr", else English)."""
    if field in own_fields.NAMES:
        return own_fields.name_of(field, lang)
    return _NAMES[field][_known(lang)]


def names(lang: str) -> dict[str, str]:
    """The name of every column of the central base but the title, by field and in their order."""
    return {field: name_of(field, lang) for field in ORDER}


def choice(field: str, value: str, lang: str) -> str:
    """The word for one value of a column of few words (`status`, `verdict`, `presence`)."""
    return _CHOICES[field][value][_known(lang)]


def _known(lang: str) -> str:
    return "fr" if lang == "fr" else "en"
