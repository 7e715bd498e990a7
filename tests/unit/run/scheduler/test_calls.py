"""How programs of the system are called, and what becomes of what they say."""

import codecs
import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.run.scheduler.jobs import MAC, POSIX

from retro.ports import ConfigurationError
from retro.run.scheduler.calls import Machine, put_file, take_away
from retro.run.scheduler.cron import Cron, lines
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


def test_a_french_windows_is_read(machine: Machine) -> None:
    """Its programs speak as its old consoles do, in an encoding that Python calls `oem` there."""

    def oem(name: str) -> codecs.CodecInfo | None:
        return codecs.lookup("cp850") if name == "oem" else None

    codecs.register(oem)
    try:
        windows = replace(machine, system="win32")
        old = "Accès refusé".encode("cp850").decode("utf-8", "surrogateescape")
        assert windows.call(["say", "0"], old).out == "Accès refusé"
        assert windows.call(["say", "0"], "Accès refusé").out == "Accès refusé"
    finally:
        codecs.unregister(oem)


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


@pytest.mark.parametrize(
    ("said", "lost"),
    [
        ("no crontab for zoé", False),
        ("crontab: can't open 'zoé': No such file or directory", False),
        ("user zoé has no fcrontab", False),
        ("", False),
        ("You (zoé) are not allowed to use this program (crontab)", True),
        ("crontab: can't open spool: Permission denied", True),
    ],
)
def test_a_crontab_that_cannot_be_read_is_not_lost(tmp_path: Path, said: str, lost: bool) -> None:  # noqa: FBT001 - a case's own fact
    """Only where the account has no crontab is one begun; one that cannot be read is left, with the reason."""
    if os.name != "posix":
        pytest.skip("the program is a shell script")
    program, told, kept = tmp_path / "crontab", tmp_path / "told", tmp_path / "kept"
    told.write_text(said, encoding="utf-8")
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = -l ]; then /bin/cat {told} >&2; exit 1; fi\n/bin/cat > {kept}\n', encoding="utf-8"
    )
    program.chmod(0o755)
    cron = Cron(Machine(system="linux", home=tmp_path, environment={"PATH": str(tmp_path)}))
    assert cron.found(POSIX.name) is None
    if lost:
        with pytest.raises(ConfigurationError, match="cannot be read"):
            cron.install(POSIX)
        assert not kept.exists()
    else:
        cron.install(POSIX)
        assert kept.read_text("utf-8") == lines(POSIX)
