"""What somebody meets who has just installed retro: the wheel in an empty environment, an empty home, no configuration.

By pip, and by uv and pipx where they can be had. Then the first commands of the README, as they are; under a locale
without UTF-8; where nothing can be written. Each ends with the exit code that it should, in sentences.

    python tests/newcomer.py [WHEEL]      # builds the wheel where none is named
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from retro.sandbox.trello.build import BoardBuilder

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
END = "2027-03-01"
SECONDS = 120
"""After which a command hangs."""

_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR")
_FOR_INSTALLERS = ("PIP_", "UV_", "SSL_", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http", "no_proxy")
_SPOILT = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "latin-1"}
_READER = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner", "--inh-caps=-all")
"""Makes of root somebody whom a folder's rights stop."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command line, the exit codes that are right, and what it leaves or says."""

    words: tuple[str, ...]
    codes: tuple[int, ...] = (0,)
    leaves: str = ""
    says: str = ""


FIRST_MINUTES = (
    Step(("--version",), says="retro "),
    Step(("--help",), says="lint"),
    Step(("demo", "--dir", "démo d’été"), leaves="démo d’été/retro.html"),
    Step(("lint", "export Trello.json"), (1,), says="END101"),
    Step(("lint", "export Trello.json", "--end", END), (0, 1)),
    Step(
        ("lint", "export Trello.json", "--end", END, "--format", "html=remarques d’été.html"),
        (0, 1),
        "remarques d’été.html",
    ),
    Step(("schedule", "export Trello.json", "--end", END), says="Annonce"),
    Step(("view", "export Trello.json", "--end", END), leaves="retro.html"),
    Step(("export", "xlsx", "export Trello.json", "--end", END), leaves="export Trello ? retro.xlsx"),
    Step(("new", "webinar", "--end", END), leaves="webinar*.xlsx"),
    Step(("doctor",), (0, 2)),
    Step(("lint", "pas là.json"), (2,)),
)
"""In an account where all is well, or whose console has no UTF-8."""

LOCKED = (
    Step(("lint", "export Trello.json", "--end", END), (0, 1)),
    Step(("schedule", "export Trello.json", "--end", END)),
    Step(("demo",), (2,)),
    Step(("view", "export Trello.json", "--end", END), (2,)),
    Step(("export", "xlsx", "export Trello.json", "--end", END), (2,)),
    Step(("new", "webinar", "--end", END), (2,)),
    Step(("init", "export Trello.json"), (2,)),
)
"""Where neither the home nor the folder may be written to: what only reads works, the rest says so."""


def board() -> str:
    """A board as Trello exports it, with owners, dates, a link and an untidy card."""
    made = BoardBuilder("Webinaire d’été", now=lambda: NOW)
    todo, done = made.list("À faire"), made.list("Terminé")
    page = todo.card("[Web] Page d’inscription", due=datetime(2027, 2, 12, 16, tzinfo=UTC))
    news = todo.card("[Emailing] Annonce aux 3 listes", due=datetime(2027, 2, 19, 16, tzinfo=UTC))
    made.depend(news, page)
    todo.card("Divers")
    done.card("[Vidéo] Script validé")
    return json.dumps(made.document, ensure_ascii=False)


