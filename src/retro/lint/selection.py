"""Which rules speak: codes and their beginnings, selected, ignored, mandatory."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from retro.i18n import text as _
from retro.lint.families import family
from retro.lint.settings import LintSettings
from retro.ports import ConfigurationError, Rule


def matches(code: str, chosen: Iterable[str]) -> bool:
    """Whether any of the chosen codes or beginnings covers `code`."""
    return any(code.startswith(prefix.strip().upper()) for prefix in chosen)


def selected(code: str, settings: LintSettings) -> bool:
    """Whether a rule speaks at all: the most precise of the choices that cover it decides, `ignore` where they tie.

    Mandatory rules speak, whatever is ignored.
    """
    if matches(code, settings.mandatory):
        return True
    wanted = (*settings.select, *settings.extend_select)
    refused = _closest(code, settings.ignore)
    chosen = _closest(code, wanted)
    if refused:
        return chosen > refused
    return not settings.select or chosen > 0


def _closest(code: str, chosen: Iterable[str]) -> int:
    """How many letters the most precise of the choices shares with `code`; 0 where none covers it."""
    cleaned = (prefix.strip() for prefix in chosen)
    return max((len(prefix) for prefix in cleaned if matches(code, [prefix])), default=0)


def asked_for(rule: Rule, settings: LintSettings) -> bool:
    """Whether a rule that is off is woken: by its whole code or, of a pack that is off as a whole, by a beginning."""
    chosen = (*settings.select, *settings.extend_select)
    if rule.by_prefix:
        return matches(rule.code, chosen)
    return rule.code in {each.strip().upper() for each in chosen}


def verify(settings: LintSettings, known: Mapping[str, str]) -> None:
    """Refuse codes that cover no known rule.

    Args:
        settings: the choice to verify.
        known: the name of each known rule by its code.

    Raises:
        ConfigurationError: an unknown code, with the nearest known one.
    """
    lists = {
        "select": settings.select,
        "ignore": settings.ignore,
        "extend_select": settings.extend_select,
        "mandatory": settings.mandatory,
    }
    for number, override in enumerate(settings.overrides, start=1):
        lists[f"overrides ({number}) select"] = override.select
        lists[f"overrides ({number}) ignore"] = override.ignore
    for option, codes in lists.items():
        for code in codes:
            known_code(code, known, where=option)


def known_code(code: str, known: Mapping[str, str], *, where: str) -> None:
    """Refuse a code or beginning that covers no known rule.

    Raises:
        ConfigurationError: it covers none; the remedy names the nearest one.
    """
    wanted = code.strip().upper()
    if wanted and any(each.startswith(wanted) for each in known):
        return
    raise ConfigurationError(
        _('no rule has the code "{code}".', code=code),
        where=where,
        remedy=_("Did you mean {name}?", name=near) if (near := nearest(wanted, known)) else "",
    )


def nearest(code: str, known: Mapping[str, str]) -> str | None:
    """The known code, family or rule name that a wrong one is most like; a name is given as its code."""
    by_word = {each: each for each in known} | {family(each): family(each) for each in known}
    by_word |= {name.upper(): each for each, name in known.items()}
    found = get_close_matches(code.upper(), list(by_word), n=1, cutoff=0.5)
    return by_word[found[0]] if found else None
