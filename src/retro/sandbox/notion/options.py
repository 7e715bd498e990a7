"""The options of select, multi-select and status columns, whose list a request replaces as a whole."""

from collections.abc import Callable
from typing import Any

from retro.sandbox.notion import refusals
from retro.sandbox.notion.access import Document

COLOURS = ("default", "gray", "brown", "orange", "yellow", "green", "blue", "purple", "pink", "red")
GROUPS = {"To-do": "gray", "In progress": "blue", "Complete": "green"}
"""The groups of a status column, in English whatever the workspace's language, and their colours."""

_DEFAULTS = {"Not started": "To-do", "In progress": "In progress", "Done": "Complete"}


def option(name: str, colour: str | None, uuid: Callable[[], str], number: int) -> Document:
    """A new option; without a colour it gets the next one."""
    colour = colour or COLOURS[1 + number % (len(COLOURS) - 1)]
    return {"id": uuid(), "name": name, "color": colour, "description": None}


def find(config: Document, given: Document) -> Document | None:
    """The option that a request means: by id, else by name."""
    by_id = next((one for one in config["options"] if one["id"] == given.get("id")), None)
    return by_id or next((one for one in config["options"] if one["name"] == given.get("name")), None)


def config(where: str, kind: str, asked: Document, uuid: Callable[[], str]) -> Document:
    """The configuration of a new column. Raises Refusal: an option without a name, or of an unknown colour."""
    made: Document = {"options": []}
    if kind == "status":
        made["groups"] = [
            {"id": uuid(), "name": name, "color": colour, "option_ids": []} for name, colour in GROUPS.items()
        ]
        if not asked.get("options"):
            for name, group in _DEFAULTS.items():
                add(made, option(name, GROUPS[group], uuid, 0), group)
            return made
    replace(where, kind, made, asked, uuid)
    return made


def add(config: Document, made: Document, group: str = "To-do") -> Document:
    """Add an option; one of a status column goes into a group."""
    config["options"].append(made)
    if "groups" in config:
        next(one for one in config["groups"] if one["name"] == group)["option_ids"].append(made["id"])
    return made


def replace(where: str, kind: str, config: Document, asked: Document, uuid: Callable[[], str]) -> None:
    """Put the options of a request in the place of all that there are: what is not among them is deleted.

    The options of a status column are never renamed (their new name is passed over), and new ones are «To-do».

    Raises:
        Refusal: an option without a name, of an unknown colour, or of a new colour where it is a status.
    """
    given = asked.get("options")
    if given is None:
        return
    if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
        raise refusals.misshapen(f"{where}.options", "an array of objects")
    kept: list[Document] = []
    fresh: list[Document] = []
    for one in given:
        found = find(config, one)
        _check(where, kind, one, found)
        if found is None:
            found = option(one["name"], one.get("color"), uuid, len(config["options"]) + len(fresh))
            fresh.append(found)
        elif kind != "status":
            found = {**found, **{key: one[key] for key in ("name", "color") if key in one}}
        kept.append(found)
    ids = {one["id"] for one in kept}
    config["options"] = kept
    for group in config.get("groups", ()):
        group["option_ids"] = [id_ for id_ in group["option_ids"] if id_ in ids]
        if group["name"] == "To-do":
            group["option_ids"] += [one["id"] for one in fresh]


def _check(where: str, kind: str, given: Document, found: Document | None) -> None:
    name: Any = given.get("name")
    if found is None and (not isinstance(name, str) or not name or "," in name):
        raise refusals.misshapen(f"{where}.options.name", "a name without commas")
    colour = given.get("color")
    if colour is not None and colour not in COLOURS:
        raise refusals.misshapen(f"{where}.options.color", "a colour that Notion knows")
    if kind == "status" and found is not None and colour not in {None, found["color"]}:
        raise refusals.invalid(f"Cannot update color of status option with name: {found['name']}.")
