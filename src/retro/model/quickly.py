"""Frozen values that are made by the hundred thousand, made in a quarter of the time that `dataclasses` takes.

The `__init__` of a frozen dataclass goes around its own `__setattr__` once a field; for a task that is most of what
reading a board costs.
"""

from dataclasses import MISSING, fields
from functools import wraps
from inspect import Parameter, signature
from typing import Any, TypeVar

T = TypeVar("T")


def open_twin(cls: type[Any]) -> type[Any]:
    """A class of values that can be filled, and then be made values of a frozen, slotted class by their `__class__`."""
    # The same slots under the same base: one may become the other.
    return type(f"_Open{cls.__name__}", (), {"__slots__": cls.__slots__})


def quickly_made(cls: type[T]) -> type[T]:
    """Give a frozen, slotted dataclass an `__init__` that fills an open twin of it and then makes it the real thing.

    Signature, defaults, equality and the refusal to be changed stay as they are. Not for a class that inherits fields
    or has a `__post_init__`.
    """
    slow = cls.__init__
    names: dict[str, Any] = {"_open": open_twin(cls), "_cls": cls, "_become": object.__setattr__}
    asked, filled = ["self"], list[str]()
    for each in signature(slow).parameters.values():
        if each.name == "self":
            continue
        if each.kind is Parameter.KEYWORD_ONLY and "*" not in asked:
            asked.append("*")
        names[f"_given_{each.name}"] = each.default
        asked.append(each.name if each.default is Parameter.empty else f"{each.name}=_given_{each.name}")
    for field in fields(cls):  # type: ignore[arg-type]  # a dataclass, which a type variable cannot say
        name = field.name
        if field.default_factory is not MISSING:
            names[f"_make_{name}"] = field.default_factory
            filled.append(f" if {name} is _given_{name}: {name} = _make_{name}()")
        filled.append(f" self.{name} = {name}")
    lines = [
        f"def __init__({', '.join(asked)}):",
        " _become(self, '__class__', _open)",
        *filled,
        " self.__class__ = _cls",
    ]
    exec("\n".join(lines), names)  # noqa: S102 - made of the names of fields alone, as `dataclasses` does it
    cls.__init__ = wraps(slow)(names["__init__"])  # type: ignore[method-assign]  # the point of it
    return cls
