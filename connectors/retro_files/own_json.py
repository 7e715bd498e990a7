"""retro's own JSON (`retro export json`), read back: boards, tasks and people with the keys that they had."""

import json
from datetime import datetime
from typing import Any, TypeVar

from retro.i18n import text as _
from retro.model import Board, Person, Snapshot, Task
from retro.model.codec import decode
from retro.ports import UnreadableError
from retro.tables import encoding

T = TypeVar("T")
_VERSION = 1


def read_own(content: bytes, *, name: str, read_at: datetime) -> list[Snapshot]:
    """Every board of an export, in its order.

    Args:
        content: the whole file.
        name: the file's, for messages.
        read_at: now.

    Raises:
        UnreadableError: the JSON is broken, of a later version of retro, or not what `retro export json` writes.
    """
    document = _document(content, name)
    boards = _decoded(Board, document.get("boards"), name)
    tasks: dict[str, list[Task]] = {board.key: [] for board in boards}
    for task in _decoded(Task, document.get("tasks"), name):
        if task.board not in tasks:
            raise _no_export(name)
        tasks[task.board].append(task)
    people = tuple(_decoded(Person, document.get("people", []), name))
    return [Snapshot(board=board, tasks=tuple(tasks[board.key]), people=people, read_at=read_at) for board in boards]


def board_keys(content: bytes, name: str) -> tuple[str, ...]:
    """The keys of an export's boards. Raises as `read_own` does."""
    return tuple(board.key for board in _decoded(Board, _document(content, name).get("boards"), name))


def _without_halves(text: str) -> Any:
    document = json.loads(text)
    if "\\ud" not in text.casefold():
        return document
    # Half an emoji is no text: no state and no file could hold it.
    return json.loads(json.dumps(document, ensure_ascii=False).encode("utf-8", "replace"))


def _document(content: bytes, name: str) -> dict[str, Any]:
    try:
        document = _without_halves(encoding.decode(content) or "")
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise UnreadableError(
            _("the JSON is broken: the file was probably cut off while it was saved."),
            where=f"{name}:{line}" if line else name,
            remedy=_("Write it again with `retro export json`."),
        ) from None
    version = document.get("version") if isinstance(document, dict) else None
    if isinstance(version, int) and version > _VERSION:
        raise UnreadableError(
            _("a later version of retro wrote this file."), where=name, remedy=_("Update retro, or export it again.")
        )
    if not isinstance(document, dict) or version != _VERSION:
        raise _no_export(name)
    return document


def _decoded(kind: type[T], entries: Any, name: str) -> list[T]:
    if not isinstance(entries, list):
        raise _no_export(name)
    try:
        return [decode(kind, entry) for entry in entries]
    except Exception as error:  # cattrs raises groups of whatever the values made go wrong
        raise _no_export(name) from error


def _no_export(name: str) -> UnreadableError:
    return UnreadableError(
        _("this JSON is not what `retro export json` writes."),
        where=name,
        remedy=_("Write it again with `retro export json`."),
    )
