"""Which language the terminal speaks: --lang, RETRO_LANG, retro.toml, the locale, else French."""

import os
from collections.abc import Sequence
from pathlib import Path

from retro.i18n.catalogue import LANGUAGES, language_of_environment


def settle(arguments: Sequence[str]) -> str:
    """The language for this run; what cannot be read is passed over here and reported by the command itself."""
    named = (_option(arguments, "--lang"), os.environ.get("RETRO_LANG"), _of_file(arguments), language_of_environment())
    return next((language for language in named if language in LANGUAGES), "fr")


def _option(arguments: Sequence[str], *names: str) -> str | None:
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name in names:
            return value if equals else next(iter(arguments[place + 1 : place + 2]), None)
    return None


def _of_file(arguments: Sequence[str]) -> str | None:
    """`[workspace] lang`, read without loading the whole configuration (that is slow, and help must be fast)."""
    named = _option(arguments, "--config", "-c") or os.environ.get("RETRO_CONFIG")
    here = Path.cwd()
    candidates = [Path(named)] if named else [folder / "retro.toml" for folder in (here, *here.parents)]
    found = next((path for path in candidates if path.is_file()), None)
    if found is None:
        return None
    import tomllib

    try:
        language = tomllib.loads(found.read_text("utf-8-sig"))["workspace"]["lang"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return language if isinstance(language, str) else None
