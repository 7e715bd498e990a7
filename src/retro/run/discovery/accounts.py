"""Which accounts there are to start from: the secrets that stand in the environment, or in the system's keyring."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from retro.config.secrets import SecretReference
from retro.model.proposal import SourceProposal
from retro.ports import ConfigurationError

_SERVICE = "retro"
_TOKEN = "token"  # noqa: S105 - the name of a setting


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A tool of which some secrets were found and others were not: the environment variables that lack."""

    kind: str
    lacking: tuple[str, ...]


def accounts(
    needs: Mapping[str, Mapping[str, str]], environ: Mapping[str, str]
) -> tuple[list[SourceProposal], list[Incomplete]]:
    """An account for each tool whose secrets are all found, and the tools of which a part is.

    `needs` are, by kind, the secrets of an account and the variables that usually hold them. A base URL other than
    the tool's own is taken from `RETRO_<KIND>_URL`. Nothing that is found is kept: only where it was.
    """
    found: list[SourceProposal] = []
    partial: list[Incomplete] = []
    for kind, secrets in needs.items():
        if not secrets:
            continue
        places = {name: _place(kind, name, variable, environ) for name, variable in secrets.items()}
        there = {name: place for name, place in places.items() if place is not None}
        if len(there) == len(secrets):
            url = environ.get(f"RETRO_{kind.upper()}_URL", "").strip()
            found.append(SourceProposal(alias=kind, kind=kind, secrets=there, url=url))
        elif there:
            partial.append(Incomplete(kind, tuple(secrets[name] for name in secrets if name not in there)))
    return found, partial


def keyring_entry(kind: str, secret: str) -> str:
    """The entry of the keyring that holds a secret: `retro/trello` its token, `retro/trello-key` its key."""
    return f"{_SERVICE}/{kind}" if secret == _TOKEN else f"{_SERVICE}/{kind}-{secret}"


def _place(kind: str, secret: str, variable: str, environ: Mapping[str, str]) -> Mapping[str, object] | None:
    if environ.get(variable, "").strip():
        return {"env": variable}
    entry = keyring_entry(kind, secret)
    try:
        SecretReference(keyring=entry).resolve(entry, Path())
    except ConfigurationError:
        return None
    return {"keyring": entry}
