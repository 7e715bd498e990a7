"""Which rules there are, and the rules of a run with their options."""

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

from retro.config.load import Configuration
from retro.i18n import text as _
from retro.ports import ConfigurationError

if TYPE_CHECKING:
    from retro.lint.rule import BaseRule


def _practices() -> "Mapping[str, Callable[[], type[BaseRule]]]":
    from retro_practices import RULES  # noqa: PLC0415 - loads pydantic

    return RULES


def _dcma() -> "Mapping[str, Callable[[], type[BaseRule]]]":
    from retro_dcma import RULES  # noqa: PLC0415 - idem

    return RULES


RULE_PACKS: "dict[str, Callable[[], Mapping[str, Callable[[], type[BaseRule]]]]]" = {
    "retro_practices": _practices,
    "retro_dcma": _dcma,
}


def rule_types() -> "list[type[BaseRule]]":
    """Every rule of every pack, third parties' too. Raises ConfigurationError for a pack that cannot be used."""
    found = {code: load() for pack in (load() for load in RULE_PACKS.values()) for code, load in pack.items()}
    for point in entry_points(group="retro.rules"):
        found |= _rules_of(point, found)
    return list(found.values())


def _rules_of(point: EntryPoint, taken: "Mapping[str, type[BaseRule]]") -> "dict[str, type[BaseRule]]":
    """The rules of another package's pack, under codes that are not `taken`."""
    package = point.dist.name if point.dist is not None else point.module
    try:
        found: dict[str, type[BaseRule]] = {code: load() for code, load in point.load().items()}
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(
            _('the rules "{name}" cannot be loaded ({reason}).', name=point.name, reason=error),
            where=package,
            remedy=_("Update or uninstall that package."),
        ) from error
    for code in found:
        if code in taken:
            raise ConfigurationError(
                _("its rule {code} has the code of another one.", code=code),
                where=package,
                remedy=_("Update or uninstall that package."),
            )
    return found


def rules(configuration: Configuration, assignments: Sequence[str] = ()) -> "Sequence[BaseRule]":
    """The rules with their options: those of the configuration, then those of the command line (`-x`)."""
    from retro.lint.options import build_rules, parse_assignments  # noqa: PLC0415 - loads pydantic

    where = f"{configuration.path}: [lint] rules"
    return build_rules(rule_types(), (where, configuration.settings.lint.rules), ("-x", parse_assignments(assignments)))
