"""The board that a new plan is to stand on, as it is now, and what its tool can hold of a new card there."""

from dataclasses import dataclass
from functools import cached_property

from retro.config.shape import Settings
from retro.i18n import text as _
from retro.model import Board, Category, Person, StatusOrigin, Task
from retro.ports import Capabilities, ConfigurationError, Connector, Progress
from retro.run.links import HandleOf
from retro.run.read import Reading, Target, as_named, join

_COLUMNS = {
    "due": ("due", frozenset({"date"})),
    "start": ("start", frozenset({"date"})),
    "section": ("status", frozenset({"status", "select"})),
    "owners": ("owners", frozenset({"people", "rich_text"})),
    "references": ("predecessors", frozenset({"relation"})),
    "description": ("description", frozenset({"rich_text"})),
    "estimates": ("estimate", frozenset({"number"})),
}
"""On a tool of columns: the role of the column that a field of a new card needs, and the types that take it."""


@dataclass(frozen=True)
class OnBoard:
    """A board as it was just read."""

    board: Board
    tasks: tuple[Task, ...]
    people: tuple[Person, ...]
    """Everybody whom the configuration or the board names."""
    listed: frozenset[str]
    """The owners' keys of those who belong to the board."""
    kind: str
    capabilities: Capabilities

    @cached_property
    def holds(self) -> frozenset[str]:
        """The fields that a new card can have there, by the names of `Capabilities.makes`."""
        makes = self.capabilities.makes
        if not self.capabilities.columns:
            return makes
        there = {(use.role, use.type) for use in self.board.mapping}
        missing = {
            name for name, (role, types) in _COLUMNS.items() if not any((role, type_) in there for type_ in types)
        }
        # One range of dates holds both.
        return (makes - missing) | (makes & {"start"} if "due" not in missing else frozenset())

    @property
    def waits(self) -> bool:
        """Whether links keep the wait between their tasks; on a tool of columns, it stands in the description."""
        return self.capabilities.lag and {"references", "description"} <= self.holds

    @property
    def section(self) -> str | None:
        """The first list, or status, of things to do; None where the board has neither.

        Raises ConfigurationError where it has some and none of them is for things to do: ideas and what is done are
        no place for a plan.
        """
        if not self.board.sections and self.capabilities.columns:
            return None
        names = [status.raw for status in self.board.sections if status.raw]
        for status in self.board.sections:
            known = status.origin is not StatusOrigin.INFERRED and names.count(status.raw or "") == 1
            if known and status.category is Category.TODO:
                return status.raw
        raise ConfigurationError(
            _("no list of this board is known to be for things to do."),
            where=self.board.name,
            remedy=_(
                'Say which is, in retro.toml under the board: status = {{ todo = ["{name}"] }}. Its lists: {names}.',
                name=names[0] if names else "…",
                names=", ".join(names) or "–",
            ),
        )


def only_read(where: str) -> ConfigurationError:
    """What is said of a source on which no task can be made."""
    return ConfigurationError(
        _("retro can only read this source: it makes no cards there."),
        where=where,
        remedy=_("Name a board of Trello or a database of Notion; or write a file with -o."),
    )


def read_board(
    connector: Connector, target: Target, settings: Settings, handle_of: HandleOf, progress: Progress | None = None
) -> OnBoard:
    """Read the board. Raises SourceError, and ConfigurationError where no task can be made on it."""
    source = connector.describe()
    if not source.capabilities.create:
        raise only_read(source.id)
    snapshot = as_named(connector.pull(target.at, progress).snapshot, target)
    portfolio = join(Reading(sources=(), snapshots=(snapshot,)), settings, handle_of)
    found = OnBoard(
        board=portfolio.boards[0],
        tasks=portfolio.tasks,
        people=portfolio.people,
        listed=frozenset(key for person in snapshot.people for key in (person.key, *person.keys) if not person.left),
        kind=source.kind,
        capabilities=source.capabilities,
    )
    if "due" not in found.holds:
        raise ConfigurationError(
            _("this board has no column for due dates: a plan without dates would be none."),
            where=found.board.name,
            remedy=_("Add a column of dates, called “Échéance” or “Due date”."),
        )
    return found
