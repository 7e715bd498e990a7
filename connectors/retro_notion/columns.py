"""Which column holds what: by the configuration, else by type and name, else as the only one of its type.

The result is printable (`Columns.uses`), so that a team can see how its database is read, and pin what it wants.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from importlib.resources import files
from urllib.parse import unquote

from retro.i18n import text as _
from retro.i18n.own_fields import own_field_of
from retro.i18n.words import estimate_heading, fold, says_milestone
from retro.ports import ConfigurationError
from retro_notion.payload import Column

_BRACKETS = re.compile(r"\s*\((?:e|es|s|x|e\)\(s)\)")
_INCLUSIVE = re.compile(r"[·.•](?:e|s|es|trice|euse)s?(?=[·.•\s]|$)")
_PLURAL = re.compile(r"(?<=\w{3})s\b")
_PINNED = "id:"
_ESTIMATE_TYPES = ("number", "select", "rich_text", "formula")

_ALONE = {"status": "status", "owners": "people", "due": "date"}
"""A column that is the only one of this type holds this, whatever its name (unless the name says something else)."""


class How(StrEnum):
    """How a column was found."""

    CONFIGURED = "configured"
    NAMED = "named"
    ALONE = "alone"


@dataclass(frozen=True, slots=True)
class Use:
    """One line of the mapping: what a column holds for retro, and how that was found."""

    role: str
    column: Column
    how: How


@dataclass(frozen=True, slots=True)
class Columns:
    """The mapping of one data source."""

    uses: tuple[Use, ...]
    estimates: tuple[Column, ...] = ()
    """Every column that states a size."""
    own: Mapping[str, Column] = field(default_factory=dict)
    """Retro's own, by own field."""
    rest: tuple[Column, ...] = ()
    """Those without a role."""

    def of(self, role: str) -> Column | None:
        """The column that holds `role`; None where there is none."""
        return next((use.column for use in self.uses if use.role == role), None)


@cache
def _table() -> Mapping[str, tuple[tuple[str, ...], Mapping[str, int]]]:
    """By role: the types that may hold it, and the rank of each name."""
    lists = tomllib.loads((files("retro_notion") / "synonyms.toml").read_text("utf-8"))
    return {
        role: (tuple(entry["types"]), {heading(name): rank for rank, name in reversed([*enumerate(entry["names"])])})
        for role, entry in lists.items()
    }


def roles() -> tuple[str, ...]:
    """Every role that the configuration may give a column."""
    return ("title", *_table(), "estimate")


def heading(name: str) -> str:
    """The form in which headings are compared: folded, singular, without inclusive endings or punctuation around."""
    bare = _INCLUSIVE.sub("", _BRACKETS.sub("", fold(name)))
    return _PLURAL.sub("", fold(bare).strip(" :?!.")).strip()


def match(columns: Sequence[Column], overrides: Mapping[str, str], own: Mapping[str, Column], where: str) -> Columns:
    """Give the columns their roles.

    Args:
        columns: those of the data source.
        overrides: the configuration's `columns`.
        own: retro's own columns, which are nobody else's.
        where: what the board is called in the configuration, for messages.

    Raises:
        ConfigurationError: the configuration names an unknown role, a column that is not there, or one of a wrong type.
    """
    ours = {column.id for column in own.values()}
    team = [column for column in columns if column.id not in ours and own_field_of(column.name) is None]
    uses = _configured(team, overrides, where)
    settled = {*overrides}
    taken = {use.column.id for use in uses}
    uses += [Use("title", column, How.NAMED) for column in team if column.type == "title" and "title" not in settled]
    for role in (role for role in _table() if role not in settled):
        found = _named(role, [column for column in team if column.id not in taken])
        # A column named "Type" may tell the channel and the kind of task: it keeps both roles.
        if found is not None:
            uses.append(Use(role, found, How.NAMED))
            taken |= {found.id} if role != "channel" or heading(found.name) != "type" else set()
    uses += _alone(team, uses, settled, taken)
    taken |= {use.column.id for use in uses}
    estimates = _estimates(team, uses, settled)
    spare = [c for c in team if c.id not in taken and c not in estimates]
    return Columns(_without_echo(uses), tuple(estimates), dict(own), tuple(spare))


