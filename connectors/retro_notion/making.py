"""New pages: what may be put in them, one request each, never a second one where no answer came."""

from datetime import tzinfo

from retro.model import Task, field_empty
from retro_notion import payload, writing
from retro_notion.client import Client
from retro_notion.errors import not_notion
from retro_notion.known import Known
from retro_notion.own import OwnValue
from retro_notion.pushing import check_columns


class Making:
    """Makes pages of one connection.

    Args:
        client: makes the requests.
        known: what the run knows of the connection.
        zone: the workspace's.
    """

    def __init__(self, client: Client, known: Known, zone: tzinfo) -> None:
        self._client = client
        self._known = known
        self._zone = zone

    def make(self, board: str, task: Task) -> payload.Page:
        """Make the page of a task in a database, and give it back as it then is.

        Raises:
            ConfigurationError: a field has no column.
            ReadOnlyError: nothing may be made here.
            SourceError: Notion refuses it.
            WriteUncertainError: it is not known whether it was made.
        """
        on = self._known.board(board)
        fields = _fields(task)
        check_columns(fields, on, task.title)
        answer = self._client.create_page(on.source.id, writing.properties(fields, None, on.columns, self._zone))
        found = next(iter(payload.read_each(payload.Page, [answer])), None)
        if found is None:
            raise not_notion(on.place, writing=True)
        return self._known.take([found], on)[0][0]


def _fields(task: Task) -> dict[str, OwnValue]:
    """What is put in a new page: the fields that retro writes in Notion, where they are not empty."""
    own = {f"{writing.OWN_PREFIX}{name}": value for name, value in task.own.items()}
    team: dict[str, OwnValue] = {"title": task.title, "start": task.start, "due": task.due}
    return {name: value for name, value in {**team, **own}.items() if not field_empty(value)}
