"""Where tokens come from: the environment, a file, a command, or the system's keyring; never retro.toml itself."""

import os
import subprocess
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from pydantic import BaseModel, ConfigDict, model_validator

from retro.i18n import text as _
from retro.ports import ConfigurationError

_COMMAND_SECONDS = 30


class SecretReference(BaseModel):
    """Exactly one place to find a secret in; empty where none is needed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    env: str | None = None
    file: str | None = None
    command: list[str] | None = None
    keyring: str | None = None

    @model_validator(mode="after")
    def _one_place(self) -> "SecretReference":
        if len(self.model_fields_set) > 1:
            raise ValueError(_("a secret has one place: env, file, command or keyring"))
        return self

    def __bool__(self) -> bool:
        return bool(self.model_fields_set)

    def resolve(self, where: str, folder: Path) -> str:
        """The secret. `where` is its key in the configuration, `folder` what a relative file is relative to.

        Raises ConfigurationError that says where it was looked for, never what was found.
        """
        if self.env is not None:
            return _found(os.environ.get(self.env, ""), where, _("the environment variable {name}", name=self.env))
        if self.file is not None:
            path = self.path(folder)
            try:
                return _found(_text_of(path), where, _("the file {name}", name=path))
            except (OSError, UnicodeDecodeError) as error:
                raise _missing(where, _("the file {name}", name=path)) from error
        if self.command is not None:
            return _found(_output(self.command, where), where, _("the command {name}", name=self.command[0]))
        if self.keyring is not None:
            return _found(_from_keyring(self.keyring, where), where, _("the keyring entry {name}", name=self.keyring))
        raise ConfigurationError(
            _("no secret is given."), where=where, remedy=_('Write for example { env = "TRELLO_TOKEN" }.')
        )

    def path(self, folder: Path) -> Path:
        """The file that holds the secret, where one does; `folder` is what a relative one is relative to."""
        return folder / Path(self.file or "").expanduser()


def _text_of(path: Path) -> str:
    """What a file holds, as people make one: `echo … > file` of PowerShell writes two bytes a letter.

    Raises OSError, UnicodeDecodeError.
    """
    content = path.read_bytes()
    return content.decode("utf-16" if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig")


def _missing(where: str, place: str) -> ConfigurationError:
    return ConfigurationError(
        _("no secret was found in {place}.", place=place),
        where=where,
        remedy=_("Put it there, or name another place: env, file, command or keyring."),
    )


def _found(value: str, where: str, place: str) -> str:
    if not value.strip():
        raise _missing(where, place)
    return value.strip()


def _output(command: list[str], where: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - the user's own configuration names it
            command,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_COMMAND_SECONDS,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise _missing(where, _("the command {name}", name=command[0] if command else "")) from error
    return done.stdout


def _from_keyring(entry: str, where: str) -> str:
    import keyring  # noqa: PLC0415 - slow to load, and few need it

    service, _slash, name = entry.partition("/")
    try:
        return keyring.get_password(service, name or service) or ""
    except Exception as error:  # each system's keyring raises errors of its own
        raise ConfigurationError(
            _("the system's keyring does not open here, so that {name} cannot be read.", name=entry),
            where=where,
            remedy=_("Log in to the session that it belongs to: else it is locked. Or keep the secret in a file."),
        ) from error
