"""Secrets are found where the configuration says, and never shown."""

import sys
from pathlib import Path

import pytest
from keyring.errors import KeyringError

from retro.config.secrets import SecretReference
from retro.ports import ConfigurationError


def test_each_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Environment, file and command give the secret, without the line's end."""
    monkeypatch.setenv("A_TOKEN", "one\n")
    (tmp_path / "secret").write_text("two\n")
    assert SecretReference(env="A_TOKEN").resolve("here", tmp_path) == "one"
    assert SecretReference(file="secret").resolve("here", tmp_path) == "two"
    command = [sys.executable, "-c", "print('three')"]
    assert SecretReference(command=command).resolve("here", tmp_path) == "three"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_as_windows_makes_one(tmp_path: Path, encoding: str) -> None:
    """Notepad sets a mark before the text, PowerShell writes two bytes a letter; both end their lines in two signs."""
    (tmp_path / "secret").write_bytes("ATTA1234\r\n".encode(encoding))
    assert SecretReference(file="secret").resolve("here", tmp_path) == "ATTA1234"


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    """It holds no secret, and nothing of it is shown."""
    (tmp_path / "secret").write_bytes(b"\x80\xff\xfeATTA1234")
    with pytest.raises(ConfigurationError, match="no secret was found in the file") as caught:
        SecretReference(file="secret").resolve("here", tmp_path)
    assert "ATTA" not in str(caught.value)


def test_the_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry is a service and a name; one word stands for both."""
    held = {("retro", "trello"): "four", ("retro", "retro"): "five"}
    monkeypatch.setattr("keyring.get_password", lambda service, name: held.get((service, name)))
    assert SecretReference(keyring="retro/trello").resolve("here", tmp_path) == "four"
    assert SecretReference(keyring="retro").resolve("here", tmp_path) == "five"
    with pytest.raises(ConfigurationError, match="the keyring entry retro/notion"):
        SecretReference(keyring="retro/notion").resolve("here", tmp_path)


@pytest.mark.parametrize("error", [KeyringError, RuntimeError, OSError])
def test_a_keyring_that_cannot_be_opened(
    error: type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A locked or missing keyring is a missing secret, whatever its system raises, not a traceback."""

    def shut(_service: str, _name: str) -> str:
        raise error

    monkeypatch.setattr("keyring.get_password", shut)
    with pytest.raises(ConfigurationError, match="does not open here"):
        SecretReference(keyring="retro/trello").resolve("here", tmp_path)


@pytest.mark.parametrize(
    "reference",
    [
        SecretReference(env="NOT_SET_ANYWHERE"),
        SecretReference(file="absent"),
        SecretReference(command=["no-such-command-anywhere"]),
        SecretReference(),
    ],
)
def test_a_missing_secret_says_where(reference: SecretReference, tmp_path: Path) -> None:
    """A secret that is not there is a configuration error with the key and a remedy."""
    with pytest.raises(ConfigurationError) as raised:
        reference.resolve("[sources.equipe] token", tmp_path)
    assert str(raised.value).startswith("[sources.equipe] token: ")
    assert raised.value.remedy


def test_none_is_false() -> None:
    """An empty reference means that no secret is needed."""
    assert not SecretReference()
    assert SecretReference(env="X")
