"""Secrets are found where the configuration says, and never shown."""

import sys
from pathlib import Path

import pytest

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
