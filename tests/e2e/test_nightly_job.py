"""`retro nightly`: installed, run, looked at and taken away, with stand-ins for the schedulers.

Each stand-in keeps what it is given in a folder, as the real one would keep it for itself.
"""

import json
import os
import plistlib
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

Retro = Callable[..., Any]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are shell scripts")

_PROGRAMS = {
    "systemctl": """
case "$2" in
  enable) /usr/bin/touch "$KEPT/$3" ;;
  disable) /bin/rm -f "$KEPT/$4" ;;
  is-enabled) [ -f "$KEPT/$3" ] ;;
esac
""",
    "crontab": """
case "$1" in
  -l) [ -f "$KEPT/crontab" ] && /bin/cat "$KEPT/crontab" ;;
  -r) /bin/rm "$KEPT/crontab" ;;
  -) /bin/cat > "$KEPT/crontab" ;;
esac
""",
    "launchctl": """
case "$1" in
  bootstrap) [ ! -f "$KEPT/agent" ] && /bin/cp "$3" "$KEPT/agent" ;;
  print) [ -f "$KEPT/agent" ] ;;
  bootout) /bin/rm "$KEPT/agent" ;;
esac
""",
    "schtasks": """
case "$1" in
  /Create) /bin/cp "$5" "$KEPT/task" ;;
  /Query) [ -f "$KEPT/task" ] && /bin/cat "$KEPT/task" ;;
  /Delete) /bin/rm "$KEPT/task" ;;
esac
""",
}


