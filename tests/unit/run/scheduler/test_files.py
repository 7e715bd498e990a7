"""The files of each scheduler: what they hold, and that awkward paths come out of them as they went in."""

import plistlib
import re
import shlex
import shutil
import subprocess
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.run.scheduler.jobs import MAC, POSIX, WINDOWS

from retro.ports import ConfigurationError
from retro.run.scheduler import cron, launchd, systemd, task_scheduler
from retro.run.scheduler.job import Job, checked, job_name

EXPECTED = Path(__file__).parent / "expected"
_TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"
_NOT_IN_WINDOWS = '<>:"|?*%$'
"""Windows allows the last two, but sees variables behind them."""
_NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="/\\"), min_size=1
)


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("retro.service", systemd.service(POSIX)),
        ("retro.timer", systemd.timer(POSIX)),
        ("crontab", cron.lines(POSIX)),
        ("agent.plist", launchd.agent(MAC)),
        ("task.xml", task_scheduler.task(WINDOWS)),
    ],
)
def test_expected(file: str, text: str) -> None:
    """Each scheduler is given exactly this."""
    assert text == (EXPECTED / file).read_text("utf-8")


def in_folder(name: str) -> Job:
    """The job of a folder of that name."""
    folder = PurePosixPath("/home") / name
    return replace(POSIX, configuration=folder / "retro.toml", state=folder / ".retro")


def _as_systemd_reads(text: str) -> list[str]:
    line = next(line for line in text.splitlines() if line.startswith("ExecStart="))
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', line)
    return [
        re.sub(r"\\(.)", r"\1", word).replace("%%", "%").replace("$$", "$" if place else "$$")
        for place, word in enumerate(words)
    ]


@given(_NAMES)
def test_systemd_gives_back_every_word(name: str) -> None:
    """Whatever a folder is called, systemd starts that very command."""
    job = in_folder(name)
    assert _as_systemd_reads(systemd.service(job)) == list(job.command())


@given(_NAMES)
def test_cron_gives_back_every_word(name: str) -> None:
    """Whatever a folder is called, the shell of cron reads that very command."""
    job = in_folder(name)
    line = cron.lines(job).splitlines()[1]
    assert not re.search(r"(?<!\\)%", line)
    assert shlex.split(line.replace("\\%", "%"))[5:] == list(job.command(due=True))


@given(_NAMES)
def test_launchd_gives_back_every_word(name: str) -> None:
    """Whatever a folder is called, macOS starts that very command."""
    job = in_folder(name)
    assert plistlib.loads(launchd.agent(job).encode())["ProgramArguments"] == list(job.command(due=True))


@given(_NAMES)
def test_windows_holds_every_word(name: str) -> None:
    """Whatever a folder is called, the task's XML is well-formed and names it."""
    folder = PureWindowsPath("C:\\") / "".join(char for char in name if char not in _NOT_IN_WINDOWS)
    job = replace(WINDOWS, configuration=folder / "retro.toml")
    tree = ET.fromstring(task_scheduler.task(job).encode("utf-16"))  # noqa: S314 - made right here
    assert str(job.configuration) in (tree.findtext(f".//{_TASK}Arguments") or "")


@pytest.mark.parametrize("folder", ["C:\\a%TEMP%b", "C:\\$(Arg0)"])
def test_windows_would_replace_a_variable(folder: str) -> None:
    """A path in which the Task Scheduler sees a variable is refused with a sentence."""
    with pytest.raises(ConfigurationError, match="plain letters"):
        task_scheduler.task(replace(WINDOWS, configuration=PureWindowsPath(folder) / "retro.toml"))


def test_a_percent_sign_alone_is_none() -> None:
    """A single "%" in a folder’s name is no variable."""
    assert "Plan 100%" in task_scheduler.task(WINDOWS)


def test_a_line_break_in_a_path() -> None:
    """No scheduler is given a path that ends its line; the sentence shows it without the break."""
    with pytest.raises(ConfigurationError) as caught:
        checked(in_folder("a\nExecStart=evil"))
    assert "\n" not in str(caught.value)


def test_blanks_of_french_typography() -> None:
    """A folder as macOS and Windows let people call it, with a blank that does not break, is taken."""
    job = in_folder("Plan\u202f: été\u00a02027 👩‍💻")
    assert checked(job) is job


def test_cron_and_backslashes() -> None:
    """Crons disagree on what a backslash is, so none is given one."""
    with pytest.raises(ConfigurationError):
        cron.lines(in_folder("a\\b"))


def test_systemd_finds_nothing_to_say(tmp_path: Path) -> None:
    """The real systemd takes the units, those of a program with quotation marks in its path too."""
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("no systemd-analyze here")
    folder = tmp_path / 'Plan 100% d\'été & $HOME "co"'
    folder.mkdir()
    program = folder / "python"
    program.symlink_to(shutil.which("true") or "/bin/true")
    job = replace(
        in_folder("x"), configuration=PurePosixPath(folder / "retro.toml"), interpreter=PurePosixPath(program)
    )
    (tmp_path / "retro.service").write_text(systemd.service(job), encoding="utf-8")
    (tmp_path / "retro.timer").write_text(systemd.timer(job), encoding="utf-8")
    done = subprocess.run(  # noqa: S603 - found above
        [analyze, "verify", "--man=no", tmp_path / "retro.service", tmp_path / "retro.timer"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


@given(_NAMES)
def test_names_are_plain(name: str) -> None:
    """Whatever a folder is called, the job's name is plain, and the same each time."""
    path = PurePosixPath("/home") / name / "retro.toml"
    assert re.fullmatch(r"retro-[a-z0-9-]+-[0-9a-f]{8}", job_name(path))
    assert job_name(path) == job_name(path)


def test_two_plans_are_two_jobs() -> None:
    """Folders of one name in two places have a job each."""
    assert job_name(PurePosixPath("/a/plan/retro.toml")) != job_name(PurePosixPath("/b/plan/retro.toml"))


def test_cron_leaves_other_lines_alone() -> None:
    """Other lines of a crontab stay, another plan's job among them; a comment that lost its line goes alone."""
    other = replace(POSIX, configuration=PurePosixPath("/b/retro.toml"))
    table = f"MAILTO=me\n{cron.lines(POSIX)}\n5 4 * * * backup\n{cron.lines(other)}"
    assert cron.without(table, POSIX.name) == f"MAILTO=me\n\n5 4 * * * backup\n{cron.lines(other)}"
    mark = cron.lines(POSIX).splitlines()[0]
    assert cron.without(f"{mark}\n5 4 * * * backup\n", POSIX.name) == "5 4 * * * backup\n"
