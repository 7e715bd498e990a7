"""The folder that `retro demo` leaves: a retro.toml over its three boards, and the secrets of its look-alikes."""

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date, tzinfo
from pathlib import Path

from retro.disk import full, refusal
from retro.i18n import text as _
from retro.i18n.reasons import reason
from retro.ports import ConfigurationError
from retro.sandbox import campaign
from retro.sandbox.notion import NotionSandbox
from retro.sandbox.trello import TrelloSandbox

CONFIGURATION = "retro.toml"
SANDBOX = "sandbox.json"
NOTION = "notion.json"
PAGE = "retro.html"
_OURS = (CONFIGURATION, SANDBOX, NOTION, PAGE, "trello-key", "trello-token", "notion-token")
_STATE = ".retro"


def make_room(folder: Path) -> None:
    """An empty folder, or one that an earlier demo left. Raises ConfigurationError for anything else."""
    if folder.exists() and not folder.is_dir():
        raise _taken(folder)
    strangers = {path.name for path in folder.glob("*")} - {*_OURS, _STATE}
    if strangers or (folder / CONFIGURATION).exists() != (folder / SANDBOX).exists():
        raise _taken(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _empty(folder)
    except OSError as error:
        raise ConfigurationError(
            _("the folder cannot be written ({reason}).", reason=reason(error)),
            where=str(folder),
            remedy=_("Name another with --dir."),
        ) from error


@contextmanager
def room(folder: Path) -> Iterator[None]:
    """While it is entered, what the demo leaves is written. Raises ConfigurationError where the disk has no room."""
    try:
        yield
    except OSError as error:
        if not full(error):
            raise
        with suppress(OSError):  # half a demo would stand in the way of the next one
            _empty(folder)
        raise ConfigurationError(
            refusal(error), where=str(folder), remedy=_("Make room there, or name a folder on another disk with --dir.")
        ) from error


def _empty(folder: Path) -> None:
    """Take away what a demo leaves. Raises OSError."""
    for name in _OURS:
        (folder / name).unlink(missing_ok=True)
    shutil.rmtree(folder / _STATE, ignore_errors=True)


def _taken(folder: Path) -> ConfigurationError:
    return ConfigurationError(
        _("there is something else here already."), where=str(folder), remedy=_("Name an empty folder with --dir.")
    )


def write_configuration(
    folder: Path, trello: TrelloSandbox, notion: NotionSandbox | None, today: date, zone: tzinfo
) -> Path:
    """Write retro.toml, and the look-alikes' key and tokens as files for the owner alone; the base is optional."""
    secrets = {"trello-key": trello.key, "trello-token": trello.token}
    if notion is not None:
        secrets["notion-token"] = notion.token
    for name, secret in secrets.items():
        _private(folder / name, secret)
    path = folder / CONFIGURATION
    path.write_text(_toml(trello.url, _base(notion), str(zone), campaign.leave(today)), encoding="utf-8")
    return path


def _base(notion: NotionSandbox | None) -> str:
    """The Notion source and its board; empty without one."""
    if notion is None:
        return ""
    return f"""[sources.base]
kind = "notion"
url = "{notion.url}"
token = {{ file = "notion-token" }}

[boards.{campaign.VIDEO}]
source = "base"
at = "https://www.notion.so/{campaign.base_id(notion.state).replace("-", "")}"
write = {{ own = ["latest", "review"] }}

"""


def _private(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _toml(trello: str, base: str, zone: str, leave: Mapping[str, tuple[date, date]]) -> str:
    people = "\n".join(
        f"[people.{each.username}]\n"
        f'name = "{each.name}"\n'
        f'ids = ["trello:{each.id}"]\n'
        f"share = {each.share}\n"
        + (f'leave = ["{leave[each.name][0]}..{leave[each.name][1]}"]\n' if each.name in leave else "")
        for each in campaign.TEAM
    )
    boards = "\n".join(
        f"[boards.{alias}]\n"
        'source = "equipe"\n'
        f'at = "https://trello.com/b/{campaign.BOARD_LINKS[alias]}"\n'
        f'estimate = ["field:{campaign.WORK_FIELD}=days"]\n'
        'write = { own = ["latest", "review"], fill = ["due"] }\n'
        for alias in (campaign.CONTENTS, campaign.SITE)
    )
    return f"""# {_("Made by `retro demo`. Its tools are look-alikes, which `retro sandbox` serves.")}
version = 1

[workspace]
timezone = "{zone}"

[sources.equipe]
kind = "trello"
url = "{trello}"
key = {{ file = "trello-key" }}
token = {{ file = "trello-token" }}

{boards}
{base}[projects.lancement]
name = "{campaign.NAME}"
boards = {json.dumps([campaign.CONTENTS, campaign.SITE, *([campaign.VIDEO] if base else [])])}
guardian = "{campaign.GUARDIAN.username}"

{people}
[lint]
profile = "standard"
"""
