"""Secrets: where each is, whether it is there, and who else could read it; never what it is."""

import sys
from pathlib import Path

import pytest

from retro.config.load import Configuration, parse
from retro.model.check import Check, Verdict
from retro.run.doctor.secrets import of_secrets

NEEDS = {"trello": {"key": "TRELLO_KEY", "token": "TRELLO_TOKEN"}, "notion": {"token": "NOTION_TOKEN"}}


def checks(text: str, folder: Path) -> list[Check]:
    """What is found of the secrets of a configuration."""
    configuration = Configuration(parse(text, "retro.toml"), folder / "retro.toml")
    return list(of_secrets(configuration, NEEDS))


def test_found_and_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One is told with its place, the other with what to do; a missing secret leaves with 2."""
    monkeypatch.setenv("A_KEY", "ABRACADABRA")
    there, lost = checks(
        '[sources.s]\nkind = "trello"\nkey = { env = "A_KEY" }\ntoken = { env = "NOT_SET_ANYWHERE" }\n', tmp_path
    )
    assert (there.verdict, there.said) == (Verdict.OK, "found in the environment variable A_KEY.")
    assert (lost.verdict, lost.code) == (Verdict.FAULT, 2)
    assert lost.remedy
    assert "ABRACADABRA" not in f"{there}{lost}"


def test_none_given(tmp_path: Path) -> None:
    """A source without its secret shows the line that it lacks."""
    (check,) = checks('[sources.s]\nkind = "notion"\n', tmp_path)
    assert 'token = { env = "NOTION_TOKEN" }' in check.remedy


@pytest.mark.parametrize(("mode", "remarked"), [(0o600, False), (0o644, True)])
@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights elsewhere")
def test_a_file_that_others_can_read(tmp_path: Path, mode: int, *, remarked: bool) -> None:
    """A secret's file is to be readable by its owner alone."""
    secret = tmp_path / "token"
    secret.write_text("x")
    secret.chmod(mode)
    found = checks('[sources.s]\nkind = "notion"\ntoken = { file = "token" }\n', tmp_path)
    assert any(check.verdict is Verdict.REMARK and "chmod 600" in check.remedy for check in found) is remarked


def test_the_address_of_the_health_check(tmp_path: Path) -> None:
    """It is a secret as tokens are: looked for, and never shown."""
    secret = tmp_path / "health"
    text = '[sync]\nhealth_url = { file = "health" }\n'
    (lost,) = checks(text, tmp_path)
    assert (lost.verdict, lost.code, lost.subject) == (Verdict.FAULT, 2, "[sync] health_url")
    secret.write_text("https://hc.example/0123456789")
    secret.chmod(0o600)
    (there,) = checks(text, tmp_path)
    assert there.verdict is Verdict.OK
    assert "hc.example" not in str(there)


@pytest.mark.parametrize("name", ["slack", "teams", "others"])
def test_the_address_of_a_channel(tmp_path: Path, name: str) -> None:
    """A webhook is a secret as tokens are."""
    (lost,) = checks(f'[notify]\n{name} = {{ file = "webhook" }}\n', tmp_path)
    assert (lost.verdict, lost.code, lost.subject) == (Verdict.FAULT, 2, f"[notify] {name}")
