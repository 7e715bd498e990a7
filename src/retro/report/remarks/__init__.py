"""The remarks of `retro lint` in the forms that editors, spreadsheets, chats and build servers read."""

from collections.abc import Callable
from importlib import import_module

from retro.model import Assessment

Writer = Callable[[Assessment, bool], str]
"""A document of all the remarks (True) or of one a task (False), in the current language."""

_MODULES = {
    "concise": "concise",
    "jsonl": "json_lines",
    "markdown": "markdown",
    "html": "page",
    "csv": "sheet",
    "junit": "junit",
    "sarif": "sarif",
    "github": "github",
}
FORMATS = tuple(_MODULES)
"""Besides `text` and `json`."""

_WHOLE = frozenset({"jsonl", "csv", "junit", "sarif"})
"""Read by machines, which choose for themselves: these always hold every remark."""


def write(name: str, assessment: Assessment, *, everything: bool = False) -> str:
    """The remarks in one of `FORMATS`."""
    writer: Writer = import_module(f"{__name__}.{_MODULES[name]}").write
    return writer(assessment, everything or name in _WHOLE)