@dataclass(frozen=True)
class Place:
    """A plan of one sheet, and a machine that offers it every scheduler."""

    folder: Path
    home: Path
    programs: Path
    kept: Path

    @property
    def config(self) -> Path:
        """Its retro.toml."""
        return self.folder / "retro.toml"

    @property
    def state(self) -> Path:
        """Its state."""
        return self.folder / ".retro"

    def traces(self) -> set[str]:
        """Files that an installation left, outside of the programs."""
        found = [path for path in (*self.home.rglob("*"), *self.kept.rglob("*")) if path.is_file()]
        return {path.name for path in found} | {path.name for path in self.state.glob("nightly*")}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The plan, in a folder with an awkward name."""
    folder, home, programs, kept = (tmp_path / name for name in ("Plan 100% d'été & $HOME", "home", "programs", "kept"))
    for each in (folder, home, programs, kept):
        each.mkdir()
    for name, text in _PROGRAMS.items():
        program = programs / name
        program.write_text(f"#!/bin/sh\nKEPT={shlex.quote(str(kept))}\n{text}", encoding="utf-8")
        program.chmod(0o755)
    (folder / "plan.csv").write_text("Titre;Responsable;Échéance\n[SEO] 3 articles;Léa;2027-01-15\n", encoding="utf-8")
    (folder / "retro.toml").write_text(
        '[workspace]\nlang = "en"\n[sources.f]\nkind = "file"\npath = "plan.csv"\n'
        '[boards.plan]\nsource = "f"\nat = ""\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    return Place(folder, home, programs, kept)


@pytest.mark.parametrize(
    ("scheduler", "called"),
    [("systemd", "systemd"), ("cron", "cron"), ("launchd", "launchd"), ("schtasks", "the Windows Task Scheduler")],
)
def test_there_and_back(retro: Retro, place: Place, scheduler: str, called: str) -> None:
    """Installed twice it is there once, status knows the time, and when it is removed nothing is left."""
    before = place.traces()
    for at in ("7:15", "06:30"):
        done = retro("-c", place.config, "nightly", "install", "--at", at, "--with", scheduler)
        assert done.code == 0, done.err
        assert f"by {called}" in done.out
        assert "made up for" in done.out
    status = json.loads(retro("-c", place.config, "nightly", "status", "--json").out)
    assert [each["name"] for each in status["schedulers"]] == [scheduler]
    assert (status["at"], status["last"], status["moved"]) == ("06:30", None, False)
    again = retro("-c", place.config, "nightly", "install", "--with", scheduler)
    assert "at 06:30" in again.out  # the time stays where none is named
    done = retro("-c", place.config, "nightly", "remove")
    assert (done.code, called in done.out) == (0, True)
    assert place.traces() == before
    assert "No nightly run was installed" in retro("-c", place.config, "nightly", "remove").out


def test_the_first_that_is_there(retro: Retro, place: Place) -> None:
    """Systemd where it answers, else cron; another choice takes the job from the first; with none, a sentence."""
    assert "by systemd" in retro("-c", place.config, "nightly", "install").out
    assert "by cron" in retro("-c", place.config, "nightly", "install", "--with", "cron").out
    status = retro("-c", place.config, "nightly", "status").out
    assert "by cron (crontab -l)" in status
    assert "systemd" not in status
    (place.programs / "systemctl").write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    assert "by cron" in retro("-c", place.config, "nightly", "install").out
    for program in place.programs.iterdir():
        program.unlink()
    done = retro("-c", place.config, "nightly", "install")
    assert done.code == 2
    assert "offers no scheduler" in done.err
    assert "retro sync" in done.err


def test_a_dry_run_changes_nothing(retro: Retro, place: Place) -> None:
    """Everything that would be written is shown, and nothing is there."""
    done = retro("-c", place.config, "nightly", "install", "--at", "6h30", "--dry-run")
    assert done.code == 0
    assert "OnCalendar=*-*-* 06:30:00" in done.out
    assert "Persistent=true" in done.out
    assert place.traces() == set()
    assert not place.state.exists()


def _started(place: Place) -> subprocess.CompletedProcess[str]:
    """What cron would start, by the shell, with next to no environment."""
    line = (place.kept / "crontab").read_text("utf-8").splitlines()[-1]
    command = line.split(maxsplit=5)[5].replace("\\%", "%")
    return subprocess.run(  # noqa: S603 - written by the test's own installation
        ["/bin/sh", "-c", command],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={"HOME": str(place.home), "PATH": "/usr/bin:/bin"},
    )


def _long_ago(place: Place) -> None:
    """Let the installation be of another year, so that a run is due."""
    record = place.state / "nightly.json"
    told = json.loads(record.read_text("utf-8"))
    record.write_text(json.dumps({**told, "installed": "2020-01-01T00:00:00+00:00"}), encoding="utf-8")


def test_what_cron_starts(retro: Retro, place: Place) -> None:
    """Hourly, it does nothing until a run is due; then the boards are read, once, and status tells of it."""
    (place.kept / "crontab").write_text("MAILTO=me\n", encoding="utf-8")
    retro("-c", place.config, "nightly", "install", "--at", "06:30", "--with", "cron")
    done = _started(place)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "It has not run yet." in retro("-c", place.config, "nightly", "status").out
    _long_ago(place)
    done = _started(place)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    log = (place.state / "nightly.log").read_text("utf-8")
    assert log.splitlines()[-1].endswith("ended with 0")
    assert _started(place).returncode == 0
    assert (place.state / "nightly.log").read_text("utf-8") == log
    assert "All went well" in retro("-c", place.config, "nightly", "status").out
    retro("-c", place.config, "nightly", "remove")
    assert (place.kept / "crontab").read_text("utf-8") == "MAILTO=me\n"


def test_a_night_with_a_broken_file(retro: Retro, place: Place) -> None:
    """A retro.toml that somebody broke is told by the log and by status, once it is mended; not only by a code."""
    retro("-c", place.config, "nightly", "install", "--with", "cron")
    _long_ago(place)
    whole = place.config.read_text("utf-8")
    place.config.write_text(whole + "[sync]\nquite = '1h'\n", encoding="utf-8")
    done = _started(place)
    assert done.returncode == 2
    assert 'Did you mean "quiet"?' in done.stdout
    place.config.write_text(whole, encoding="utf-8")
    status = retro("-c", place.config, "nightly", "status").out
    assert "did not end as it should (2)" in status
    assert 'Did you mean "quiet"?' in status
    assert str(place.state / "nightly.log") in status


def test_retro_was_moved(retro: Retro, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where another interpreter runs retro by now, status says so, and what mends it."""
    retro("-c", place.config, "nightly", "install")
    assert "another place" not in retro("-c", place.config, "nightly", "status").out
    monkeypatch.setattr(sys, "executable", "/elsewhere/bin/python")
    assert "another place" in retro("-c", place.config, "nightly", "status").out
    retro("-c", place.config, "nightly", "install")
    assert "another place" not in retro("-c", place.config, "nightly", "status").out