def _configured(team: Sequence[Column], overrides: Mapping[str, str], where: str) -> list[Use]:
    uses = []
    for role, wanted in overrides.items():
        if role not in roles():
            near = get_close_matches(role, roles(), 1)
            raise ConfigurationError(
                _('"{role}" is nothing that a column can hold.', role=role),
                where=f"{where} columns",
                remedy=_("The nearest is {near}.", near=near[0])
                if near
                else _("It can hold: {roles}.", roles=", ".join(roles())),
            )
        if not wanted.strip():
            continue
        uses.append(Use(role, _checked(_column(team, wanted, role, where), role, where), How.CONFIGURED))
    return uses


def _column(team: Sequence[Column], wanted: str, role: str, where: str) -> Column:
    if wanted.startswith(_PINNED):
        id_ = wanted.removeprefix(_PINNED).strip()
        found = [column for column in team if column.id in (id_, unquote(id_))]
    else:
        found = [column for column in team if column.name == wanted]
        found = found or [column for column in team if heading(column.name) == heading(wanted)]
    if len(found) == 1:
        return found[0]
    raise ConfigurationError(
        _('the database has no column "{column}".', column=wanted),
        where=f"{where} columns.{role}",
        remedy=_("Its columns are: {columns}.", columns=", ".join(sorted(column.name for column in team))),
    )


def _checked(column: Column, role: str, where: str) -> Column:
    accepted = _accepted(role)
    if column.type in accepted:
        return column
    raise ConfigurationError(
        _('the column "{column}" is of type {type}.', column=column.name, type=column.type),
        where=f"{where} columns.{role}",
        remedy=_("What is expected here is: {types}.", types=", ".join(accepted)),
    )


def _accepted(role: str) -> tuple[str, ...]:
    if role == "title":
        return ("title",)
    return _ESTIMATE_TYPES if role == "estimate" else _table()[role][0]


def _named(role: str, candidates: Iterable[Column]) -> Column | None:
    """The column whose name says the role: the surest name first, then the surest type."""
    types, names = _table()[role]
    fit = [
        (names[heading(column.name)], types.index(column.type), column.name, column)
        for column in candidates
        if column.type in types and heading(column.name) in names
    ]
    if role == "channel":
        # "Type" with an option such as "Jalon" tells kinds of tasks, not channels.
        fit = [each for each in fit if heading(each[2]) != "type" or not _tells_kinds(each[3])]
    return min(fit, key=lambda each: each[:3])[3] if fit else None


def _tells_kinds(column: Column) -> bool:
    listed = column.config.get("options")
    names = [option.get("name") for option in listed if isinstance(option, dict)] if isinstance(listed, list) else []
    return any(isinstance(name, str) and says_milestone(name) for name in names)


def _alone(team: Sequence[Column], uses: Sequence[Use], settled: set[str], taken: set[str]) -> list[Use]:
    found = []
    held = {use.role for use in uses}
    for role, kind in _ALONE.items():
        of_type = [column for column in team if column.type == kind]
        if role not in held | settled and len(of_type) == 1 and of_type[0].id not in taken:
            found.append(Use(role, of_type[0], How.ALONE))
    return found


def _estimates(team: Sequence[Column], uses: Sequence[Use], settled: set[str]) -> list[Column]:
    """The configured column, else every number whose heading is one of work."""
    if "estimate" in settled:
        return [use.column for use in uses if use.role == "estimate"]
    taken = {use.column.id for use in uses}
    fit = [column for column in team if column.id not in taken and column.type in ("number", "select")]
    return sorted((column for column in fit if estimate_heading(column.name) is not None), key=lambda c: c.name)


def _without_echo(uses: Iterable[Use]) -> tuple[Use, ...]:
    """Leave out the second half of a pair of relations: Notion fills it by itself, so it says nothing new."""
    kept = list(uses)
    by_role = {use.role: use.column for use in kept}
    for first, second in (("predecessors", "successors"), ("parent", "children")):
        one, other = by_role.get(first), by_role.get(second)
        if one is not None and other is not None and paired(one, other):
            kept = [use for use in kept if use.role != second]
    return tuple(kept)


def paired(one: Column, other: Column) -> bool:
    """Whether two relations are the two ends of one."""
    ends = [(_other_end(one), other), (_other_end(other), one)]
    return any(told in (column.id, column.wire, unquote(column.wire)) for told, column in ends if told)


def _other_end(column: Column) -> str:
    dual = column.config.get("dual_property")
    told = dual.get("synced_property_id") if isinstance(dual, dict) else None
    return unquote(told) if isinstance(told, str) else ""
