"""How good and how fast levelling is, beside the best-known answers and beside TaskJuggler (`tj3`).

    python bench/levelling.py FOLDER [--samples N] [--placements N]
    python bench/levelling.py --tasks N [--only]

FOLDER holds the instances of one set (PSPLIB's `.sm`, or multi-project instances in JSON), or folders of them; the
best-known makespans of PSPLIB's sets stand in `best_known/`, there or above. For every set: the mean and the worst
deviation from what is known, in percent, and CPU time. Every schedule is checked, period by period. Exit 1 where one is
not feasible, or a set's mean is above its figure.

A sample is a brood of random plans, ten or one for eight tasks if these are more, each laid backwards, forwards and
backwards again; a plan that the longest chain or the busiest resource shows to be optimal ends the search.

`--tasks` levels a layered network of N tasks, one person a task, through the product's own way in, beside TaskJuggler
where it is installed (`--only` leaves it out): exit 1 where it begins later than retro.
"""

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from time import process_time

from layered import levelled_network
from psplib import Instance, compiled, instances

from retro.schedule.levelling.best import Effort, best_plan

MOST = {"j30": 1.1, "j60": 1.7, "j90": 2.1, "j120": 5.4, "mp": -1.8}
"""Percent above the best known, or the published, that the mean of a set may be."""


def set_of(instance: Instance) -> str:
    """The set that an instance is of, by its name."""
    return next((name for name in sorted(MOST, reverse=True) if instance.name.startswith(name)), "other")


def solve(instance: Instance, effort: Effort) -> tuple[int, list[str]]:
    """The makespan that is found, and what is wrong with the schedule."""
    sides, rules = compiled(instance)
    sides.stand(best_plan(sides, rules, effort))
    begin = min(sides.back.start)
    return max(sides.back.finish) - begin, instance.faults([start - begin for start in sides.back.start])


def run(name: str, found: Iterable[Instance], effort: Effort) -> bool:
    """Print a set's figures; whether they are good enough."""
    deviations, wrong, seconds, known = [], 0, 0.0, 0
    for instance in found:
        began = process_time()
        makespan, faults = solve(instance, effort)
        seconds += process_time() - began
        wrong += bool(faults)
        if instance.best is not None:
            deviations.append(100 * (makespan / instance.best - 1))
            known += makespan <= instance.best
    mean = sum(deviations) / len(deviations)
    most = MOST.get(name)
    good = not wrong and (most is None or mean <= most)
    print(
        f"{name:5} {len(deviations):5} instances: mean {mean:+.2f} %, worst {max(deviations):+.2f} %, "
        f"{known} as good as known or better; {1000 * seconds / len(deviations):.0f} ms each, {seconds:.1f} s; "
        f"{wrong} not feasible" + ("" if most is None else f"; at most {most:+.1f} %: {'ok' if good else 'MISSED'}"),
        flush=True,
    )
    return good


def main() -> None:
    """Print the figures of every set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--samples", type=int, default=100)
    parser.add_argument("--placements", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tasks", type=int)
    parser.add_argument("--only", action="store_true", help="leave TaskJuggler out")
    asked = parser.parse_args()
    if asked.tasks:
        sys.exit(not levelled_network(asked.tasks, alone=asked.only))
    if asked.folder is None:
        parser.error("name a folder of instances, or --tasks N")
    effort = Effort(asked.samples, asked.placements, asked.seed)
    homes = [asked.folder, *sorted(path for path in asked.folder.iterdir() if path.is_dir())]
    sets: dict[str, list[Instance]] = {}
    for home in homes:
        for instance in instances(home):
            sets.setdefault(set_of(instance), []).append(instance)
    if not sets:
        parser.error(f"no instance in {asked.folder} that anything is known of")
    good = [run(name, found, effort) for name, found in sets.items()]
    sys.exit(not all(good))


if __name__ == "__main__":
    main()
