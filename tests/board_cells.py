"""What stands in the cells of look-alikes, read from their documents and not through retro's own eyes."""

import json
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from retro.i18n.own_fields import FLAG, KINDS, STAMP, own_field_of
from retro.sandbox.notion import NotionState
from retro.sandbox.trello import State

PARIS = ZoneInfo("Europe/Paris")
Value = date | str | float | None
Cell = tuple[str, str]
"""The key of a task, and a field of it (`due`, `retro_latest`, `title`…)."""
Cells = dict[Cell, Value]
"""Those that hold something."""

HANDED = frozenset({"start", "due", *(f"retro_{own}" for own in KINDS)})
"""The fields that retro may ever write: whatever else a task has is the team's alone."""
_ROLES = {"Échéance": "due", "Début": "start"}


def trello_cells(state: State) -> Cells:
    """Every cell of every card."""
    return {cell: value for cell, value in _of_trello(state) if value not in (None, "", ())}


def notion_cells(state: NotionState) -> Cells:
    """Every cell of every page."""
    return {cell: value for cell, value in _of_notion(state) if value not in (None, "", "[]", "null")}


def trello_doubles(state: State) -> list[str]:
    """What retro made twice on a Trello: fields and labels of a board, comments of a card."""
    robots = {token.id_member for token in state.tokens.values()}
    made: Counter[str] = Counter()
    for board in state.boards.values():
        for part in (*board["customFields"], *board["labels"]):
            if own := own_field_of(part["name"]):
                made[f"{board['name']}: {own}"] += 1
        for action in board["actions"]:
            if _is_remark(action, robots):
                made[f"{action['data']['card']['name']}: comment"] += 1
    return [what for what, times in made.items() if times > 1]


def notion_doubles(state: NotionState, out_of_sight: AbstractSet[str] = frozenset()) -> list[str]:
    """What retro made twice in a Notion: columns of a data source, comments of a page but those `out_of_sight`."""
    made: Counter[str] = Counter()
    for source in state.sources.values():
        made.update(
            f"{source['name']}: {own}"
            for column in source["properties"].values()
            if (own := own_field_of(column["name"]))
        )
    bots = {token.bot for token in state.tokens.values()}
    made.update(
        f"{one['page']}: comment"
        for key, one in state.comments.items()
        if one["by"] in bots and key not in out_of_sight
    )
    return [what for what, times in made.items() if times > 1]


def _of_trello(state: State) -> Iterator[tuple[Cell, Value]]:
    robots = {token.id_member for token in state.tokens.values()}
    for board in state.boards.values():
        names = {field["id"]: field["name"] for field in board["customFields"]}
        labels = {label["id"]: label["name"] for label in board["labels"]}
        said: dict[str, list[str]] = {}
        remarks: dict[str, str] = {}
        for action in board["actions"]:
            if _is_remark(action, robots):
                remarks[action["data"]["card"]["id"]] = action["data"]["text"]
            elif action["type"] == "commentCard":
                said.setdefault(action["data"]["card"]["id"], []).append(action["data"]["text"])
        for card in board["cards"]:
            task = f"trello:{card['id']}"
            yield (task, "title"), card["name"]
            yield (task, "description"), card["desc"]
            yield (task, "board"), board["name"]
            yield (task, "list"), card["idList"]
            yield (task, "archived"), str(card["closed"])
            yield (task, "done"), str(card["dueComplete"])
            yield (task, "members"), ",".join(sorted(card["idMembers"]))
            worn = sorted(labels[id_] for id_ in card["idLabels"])
            yield (task, "labels"), ",".join(name for name in worn if own_field_of(name) is None)
            if any(own_field_of(name) for name in worn):
                yield (task, "retro_review"), FLAG
            yield (task, "comments"), "\n".join(said.get(card["id"], ()))
            yield (task, "start"), _instant(card["start"])
            yield (task, "due"), _instant(card["due"])
            if card["id"] in remarks:
                yield (task, "retro_review"), remarks[card["id"]]
            for item in card["customFieldItems"]:
                own = own_field_of(names[item["idCustomField"]])
                field = f"retro_{own}" if own else f"field:{names[item['idCustomField']]}"
                yield (task, field), _custom(item, date_only=own is not None)


def _of_notion(state: NotionState) -> Iterator[tuple[Cell, Value]]:
    for source in state.sources.values():
        columns = source["properties"]
        for id_ in source["pages"]:
            page, task = state.pages[id_], f"notion:{id_}"
            yield (task, "archived"), str(page["in_trash"])
            for column, value in page["values"].items():
                if column not in columns:
                    continue  # the column is gone, and with it what it held
                name = columns[column]["name"]
                own = own_field_of(name)
                yield (task, f"retro_{own}" if own else _ROLES.get(name, f"column:{name}")), _plain(value)


def _is_remark(action: Any, robots: set[str]) -> bool:
    return (
        action["type"] == "commentCard"
        and action["idMemberCreator"] in robots
        and STAMP.search(action["data"]["text"]) is not None
    )


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _custom(item: Any, *, date_only: bool) -> Value:
    if item.get("idValue"):
        return str(item["idValue"])
    ((kind, value),) = item["value"].items()
    if kind == "date":
        at = datetime.fromisoformat(value)
        return at.astimezone(PARIS).date() if date_only else at
    return float(value) if kind == "number" else str(value)


def _plain(value: Any) -> Value:
    if isinstance(value, dict) and "start" in value:
        text = str(value["start"])
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    if isinstance(value, list) and value and isinstance(value[0], dict) and "plain_text" in value[0]:
        return "".join(run["plain_text"] for run in value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False)
