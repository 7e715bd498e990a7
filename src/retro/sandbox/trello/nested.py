"""Reading: boards and cards as answers, with the nested resources that a query asks for, and Trello's caps on them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from retro.sandbox.trello import refusals
from retro.sandbox.trello.ids import instant, is_id
from retro.sandbox.trello.limits import Limits
from retro.sandbox.trello.shapes import Document

ANSWER_MOST = 1000
"""Most cards, actions or labels in one answer."""

DEFAULT_MOST = 50
"""How many labels or actions come when no number is asked for."""

Query = Mapping[str, str]

_BOARD_PARTS = frozenset(
    {"lists", "labels", "members", "memberships", "customFields", "checklists", "cards", "actions", "pluginData"}
)
_CARD_PARTS = frozenset({"customFieldItems", "attachments", "pluginData", "checklists"})
_BOARD_FIELDS = "name,desc,descData,closed,idOrganization,pinned,url,shortUrl,prefs,labelNames"


def wanted(value: str | None) -> bool:
    """Whether a nested resource is asked for."""
    return value not in {None, "", "none", "false"}


def pick(document: Document, fields: str, without: frozenset[str] = frozenset()) -> Document:
    """The asked fields of a document, its id always among them; nested resources (`without`) are no fields."""
    names = document.keys() if fields == "all" else ["id", *(name.strip() for name in fields.split(","))]
    return {name: document[name] for name in names if name in document and name not in without}


def limit(query: Query, name: str, default: int) -> int:
    """How many are asked for.

    Raises:
        Refusal: not a number, or more than Trello gives.
    """
    text = query.get(name, str(default))
    if not text.isascii() or not text.isdigit() or int(text) > ANSWER_MOST:
        raise refusals.invalid(name)
    return int(text)


def bound(query: Query, name: str) -> str | None:
    """The id that `since` or `before` stands for: an id, or the first one of a date's second.

    Raises:
        Refusal: neither an id nor a date.
    """
    value = query.get(name)
    if not value or value == "null":
        return None
    if is_id(value):
        return value.lower()
    try:
        return f"{int(instant(value).timestamp()):08x}{'0' * 16}"
    except ValueError:
        raise refusals.invalid(name) from None


def actions(found: Iterable[Document], query: Query, prefix: str = "actions", kinds: str = "") -> list[Document]:
    """Actions by kind (`commentCard,updateCard:due`), creation and number, newest first."""
    kinds = kinds or query.get(prefix, "all")
    asked = [kind.strip() for kind in kinds.split(",")]
    lead = f"{prefix}_" if prefix else ""
    since, before = bound(query, f"{lead}since"), bound(query, f"{lead}before")
    most = limit(query, f"{lead}limit", DEFAULT_MOST)
    out: list[Document] = []
    for action in found:
        if len(out) >= most:
            break
        inside = (since is None or action["id"] > since) and (before is None or action["id"] < before)
        if inside and any(_is_kind(action, kind) for kind in asked):
            out.append(action)
    return out


def _is_kind(action: Document, kind: str) -> bool:
    name, _, field = kind.partition(":")
    if name == "all":
        return True
    return bool(action["type"] == name and (not field or field in action["data"].get("old", {})))


def filtered_cards(on: Document, which: str) -> list[Document]:
    """The cards of a board: visible (open, in an open list), open, closed or all.

    Raises:
        Refusal: no such filter.
    """
    if which == "all":
        return list(on["cards"])
    if which in {"open", "closed"}:
        return [card for card in on["cards"] if card["closed"] is (which == "closed")]
    if which == "visible":
        shut = {one["id"] for one in on["lists"] if one["closed"]}
        return [card for card in on["cards"] if not card["closed"] and card["idList"] not in shut]
    raise refusals.invalid("filter")


def latest(cards: list[Document], query: Query, most: int, prefix: str = "") -> list[Document]:
    """The last created of `cards`, in the order of the board: Trello cuts by creation and does not sort by it."""
    since, before = bound(query, f"{prefix}since"), bound(query, f"{prefix}before")
    inside = [c for c in cards if (since is None or c["id"] > since) and (before is None or c["id"] < before)]
    if len(inside) <= most:
        return inside
    kept = set(sorted((card["id"] for card in inside), reverse=True)[:most])
    return [card for card in inside if card["id"] in kept]


def card_answer(on: Document, card: Document, query: Query, prefix: str = "", fields: str = "all") -> Document:
    """A card with what the query nests in it; `prefix` is `card_` inside a board's answer."""
    answer = pick(card, fields, _CARD_PARTS)
    for part in ("customFieldItems", "attachments", "pluginData"):
        if wanted(query.get(prefix + part)):
            answer[part] = card[part]
    if query.get(f"{prefix}attachments") == "cover":
        answer["attachments"] = [one for one in card["attachments"] if one["id"] == card["idAttachmentCover"]]
    if wanted(query.get(f"{prefix}checklists")):
        answer["checklists"] = [one for one in on["checklists"] if one["idCard"] == card["id"]]
    return answer


