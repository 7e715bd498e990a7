"""How fast the command answers: CPU time of `retro --help` against that of importing typer alone, and what it loads."""

import resource
import subprocess
import sys

RUNS = 10


def cpu(*command: str) -> float:
    """Mean CPU seconds of a command over the runs."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _run in range(RUNS):
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own commands
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) / RUNS


if __name__ == "__main__":
    python = sys.executable
    nothing = cpu(python, "-c", "pass")
    typer = cpu(python, "-c", "import typer")
    rich_help = cpu(python, "-c", "import typer, typer.rich_utils")
    shown = cpu(python, "-m", "retro.cli", "--help")
    print(f"python {nothing:.3f} s · import typer {typer:.3f} s · with its help pages {rich_help:.3f} s")
    print(f"retro --help {shown:.3f} s of CPU, {shown / typer:.1f} × importing typer")
