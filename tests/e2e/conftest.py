"""The command line run in this process, and a workspace of two boards on a Trello look-alike."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from keyring.backend import KeyringBackend

from retro.cli.app import run
from retro.i18n import use
from retro.run import demo_folder
from retro.sandbox import campaign
from retro.sandbox.notion import Limits as NotionLimits
from retro.sandbox.notion import NotionSandbox, Rate
from retro.sandbox.trello import Limits as TrelloLimits
from retro.sandbox.trello import TrelloSandbox

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 23, 9, tzinfo=PARIS)


class Ring(KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """What an entry holds."""
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Put a secret there."""
        self.held[service, username] = password


@dataclass(frozen=True, slots=True)
class Ran:
    """What one command line did."""

    code: int
    out: str
    err: str


Retro = Callable[..., Ran]


@pytest.fixture(autouse=True)
def _quiet_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """English, no configuration but the one that a test names, nobody at a terminal."""
    for name in ("RETRO_CONFIG", "RETRO_NOW", "RETRO_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    use("en")
    yield
    use("en")


@pytest.fixture
def retro(capsys: pytest.CaptureFixture[str]) -> Retro:
    """Run one command line; its exit code and what it said."""

    def ran(*arguments: object) -> Ran:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Ran(code, said.out, said.err)

    return ran


@dataclass
class Workspace:
    """The demo's two boards, live, and the retro.toml over them."""

    server: TrelloSandbox
    folder: Path
    clock: list[datetime]

    @property
    def config(self) -> Path:
        """The configuration's file."""
        return self.folder / demo_folder.CONFIGURATION

    def on(self, now: datetime) -> None:
        """Let the look-alike's clock show `now`."""
        self.clock[0] = now

    def arguments(self, *arguments: object, now: datetime | None = None) -> list[object]:
        """A command line over this workspace, at the look-alike's hour."""
        if now is not None:
            self.on(now)
        return ["-c", self.config, "--now", self.clock[0].isoformat(), *arguments]

    def edit_config(self, old: str, new: str) -> None:
        """Change the configuration's text."""
        text = self.config.read_text("utf-8")
        assert old in text
        self.config.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """A fresh campaign, nothing written on it yet."""
    folder = tmp_path / "équipe de Léa"
    clock = [NOW]
    state = campaign.build(NOW.date(), PARIS)
    demo_folder.make_room(folder)
    with TrelloSandbox(state, now=lambda: clock[0], ticks=time.monotonic) as server:
        demo_folder.write_configuration(folder, server, None, NOW.date(), PARIS)
        yield Workspace(server, folder, clock)


@dataclass
class Campaign(Workspace):
    """The demo's three boards: two of cards, and a base of pages."""

    base: NotionSandbox


@pytest.fixture
def campaign_of_three(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Campaign]:
    """Cards and pages that wait for each other, nothing written yet; nobody waits for a rate limit."""
    monkeypatch.setattr("retro.run.clock.FixedClock.sleep", lambda _clock, _seconds: None)
    folder = tmp_path / "trois tableaux"
    clock = [NOW]
    built = campaign.build_all(NOW.date(), PARIS)
    demo_folder.make_room(folder)
    wide = 100_000
    with (
        TrelloSandbox(
            built.trello,
            now=lambda: clock[0],
            ticks=time.monotonic,
            limits=TrelloLimits(token=Rate(wide, 1), key=Rate(wide, 1)),
        ) as server,
        NotionSandbox(
            built.notion, now=lambda: clock[0], ticks=time.monotonic, limits=NotionLimits(connection=Rate(wide, 1))
        ) as base,
    ):
        demo_folder.write_configuration(folder, server, base, NOW.date(), PARIS)
        yield Campaign(server, folder, clock, base)
