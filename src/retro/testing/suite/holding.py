"""How the contract says that it is broken: an AssertionError with the promise in words."""

from collections.abc import Callable

from retro.model import Task
from retro.ports import RetroError

TOUCHED = frozenset({"updated", "last_editor", "comments", "due_history"})
"""What a read of one task may show otherwise than a pull of the board: who touched it when, and its past."""


def hold(condition: bool, what: str) -> None:  # noqa: FBT001 - reads like `assert`
    """Raise AssertionError unless `condition` holds; `what` is the promise."""
    if not condition:
        raise AssertionError(what)


def same(held: Task, task: Task, *, but: frozenset[str] = TOUCHED) -> None:
    """Hold that two readings of a task agree in every field `but` these."""
    different = [
        name for name in Task.__dataclass_fields__ if name not in but and getattr(held, name) != getattr(task, name)
    ]
    hold(not different, f"{task.key} differs in {', '.join(different)}")


def raised(kinds: type[RetroError] | tuple[type[RetroError], ...], call: Callable[[], object]) -> RetroError:
    """The error of one of these kinds that `call` raises, with words in it."""
    names = " or ".join(kind.__name__ for kind in (kinds if isinstance(kinds, tuple) else (kinds,)))
    try:
        call()
    except kinds as error:
        hold(bool(error.what and str(error)), f"the {names} has words")
        return error
    raise AssertionError(f"{names} was expected")
