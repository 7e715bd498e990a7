"""Accounts are found by where their secrets are; what is kept is the place, never the secret."""

from pathlib import Path

import keyring
import pytest
from keyring.errors import NoKeyringError

from retro.run.discovery.accounts import accounts

NEEDS = {"trello": {"key": "TRELLO_KEY", "token": "TRELLO_TOKEN"}, "notion": {"token": "NOTION_TOKEN"}, "file": {}}


@pytest.fixture(autouse=True)
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An empty keyring: entries by service and name."""
    held: dict[str, str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda service, name: held.get(f"{service}/{name}"))
    return held


def test_the_environment_goes_first(tmp_path: Path) -> None:
    """All secrets of a tool make an account, by the names of their variables; another address goes with them."""
    environ = {"TRELLO_KEY": "k", "TRELLO_TOKEN": "t", "RETRO_TRELLO_URL": "http://127.0.0.1:8090"}
    (found,), lacking = accounts(NEEDS, environ, tmp_path)
    assert (found.alias, found.url) == ("trello", "http://127.0.0.1:8090")
    assert found.secrets == {"key": {"env": "TRELLO_KEY"}, "token": {"env": "TRELLO_TOKEN"}}
    assert not lacking
    assert "'t'" not in repr(found)


def test_half_an_account_is_told(tmp_path: Path) -> None:
    """A key without a token is no account; what lacks is named."""
    found, (half,) = accounts(NEEDS, {"TRELLO_KEY": "k"}, tmp_path)
    assert not found
    assert (half.kind, half.lacking) == ("trello", ("TRELLO_TOKEN",))


def test_the_keyring_comes_next(ring: dict[str, str], tmp_path: Path) -> None:
    """What the environment lacks is looked for in the system's keyring, under retro's own entries."""
    ring["retro/notion"] = "secret"
    (found,), _lacking = accounts(NEEDS, {}, tmp_path)
    assert found.secrets == {"token": {"keyring": "retro/notion"}}


def test_a_locked_keyring_is_no_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A keyring that cannot be opened holds nothing, as far as anyone can tell."""

    def shut(_service: str, _name: str) -> str:
        raise NoKeyringError

    monkeypatch.setattr(keyring, "get_password", shut)
    assert accounts(NEEDS, {}, tmp_path) == ([], [])


def test_a_file_comes_last(tmp_path: Path) -> None:
    """Where there is no keyring, the file that `retro connect` wrote makes the account."""
    (tmp_path / "retro-notion").write_text("secret", encoding="utf-8")
    (found,), _lacking = accounts(NEEDS, {}, tmp_path)
    assert found.secrets == {"token": {"file": str(tmp_path / "retro-notion")}}
