"""The JSON Schema of retro.toml, for editors: what may stand where, and what it is for."""

from typing import Any

from retro.config.descriptions import descriptions
from retro.config.shape import Settings

_DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The schema, with a description in the current language for every key."""
    document = Settings.model_json_schema()
    told = descriptions()
    for name, model in {**document["$defs"], Settings.__name__: document}.items():
        for key, entry in model.get("properties", {}).items():
            entry.pop("title", None)
            if (sentence := told.get(name, {}).get(key)) is not None:
                entry["description"] = sentence
    return {"$schema": _DRAFT, **document, "title": "retro.toml"}
