"""What is said of a command line that cannot be: typer's own sentences are English, whatever the language is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from retro.cli.placeholders import placeholder
from retro.i18n import text as _

if TYPE_CHECKING:
    from typer.exceptions import TyperException

_EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)
_NUMBERS = (int, float)


def said_of(error: TyperException) -> str:
    """The sentence, in the language in use; typer's own where it is of none of the known kinds."""
    option, param = getattr(error, "option_name", None), getattr(error, "param", None)
    if option is not None:
        return _of_option(error, option)
    if param is not None and hasattr(error, "param_type"):
        return _("{name} is missing.", name=_named(param))
    if param is not None:
        return _("{name}: {problem}", name=_named(param), problem=_of_value(error, param))
    if extra := _EXTRA.fullmatch(error.message):
        return _("this is one word too many for the command: {words}.", words=extra[1])
    return error.format_message()


def _of_option(error: TyperException, option: str) -> str:
    if not hasattr(error, "possibilities"):
        # It is there, but not as it should be.
        takes = "requires" in error.message
        return _("{name} wants a value after it.", name=option) if takes else _("{name} takes no value.", name=option)
    said = _("there is no option {name}.", name=option)
    if near := getattr(error, "possibilities", None):
        said += " " + _('Did you mean "{name}"?', name=near[0])
    return said


def _of_value(error: TyperException, param: Any) -> str:
    """What is wrong with a value, by the type that it should have."""
    wanted = getattr(getattr(param, "type_descriptor", None), "annotation", None)
    if wanted not in _NUMBERS:
        return error.message
    said = _("a whole number is wanted.") if wanted is int else _("a number is wanted.")
    least, most = getattr(param, "min", None), getattr(param, "max", None)
    if most is not None:
        said += " " + _("It goes from {least} to {most}.", least=least, most=most)
    elif least is not None:
        said += " " + _("It is {least} or more.", least=least)
    return said


def _named(param: Any) -> str:
    """An option as it is written, an argument as the help has it."""
    return str(param.opts[0]) if param.param_type_name == "option" else placeholder(str(param.metavar or param.name))
