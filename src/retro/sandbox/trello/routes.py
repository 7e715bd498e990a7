"""The routes of the look-alike: method and path to the operation that answers."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from retro.sandbox.trello import refusals
from retro.sandbox.trello.call import Call
from retro.sandbox.trello.operations import boards, cards, comments, fields, labels, lists, people

Operation = Callable[..., Any]

BATCH_MOST = 10
"""Most addresses in one batch."""


def _batch(call: Call) -> list[dict[str, Any]]:
    """Several reads in one request, each with the status that it has by itself."""
    # Commas inside an address stand as they are: only one before a slash begins the next.
    urls = re.split(r",(?=/)", call.query.get("urls", ""))
    if not urls[0] or len(urls) > BATCH_MOST or any(url.startswith("/batch") for url in urls):
        raise refusals.invalid("urls")
    return [_one_of_batch(call, url) for url in urls]


def _one_of_batch(call: Call, url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    try:
        operation, named = find("GET", f"/1{parts.path}")
        return {"200": operation(replace(call, query=query, params=query), *named)}
    except refusals.Refusal as refused:
        return {str(refused.status): refused.body}


_ROUTES: tuple[tuple[str, str, Operation], ...] = (
    ("GET", r"/1/batch", _batch),
    ("GET", r"/1/members/([^/]+)", people.one),
    ("GET", r"/1/members/([^/]+)/boards", people.boards),
    ("GET", r"/1/members/([^/]+)/tokens", people.tokens),
    ("GET", r"/1/tokens/([^/]+)", people.token),
    ("GET", r"/1/boards/([^/]+)", boards.one),
    ("GET", r"/1/boards/([^/]+)/cards", boards.cards),
    ("GET", r"/1/boards/([^/]+)/cards/(all|closed|open|visible)", boards.cards),
    ("GET", r"/1/boards/([^/]+)/actions", boards.actions),
    ("GET", r"/1/boards/([^/]+)/lists/(all|closed|open)", boards.lists),
    ("GET", r"/1/boards/([^/]+)/(lists|labels|members|memberships|checklists|customFields)", boards.part),
    ("POST", r"/1/boards/([^/]+)/lists", lists.create_on),
    ("POST", r"/1/lists", lists.create),
    ("GET", r"/1/lists/([^/]+)", lists.one),
    ("PUT", r"/1/lists/([^/]+)", lists.update),
    ("PUT", r"/1/lists/([^/]+)/(name|closed|pos|idBoard)", lists.update_field),
    ("POST", r"/1/boards/([^/]+)/labels", labels.create_on),
    ("POST", r"/1/labels", labels.create),
    ("GET", r"/1/labels/([^/]+)", labels.one),
    ("PUT", r"/1/labels/([^/]+)", labels.update),
    ("DELETE", r"/1/labels/([^/]+)", labels.remove),
    ("POST", r"/1/cards", cards.create),
    ("GET", r"/1/cards/([^/]+)", cards.one),
    ("PUT", r"/1/cards/([^/]+)", cards.update),
    ("DELETE", r"/1/cards/([^/]+)", cards.remove),
    ("GET", r"/1/cards/([^/]+)/checklists", cards.checklists),
    ("PUT", r"/1/cards/([^/]+)/checkItem/([^/]+)", cards.update_item),
    ("POST", r"/1/cards/([^/]+)/idLabels", labels.put_on_card),
    ("DELETE", r"/1/cards/([^/]+)/idLabels/([^/]+)", labels.take_off_card),
    ("GET", r"/1/cards/([^/]+)/customFieldItems", fields.of_card),
    ("PUT", r"/1/cards/([^/]+)/customField/([^/]+)/item", fields.put),
    ("PUT", r"/1/cards/([^/]+)/customFields", fields.put_many),
    ("GET", r"/1/cards/([^/]+)/actions", cards.actions),
    ("POST", r"/1/cards/([^/]+)/actions/comments", comments.add),
    ("POST", r"/1/customFields", fields.create),
    ("DELETE", r"/1/customFields/([^/]+)", fields.drop),
    ("GET", r"/1/actions/([^/]+)", comments.action),
    ("PUT", r"/1/actions/([^/]+)", comments.edit),
    ("DELETE", r"/1/actions/([^/]+)", comments.remove),
)
_COMPILED = tuple((method, re.compile(pattern), operation) for method, pattern, operation in _ROUTES)


def find(method: str, path: str) -> tuple[Operation, tuple[str, ...]]:
    """The operation of a request, and what its path names.

    Raises:
        Refusal: there is no such route.
    """
    for verb, pattern, operation in _COMPILED:
        match = pattern.fullmatch(path) if verb == method else None
        if match is not None:
            return operation, match.groups()
    raise refusals.Refusal(404, f"Cannot {method} {path}")
