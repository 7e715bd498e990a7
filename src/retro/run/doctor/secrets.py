"""Are the secrets there: where each is looked for, whether it was found, who else could read it. Never its value."""

import os
import stat
from collections.abc import Iterator, Mapping

from retro.config.load import Configuration
from retro.config.secrets import SecretReference
from retro.i18n import text as _
from retro.model.check import Check, Topic, fault, remark
from retro.ports import ConfigurationError

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_MISSING = 2


def of_secrets(configuration: Configuration, needs: Mapping[str, Mapping[str, str]]) -> Iterator[Check]:
    """The secrets of every account, of the nightly run and of the team's channels.

    `needs` are, by kind, what an account takes, and the usual variables.
    """
    for name, source in configuration.settings.sources.items():
        for secret, variable in needs.get(source.kind, {}).items():
            reference: SecretReference = getattr(source, secret, SecretReference())
            subject = f"[sources.{name}] {secret}"
            if not reference:
                yield fault(
                    Topic.SECRETS,
                    _("no secret is given."),
                    subject=subject,
                    remedy=_(
                        "Write {example} into the table of this source.", example=f'{secret} = {{ env = "{variable}" }}'
                    ),
                    code=_MISSING,
                )
            else:
                yield from _one(reference, subject, configuration)
    settings = configuration.settings
    others = {
        "[sync] health_url": settings.sync.health_url,
        "[notify] slack": settings.notify.slack,
        "[notify] teams": settings.notify.teams,
        "[notify] others": settings.notify.others,
    }
    for subject, reference in others.items():
        if reference:
            yield from _one(reference, subject, configuration)


def _one(reference: SecretReference, subject: str, configuration: Configuration) -> Iterator[Check]:
    try:
        reference.resolve(subject, configuration.folder)
    except ConfigurationError as error:
        yield fault(Topic.SECRETS, error.what, subject=subject, remedy=error.remedy, code=_MISSING)
        return
    yield Check(topic=Topic.SECRETS, said=_("found in {place}.", place=place_of(reference)), subject=subject)
    if reference.file is not None and _open_to_others(reference, configuration):
        path = reference.path(configuration.folder)
        yield remark(
            Topic.SECRETS,
            _("others on this machine can read the file."),
            subject=subject,
            remedy=_("Close it: chmod 600 {file}", file=path),
        )


def place_of(reference: SecretReference) -> str:
    """Where a secret is looked for, in words."""
    if reference.env is not None:
        return _("the environment variable {name}", name=reference.env)
    if reference.file is not None:
        return _("the file {name}", name=reference.file)
    if reference.command is not None:
        return _("the command {name}", name=reference.command[0] if reference.command else "")
    return _("the keyring entry {name}", name=reference.keyring or "")


def _open_to_others(reference: SecretReference, configuration: Configuration) -> bool:
    """Whether the file's mode lets others in; Windows keeps that elsewhere."""
    return os.name == "posix" and bool(reference.path(configuration.folder).stat().st_mode & _OTHERS)
