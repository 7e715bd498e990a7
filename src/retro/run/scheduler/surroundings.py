"""What the scheduled run lacks of a person's terminal: variables of the environment, and secrets kept there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from retro.config.secrets import SecretReference
from retro.config.shape import Settings
from retro.i18n import text as _

_CARRIED = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")
_PASSWORD = re.compile(r"//[^/]*@")
_BUS = "DBUS_SESSION_BUS_ADDRESS"


@dataclass(frozen=True, slots=True)
class Secret:
    """One secret of the configuration: where it is asked for (`[sources.equipe] token`), and where it is."""

    where: str
    reference: SecretReference


def secrets_of(settings: Settings) -> list[Secret]:
    """Every secret that a nightly run may need."""
    found = [
        Secret(f"[sources.{name}] {field}", value)
        for name, source in settings.sources.items()
        for field in type(source).model_fields
        if isinstance(value := getattr(source, field), SecretReference) and value
    ]
    if settings.sync.health_url:
        found.append(Secret("[sync] health_url", settings.sync.health_url))
    return found


def carried(
    secrets: Sequence[Secret], environment: Mapping[str, str], *, scheduler: str, system: str
) -> dict[str, str]:
    """Variables that the scheduled run needs as well: the way to the network, and to what hands secrets over.

    No secret is among them: neither a token, nor a proxy's address with a password in it. Windows gives its tasks the
    variables of the account by itself.
    """
    if system == "win32":
        return {}
    names = [*_CARRIED, *(name.lower() for name in _CARRIED)]
    taken = {name: environment[name] for name in names if environment.get(name)}
    if any(secret.reference.command is not None for secret in secrets) and environment.get("PATH"):
        taken["PATH"] = environment["PATH"]
    bus = environment.get(_BUS, "")
    # Cron alone does not know the way to the keyring; an address of one log-in only would lead nowhere tomorrow.
    if scheduler == "cron" and bus.startswith("unix:path=/run/user/"):
        taken |= {_BUS: bus} if any(secret.reference.keyring is not None for secret in secrets) else {}
    hidden = {secret.reference.env for secret in secrets}
    return {
        name: value
        for name, value in taken.items()
        if name not in hidden and value.isprintable() and not _PASSWORD.search(value)
    }


def missing(secrets: Sequence[Secret], environment: Mapping[str, str], *, system: str) -> Iterator[str]:
    """What the scheduled run will not have, and what to do about it, a sentence each."""
    for secret in secrets:
        if secret.reference.env is not None:
            yield _(
                "{where}: the nightly run does not see the variable {name} of your terminal. Keep this secret in the "
                "keyring or in a file: `retro connect`, or {example} in retro.toml.",
                where=secret.where,
                name=secret.reference.env,
                example='{ file = "…" }',
            )
    if system == "win32":
        return
    for name in _CARRIED:
        if any(_PASSWORD.search(environment.get(each, "")) for each in (name, name.lower())):
            yield _(
                "{name}: this address holds a password, and is not passed on to the nightly run. Ask whoever looks "
                "after your network for one without.",
                name=name,
            )
