"""`retro config`: what holds and where from, whether it is right, and what an editor is told."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from retro.config.load import load, parse
from retro.i18n import use

Retro = Callable[..., Any]
EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def test_what_is_shown_can_be_read_back(retro: Retro) -> None:
    """The settings in force are TOML that means the same."""
    done = retro("-c", EXAMPLE, "config", "show")
    assert done.code == 0
    assert parse(done.out, "shown") == load(EXAMPLE).settings


def test_secrets_stay_references(retro: Retro, monkeypatch: pytest.MonkeyPatch) -> None:
    """A secret that is there is not looked up."""
    monkeypatch.setenv("TRELLO_TOKEN", "ABRACADABRA")
    done = retro("-c", EXAMPLE, "config", "show", "--origin")
    assert 'token = { env = "TRELLO_TOKEN" }' in done.out
    assert "ABRACADABRA" not in done.out + done.err


def test_origins(retro: Retro, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each setting has its line or is a default; file, language and clock say what settled them."""
    path = tmp_path / "retro.toml"
    path.write_text('[workspace]\ntimezone = "UTC"\n', encoding="utf-8")
    monkeypatch.setenv("RETRO_CONFIG", str(path))
    monkeypatch.setenv("RETRO_NOW", "2026-11-23")
    out = retro("config", "show", "--origin").out
    assert 'timezone = "UTC"  # retro.toml:2' in out
    assert 'state = ".retro"  # default' in out
    assert f"# {path} (RETRO_CONFIG)" in out
    assert "(RETRO_NOW)" in out
    parse(out, "shown")
    use("fr")
    assert "(--config)" in retro("-c", path, "--lang", "fr", "config", "show", "--origin").out


def test_check_warns_of_names_that_lead_nowhere(retro: Retro, tmp_path: Path) -> None:
    """They are told on standard error, and the file can be used all the same."""
    path = tmp_path / "retro.toml"
    path.write_text('[lint]\nselect = ["OWN999"]\n', encoding="utf-8")
    done = retro("-c", path, "config", "check")
    assert done.code == 0
    assert '"OWN999" is the code of no rule' in done.err


def test_check_reads_leave_files(retro: Retro, tmp_path: Path) -> None:
    """A leave file that is not there is an error."""
    path = tmp_path / "retro.toml"
    path.write_text('[people.lea]\nleave = ["absent.ics"]\n', encoding="utf-8")
    done = retro("-c", path, "config", "check")
    assert done.code == 2
    assert "absent.ics" in done.err


def test_the_schema_is_printed(retro: Retro) -> None:
    """It is JSON, with a description for what it holds."""
    document = json.loads(retro("config", "schema").out)
    assert document["properties"]["boards"]["description"]
