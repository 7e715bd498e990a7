"""Find retro.toml, read it, and say in one sentence what is wrong with it and where."""

import difflib
import os
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from retro.config.shape import Settings
from retro.i18n import text as _
from retro.ports import ConfigurationError

FILE_NAME = "retro.toml"


@dataclass(frozen=True, slots=True)
class Configuration:
    """The settings, and the file that they come from (None: defaults, and no state)."""

    settings: Settings
    path: Path | None = None

    @property
    def folder(self) -> Path:
        """What relative paths of the file are relative to."""
        return self.path.parent if self.path else Path.cwd()

    @property
    def state(self) -> Path | None:
        """The folder of the state; None without a file."""
        return self.folder / self.settings.workspace.state if self.path else None


def find(start: Path) -> Path | None:
    """The nearest retro.toml from `start` upwards."""
    return next((path for folder in (start, *start.parents) if (path := folder / FILE_NAME).is_file()), None)


def load(named: Path | None = None) -> Configuration:
    """The configuration: `named`, else RETRO_CONFIG, else the nearest retro.toml, else the defaults.

    Raises ConfigurationError.
    """
    chosen = named or (Path(value) if (value := os.environ.get("RETRO_CONFIG")) else None)
    path = chosen or find(Path.cwd())
    if path is None:
        return Configuration(Settings())
    path = path.resolve()
    try:
        text = path.read_text(encoding="utf-8-sig")  # an editor of Windows may have set its mark before it
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            _("the configuration cannot be read."),
            where=str(path),
            remedy=_(
                "Check its name. If the name is right, save it again as UTF-8: in Notepad, Save as, then Encoding."
            ),
        ) from error
    return Configuration(parse(text, str(path)), path)


def parse(text: str, where: str) -> Settings:
    """The settings that a file's text holds. Raises ConfigurationError with line or key."""
    data = tables(text, where)
    try:
        settings = Settings.model_validate(data)
    except ValidationError as error:
        raise explained(error, where, Settings) from error
    _check_references(settings, where)
    return settings


def tables(text: str, where: str) -> dict[str, Any]:
    """What a file's text holds as TOML. Raises ConfigurationError with the line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(
            _("this is not valid TOML ({reason}).", reason=error),
            where=where,
            remedy=_("Mend that line; texts stand between double quotes."),
        ) from error


def _check_references(settings: Settings, where: str) -> None:
    """Names that one table uses of another must exist."""
    for name, team in settings.teams.items():
        for member in team.members:
            _known(member, settings.people, f"{where}: [teams.{name}] members")
    for name, board in settings.boards.items():
        _known(board.source, settings.sources, f"{where}: [boards.{name}] source")
    if settings.mirror.source:
        _known(settings.mirror.source, settings.sources, f"{where}: [mirror] source")
    for name, project in settings.projects.items():
        for board_name in project.boards:
            _known(board_name, settings.boards, f"{where}: [projects.{name}] boards")
        if project.guardian:
            _known(project.guardian, settings.people, f"{where}: [projects.{name}] guardian")


def _known(name: str, names: Iterable[str], where: str) -> None:
    known = list(names)
    if name not in known:
        raise ConfigurationError(
            _('"{name}" is defined nowhere in this file.', name=name), where=where, remedy=_nearest(name, known)
        )


def _nearest(name: str, known: Sequence[str]) -> str:
    if close := difflib.get_close_matches(name, known, n=1, cutoff=0.5):
        return _('Did you mean "{name}"?', name=close[0])
    return _("Known here: {names}.", names=", ".join(known)) if known else ""


def explained(error: ValidationError, where: str, shape: type[BaseModel]) -> ConfigurationError:
    """The first fault of a file of this shape, as a sentence: the key, what is wrong, the nearest key that exists."""
    fault = error.errors()[0]
    location = [str(part) for part in fault["loc"]]
    place = f"{where}: {'.'.join(location)}"
    if fault["type"] == "extra_forbidden":
        fields = _fields_at(location[:-1], shape)
        return ConfigurationError(
            _('unknown key "{name}".', name=location[-1]), where=place, remedy=_nearest(location[-1], fields)
        )
    if fault["type"] == "missing":
        return ConfigurationError(
            _('the key "{name}" is missing.', name=location[-1]), where=place, remedy=_("Add it to this table.")
        )
    more = len(error.errors()) - 1
    return ConfigurationError(
        _("this value cannot be used: {reason}.", reason=_reason(fault)),
        where=place,
        remedy=_("{count} more faults follow in this file.", count=more) if more else "",
    )


def _reason(fault: ErrorDetails) -> str:
    """What is wrong with a value, in the user's language."""
    kind = fault["type"]
    if kind == "literal_error":
        return _("one of these is expected: {names}", names=fault["ctx"]["expected"].replace(" or ", ", "))
    if kind == "value_error":
        return str(fault["ctx"]["error"])
    expected = next((words for part, words in _EXPECTED.items() if part in kind), None)
    return _(expected) if expected else fault["msg"]


_EXPECTED = {
    "string": "a text is expected, between double quotes",
    "list": "a list is expected, between [ and ]",
    "dict": "a table is expected, between { and }",
    "model": "a table is expected, between { and }",
    "bool": "true or false is expected",
    "int": "a whole number is expected",
    "float": "a number is expected",
    "date": "a date is expected, such as 2027-03-01",
    "greater": "the number is too small",
    "less": "the number is too large",
}
"""By a part of pydantic's error type; the sentences stand in the catalogue."""


def _fields_at(location: Sequence[str], shape: type[BaseModel]) -> list[str]:
    """Keys that the table at `location` may hold."""
    model: Any = shape
    for part in location:
        if isinstance(model, type) and issubclass(model, BaseModel) and part in model.model_fields:
            model = model.model_fields[part].annotation
        else:  # the name of an entry in a table of tables, or a place in a list
            inner = (kind for kind in get_args(model) if isinstance(kind, type))
            model = next((kind for kind in inner if issubclass(kind, BaseModel)), None)
    return list(model.model_fields) if isinstance(model, type) and issubclass(model, BaseModel) else []
