"""Build the wheel, install it into an empty environment, and run the tests against it with the sources out of reach."""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = [
    *("tests/unit/i18n", "tests/unit/test_other_systems.py", "tests/unit/test_registry.py", "tests/e2e"),
    "--deselect=tests/e2e/test_cli.py::test_demo_tells_the_whole_loop",  # a newcomer's minutes have it of the wheel
]
"""What a wheel may lack: modules, catalogues, templates, plug-ins. What only computes or talks is tested as sources."""
PAGES = [
    "config.example.toml",
    *sorted(page.name for page in ROOT.glob("*.md")),
    "bench",
    "docs",
    "connectors/README.md",
    "rules/README.md",
    "Makefile",
    "pyproject.toml",
]


def run(*command: object, cwd: Path) -> None:
    """Run a command, or stop."""
    plain = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    subprocess.run([str(part) for part in command], cwd=cwd, env=plain, check=True)  # noqa: S603 - our own commands


def packs() -> set[str]:
    """Every package that has a catalogue in the sources."""
    return {po.stem for top in ("src", "connectors", "rules") for po in (ROOT / top).glob("**/fr/LC_MESSAGES/*.po")}


def main() -> None:
    """Build, look inside, install, test."""
    with tempfile.TemporaryDirectory(prefix="retro wheel é ") as name:  # a path with a blank and an accent
        folder = Path(name)
        run(sys.executable, "-m", "build", "--wheel", "--outdir", folder / "dist", cwd=ROOT)
        (wheel,) = (folder / "dist").glob("*.whl")
        held = zipfile.ZipFile(wheel).namelist()
        compiled = {Path(path).stem for path in held if path.endswith(".mo")}
        if compiled != packs():
            sys.exit(f"the wheel holds the catalogues {sorted(compiled)}, not {sorted(packs())}")
        if strays := [path for path in held if path.endswith("README.md")]:
            sys.exit(f"the wheel holds pages that would land in site-packages: {strays}")
        venv.create(folder / "env", with_pip=True)
        python = next(path for path in (folder / "env/bin/python", folder / "env/Scripts/python.exe") if path.exists())
        dev = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]["dev"]
        run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", wheel, *dev, cwd=folder)
        away = folder / "away"
        shutil.copytree(ROOT / "tests", away / "tests")
        for page in PAGES:
            source, target = ROOT / page, away / page
            target.parent.mkdir(parents=True, exist_ok=True)
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                shutil.copy(source, target)
        run(python, "-m", "pytest", "-q", "-n", "auto", "-p", "no:cacheprovider", *TESTS, cwd=away)


if __name__ == "__main__":
    main()
