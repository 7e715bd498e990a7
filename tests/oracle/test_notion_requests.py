"""Every body that the Notion client sends is one that Notion's published types take."""

import importlib.util
import os
import re
from datetime import date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from retro.model import Day, Estimate, EstimateOrigin, Membership, Provision, Reference, Task, Write
from retro.sandbox.notion import DatabaseBuilder, Limits, NotionSandbox
from retro.testing.clock import SteppingClock
from retro_notion.connector import connect
from retro_notion.settings import SourceSettings

pytestmark = pytest.mark.oracle

PARIS = ZoneInfo("Europe/Paris")
BODIES = {
    ("POST", r"/v1/data_sources/[^/]+/query"): "QueryDataSourceBody",
    ("PATCH", r"/v1/data_sources/[^/]+"): "UpdateDataSourceBody",
    ("PATCH", r"/v1/pages/[^/]+"): "UpdatePageBody",
    ("POST", r"/v1/search"): "SearchBody",
    ("POST", r"/v1/pages"): "CreatePageBody",
}
BARE = r"/v1/(databases|data_sources|pages|users)/[^/]+|/v1/users|/v1/pages/[^/]+/properties/[^/]+"


@pytest.fixture(scope="module")
def check() -> ModuleType:
    """The contract that stands beside a checkout: RETRO_ORACLES names its folder."""
    folder = os.environ.get("RETRO_ORACLES", "")
    if not folder:
        pytest.skip("RETRO_ORACLES names no folder of contracts")
    spec = importlib.util.spec_from_file_location("notion_check", Path(folder) / "notion" / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _faults(check: ModuleType, method: str, path: str, body: Any) -> list[str]:
    kind = next((name for (verb, form), name in BODIES.items() if verb == method and re.fullmatch(form, path)), None)
    if kind is not None:
        found: list[str] = check.errors(kind, body)
        return found
    return [] if method == "GET" and re.fullmatch(BARE, path) and not body else ["no known operation"]


def test_every_request_is_in_the_contract(check: ModuleType) -> None:
    """Reading, provisioning, writing, emptying and retracting send known operations and bodies only."""
    clock = SteppingClock()
    database = DatabaseBuilder("Campagne", now=clock.now)
    for name, kind in (("Charge (jours)", "number"), ("Description", "rich_text"), ("Jalon", "checkbox")):
        database.column(name, kind)
    first = [database.page(f"Brief {number}", owners=["Léa Martin"], status="À faire") for number in range(4)]
    page = database.page("Article", due=(date(2027, 2, 1), date(2027, 2, 3)), after=first)
    hours = database.page("Point", due=datetime(2027, 2, 1, 14, 30, tzinfo=PARIS))
    with NotionSandbox(database.state, limits=Limits(references_most=3)) as sandbox:
        settings = SourceSettings(token=sandbox.token, base_url=sandbox.url)
        connector = connect(settings, clock=clock, zone=PARIS)
        list(connector.discover())
        key = connector.pull(database.url).snapshot.board.key
        kinds = ("latest", "review", "start", "due", "margin")
        connector.provision([Provision(board=key, field=f"retro_{own}", name=f"retro · {own}") for own in kinds])
        values: tuple[Day | str | float, ...] = (
            date(2027, 1, 29),
            "OWN101 ✂ " * 400,
            date(2027, 1, 4),
            date(2027, 1, 8),
            2.5,
        )
        own = tuple((f"retro_{name}", value) for name, value in zip(kinds, values, strict=True))
        team: tuple[tuple[str, Day | str | float | None], ...] = (("due", date(2027, 2, 2)), ("start", None))
        for fields in ((*own, *team), tuple((name, None) for name, _ in own), (("due", None),)):
            for task in (page.id, hours.id):
                connector.push(Write(task=f"notion:{task}", board=key, revision="", fields=fields))
        connector.read(key, [f"notion:{page.id}"])
        known = connector.pull(database.url).snapshot.tasks
        made = Task(
            key="",
            board=key,
            title="Lancement",
            owners=next(task.owners for task in known if task.owners),
            start=date(2027, 3, 1),
            due=date(2027, 3, 2),
            memberships=(Membership(key, "À faire"),),
            description="Rôle : pilote",
            references=(Reference(known[0].handles[0]),),
            estimates=(Estimate(EstimateOrigin.NUMBER, 2.0, "days"),),
            milestone=True,
        )
        connector.create(key, [made])
        connector.retract(key, [name for name, _ in own])
        connector.close()
        asked = list(sandbox.log)
    faults = {f"{one.method} {one.path}": _faults(check, one.method, one.path, one.body) for one in asked}
    assert len(asked) > 12
    assert not any(one.leaked for one in asked)
    assert {request: found for request, found in faults.items() if found} == {}
