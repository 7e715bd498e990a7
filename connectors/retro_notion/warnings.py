"""What a person should know of how a database was read: columns that look useful and have no role."""

from collections.abc import Iterator

from retro.i18n import text as _
from retro_notion.columns import Columns
from retro_notion.payload import DataSource
from retro_notion.ties import to_itself


def warnings(columns: Columns, source: DataSource) -> Iterator[str]:
    """A sentence for each role that has no column though some might hold it."""
    of_type: dict[str, list[str]] = {}
    for column in columns.rest:
        of_type.setdefault(column.type, []).append(column.name)
    candidates = {"due": "date", "owners": "people", "status": "select"}
    for role, kind in candidates.items():
        names = sorted(of_type.get(kind, []))
        if names and columns.of(role) is None:
            yield _no_column(role, ", ".join(names))
    own_relations = sorted(column.name for column in columns.rest if to_itself(column, source.id))
    if own_relations and columns.of("predecessors") is None and columns.of("successors") is None:
        yield _no_column("predecessors", ", ".join(own_relations))


def _no_column(role: str, names: str) -> str:
    if role == "due":
        return _(
            "No column was taken for the due date; name it in `columns` if it is one of these: {names}.", names=names
        )
    if role == "owners":
        return _("No column was taken for the owner; name it in `columns` if it is one of these: {names}.", names=names)
    if role == "status":
        return _(
            "No column was taken for the status; name it in `columns` if it is one of these: {names}.", names=names
        )
    return _(
        "No relation was taken for dependencies; name it in `columns` if it is one of these: {names}.", names=names
    )
