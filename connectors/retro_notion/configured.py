"""The columns that the configuration names: by name, by a name that means the same, or by id."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from urllib.parse import unquote

from retro.i18n import text as _
from retro.model import How
from retro.ports import ConfigurationError
from retro_notion.memory import Memory
from retro_notion.payload import Column
from retro_notion.synonyms import accepted, heading, roles
from retro_notion.ties import Use

_PINNED = "id:"


def configured(team: Sequence[Column], overrides: Mapping[str, str], where: str, memory: Memory) -> list[Use]:
    """The uses that the configuration settles; a column that it named before is known by its id.

    Raises:
        ConfigurationError: an unknown role, a column that is not there and never was, or one of a wrong type.
    """
    uses = []
    for role, wanted in overrides.items():
        _check_role(role, where)
        if not wanted.strip():
            continue
        found = _found(team, wanted)
        column = memory.told(role, wanted, found)
        if column is None and memory.lost(role, wanted, found):
            continue
        column = column or _checked(found or _none(team, wanted, role, where), role, where)
        uses.append(Use(role, column, How.CONFIGURED, wanted))
    return uses


def _check_role(role: str, where: str) -> None:
    if role in roles():
        return
    near = get_close_matches(role, roles(), 1)
    raise ConfigurationError(
        _('"{role}" is nothing that a column can hold.', role=role),
        where=f"{where} columns",
        remedy=_("The nearest is {near}.", near=near[0])
        if near
        else _("It can hold: {roles}.", roles=", ".join(roles())),
    )


def _found(team: Sequence[Column], wanted: str) -> Column | None:
    if wanted.startswith(_PINNED):
        id_ = wanted.removeprefix(_PINNED).strip()
        found = [column for column in team if column.id in (id_, unquote(id_))]
    else:
        found = [column for column in team if column.name == wanted]
        found = found or [column for column in team if heading(column.name) == heading(wanted)]
    return found[0] if len(found) == 1 else None


def _none(team: Sequence[Column], wanted: str, role: str, where: str) -> Column:
    raise ConfigurationError(
        _('the database has no column "{column}".', column=wanted),
        where=f"{where} columns.{role}",
        remedy=_("Its columns are: {columns}.", columns=", ".join(sorted(column.name for column in team))),
    )


def _checked(column: Column, role: str, where: str) -> Column:
    types = accepted(role)
    if column.type in types:
        return column
    raise ConfigurationError(
        _('the column "{column}" is of type {type}.', column=column.name, type=column.type),
        where=f"{where} columns.{role}",
        remedy=_("What is expected here is: {types}.", types=", ".join(types)),
    )
