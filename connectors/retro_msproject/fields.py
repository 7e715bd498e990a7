"""A plan's other fields, by the names that people know them by."""

from collections.abc import Iterable, Mapping

from retro_msproject.records import Record
from retro_msproject.values import minutes

_PLAIN = ("WBS", "PercentWorkComplete", "Contact")
_EMPTY = frozenset({"", "0", "NA"})


def names(definitions: Iterable[Record]) -> dict[str, str]:
    """The names of a plan's custom fields by their ids: what people call them, else the tool's own name."""
    return {
        each.get("FieldID"): each.get("Alias") or each.get("FieldName") or each.get("FieldID") for each in definitions
    }


def extra(task: Record, known: Mapping[str, str], added: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """The texts of a task's other fields; durations in hours. `added` are names in lists, by field."""
    found = {name: task.get(name) for name in _PLAIN if task.get(name) not in _EMPTY}
    for attribute in task.parts.get("ExtendedAttribute", ()):
        name = known.get(attribute.get("FieldID")) or attribute.get("FieldID")
        if name and attribute.get("Value"):
            found.setdefault(name, _shown(attribute))
    found.update({name: ", ".join(values) for name, values in added.items() if values})
    return found


def _shown(attribute: Record) -> str:
    """A duration as hours, so that a number can be read in it; any other value as it stands."""
    text = attribute.get("Value")
    if not attribute.get("DurationFormat"):
        return text
    try:
        said = minutes(text)
    except ValueError:
        return text
    return text if said is None else f"{said / 60:g}"
