"""Baselines of dates where there is no state: one JSON file each, its owner's alone."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from cattrs.errors import BaseValidationError

from retro.disk import put_whole, refusal
from retro.i18n import text as _
from retro.i18n.reasons import reason
from retro.model import NamedBaseline, PlanBaseline
from retro.model.codec import decode, encode
from retro.ports import ConfigurationError, UnreadableError

_KIND = "retro plan baseline"
_VERSION = 1
_PREFIX, _SUFFIX = "retro-plan-", ".json"


def file_of(name: str, folder: Path) -> Path:
    """Where the baseline of a name stands in a folder, unless it was put elsewhere."""
    return folder / f"{_PREFIX}{name}{_SUFFIX}"


def read(file: Path) -> PlanBaseline:
    """The baseline that a file holds. Raises UnreadableError where it holds none, or is not there."""
    try:
        document = json.loads(file.read_bytes())
    except OSError as error:
        raise UnreadableError(
            _("the file cannot be read ({reason}).", reason=reason(error)),
            where=str(file),
            remedy=_("Check its name and that you may read it."),
        ) from error
    except (ValueError, RecursionError) as error:
        raise _foreign(file) from error
    if not isinstance(document, dict) or document.get("kind") != _KIND:
        raise _foreign(file)
    if document.get("version") != _VERSION:
        raise UnreadableError(
            _("this baseline was written by a newer retro."), where=str(file), remedy=_("Update retro on this machine.")
        )
    try:
        return decode(PlanBaseline, document.get("baseline"))
    except (BaseValidationError, ValueError, TypeError, KeyError) as error:
        raise _foreign(file) from error


def write(baseline: PlanBaseline, file: Path) -> None:
    """Put a baseline in the place of a file, whole or not at all. Raises ConfigurationError where that cannot be."""
    document = {"version": _VERSION, "kind": _KIND, "baseline": encode(baseline)}
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Half of a surrogate pair in a title, which UTF-8 has no bytes for, is written as JSON's escape.
        text = json.dumps(document, ensure_ascii=False, indent=1).encode(errors="backslashreplace")
        # Titles and names of a team: closed to others from its first moment on.
        put_whole(text, file, mode=0o600)
    except OSError as error:
        raise ConfigurationError(
            refusal(error),
            where=str(file),
            remedy=_("Name another with --file, in a folder that you may write to."),
        ) from error


def listed(folder: Path) -> list[NamedBaseline]:
    """The baselines in the files of a folder that are named as `file_of` does, the last one set first."""
    found = sorted(_readable(folder), key=lambda each: each.name)
    found.sort(key=lambda each: each.set_at, reverse=True)
    return [NamedBaseline(each.name, each.set_at, len(each.tasks)) for each in found]


def _readable(folder: Path) -> Iterator[PlanBaseline]:
    for file in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with suppress(UnreadableError):
            yield read(file)


def _foreign(file: Path) -> UnreadableError:
    return UnreadableError(
        _("this file holds no baseline of a plan."),
        where=str(file),
        remedy=_("Name one that `retro baseline plan set` wrote."),
    )
