"""What a sandbox starts from: a file that it saved, or a board exported from Trello (menu, Share, Export as JSON)."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from retro.sandbox.trello.build import new_state
from retro.sandbox.trello.state import State

_EXPORT_PARTS = frozenset({"id", "name", "lists", "cards"})


def load_seed(paths: Iterable[Path], *, now: Callable[[], datetime]) -> State:
    """One saved state, or any number of board exports in one new state.

    Raises:
        OSError: a file cannot be read.
        ValueError: a file is neither; its name is the argument.
    """
    state: State | None = None
    for path in paths:
        try:
            document = json.loads(path.read_text("utf-8"))
        except ValueError:
            raise ValueError(path.name) from None
        if isinstance(document, dict) and document.keys() >= _EXPORT_PARTS:
            state = state or new_state(now)
            state.add_export(document)
        elif state is None:
            state = State.load(path, now=now)
        else:
            raise ValueError(path.name)
    return state or new_state(now)
