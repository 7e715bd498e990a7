"""Words for people, in French and English: gettext catalogues, and how dates, numbers and findings are said.

English is the source text; a catalogue per package holds the French. The current language is set once, before
any command module loads; what retro writes on boards names its language at each call instead.
"""

from typing import TYPE_CHECKING, Any

from retro.i18n.catalogue import current_language, plural, register, text, use

if TYPE_CHECKING:
    from retro.i18n.sentences import Style, format_date, format_days, format_month, format_number, say, say_template

__all__ = [
    "Style",
    "current_language",
    "format_date",
    "format_days",
    "format_month",
    "format_number",
    "plural",
    "register",
    "say",
    "say_template",
    "text",
    "use",
]


def __getattr__(name: str) -> Any:
    """Load what needs the model only when it is asked for: help pages need sentences alone."""
    if name not in __all__:
        raise AttributeError(name)
    from retro.i18n import sentences  # noqa: PLC0415 - that is the point

    return getattr(sentences, name)
