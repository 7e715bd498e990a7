"""Where a token is put, and found again: the keyring, else a file that is its owner's alone; never both."""

import os
import stat
from pathlib import Path

import keyring
import pytest

from retro.config.secrets import SecretReference
from retro.ports import ConfigurationError
from retro.run.keeping import keep, kept, keyring_entry


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A keyring in memory."""
    held: dict[tuple[str, str], str] = {}
    monkeypatch.setattr(keyring, "get_password", lambda service, name: held.get((service, name)))
    monkeypatch.setattr(
        keyring, "set_password", lambda service, name, password: held.__setitem__((service, name), password)
    )
    return held


def _nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyring that keeps nothing, without a word."""
    monkeypatch.setattr(keyring, "get_password", lambda _service, _name: None)
    monkeypatch.setattr(keyring, "set_password", lambda *_arguments: None)


def test_what_is_kept_is_found(ring: dict[tuple[str, str], str], tmp_path: Path) -> None:
    """A key and a token have entries of their own; no file is made beside the keyring."""
    for secret in ("key", "token"):
        place = keep("trello", secret, f"my {secret}", tmp_path / "retro")
        assert place == SecretReference(keyring=keyring_entry("trello", secret))
        assert kept("trello", secret, "A_VARIABLE", {}, tmp_path / "retro") == place
        assert place.resolve("here", tmp_path) == f"my {secret}"
    assert ring == {("retro", "trello"): "my token", ("retro", "trello-key"): "my key"}
    assert not list(tmp_path.iterdir())


def test_the_environment_goes_first(ring: dict[tuple[str, str], str], tmp_path: Path) -> None:
    """A variable that is set is what the person means, whatever was kept."""
    keep("notion", "token", "kept", tmp_path)
    assert kept("notion", "token", "NOTION_TOKEN", {"NOTION_TOKEN": "set"}, tmp_path) == SecretReference(
        env="NOTION_TOKEN"
    )
    assert kept("notion", "token", "NOTION_TOKEN", {"NOTION_TOKEN": " "}, tmp_path) == SecretReference(
        keyring="retro/notion"
    )


def test_a_file_where_there_is_no_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its owner alone can read it, a second token takes the place of the first, and nothing else is left behind."""
    _nowhere(monkeypatch)
    folder = tmp_path / "réglages" / "retro"
    keep("notion", "token", "first", folder)
    place = keep("notion", "token", "second", folder)
    assert place.resolve("here", tmp_path) == "second"
    (file,) = folder.iterdir()
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_file_goes_once_there_is_a_keyring(
    ring: dict[tuple[str, str], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing stays in clear beside a keyring."""
    with monkeypatch.context() as without:
        _nowhere(without)
        keep("notion", "token", "first", tmp_path)
    assert list(tmp_path.iterdir())
    assert keep("notion", "token", "second", tmp_path) == SecretReference(keyring="retro/notion")
    assert not list(tmp_path.iterdir())


def test_nowhere_to_keep_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a keyring or a folder it says so, with what to do, and without the token."""
    _nowhere(monkeypatch)
    (tmp_path / "retro").write_text("in the way", encoding="utf-8")
    with pytest.raises(ConfigurationError) as raised:
        keep("notion", "token", "ntn_secret", tmp_path / "retro")
    assert raised.value.remedy
    assert "ntn_secret" not in str(raised.value)
