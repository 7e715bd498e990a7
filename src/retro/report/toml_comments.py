"""Sentences as comments of a TOML file: folded, safe, and marked where a person is to check them."""

import textwrap
from collections.abc import Iterable

from retro.i18n import text as _
from retro.model.proposal import Note
from retro.report.untrusted import printable

_WIDTH = 118


def noted(notes: Iterable[Note]) -> list[str]:
    """Notes, one after the other."""
    return [line for note in notes for line in marked(note)]


def marked(note: Note) -> list[str]:
    """A note as lines of comment."""
    return comment(f"{_('to check')}{_(': ')}{note.text}" if note.check else note.text)


def comment(text: str) -> list[str]:
    """A sentence as lines of comment; nothing in it can end them."""
    return textwrap.wrap(
        printable(text),
        _WIDTH,
        initial_indent="# ",
        subsequent_indent="#   ",
        break_long_words=False,
        break_on_hyphens=False,
    )
