"""Connectors to files keep the part of the contract that is about reading, and refuse the rest."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo

import pytest
from tests.connectors.msproject.plans import plan, task

from retro.ports import Account, Connector, ConnectorPack
from retro.sandbox.trello import BoardBuilder
from retro.testing.clock import SteppingClock
from retro.testing.suite import ReadOnlyConnectorContract
from retro_files.pack import PACK as FILES
from retro_msproject.pack import PACK as PLANS
from retro_notion.pack import PACK as NOTION
from retro_trello.pack import PACK as TRELLO

PARIS = ZoneInfo("Europe/Paris")


class FileContract(ReadOnlyConnectorContract):
    """The suite on a file of three tasks, one of which waits for another."""

    pack: ClassVar[ConnectorPack]
    links: ClassVar[tuple[tuple[str, str], ...]] = (("Brief", "Article"),)

    def fill(self, folder: Path) -> Path:
        """Write the file."""
        raise NotImplementedError

    @pytest.fixture(autouse=True)
    def _file(self, tmp_path: Path) -> None:
        folder = tmp_path / "été à Nîmes"
        folder.mkdir()
        self.at, self.unknown = str(self.fill(folder)), str(folder / "nulle part.csv")

    def open(self, *, read_only: bool = False) -> Connector:
        return self.pack.file(Account(id="salon", clock=SteppingClock(), zone=PARIS, lang="fr"))


class TestTrelloExport(FileContract):
    """The suite on a board's JSON export."""

    pack = TRELLO

    def fill(self, folder: Path) -> Path:
        board = BoardBuilder("Campagne")
        to_do = board.list("À faire")
        brief = to_do.card("Brief", due=date(2027, 2, 1), members=["Léa Martin"])
        to_do.card("Article", depends_on=[brief])
        to_do.card("Charte")
        path = folder / "campagne.json"
        path.write_text(json.dumps(board.document), encoding="utf-8")
        return path


class TestNotionExport(FileContract):
    """The suite on a database's CSV export."""

    pack = NOTION

    def fill(self, folder: Path) -> Path:
        path = folder / "Campagne 0123456789abcdef0123456789abcdef.csv"
        return _sheet(path, ("Nom", "Statut", "Échéance", "Responsable", "Bloqué par"))


class TestSheet(FileContract):
    """The suite on a CSV sheet with French headings."""

    pack = FILES

    def fill(self, folder: Path) -> Path:
        return _sheet(folder / "plan.csv", ("Tâche", "Statut", "Date cible", "Assigné à", "Prédécesseurs"))


class TestPlan(FileContract):
    """The suite on a plan of Microsoft Project in XML."""

    pack = PLANS

    def fill(self, folder: Path) -> Path:
        people = {"Resource": [{"UID": 1, "Name": "Léa Martin", "Type": 1}]}
        path = folder / "plan.xml"
        path.write_text(
            plan(
                task(1, Name="Brief", Finish="2027-02-01T17:00:00"),
                task(2, 8, 1, Name="Article"),
                task(3, Name="Charte"),
                Resources=people,
                Assignments={"Assignment": [{"TaskUID": 1, "ResourceUID": 1, "Units": 1}]},
            ),
            encoding="utf-8",
        )
        return path


def _sheet(path: Path, headings: tuple[str, ...]) -> Path:
    rows = [
        headings,
        ("Brief", "À faire", "01/02/2027", "Léa Martin", ""),
        ("Article", "En cours", "15/02/2027", "Léa Martin", "Brief"),
        ("Charte", "À faire", "", "", ""),
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path
