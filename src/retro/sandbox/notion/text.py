"""Rich text: runs as answers carry them, from plain text or from a request."""

from typing import Any

from retro.sandbox.notion import refusals
from retro.sandbox.notion.access import Document

CONTENT_MOST = 2000
"""Longest content of a run, in UTF-16 units."""
RUNS_MOST = 100

_PLAIN = {
    "bold": False,
    "italic": False,
    "strikethrough": False,
    "underline": False,
    "code": False,
    "color": "default",
}


def runs(text: str) -> list[Document]:
    """Plain text as Notion keeps it: nothing for an empty one, a link where all of it is an address."""
    if not text:
        return []
    link = {"url": text} if text.startswith(("https://", "http://")) and " " not in text else None
    return [_run(text, link, _PLAIN)]


def mention(title: str, page: str) -> Document:
    """A mention of a page, as a person writes it with @."""
    run = _run(title, None, _PLAIN)
    del run["text"]
    said = {"type": "page", "page": {"id": page}}
    return {**run, "type": "mention", "mention": said, "href": f"https://www.notion.so/{page.replace('-', '')}"}


def cut(runs: list[Document], most: int) -> list[Document]:
    """The runs up to the last of `most` mentions, and what stands behind it up to the next one."""
    mentions = [place for place, run in enumerate(runs) if run["type"] == "mention"]
    return runs[: mentions[most]] if len(mentions) > most else runs


def plain(of: list[Document]) -> str:
    """What a person reads."""
    return "".join(run["plain_text"] for run in of)


def taken(where: str, given: Any) -> list[Document]:
    """The runs that a request sends. Raises Refusal: their shape or length is wrong."""
    if not isinstance(given, list):
        raise refusals.misshapen(where, "an array")
    if len(given) > RUNS_MOST:
        raise refusals.misshapen(f"{where}.length", f"≤ `{RUNS_MOST}`, instead was `{len(given)}`")
    return [run for index, one in enumerate(given) if (run := _taken(f"{where}[{index}]", one))["plain_text"]]


def _taken(where: str, given: Any) -> Document:
    asked = given.get("text") if isinstance(given, dict) and given.get("type", "text") == "text" else None
    content = asked.get("content") if isinstance(asked, dict) else None
    if not isinstance(content, str):
        raise refusals.misshapen(f"{where}.text.content", "defined: this look-alike takes runs of text only")
    length = len(content.encode("utf-16-le")) // 2
    if length > CONTENT_MOST:
        raise refusals.misshapen(f"{where}.text.content.length", f"≤ `{CONTENT_MOST}`, instead was `{length}`")
    return _run(content, (asked or {}).get("link"), {**_PLAIN, **given.get("annotations", {})})


def _run(content: str, link: Document | None, annotations: Document) -> Document:
    return {
        "type": "text",
        "text": {"content": content, "link": link},
        "annotations": dict(annotations),
        "plain_text": content,
        "href": link["url"] if link else None,
    }
