"""Which accounts there are to start from: the secrets in the environment, and those that `retro connect` has kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from retro.model.proposal import SourceProposal
from retro.run.keeping import kept


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A tool of which some secrets were found and others were not: the environment variables that lack."""

    kind: str
    lacking: tuple[str, ...]


def accounts(
    needs: Mapping[str, Mapping[str, str]], environ: Mapping[str, str], folder: Path
) -> tuple[list[SourceProposal], list[Incomplete]]:
    """An account for each tool whose secrets are all found, and the tools of which a part is.

    `needs` are, by kind, the secrets of an account and the variables that usually hold them; `folder` is where
    secrets are kept on a machine without a keyring. A base URL other than the tool's own is taken from
    `RETRO_<KIND>_URL`. Nothing that is found is kept: only where it was.
    """
    found: list[SourceProposal] = []
    partial: list[Incomplete] = []
    for kind, secrets in needs.items():
        if not secrets:
            continue
        places = {name: kept(kind, name, variable, environ, folder) for name, variable in secrets.items()}
        there = {name: place.model_dump(exclude_unset=True) for name, place in places.items() if place is not None}
        if len(there) == len(secrets):
            url = environ.get(f"RETRO_{kind.upper()}_URL", "").strip()
            found.append(SourceProposal(alias=kind, kind=kind, secrets=there, url=url))
        elif there:
            partial.append(Incomplete(kind, tuple(secrets[name] for name in secrets if name not in there)))
    return found, partial
