"""docs/cron.md is true: units, the line of cron and the container file are taken from it and tried."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from retro.config.load import parse

PAGE = Path(__file__).resolve().parents[2] / "docs" / "cron.md"
_BLOCK = re.compile(r"^```(?P<kind>\w+)\n(?P<text>(?:.*\n)*?)```$", re.MULTILINE)
_INSTRUCTIONS = frozenset(
    {"CMD", "COPY", "ENTRYPOINT", "ENV", "FROM", "HEALTHCHECK", "RUN", "USER", "VOLUME", "WORKDIR"}
)


def blocks(kind: str) -> list[str]:
    """What the page shows in one language."""
    return [match["text"] for match in _BLOCK.finditer(PAGE.read_text("utf-8")) if match["kind"] == kind]


def retro_here() -> Path:
    """A `retro` that can be run, in the place of the one that the page names."""
    return Path(sys.executable).with_name("retro")


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units of the page, in a folder, with the command where it is here: by a path that needs no quotes."""
    command = tmp_path / "retro"
    command.symlink_to(retro_here())
    for text in blocks("ini"):
        path = re.match(r"# /etc/systemd/system/(\S+)\n", text)
        assert path is not None
        file = tmp_path / path[1]
        file.parent.mkdir(exist_ok=True)
        file.write_text(text.replace("/usr/local/bin/retro", str(command)), encoding="utf-8")
    return tmp_path


def systemd(*words: object) -> subprocess.CompletedProcess[str]:
    """What systemd-analyze says; skips where there is none."""
    found = shutil.which("systemd-analyze")
    if found is None:
        pytest.skip("no systemd-analyze here")
    return subprocess.run([found, *map(str, words)], capture_output=True, text=True, check=False)  # noqa: S603 - found above


def test_the_units_are_valid(units: Path) -> None:
    """Systemd finds nothing to say of timer, service and drop-in, and knows when the timer elapses."""
    if not retro_here().exists():
        pytest.skip("retro is not installed as a command")
    for name in ("retro.service", "retro.timer"):
        done = systemd("verify", "--man=no", units / name)
        assert (done.returncode, done.stderr.strip()) == (0, ""), done.stderr
    timer = (units / "retro.timer").read_text("utf-8")
    when = re.search(r"^OnCalendar=(.+)$", timer, re.MULTILINE)
    assert when is not None
    assert "06:30:00" in systemd("calendar", when[1]).stdout
    assert "Persistent=true" in timer


def test_a_wrong_unit_would_be_found(units: Path) -> None:
    """The check can fail: a misspelt key of the service is reported."""
    service = units / "retro.service"
    service.write_text(service.read_text("utf-8").replace("NoNewPrivileges", "NoNewPriviledges"), encoding="utf-8")
    assert "NoNewPriviledges" in systemd("verify", "--man=no", service).stderr


def test_the_service_outlasts_the_deadline(units: Path) -> None:
    """Systemd does not end a run before retro's own deadline does."""
    found = re.search(r"^TimeoutStartSec=(\d+)h$", (units / "retro.service").read_text("utf-8"), re.MULTILINE)
    assert found is not None
    settings = parse("", "retro.toml")
    assert int(found[1]) * 3600 > settings.sync.deadline.elapsed.total_seconds()


def test_the_settings_can_be_used() -> None:
    """Every piece of retro.toml on the page is one that retro reads."""
    shown = blocks("toml")
    assert len(shown) == 2
    for text in shown:
        parse(text, "retro.toml")
        assert tomllib.loads(text)


def test_the_line_of_cron_runs(workspace: Any) -> None:
    """The line has cron's five fields, and its command, run as cron does, is a silent good night."""
    (text,) = blocks("cron")
    *settings, line = text.splitlines()
    assert all(re.fullmatch(r"[A-Z]+=\S+", each) for each in settings)
    fields = line.split(maxsplit=5)
    assert all(re.fullmatch(r"[\d*,/-]+", each) for each in fields[:5])
    minute, hour, *_rest = map(int, fields[:2])
    assert (hour, minute) == (6, 30)
    command = fields[5]
    assert "%" not in command  # cron would take it for a line's end
    command = command.replace("/usr/local/bin/retro", f"{shlex.quote(sys.executable)} -m retro.cli")
    command = command.replace("/srv/plan", shlex.quote(str(workspace.folder)))
    # Cron gives next to nothing of the environment on.
    given = {"PATH": "/usr/bin:/bin", "HOME": os.environ.get("HOME", "/"), "RETRO_NOW": workspace.clock[0].isoformat()}
    command = f"{command} --lang en"
    done = subprocess.run(["/bin/sh", "-c", command], env=given, capture_output=True, text=True, check=False)  # noqa: S603 - our own page
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip().endswith("by hand.")  # nobody has applied yet
    assert len(done.stdout.splitlines()) == 1


def instructions(text: str) -> list[tuple[str, str]]:
    """A container file's instructions, lines joined."""
    joined = re.sub(r"\\\n", " ", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    return [
        (word, rest.strip()) for word, _blank, rest in (line.partition(" ") for line in joined.splitlines() if line)
    ]


def test_the_container_file_is_well_formed() -> None:
    """Known instructions, shell that parses, lists that are JSON, nobody is root, the state is a volume."""
    (text,) = blocks("dockerfile")
    found = instructions(text)
    assert found[0][0] == "FROM"
    assert {word for word, _rest in found} <= _INSTRUCTIONS
    for rest in (rest for word, rest in found if word == "RUN"):
        done = subprocess.run(["/bin/sh", "-n", "-c", rest], capture_output=True, text=True, check=False)  # noqa: S603 - only parsed
        assert done.returncode == 0, done.stderr
    last = dict(found)
    assert not last["USER"].startswith(("0", "root"))
    order = [word for word, _rest in found]
    assert order.index("USER") > max(place for place, word in enumerate(order) if word == "RUN")
    assert json.loads(last["VOLUME"]) == [f"{last['WORKDIR']}/.retro"]
    assert json.loads(last["ENTRYPOINT"]) + json.loads(last["CMD"]) == ["retro", "sync", "-q"]
    options, _cmd, command = last["HEALTHCHECK"].partition("CMD ")
    assert all(re.fullmatch(r"--[a-z-]+=\d+[smh]", each) for each in options.split())
    assert json.loads(command) == ["retro", "config", "check"]


def test_the_health_check_of_the_container_says_what_it_should(workspace: Any) -> None:
    """It passes on a usable retro.toml and fails on another."""
    command = [sys.executable, "-m", "retro.cli", "config", "check"]
    good = subprocess.run(command, cwd=workspace.folder, capture_output=True, check=False)  # noqa: S603 - our own interpreter
    workspace.edit_config("estimate =", "estimates =")
    bad = subprocess.run(command, cwd=workspace.folder, capture_output=True, check=False)  # noqa: S603 - our own interpreter
    assert (good.returncode, bad.returncode) == (0, 2)
