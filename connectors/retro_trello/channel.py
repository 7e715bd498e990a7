"""The channel that a title begins with: `[SEO] …`, an emoji before it allowed."""

import re

_PREFIX = re.compile(r"[^\w\[\]]*\[([^\[\]]{1,60})\]")


def channel_of(title: str) -> str | None:
    """What stands in brackets at a title's beginning; None where nothing does, or a bare number: those are points."""
    match = _PREFIX.match(title)
    return match[1].strip() if match and any(char.isalpha() for char in match[1]) else None
