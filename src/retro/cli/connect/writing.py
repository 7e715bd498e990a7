"""How retro.toml comes to look for a token where it is now: a source may be appended, nothing is changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import typer

from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from retro.cli.session import Session
    from retro.config.secrets import SecretReference


def settle(session: Session, kind: str, places: Mapping[str, SecretReference], url: str) -> None:
    """See to it that the configuration, where there is one, finds the secrets of this tool.

    A tool that it does not have yet is appended, once a person says so; what it has is never changed: the lines that
    would are shown.
    """
    configuration = session.configuration
    if configuration.path is None:
        _overruled(kind, places)
        return
    written = {name: each for name, each in configuration.settings.sources.items() if each.kind == kind}
    if not written:
        _offer(configuration.path, kind, places, url)
        return
    for name, source in written.items():
        others = {secret: place for secret, place in places.items() if getattr(source, secret) != place}
        if others:
            typer.echo(
                _(
                    "In {file}, write under [sources.{name}], in place of what is there:",
                    file=configuration.path,
                    name=name,
                )
            )
            for line in _lines(others):
                typer.echo(f"  {line}")


def _offer(path: Path, kind: str, places: Mapping[str, SecretReference], url: str) -> None:
    from retro.cli.asking import agreed, may_ask
    from retro.cli.init.appending import append
    from retro.report.toml_text import literal

    address = [f"url = {literal(url)}"] if url else []
    table = "\n".join([f"[sources.{kind}]", f"kind = {literal(kind)}", *address, *_lines(places)])
    question = _("Append this to {file}?", file=path)
    if may_ask() and agreed(f"\n{table}\n\n{question}", default=True):
        append(path, f"{table}\n")
        typer.echo(_("Appended; the rest of the file is as it was."))
        return
    typer.echo(_("Paste this at the end of {file}:", file=path))
    typer.echo(table)


def _lines(places: Mapping[str, SecretReference]) -> list[str]:
    from retro.report.toml_text import literal

    return [f"{secret} = {literal(place.model_dump(exclude_unset=True))}" for secret, place in places.items()]


def _overruled(kind: str, places: Mapping[str, SecretReference]) -> None:
    """Say where the environment has a secret as well: it is looked at first."""
    from retro import registry

    for secret, variable in registry.needed_secrets()[kind].items():
        place = places.get(secret)
        if place is not None and place.env is None and os.environ.get(variable, "").strip():
            typer.echo(_("{name} is set in the environment, and is taken first: unset it.", name=variable))