def test_the_folder_was_moved(retro: Retro, place: Place, tmp_path: Path) -> None:
    """The job of a plan that was moved does nothing where it was, and follows it; a copy has a job of its own."""
    retro("-c", place.config, "nightly", "install", "--at", "07:00", "--with", "cron")
    _long_ago(place)
    moved = place.folder.rename(tmp_path / "ailleurs") / "retro.toml"
    done = _started(place)
    assert done.returncode == 2
    assert "nightly install" in done.stderr
    assert not place.folder.exists()
    assert "another place" in retro("-c", moved, "nightly", "status").out
    assert "at 07:00" in retro("-c", moved, "nightly", "install").out
    assert "another place" not in retro("-c", moved, "nightly", "status").out
    assert (place.kept / "crontab").exists() is False
    shutil.copytree(moved.parent, tmp_path / "copie")
    assert "not installed" in retro("-c", tmp_path / "copie" / "retro.toml", "nightly", "status").out
    assert "Installed" in retro("-c", moved, "nightly", "status").out


def test_tokens_stay_out(retro: Retro, place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token that a variable holds is in no file, and whoever installs is told that the run will lack it."""
    monkeypatch.setenv("TRELLO_TOKEN", "ABRACADABRA")
    text = place.config.read_text("utf-8")
    trello = '[sources.t]\nkind = "trello"\nkey = { file = "key" }\ntoken = { env = "TRELLO_TOKEN" }\n'
    place.config.write_text(text + trello, encoding="utf-8")
    done = retro("-c", place.config, "nightly", "install", "--with", "launchd")
    assert "[sources.t] token" in done.err
    assert "TRELLO_TOKEN" in done.err
    assert "key" not in done.err.replace("keyring", "")
    agent = plistlib.loads((place.kept / "agent").read_bytes())
    assert "ABRACADABRA" not in json.dumps(agent) + done.out + done.err
    assert str(place.config) in agent["ProgramArguments"]


def test_a_home_that_cannot_be_written(retro: Retro, place: Place) -> None:
    """Where the scheduler's folder cannot be made, that is said, with another way; nothing is left half done."""
    (place.home / ".config").write_text("no folder", encoding="utf-8")
    done = retro("-c", place.config, "nightly", "install")
    assert done.code == 2
    assert "cannot be written" in done.err
    assert "--with" in done.err
    assert "Traceback" not in done.err
    assert not json.loads(retro("-c", place.config, "nightly", "status", "--json").out)["installed"]


def test_a_scheduler_that_refuses(retro: Retro, place: Place) -> None:
    """Its own words are told, and no half of the job stays."""
    crontab = place.programs / "crontab"
    crontab.write_text("#!/bin/sh\n[ $1 = - ] && { echo you are not allowed >&2; exit 1; }\nexit 1\n", encoding="utf-8")
    done = retro("-c", place.config, "nightly", "install", "--with", "cron")
    assert done.code == 2
    assert "you are not allowed" in done.err
    assert "not installed" in retro("-c", place.config, "nightly", "status").out


@pytest.mark.parametrize("words", [["install", "--at", "25h"], ["install", "--with", "at"], ["install"], ["status"]])
def test_without_what_it_needs(retro: Retro, place: Place, tmp_path: Path, words: list[str]) -> None:
    """No such time, no such scheduler, no retro.toml: each is told, and nothing is written."""
    given = ["-c", place.config] if len(words) > 1 else []
    done = retro(*given, "nightly", *words)
    assert done.code == 2
    assert done.err.startswith("retro: ")
    assert place.traces() == set()
    assert list((tmp_path / "empty").iterdir()) == []


def test_an_empty_plan(retro: Retro, place: Place) -> None:
    """With no board there is nothing to run for, and nothing is installed."""
    place.config.write_text("version = 1\n", encoding="utf-8")
    done = retro("-c", place.config, "nightly", "install")
    assert done.code == 2
    assert "retro init" in done.err
    assert place.traces() == set()
