"""Look a sentence up in the catalogues of every package that registered one.

Only the standard library's gettext is used at run time; Babel compiles the catalogues when a wheel is built.
"""

import gettext
import os
import sys
from functools import lru_cache
from importlib.resources import files

LANGUAGES = ("fr", "en")
_SENTENCES = 8192
"""Sentences that are kept as they were found: thousands of remarks are said with a few hundred of them."""
_packages = ["retro.i18n"]
_language = ["fr"]


def use(language: str) -> None:
    """Make `language` ("fr" or "en") the current one."""
    _language[0] = language if language in LANGUAGES else "en"


def current_language() -> str:
    """The language in use."""
    return _language[0]


def language_of_environment() -> str | None:
    """The language that LC_ALL, LC_MESSAGES or LANG ask for, else Windows's own, where it is one of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if code := os.environ.get(name, "")[:2].lower():
            return code if code in LANGUAGES else None
    if sys.platform != "win32":
        return None
    import ctypes  # noqa: PLC0415 - of Windows alone, where no variable tells

    return language_of_windows(ctypes.windll.kernel32.GetUserDefaultUILanguage())


def language_of_windows(number: int) -> str | None:
    """The language of a Windows language identifier, whose lower ten bits tell it; None: not one of ours."""
    return {0x09: "en", 0x0C: "fr"}.get(number & 0x3FF)


def register(package: str) -> None:
    """Add a package's catalogues, in `<package>/locale/<lang>/LC_MESSAGES`.

    `<package>.mo` holds what commands say; `<package>_pages.mo`, where there is one, what pages of rules say: those are
    long, and read only when one is shown.
    """
    if package not in _packages:
        _packages.append(package)
        for known in (_catalogue, _sentence, _form):
            known.cache_clear()


@lru_cache
def _catalogue(language: str, part: str = "") -> gettext.NullTranslations:
    chain = gettext.NullTranslations()
    if language == "en":
        return chain
    for package in reversed(_packages):
        domain = "retro" if package == "retro.i18n" else package
        found = files(package) / "locale" / language / "LC_MESSAGES" / f"{domain}{part}.mo"
        if found.is_file():
            with found.open("rb") as source:
                translations = gettext.GNUTranslations(source)
            translations.add_fallback(chain)
            chain = translations
    return chain


def text(sentence: str, /, *, lang: str | None = None, **params: object) -> str:
    """The sentence in `lang` (else the current language), its `{name}` places filled with `params`."""
    found = _sentence(sentence, lang or current_language())
    return found.format(**params) if params else found


@lru_cache(maxsize=_SENTENCES)
def _sentence(sentence: str, language: str) -> str:
    return _catalogue(language).gettext(sentence)


def page_text(sentence: str, lang: str) -> str:
    """A paragraph of a rule's page in a language."""
    return _catalogue(lang, "_pages").gettext(sentence) if sentence else ""


def plural(one: str, many: str, count: int, /, *, lang: str | None = None, **params: object) -> str:
    """The form of a sentence that goes with `count`, which may also be a `{count}` place."""
    return _form(one, many, count, lang or current_language()).format(count=count, **params)


@lru_cache(maxsize=_SENTENCES)
def _form(one: str, many: str, count: int, language: str) -> str:
    return _catalogue(language).ngettext(one, many, count)