def called(words: Sequence[object], env: Mapping[str, str], folder: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a command that nobody types into."""
    command = [str(word) for word in words]
    return subprocess.run(  # noqa: S603 - our own commands
        command, cwd=folder, env=dict(env), capture_output=True, stdin=subprocess.DEVNULL, timeout=SECONDS, check=False
    )


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment of a fresh account: nothing of the caller's, least of all his configuration."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {**kept, "HOME": str(home), "USERPROFILE": str(home), "RETRO_NOW": NOW.isoformat(), "COLUMNS": "100", **more}


class Installers:
    """Each way to install a wheel into an empty environment, in a folder; each answers with its command."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        self._wheel, self._folder = wheel, folder
        self._tools: Path | None = None
        theirs = {name: value for name, value in os.environ.items() if name.startswith(_FOR_INSTALLERS)}
        self._env = surroundings(folder, **theirs, PIP_NO_COMPILE="1")

    def ways(self) -> dict[str, Callable[[], Path]]:
        """By name. What pip cannot fetch is told of and left out."""
        tools = self._empty("outils")
        if self._done(sys.executable, "-m", "pip", "--python", tools, "install", "-q", "uv", "pipx").returncode:
            sys.stdout.write("uv and pipx cannot be had here: not tried\n")
            return {"pip": self._by_pip}
        self._tools = tools.parent
        return {"pip": self._by_pip, "uv": self._by_uv, "pipx": self._by_pipx}

    def _by_pip(self) -> Path:
        python = self._empty("par pip")
        return self._made(python.parent, sys.executable, "-m", "pip", "--python", python, "install", "-q", self._wheel)

    def _by_uv(self) -> Path:
        home = self._folder / "par uv"
        places = {"UV_TOOL_DIR": home / "tools", "UV_TOOL_BIN_DIR": home / "bin", "UV_CACHE_DIR": home / "cache"}
        return self._made(
            home / "bin", self._tool("uv"), "tool", "install", "-p", sys.executable, self._wheel, **places
        )

    def _by_pipx(self) -> Path:
        home = self._folder / "par pipx"
        places = {"PIPX_HOME": home / "px", "PIPX_BIN_DIR": home / "bin", "UV_CACHE_DIR": home / "cache"}
        return self._made(home / "bin", self._tool("pipx"), "install", self._wheel, **places)

    def _empty(self, name: str) -> Path:
        """The interpreter of an empty environment."""
        home = self._folder / name
        venv.create(home)
        return next(path for path in (home / "bin/python", home / "Scripts/python.exe") if path.exists())

    def _tool(self, name: str) -> Path:
        assert self._tools is not None
        return found(self._tools, name)

    def _done(self, *words: object, **places: Path) -> subprocess.CompletedProcess[bytes]:
        path = os.pathsep.join([*([str(self._tools)] if self._tools else []), self._env["PATH"]])
        more = {name: str(place) for name, place in places.items()}
        return called(words, {**self._env, **more, "PATH": path}, self._folder)

    def _made(self, commands: Path, *words: object, **places: Path) -> Path:
        ran = self._done(*words, **places)
        if ran.returncode:
            sys.exit(f"{words[0]} does not install the wheel:\n{ran.stdout.decode()}\n{ran.stderr.decode()}")
        return found(commands, "retro")


def found(folder: Path, name: str) -> Path:
    """A command in a folder of commands."""
    return next(path for path in (folder / name, folder / f"{name}.exe") if path.exists())


def tried(
    where: str, before: Sequence[object], steps: Sequence[Step], env: Mapping[str, str], folder: Path
) -> list[str]:
    """Every step in a folder; what went wrong, a line each."""
    wrong = []
    for step in steps:
        ran = called((*before, *step.words), env, folder)
        out, said = (each.decode(env.get("PYTHONIOENCODING", "utf-8"), "replace") for each in (ran.stdout, ran.stderr))
        line = f"{where}: retro {' '.join(step.words)}"
        if ran.returncode not in step.codes:
            wrong.append(f"{line}: left with {ran.returncode}, not {step.codes}\n{out}\n{said}")
        elif "Traceback" in out + said:
            wrong.append(f"{line}: a traceback\n{said}")
        elif ran.returncode > 1 and not (out + said).strip():
            wrong.append(f"{line}: failed without a word")
        elif step.says not in out:
            wrong.append(f"{line}: does not say {step.says}\n{out}")
        elif step.leaves and not left(folder, step.leaves):
            wrong.append(f"{line}: left no {step.leaves}, but {sorted(path.name for path in folder.iterdir())}")
    return wrong


def left(folder: Path, pattern: str) -> bool:
    """Whether a file of this name, or like this, is there and holds something."""
    return any(path.stat().st_size > 0 for path in folder.glob(pattern))


def rounds(retro: Path, folder: Path) -> Iterator[Callable[[], list[str]]]:
    """The accounts that the first minutes are spent in."""

    def account(name: str) -> tuple[Path, Path]:
        home = folder / name
        work = home / "Été 2027 – plans"
        work.mkdir(parents=True)
        (work / "export Trello.json").write_text(board(), encoding="utf-8")
        return home, work

    home, work = account("maison de Zoé")
    yield lambda: tried("UTF-8", [retro], FIRST_MINUTES, surroundings(home, LC_ALL="C.UTF-8"), work)
    old, there = account("vieille console à Évian")
    yield lambda: tried("without UTF-8", [retro], FIRST_MINUTES, surroundings(old, **_SPOILT), there)
    locked, here = account("maison fermée")
    env = surroundings(locked, LC_ALL="C.UTF-8")
    for path in (here, locked):
        path.chmod(0o555)
    reader = reading_only(here)
    if reader is None:
        sys.stdout.write("nobody here whom a folder's rights stop: the locked home is not tried\n")
    else:
        yield lambda: tried("locked home", [*reader, retro], LOCKED, env, here)


def reading_only(folder: Path) -> Sequence[str] | None:
    """What to put before a command so that it cannot write to a folder of mode 555; None where nothing does it."""
    probe = ("-c", f"import sys, os; sys.exit(os.access({str(folder)!r}, os.W_OK))")
    for before in ((), _READER):
        if before and shutil.which(before[0]) is None:
            continue
        if called((*before, sys.executable, *probe), surroundings(folder), ROOT).returncode == 0:
            return before
    return None


def main(wheel: Path | None) -> None:
    """Install, try, and leave with 1 where anything was not as it should be."""
    with tempfile.TemporaryDirectory(prefix="retro nouvelle é ") as name, ThreadPoolExecutor() as pool:
        folder = Path(name)
        if wheel is None:
            build = (sys.executable, "-m", "build", "--wheel", "--outdir", folder / "dist")
            made = called(build, os.environ, ROOT)
            if made.returncode:
                sys.exit(made.stderr.decode())
            (wheel,) = (folder / "dist").glob("*.whl")
        ways = {way: pool.submit(install) for way, install in Installers(wheel.resolve(), folder).ways().items()}
        commands = {way: future.result() for way, future in ways.items()}
        wrong = []
        for way, retro in commands.items():
            wrong += tried(way, [retro], FIRST_MINUTES[:2], surroundings(folder, LC_ALL="C.UTF-8"), folder)
        for future in [pool.submit(each) for each in rounds(commands["pip"], folder)]:
            wrong += future.result()
        for path in folder.glob("maison fermée"):
            path.chmod(0o755)
            for inner in path.iterdir():
                inner.chmod(0o755)
    if wrong:
        sys.exit("\n\n".join(wrong))
    sys.stdout.write(f"a newcomer gets on: installed by {', '.join(commands)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
