"""A look-alike of Notion with a connector to it, and documents of Notion's in a few words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

import pytest

from retro.sandbox.notion import DatabaseBuilder, Limits, NotionSandbox, PageMade
from retro.testing.clock import SteppingClock
from retro_notion.connector import NotionConnector, connect
from retro_notion.settings import BoardSettings, SourceSettings

PARIS = ZoneInfo("Europe/Paris")


@dataclass
class Live:
    """A look-alike that serves one database, its clock, and connectors to it."""

    database: DatabaseBuilder
    clock: SteppingClock
    sandbox: NotionSandbox
    brief: PageMade
    article: PageMade
    made: list[NotionConnector] = field(default_factory=list)

    def connector(
        self,
        *,
        token: str = "",
        deadline: float | None = None,
        pins: dict[str, dict[str, str]] | None = None,
        boards: tuple[BoardSettings, ...] = (),
    ) -> NotionConnector:
        """A connector with the look-alike's own token unless another is given."""
        settings = SourceSettings(id="base", token=token or self.sandbox.token, base_url=self.sandbox.url)
        found = connect(settings, clock=self.clock, zone=PARIS, deadline=deadline, pins=pins, boards=boards)
        self.made.append(found)
        return found

    def asked(self, since: int = 0) -> list[str]:
        """What was asked for, as method and the kind of thing."""
        return [
            f"{one.method} {'/'.join(one.path.split('/')[2:3] + one.path.split('/')[4:5])}"
            for one in self.sandbox.log.since(since)
        ]


@pytest.fixture
def live(request: pytest.FixtureRequest) -> Iterator[Live]:
    """A database of three pages; an indirect parameter sets other limits than Notion's."""
    clock = SteppingClock()
    database = DatabaseBuilder("Campagne", now=clock.now)
    brief = database.page("[SEO] Brief", due=date(2027, 2, 1), owners=["Léa Martin"], status="À faire", estimate=2.5)
    article = database.page("Article", due=(date(2027, 2, 2), date(2027, 2, 5)), after=[brief], status="En cours")
    database.page("Charte", status="Terminé")
    limits: Limits | None = getattr(request, "param", None)
    with NotionSandbox(database.state, limits=limits) as sandbox:
        found = Live(database, clock, sandbox, brief, article)
        yield found
        for connector in found.made:
            connector.close()
