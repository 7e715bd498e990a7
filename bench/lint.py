"""`retro lint --offline` over hundreds of boards: seconds, processor, memory, and what each phase takes of it.

    python bench/lint.py [--tasks N] [--boards N] [--keep FOLDER] [-- OPTIONS OF retro lint]

A first command reads the boards of `bench/sync.py`'s look-alike into snapshots, as fast as it can; then they are
linted from there with the default rules. 1 where that takes more than 6 s or 1 GB for 100 000 tasks; fewer get a second
to start with, and their share of the others. On two free processors the seconds on the wall count; where other programs
hold these, what the first process computes, beside which the second one runs. With a folder that an earlier run has
kept, nothing is read again.
"""

import argparse
import json
import multiprocessing
import sys
import tempfile
from pathlib import Path

import lint_timed
from lint_timed import BESIDE, MEMORY, PHASES
from sync import UNBOUND, night, retro, serve

MOST_SECONDS, START_SECONDS, MOST_MEGABYTES, OF_TASKS = 6.0, 1.0, 1_000, 100_000


def main() -> int:
    """Print the figures; 1 where one is beyond what is allowed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tasks", type=int, default=OF_TASKS, help="in all")
    parser.add_argument("--boards", type=int, default=500)
    parser.add_argument("--keep", type=Path, help="a folder for configuration and state, used again by the next run")
    parser.add_argument("options", nargs="*", help="for retro lint")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.keep or Path(made)
        folder.mkdir(exist_ok=True)
        if not (folder / "retro.toml").exists():
            read(folder, asked.boards, asked.tasks // asked.boards)
        return judged(folder, asked)


def read(folder: Path, boards: int, tasks: int) -> None:
    """Have snapshots of so many boards with so many tasks each."""
    asked = argparse.Namespace(boards=boards, tasks=tasks, accounts=1, written=0, latency=0.0)
    process = multiprocessing.get_context("spawn")
    line, other = process.Pipe()
    server = process.Process(target=serve, args=(other, boards, tasks, 1, 0.0), daemon=True)
    server.start()
    ran, _done = night(line, folder, asked, UNBOUND, "pull", "-q")
    line.send(None)
    server.join()
    if ran.code:
        sys.exit(f"the snapshots could not be made: {ran.said[-2_000:]}")


def judged(folder: Path, asked: argparse.Namespace) -> int:
    """Lint in a process of its own and print what it took; the exit code."""
    (folder / PHASES).unlink(missing_ok=True)
    ran = retro(folder, {"tokens": ["offline"], "key": "offline"}, 1.0, *asked.options, script=lint_timed.__file__)
    most = START_SECONDS + (MOST_SECONDS - START_SECONDS) * asked.tasks / OF_TASKS
    first, megabytes = ran.cpu, ran.megabytes
    phases: dict[str, float] = {}
    if (folder / PHASES).exists():
        phases = json.loads((folder / PHASES).read_text(encoding="utf-8"))
        first -= phases[BESIDE]
        megabytes += phases.pop(MEMORY)
    print(f"{ran.seconds:.1f} s, {ran.cpu:.1f} s of processor, {megabytes:.0f} MB in both processes")
    print("; ".join(f"{name} {seconds:.2f} s ({seconds / ran.cpu:.0%})" for name, seconds in phases.items()))
    faults = {
        "it failed": ran.code != 0,
        "too slow": min(ran.seconds, first) > most,
        "too much memory": megabytes > MOST_MEGABYTES,
    }
    found = [fault for fault, there in faults.items() if there]
    print("; ".join(found) or "as it should be")
    if ran.code:
        print(ran.said[-2_000:], file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main())
