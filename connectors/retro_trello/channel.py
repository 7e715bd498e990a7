"""The channel that a title begins with: `[SEO] …`, an emoji before it allowed."""

import re

_PREFIX = re.compile(r"[^\w\[\]]*\[\s*([^\[\]]{1,60}?)\s*\]")


def channel_of(title: str) -> str | None:
    """What stands in brackets at a title's beginning; None where nothing does."""
    match = _PREFIX.match(title)
    return match[1] if match and any(char.isalnum() for char in match[1]) else None
