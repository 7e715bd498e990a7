"""Keys of the contract that this version cannot honour yet: said at once, rather than passed over in silence."""

from collections.abc import Iterator

from retro.config.shape import Settings
from retro.i18n import text as _
from retro.ports import ConfigurationError


def refuse_unsupported(settings: Settings, where: str) -> None:
    """Raise ConfigurationError for the first setting that would have no effect."""
    for key in _asked_for(settings):
        raise ConfigurationError(
            _("this version of retro cannot do this yet."),
            where=f"{where}: {key}",
            remedy=_("Take the line out; the changelog says when it comes."),
        )


def _asked_for(settings: Settings) -> Iterator[str]:
    if settings.notify.slack or settings.notify.teams:
        yield "[notify]"
