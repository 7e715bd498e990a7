"""Comments on pages: lists hold those of open discussions only."""

from retro.sandbox.notion import paging, refusals, text
from retro.sandbox.notion.access import Document
from retro.sandbox.notion.call import Call
from retro.sandbox.notion.ids import minute


def of_page(call: Call) -> Document:
    """`GET /v1/comments`: the unresolved ones of a page, oldest first."""
    call.need(capable=call.token.comments)
    page = call.state.page(call.query.get("block_id", ""), call.token)
    found = [one for one in call.state.comments.values() if one["page"] == page["id"] and not one["resolved"]]
    part, cursor = paging.cut(found, call.query, page["id"], lambda one: str(one["id"]))
    return paging.listed("comment", [_shown(call, one) for one in part], cursor)


def one(call: Call, ref: str) -> Document:
    """`GET /v1/comments/{id}`."""
    call.need(capable=call.token.comments)
    return _shown(call, _find(call, ref))


def add(call: Call) -> Document:
    """`POST /v1/comments`: on a page, in its own discussion or in a given one."""
    call.need(capable=call.token.comments)
    call.allow("parent", "discussion_id", "rich_text", "markdown", "display_name")
    said = _said(call)
    discussion = call.body.get("discussion_id")
    if discussion is not None:
        first = next((c for c in call.state.comments.values() if c["discussion"] == discussion), None)
        if first is None:
            raise refusals.not_found("discussion", str(discussion), call.state.users[call.token.bot])
        page_id = first["page"]
    else:
        parent = call.part("parent", dict, "an object") or {}
        page_id = call.state.page(str(parent.get("page_id", "")), call.token)["id"]
        discussion = _discussion(call, page_id)
    at = minute(call.state.now())
    made: Document = {
        "id": call.state.mint.uuid(),
        "page": page_id,
        "discussion": discussion,
        "by": call.token.bot,
        "created": at,
        "edited": at,
        "rich_text": said,
        "resolved": False,
    }
    call.state.comments[made["id"]] = made
    return _shown(call, made)


def edit(call: Call, ref: str) -> Document:
    """`PATCH /v1/comments/{id}`: another text."""
    call.need(capable=call.token.comments)
    call.allow("rich_text", "markdown")
    found = _own(call, ref)
    found |= {"rich_text": _said(call), "edited": minute(call.state.now())}
    return _shown(call, found)


def remove(call: Call, ref: str) -> Document:
    """`DELETE /v1/comments/{id}`."""
    call.need(capable=call.token.comments)
    found = _own(call, ref)
    del call.state.comments[found["id"]]
    return _shown(call, found)


def _find(call: Call, ref: str) -> Document:
    found = call.state.comments.get(ref)
    if found is None:
        raise refusals.not_found("comment", ref, call.state.users[call.token.bot])
    call.state.page(found["page"], call.token)
    return found


def _own(call: Call, ref: str) -> Document:
    found = _find(call, ref)
    call.need(capable=found["by"] == call.token.bot)
    return found


def _discussion(call: Call, page_id: str) -> str:
    """The open discussion of the page as a whole, or a new one."""
    known = (c["discussion"] for c in call.state.comments.values() if c["page"] == page_id and not c["resolved"])
    return str(next(known, None) or call.state.mint.uuid())


def _said(call: Call) -> list[Document]:
    if ("rich_text" in call.body) is ("markdown" in call.body):
        raise refusals.misshapen("rich_text", "given, or `markdown`, and not both")
    if "markdown" in call.body:
        return text.runs(str(call.body["markdown"]))
    return text.taken("rich_text", call.body["rich_text"])


def _shown(call: Call, of: Document) -> Document:
    by = call.state.users[of["by"]]
    kind = "integration" if by["type"] == "bot" else "user"
    return {
        "object": "comment",
        "id": of["id"],
        "parent": {"type": "page_id", "page_id": of["page"]},
        "discussion_id": of["discussion"],
        "created_time": of["created"],
        "last_edited_time": of["edited"],
        "created_by": {"object": "user", "id": of["by"]},
        "rich_text": of["rich_text"],
        "display_name": {"type": kind, "resolved_name": by["name"]},
    }
