"""The card for Teams against the published schema of Adaptive Cards 1.5.

RETRO_ORACLES names the folder of recorded contracts that stands beside a checkout.
"""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it ships no types
import pytest
from tests import marketing_team
from tests.titles_to_escape import TITLES

from retro.i18n import use
from retro.report.chat import teams
from retro.report.chat.message import message
from retro.report.meeting import Since, notes

pytestmark = pytest.mark.oracle


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    """The schema. It takes an element for anything unless every property beside those it names is refused."""
    file = Path(os.environ.get("RETRO_ORACLES", "")) / "other-tools" / "adaptive-card-1.5.0.json"
    if not os.environ.get("RETRO_ORACLES") or not file.exists():
        pytest.skip("RETRO_ORACLES names no folder with the schema")
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("title", ["Plaquette", *TITLES])
def test_the_card_is_valid(schema: dict[str, Any], lang: str, title: str) -> None:
    """Whatever things are called, the card is one of version 1.5, and a card with a stray property is not."""
    use(lang)
    team = marketing_team.team()
    tasks = tuple(replace(task, title=title) for task in team.portfolio.tasks)
    projects = tuple(replace(project, name=title) for project in team.portfolio.projects)
    team = replace(team, portfolio=replace(team.portfolio, tasks=tasks, projects=projects))
    (attachment,) = teams.payload(message(notes(team, Since())))["attachments"]
    card = dict(attachment["content"])
    card.pop("msteams")  # Teams' own addition to the schema, which only says how wide a card is
    validator = jsonschema.Draft6Validator(schema)
    assert [error.message for error in validator.iter_errors(card)] == []
    broken = {**card, "body": [{**card["body"][0], "inlines": [{"type": "TextRun"}]}]}
    assert not validator.is_valid(broken)
