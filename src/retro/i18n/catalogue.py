"""Look a sentence up in the catalogues of every package that registered one.

Only the standard library's gettext is used at run time; Babel compiles the catalogues when a wheel is built.
"""

import gettext
import os
from functools import lru_cache
from importlib.resources import files

LANGUAGES = ("fr", "en")
_packages = ["retro.i18n"]
_language = ["fr"]


def use(language: str) -> None:
    """Make `language` ("fr" or "en") the current one."""
    _language[0] = language if language in LANGUAGES else "en"


def current_language() -> str:
    """The language in use."""
    return _language[0]


def language_of_environment() -> str | None:
    """The language that LC_ALL, LC_MESSAGES or LANG ask for, where it is one of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if code := os.environ.get(name, "")[:2].lower():
            return code if code in LANGUAGES else None
    return None


def register(package: str) -> None:
    """Add a package's catalogue: `<package>/locale/<lang>/LC_MESSAGES/<last part of package>.mo`."""
    if package not in _packages:
        _packages.append(package)
        _catalogue.cache_clear()


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    chain = gettext.NullTranslations()
    if language == "en":
        return chain
    for package in reversed(_packages):
        domain = "retro" if package == "retro.i18n" else package
        found = files(package) / "locale" / language / "LC_MESSAGES" / f"{domain}.mo"
        if found.is_file():
            with found.open("rb") as source:
                translations = gettext.GNUTranslations(source)
            translations.add_fallback(chain)
            chain = translations
    return chain


def text(sentence: str, /, *, lang: str | None = None, **params: object) -> str:
    """The sentence in `lang` (else the current language), its `{name}` places filled with `params`."""
    found = _catalogue(lang or current_language()).gettext(sentence)
    return found.format(**params) if params else found


def plural(one: str, many: str, count: int, /, *, lang: str | None = None, **params: object) -> str:
    """The form of a sentence that goes with `count`, which may also be a `{count}` place."""
    language = lang or current_language()
    if language == "fr" and _catalogue(language).ngettext(one, many, 2) != many:
        found = _catalogue(language).ngettext(one, many, count)
    else:
        found = one if count == 1 else many
    return found.format(count=count, **params)
