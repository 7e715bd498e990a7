"""The JSON Schema is one, describes every key, and accepts what the configuration accepts."""

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest

from retro.config.descriptions import descriptions
from retro.config.schema import schema
from retro.i18n import use

EXAMPLE = Path(__file__).parents[3] / "config.example.toml"


def plain(text: str) -> Any:
    """A TOML text as JSON has it: dates as texts."""
    return json.loads(json.dumps(tomllib.loads(text), default=lambda day: day.isoformat()))


def models() -> dict[str, Any]:
    """Every model of the schema, the whole file too."""
    document = schema()
    return {**document["$defs"], "Settings": document}


def test_the_example_is_valid() -> None:
    """The schema is a schema, and the shipped example fits it."""
    jsonschema.Draft202012Validator.check_schema(schema())
    jsonschema.validate(plain(EXAMPLE.read_text("utf-8")), schema())


@pytest.mark.parametrize(
    "text", ["workspce = {}", '[schedule]\ndefault = "soon"', '[boards.a]\nkind = "x"', "[boards.a]"]
)
def test_faults_are_seen(text: str) -> None:
    """Unknown keys, durations of no known shape, wrong and missing values are refused."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(plain(text), schema())


def test_every_key_is_described() -> None:
    """Each has a sentence, and no sentence is left over."""
    keys = {(name, key) for name, model in models().items() for key in model.get("properties", {})}
    told = {(name, key) for name, listed in descriptions().items() for key in listed}
    assert told == keys


def test_descriptions_speak_french() -> None:
    """They are in the current language."""
    use("fr")
    assert "langue" in models()["Workspace"]["properties"]["lang"]["description"]
