"""Options of rules: from `-x CODE:option=value` and from `rules = {…}`, to rules that carry them."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any, get_origin

from pydantic import ValidationError

from retro.i18n import text as _
from retro.lint.rule import BaseRule
from retro.lint.selection import known_code
from retro.ports import ConfigurationError

Options = Mapping[str, Mapping[str, Any]]
"""Values by code and option."""


def parse_assignments(assignments: Iterable[str]) -> dict[str, dict[str, str]]:
    """Read `CODE:option=value` as often as it was given; the last one of an option wins.

    Raises:
        ConfigurationError: an assignment of another shape.
    """
    options: dict[str, dict[str, str]] = {}
    for assignment in assignments:
        left, equals, value = assignment.partition("=")
        code, colon, option = left.partition(":")
        if not (equals and colon and code.strip() and option.strip()):
            raise ConfigurationError(
                _('"{text}" is no option of a rule.', text=assignment),
                where="-x",
                remedy=_("Write CODE:option=value, such as OWN101:aggregate=false."),
            )
        options.setdefault(code.strip().upper(), {})[option.strip()] = value.strip()
    return options


def build_rules(types: Iterable[type[BaseRule]], *given: tuple[str, Options]) -> tuple[BaseRule, ...]:
    """Make each rule with its options.

    Args:
        types: the rules that exist.
        given: where options were written (for messages) and what they say; later ones win.

    Raises:
        ConfigurationError: an unknown code or option, or a value that the option cannot take.
    """
    by_code = {rule.code: rule for rule in types}
    merged: dict[str, dict[str, tuple[str, Any]]] = {}
    for where, options in given:
        for code, values in options.items():
            _whole_code(code, by_code, where)
            merged.setdefault(code.upper(), {}).update({option: (where, value) for option, value in values.items()})
    return tuple(_built(rule, merged.get(code, {})) for code, rule in by_code.items())


def _whole_code(code: str, by_code: Mapping[str, type[BaseRule]], where: str) -> None:
    known_code(code, {each: rule.name for each, rule in by_code.items()}, where=where)
    if code.upper() not in by_code:
        raise ConfigurationError(
            _('"{code}" is a family of rules: options belong to one rule.', code=code),
            where=where,
            remedy=_("Did you mean {name}?", name=min(c for c in by_code if c.startswith(code.upper()))),
        )


def _built(rule: type[BaseRule], values: Mapping[str, tuple[str, Any]]) -> BaseRule:
    for option, (where, _value) in values.items():
        if option not in rule.model_fields:
            near = get_close_matches(option, list(rule.model_fields), n=1, cutoff=0.5)
            raise ConfigurationError(
                _("{code} has no option “{option}”.", code=rule.code, option=option),
                where=where,
                remedy=_("Did you mean {name}?", name=near[0])
                if near
                else _("It has: {options}.", options=", ".join(sorted(rule.model_fields))),
            )
    if not values:
        return rule.model_construct()
    try:
        return rule(**{option: _listed(rule, option, value) for option, (_where, value) in values.items()})
    except ValidationError as error:
        first = error.errors()[0]
        option = str(first["loc"][0])
        where, value = values[option]
        raise ConfigurationError(
            _("{code}: “{value}” is no value for “{option}”.", code=rule.code, value=value, option=option),
            where=where,
            remedy=_expected(first["type"], first.get("ctx", {})),
        ) from None


def _listed(rule: type[BaseRule], option: str, value: Any) -> Any:
    """A list written in one word on a command line: `label,column`."""
    if isinstance(value, str) and get_origin(rule.model_fields[option].annotation) is tuple:
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _expected(kind: str, context: Mapping[str, Any]) -> str:
    """What would have been right, by pydantic's type of error."""
    if "expected" in context:
        return _("Expected: {expected}.", expected=str(context["expected"]).replace("'", "").replace(" or ", ", "))
    if kind.startswith("bool"):
        return _("Expected: true or false.")
    for name, limit in (("ge", "≥"), ("gt", ">"), ("le", "≤"), ("lt", "<")):
        if name in context:
            return _("Expected: a number {limit} {bound}.", limit=limit, bound=context[name])
    if kind.startswith("int"):
        return _("Expected: a whole number.")
    if kind.startswith(("float", "decimal")):
        return _("Expected: a number.")
    return _("See `retro rule` for what it can be.")
