"""How programs of the system are called, and what becomes of what they say."""

import os
from pathlib import Path

import pytest
from tests.unit.run.scheduler.jobs import MAC

from retro.ports import ConfigurationError
from retro.run.scheduler.calls import Machine, put_file, take_away
from retro.run.scheduler.launchd import Launchd


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with the one program `say`, which gives back its input, and fails when told so."""
    if os.name != "posix":
        pytest.skip("the program is a shell script")
    program = tmp_path / "say"
    program.write_text('#!/bin/sh\n/bin/cat\nprintf "%s" "$2" >&2\nexit "$1"\n', encoding="utf-8")
    program.chmod(0o755)
    return Machine(system="linux", home=tmp_path, environment={"PATH": str(tmp_path)})


def test_bytes_of_any_kind_come_back(machine: Machine) -> None:
    """A crontab in an old encoding is handed back as it was."""
    old = b"# \xe9t\xe9\n".decode("utf-8", "surrogateescape")
    assert machine.call(["say", "0"], old).out == old


def test_two_bytes_a_letter(machine: Machine) -> None:
    """XML of Windows is read as what it is."""
    told = "<Task>été</Task>".encode("utf-16").decode("utf-8", "surrogateescape")
    assert machine.call(["say", "0"], told).out == "<Task>été</Task>"


def test_a_refusal_in_its_own_words(machine: Machine) -> None:
    """What the program said is told on one line, cut where it has no end."""
    with pytest.raises(ConfigurationError) as caught:
        machine.demand(["say", "1", "no\n\nway " + "x" * 5000])
    assert "no way xxx" in str(caught.value)
    assert len(str(caught.value)) < 600
    with pytest.raises(ConfigurationError, match="without a word"):
        machine.demand(["say", "1", ""])


def test_a_program_that_is_not_there(machine: Machine) -> None:
    """It is an answer as any other, and a refusal where it was needed."""
    assert machine.call(["nowhere"]).code == 127
    with pytest.raises(ConfigurationError, match="no program"):
        machine.demand(["nowhere"])


def test_files_that_cannot_be_changed(tmp_path: Path) -> None:
    """A folder in the way is told by its name, with what to do; taking away what is not there is no fault."""
    (tmp_path / "file").touch()
    with pytest.raises(ConfigurationError, match="--with"):
        put_file(tmp_path / "file" / "below", b"")
    (tmp_path / "folder" / "inner").mkdir(parents=True)
    with pytest.raises(ConfigurationError):
        take_away(tmp_path / "folder")
    assert not take_away(tmp_path / "nothing")


def test_launchd_unloads_in_its_own_time(tmp_path: Path) -> None:
    """An agent that is refused while the last one goes is offered again a second later, and not for ever."""
    if os.name != "posix":
        pytest.skip("the program is a shell script")
    program = tmp_path / "launchctl"
    program.write_text('#!/bin/sh\n[ "$1" = bootstrap ] && [ ! -f "$0.busy" ]\n', encoding="utf-8")
    program.chmod(0o755)
    busy = tmp_path / "launchctl.busy"
    busy.touch()
    waited: list[float] = []

    def pause(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            busy.unlink()

    machine = Machine(system="darwin", home=tmp_path, environment={"PATH": str(tmp_path)}, pause=pause)
    Launchd(machine).install(MAC)
    assert waited == [1, 1]
    busy.touch()
    with pytest.raises(ConfigurationError):
        Launchd(machine).install(MAC)
    assert len(waited) == 5