def card_answers(on: Document, found: list[Document], query: Query, prefix: str, limits: Limits) -> list[Document]:
    """Cards with what the query nests in each of them.

    Raises:
        Refusal: together they have more checklists than one answer holds.
    """
    fields = query.get(f"{prefix}fields", "all")
    answers = [card_answer(on, card, {**query, f"{prefix}checklists": ""}, prefix, fields) for card in found]
    if wanted(query.get(f"{prefix}checklists")):
        by_card = defaultdict(list)
        for one in on["checklists"]:
            by_card[one["idCard"]].append(one)
        check_checklists([one for card in found for one in by_card[card["id"]]], limits)
        for card, answer in zip(found, answers, strict=True):
            answer["checklists"] = by_card[card["id"]]
    return answers


def check_checklists(found: list[Document], limits: Limits) -> None:
    """Let an answer hold so many checklists.

    Raises:
        Refusal: they are too many.
    """
    if limits.checklists is not None and len(found) > limits.checklists:
        raise refusals.too_many_checklists()


def one_card_answer(on: Document, card: Document, query: Query) -> Document:
    """A card asked for by itself: its people, list, board and actions can be nested as well."""
    answer = card_answer(on, card, query, "", query.get("fields", "all"))
    if wanted(query.get("members")):
        people = [one for one in on["members"] if one["id"] in card["idMembers"]]
        answer["members"] = [pick(one, query.get("member_fields", "all")) for one in people]
    if wanted(query.get("list")):
        answer["list"] = next(one for one in on["lists"] if one["id"] == card["idList"])
    if wanted(query.get("board")):
        answer["board"] = pick(on, query.get("board_fields", _BOARD_FIELDS), _BOARD_PARTS)
    if wanted(query.get("actions")):
        answer["actions"] = actions(card_actions(on, card), query)
    return answer


def card_actions(on: Document, card: Document) -> Iterable[Document]:
    """The actions of one card, newest first."""
    return (one for one in on["actions"] if one["data"].get("card", {}).get("id") == card["id"])


def board_answer(on: Document, query: Query, limits: Limits) -> Document:
    """A board with what the query nests in it.

    Raises:
        Refusal: a parameter is wrong, or the answer would be too large.
    """
    fields = query.get("fields", _BOARD_FIELDS)
    answer = pick(on, fields, _BOARD_PARTS)
    if "memberships" in fields.split(",") or wanted(query.get("memberships")):
        answer["memberships"] = on["memberships"]
    if wanted(query.get("lists")):
        answer["lists"] = by_state(on["lists"], query["lists"], query.get("list_fields", "all"))
    if wanted(query.get("labels")):
        most = limit(query, "labels_limit", DEFAULT_MOST)
        answer["labels"] = [pick(one, query.get("label_fields", "all")) for one in on["labels"][:most]]
    if wanted(query.get("members")):
        answer["members"] = [pick(one, query.get("member_fields", "all")) for one in on["members"]]
    for part in ("customFields", "checklists", "pluginData"):
        if wanted(query.get(part)):
            answer[part] = on[part]
    check_checklists(answer.get("checklists", []), limits)
    if wanted(query.get("cards")):
        answer["cards"] = card_answers(on, _nested_cards(on, query, limits), query, "card_", limits)
    if wanted(query.get("actions")):
        answer["actions"] = actions(on["actions"], query)
    return answer


def _nested_cards(on: Document, query: Query, limits: Limits) -> list[Document]:
    found = filtered_cards(on, query["cards"])
    asked = limit(query, "cards_limit", ANSWER_MOST)
    most = len(found) if limits.nested_most is None and "cards_limit" not in query else asked
    if not limits.nested_before:
        query = {name: value for name, value in query.items() if name not in {"cards_before", "cards_since"}}
    kept = latest(found, query, min(most, limits.nested_most or most), "cards_")
    if limits.nested_cards is not None and len(kept) > limits.nested_cards:
        raise refusals.too_many_cards(limits.too_large)
    return kept


def by_state(lists: list[Document], which: str, fields: str) -> list[Document]:
    """Lists by state: open, closed or all."""
    kept = [one for one in lists if which in {"all", "true"} or one["closed"] is (which == "closed")]
    return [pick(one, fields) for one in kept]
