"""Jobs whose paths are awkward: blanks, accents, percent signs, quotes, an ampersand."""

from datetime import date, time
from pathlib import PurePosixPath, PureWindowsPath

from retro.run.scheduler.job import Job

POSIX = Job(
    configuration=PurePosixPath("/home/léa/Plan 100% d'été & $HOME/retro.toml"),
    state=PurePosixPath("/home/léa/Plan 100% d'été & $HOME/.retro"),
    interpreter=PurePosixPath("/home/léa/.local/share/uv/tools/retroplan/bin/python"),
    at=time(6, 30),
    first=date(2026, 11, 24),
    environment={"HTTPS_PROXY": "http://proxy.example:3128"},
)
MAC = Job(
    configuration=PurePosixPath('/Users/léa/Plan 100% <été> & "co"/retro.toml'),
    state=PurePosixPath('/Users/léa/Plan 100% <été> & "co"/.retro'),
    interpreter=PurePosixPath("/Users/léa/.local/bin/python"),
    at=time(6, 30),
    first=date(2026, 11, 24),
)
WINDOWS = Job(
    configuration=PureWindowsPath("C:\\Users\\Léa Martin\\Plan 100% d'été & co\\retro.toml"),
    state=PureWindowsPath("C:\\Users\\Léa Martin\\Plan 100% d'été & co\\.retro"),
    interpreter=PureWindowsPath("C:\\Users\\Léa Martin\\uv tools\\retroplan\\Scripts\\pythonw.exe"),
    at=time(6, 30),
    first=date(2026, 11, 24),
    account="AGENCE\\Léa Martin",
)
