"""The message as Slack's Block Kit: a header, and the lines in sections of mrkdwn within Slack's limits.

Limits and escapes: https://docs.slack.dev/reference/block-kit/blocks and …/messaging/formatting-message-text.
"""

import re
from collections.abc import Iterator
from typing import Any

from retro.report import wording
from retro.report.chat.message import Line, Message, Run

MOST_BLOCKS = 50
MOST_TEXT = 3000
"""Characters of a section."""
MOST_HEADER = 150

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKS = {"*": "∗", "~": "∼", "`": "ˋ", "_": "ˍ"}
"""mrkdwn knows no escape for these: they are written with a sign that looks the same."""
_MARK = re.compile(r"[&<>*~`]|(?<!\w)_|_(?!\w)")


def payload(message: Message) -> dict[str, Any]:
    """What an incoming webhook takes; `text` is what notifications show."""
    blocks: list[dict[str, Any]] = [
        {
            "type": "header",
            "text": {"type": "plain_text", "text": wording.shortened(message.title, MOST_HEADER), "emoji": False},
        }
    ]
    # Verbatim: nothing in it becomes a link, a channel or a mention that was not written as one.
    blocks += (
        {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}} for text in _sections(message)
    )
    return {"text": escaped(message.title), "blocks": blocks[:MOST_BLOCKS]}


def escaped(words: str) -> str:
    """Words that mrkdwn shows as they stand: `<!channel>`, `<@U…>` and links are none of it."""
    return _MARK.sub(lambda found: _ENTITIES.get(found[0]) or _MARKS[found[0]], words)


def _sections(message: Message) -> Iterator[str]:
    """The lines, as many in one text as have room."""
    text = ""
    for line in map(_line, message.lines):
        if text and len(text) + 1 + len(line) > MOST_TEXT:
            yield text
            text = line
        else:
            text = f"{text}\n{line}" if text else line
    if text:
        yield text


def _line(line: Line) -> str:
    return "".join(map(_run, line))


def _run(run: Run) -> str:
    words = escaped(run.words)
    if run.url is not None and run.words:
        # Between the angle brackets a bar ends the address.
        words = f"<{escaped_address(run.url)}|{words.replace('|', '∣')}>"
    return f"*{words}*" if run.bold and run.words else words


def escaped_address(url: str) -> str:
    """An address within angle brackets: nothing in it ends it."""
    return url.replace("&", "&amp;").replace("|", "%7C")
