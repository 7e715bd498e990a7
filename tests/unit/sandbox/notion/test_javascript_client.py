"""Notion's official JavaScript client reads and writes the look-alike: a second reader, by other hands than ours.

It is installed from npm into an empty folder, so the test runs only where RETRO_JS is set, and node and npm are there.
"""

import json
import os
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from retro.sandbox.notion import DatabaseBuilder, Limits, NotionSandbox

SCRIPT = Path(__file__).with_name("official.mjs")
CLIENT = "@notionhq/client@5.26"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the official client in it."""
    if not os.environ.get("RETRO_JS"):
        pytest.skip("RETRO_JS is not set: the JavaScript client would be installed from npm")
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("node and npm are not here")
    folder = tmp_path_factory.mktemp("npm")
    command = [npm, "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), CLIENT]
    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)  # noqa: S603 - our own words
    if found.returncode:
        pytest.skip(f"npm could not install {CLIENT}: {found.stderr.strip()[-200:]}")
    return folder


def _told(client: Path, facts: dict[str, str]) -> dict[str, Any]:
    node = shutil.which("node") or "node"
    command = [node, str(SCRIPT), str(client), json.dumps(facts)]
    found = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)  # noqa: S603 - idem
    assert found.returncode == 0, found.stderr
    told: dict[str, Any] = json.loads(found.stdout)
    return told


def test_the_official_client_reads_and_writes_the_look_alike(client: Path) -> None:
    """Queries beyond the cap, long relations, views, columns, pages, comments and refusals: all as it expects them."""
    base = DatabaseBuilder("Campagne")
    base.person("Zoé Petit")
    before = [base.page(f"Brief {number}", created=base.at + timedelta(minutes=number)) for number in range(12)]
    long = base.page("Lancement", after=before, created=base.at + timedelta(hours=1))
    base.column("Échéance", "date")
    base.view("Chronologie", "timeline", date_property="Échéance", arrows_by="Bloqué par")
    faults = tuple(f"{kind}@GET/v1/pages/{before[0].id}$" for kind in ("409", "429+retry=90", "504", "502", "529"))
    with NotionSandbox(base.state, limits=Limits(rows_most=5, references_most=3), faults=faults) as sandbox:
        told = _told(
            client,
            {
                "url": sandbox.url,
                "token": sandbox.token,
                "source": base.source,
                "database": base.id,
                "page": before[0].id,
                "long": long.id,
            },
        )
    assert told == {
        "me": "bot",
        "users": ["Alix Morel", "Rétroplanning", "Rétroplanning (lecture)", "Zoé Petit"],
        "found": [base.source],
        "sources": [base.source],
        "columns": ["Bloque", "Bloqué par", "Nom", "Échéance"],
        "rows": 13,
        "full": True,
        "shown": 3,
        "more": True,
        "whole": 12,
        "arrows": told["related"],
        "related": told["related"],
        "made": 2,
        "written": "2027-01-08",
        "title": "Brief revu",
        "listed": 1,
        "edited": "Encore",
        "again": True,
        "left": 0,
        "wrong": "unauthorized",
        "absent": "object_not_found",
        "page": "validation_error",
        "unknown": "validation_error",
        "conflict": "conflict_error",
        "limited": "rate_limited",
        "slow": "gateway_timeout",
        "html": "UnknownHTTPResponseError",
        "busy": "service_overload",
    }
