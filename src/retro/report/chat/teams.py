"""The message as an Adaptive Card 1.5, in the envelope that a Teams webhook takes.

Text of boards stands in text runs, which are shown as they are: a text block would read Markdown in it. A line holds
`LONGEST` characters at most, so that a card of ten stays below the 28 kB that Teams takes.
"""

from typing import Any

from retro.i18n import current_language
from retro.report.chat.message import Line, Message

MOST_BYTES = 28_000


def payload(message: Message) -> dict[str, Any]:
    """What an incoming webhook takes, of a workflow or of the connector before it."""
    body: list[dict[str, Any]] = [_block((message.title,), size="Large")]
    body += (_runs(line) for line in message.lines)
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.5",
        "lang": current_language(),
        "msteams": {"width": "Full"},
        "fallbackText": message.title,
        "body": body,
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def _runs(line: Line) -> dict[str, Any]:
    inlines = [
        {
            "type": "TextRun",
            "text": run.words,
            **({"weight": "Bolder"} if run.bold else {}),
            **({"selectAction": {"type": "Action.OpenUrl", "url": run.url}} if run.url is not None else {}),
        }
        for run in line
        if run.words
    ]
    return {"type": "RichTextBlock", "spacing": "Small", "inlines": inlines}


def _block(words: tuple[str, ...], *, size: str) -> dict[str, Any]:
    inlines = [{"type": "TextRun", "text": each, "weight": "Bolder", "size": size} for each in words]
    return {"type": "RichTextBlock", "inlines": inlines}
