"""Which column holds what: by the configuration, by what was settled before, by type and name, or as the only one.

The result is printable (`Columns.mapping`), so that a team can see how its database is read, and pin what it wants.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from retro.i18n.own_fields import own_field_of
from retro.i18n.words import estimate_heading, says_milestone
from retro.model import ColumnUse, How
from retro_notion.configured import configured
from retro_notion.memory import Memory
from retro_notion.payload import Column, View
from retro_notion.synonyms import heading, roles, table, tie_within
from retro_notion.ties import Use, from_views, to_itself, without_echo

_ALONE = {"status": "status", "owners": "people", "due": "date"}
"""A column that is the only one of this type holds this, whatever its name (unless the name says something else)."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The mapping of one data source."""

    uses: tuple[Use, ...]
    estimates: tuple[Use, ...] = ()
    """Every column that states a size."""
    own: Mapping[str, Column] = field(default_factory=dict)
    """Retro's own, by own field."""
    rest: tuple[Column, ...] = ()
    """Those without a role."""

    def of(self, role: str) -> Column | None:
        """The column that holds `role`; None where there is none."""
        return next((use.column for use in self.uses if use.role == role), None)

    @property
    def mapping(self) -> tuple[ColumnUse, ...]:
        """The mapping in the model's words, for people to check and for the next run to hold on to."""
        return tuple(
            ColumnUse(
                role=use.role,
                name=use.column.name,
                how=use.how,
                id=use.column.id,
                type=use.column.type,
                told=use.told or use.column.name,
            )
            for use in (*self.uses, *self.estimates)
        )


def match(
    columns: Sequence[Column],
    overrides: Mapping[str, str],
    own: Mapping[str, Column],
    where: str,
    *,
    known: Iterable[ColumnUse] = (),
    source: str = "",
    views: Sequence[View] = (),
) -> Columns:
    """Give the columns their roles.

    Args:
        columns: those of the data source.
        overrides: the configuration's `columns`.
        own: retro's own columns, which are nobody else's.
        where: what the board is called in the configuration, for messages.
        known: how they were understood before.
        source: the data source's id.
        views: those of the data source, asked for where names do not settle its ties.

    Raises:
        ConfigurationError: the configuration names an unknown role, a column that is not there, or one of a wrong type.
        ColumnsChangedError: a column that was understood before is gone, or of another type.
    """
    ours = {column.id for column in own.values()}
    team = [column for column in columns if column.id not in ours and own_field_of(column.name) is None]
    memory = Memory(known, team, where)
    uses = configured(team, overrides, where, memory)
    uses += memory.held(overrides, {use.column.id for use in uses})
    memory.check({use.column.id for use in uses})
    settled = {*overrides, *(use.role for use in uses)}
    taken = {use.column.id for use in uses}
    uses += [Use("title", column, How.NAMED) for column in team if column.type == "title" and "title" not in settled]
    for role in (role for role in table() if role not in settled and role != "launch"):
        found = _named(role, [column for column in team if column.id not in taken], source)
        # A column named "Type" may tell the channel and the kind of task: it keeps both roles.
        if found is not None:
            uses.append(Use(role, found, How.NAMED))
            taken |= {found.id} if role != "channel" or heading(found.name) != "type" else set()
    uses += _contained(team, uses, settled, taken, source)
    uses += from_views(views, team, uses, settled)
    taken |= {use.column.id for use in uses}
    uses += _alone(team, uses, settled, taken)
    if "launch" not in settled and (launch := _named("launch", team, source)) is not None:
        # Beside what else it may be: a column of launches is the due date where there is no other.
        uses.append(Use("launch", launch, How.NAMED))
    taken |= {use.column.id for use in uses}
    estimates = _estimates(team, uses, settled, memory)
    held = {use.column.id for use in estimates}
    spare = [column for column in team if column.id not in taken and column.id not in held]
    told = sorted((use for use in uses if use.role != "estimate"), key=lambda use: roles().index(use.role))
    return Columns(without_echo(told), tuple(estimates), dict(own), tuple(spare))


def _named(role: str, candidates: Iterable[Column], source: str) -> Column | None:
    """The column whose name says the role: the surest name first, then the surest type."""
    types, names = table()[role]
    fit = [
        (names[heading(column.name)], types.index(column.type), column.name, column)
        for column in candidates
        if column.type in types and heading(column.name) in names
    ]
    if role == "channel":
        # "Type" with an option such as "Jalon" tells kinds of tasks, not channels.
        fit = [each for each in fit if heading(each[2]) != "type" or not _tells_kinds(each[3])]
    if role == "project":
        fit = [each for each in fit if not to_itself(each[3], source)]
    return min(fit, key=lambda each: each[:3])[3] if fit else None


def _tells_kinds(column: Column) -> bool:
    listed = column.config.get("options")
    names = [option.get("name") for option in listed if isinstance(option, dict)] if isinstance(listed, list) else []
    return any(isinstance(name, str) and says_milestone(name) for name in names)


def _contained(
    team: Sequence[Column], uses: Sequence[Use], settled: set[str], taken: set[str], source: str
) -> list[Use]:
    """Ties between rows whose longer names hold the words of one."""
    held = settled | {use.role for use in uses}
    found: dict[str, Use] = {}
    for column in team:
        role = tie_within(column.name) if column.id not in taken and to_itself(column, source) else None
        if role is not None and role not in held:
            found.setdefault(role, Use(role, column, How.NAMED))
    return [*found.values()]


def _alone(team: Sequence[Column], uses: Sequence[Use], settled: set[str], taken: set[str]) -> list[Use]:
    found = []
    held = {use.role for use in uses}
    for role, kind in _ALONE.items():
        of_type = [column for column in team if column.type == kind]
        if role not in held | settled and len(of_type) == 1 and of_type[0].id not in taken:
            found.append(Use(role, of_type[0], How.ALONE))
    return found


def _estimates(team: Sequence[Column], uses: Sequence[Use], settled: set[str], memory: Memory) -> list[Use]:
    """The configured column; else those that were before, and every number whose heading is one of work."""
    before = [use for use in uses if use.role == "estimate"]
    if "estimate" in settled and not memory.knows_estimates:
        return before
    taken = {use.column.id for use in uses}
    fit = [column for column in team if column.id not in taken and column.type in ("number", "select")]
    named = [Use("estimate", column, How.NAMED) for column in fit if estimate_heading(column.name) is not None]
    return sorted([*before, *named], key=lambda use: use.column.name)
