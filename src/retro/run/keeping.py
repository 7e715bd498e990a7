"""Where a token that a person brings is put: the system's keyring, else a file that is its owner's alone."""

from collections.abc import Mapping
from pathlib import Path

from retro.config.secrets import SecretReference
from retro.disk import put_whole, refusal
from retro.i18n import text as _
from retro.ports import ConfigurationError

_SERVICE = "retro"
_TOKEN = "token"  # noqa: S105 - the name of a setting
_OWNER = 0o600


def keyring_entry(kind: str, secret: str) -> str:
    """The entry of the keyring that holds a secret: `retro/trello` its token, `retro/trello-key` its key."""
    return f"{_SERVICE}/{kind}" if secret == _TOKEN else f"{_SERVICE}/{kind}-{secret}"


def kept_file(kind: str, secret: str, folder: Path) -> Path:
    """The file of `folder` that holds a secret where there is no keyring."""
    return folder / keyring_entry(kind, secret).replace("/", "-")


def kept(kind: str, secret: str, variable: str, environ: Mapping[str, str], folder: Path) -> SecretReference | None:
    """Where a secret is to be had: the environment, else the keyring, else the file of `folder`; None: nowhere."""
    if environ.get(variable, "").strip():
        return SecretReference(env=variable)
    places = (
        SecretReference(keyring=keyring_entry(kind, secret)),
        SecretReference(file=str(kept_file(kind, secret, folder))),
    )
    return next((place for place in places if _holds(place)), None)


def keep(kind: str, secret: str, value: str, folder: Path) -> SecretReference:
    """Put a secret into the keyring, or into the file of `folder`; where it now is.

    A file that an earlier time had needed is removed once the keyring holds the secret. Raises ConfigurationError
    where neither takes it.
    """
    entry, path = keyring_entry(kind, secret), kept_file(kind, secret, folder)
    if not _into_keyring(entry, value):
        _into_file(path, value)
        return SecretReference(file=str(path))
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise ConfigurationError(
            _("the keyring holds the secret now, but the file that held it cannot be removed."),
            where=str(path),
            remedy=_("Delete it yourself: anybody who opens it can read your boards."),
        ) from error
    return SecretReference(keyring=entry)


def _holds(place: SecretReference) -> bool:
    try:
        place.resolve("", Path())
    except ConfigurationError:
        return False
    return True


def _into_keyring(entry: str, value: str) -> bool:
    """Whether the keyring took it: it is asked for again, for one without a place to keep things says nothing."""
    import keyring  # noqa: PLC0415 - slow to load, and few need it

    service, _slash, name = entry.partition("/")
    try:
        keyring.set_password(service, name, value)
        return keyring.get_password(service, name) == value
    except Exception:  # noqa: BLE001 - each system's keyring raises errors of its own; the file takes its place
        return False


def _into_file(path: Path, value: str) -> None:
    """A file that nobody else can read from its first moment on, and that is never half written."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        put_whole(value.encode(), path, mode=_OWNER)
    except OSError as error:
        raise ConfigurationError(
            _("this machine has no keyring to keep the token in, and {reason}", reason=refusal(error)),
            where=str(path),
            remedy=_("Give your account the right to write there, or put the secret into an environment variable."),
        ) from error
