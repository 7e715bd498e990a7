"""`retro lint --offline` in this process, with what each phase takes of the processor: for `bench/lint.py`.

Nothing but the standard library and retro is loaded here, so that what is measured is what the command costs.

    python bench/lint_timed.py --run 1.0 OPTIONS OF retro lint
"""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

PHASES = "phases"
"""The file beside the configuration in which this process says what its phases took."""
BESIDE = "beside it"
"""What the second process takes."""
MEMORY = "memory beside it"
"""The most megabytes that it held."""
SPENT: dict[str, float] = {}


def main(options: list[str]) -> int:
    """The command line, its phases timed; its exit code."""
    from retro.cli import work  # noqa: PLC0415 - its loading is measured too
    from retro.cli.app import run as command_line  # noqa: PLC0415 - as above
    from retro.run import assess, read  # noqa: PLC0415 - as above

    SPENT["start"] = time.process_time()
    timed(read, "read", "snapshots")
    timed(work, "gather", "gather")
    timed(assess, "both", "schedule")
    timed(assess, "lint", "rules")
    with measured("all"):
        code = command_line(["lint", "--offline", "-q", "--exit-zero", *options])
    inner = SPENT.pop("all")
    SPENT["gather"] -= SPENT["snapshots"]
    SPENT["other"] = inner - sum(SPENT[name] for name in ("snapshots", "gather", "schedule", "rules"))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    SPENT[BESIDE] = used.ru_utime + used.ru_stime
    SPENT[MEMORY] = used.ru_maxrss / 1024
    Path(PHASES).write_text(json.dumps(SPENT), encoding="utf-8")
    return code


def timed(module: Any, name: str, phase: str) -> None:
    """Have a function of a module timed."""
    function: Callable[..., Any] = getattr(module, name)

    @wraps(function)
    def run(*values: Any, **named: Any) -> Any:
        with measured(phase):
            return function(*values, **named)

    setattr(module, name, run)


@contextmanager
def measured(phase: str) -> Iterator[None]:
    """Add what is done in here to a phase."""
    began = time.process_time()
    try:
        yield
    finally:
        SPENT[phase] = SPENT.get(phase, 0.0) + time.process_time() - began


if __name__ == "__main__":
    from retro.cli.ending import Ending

    ending = Ending()
    ending.leave(main(sys.argv[3:]))
