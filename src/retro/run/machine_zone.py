"""The time zone of this machine by its name, as far as the system tells it, and the country that it lies in."""

import os
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LINK = Path("/etc/localtime")
_NAMED = Path("/etc/timezone")
_FOLDER = "zoneinfo/"


def machine_zone(environ: Mapping[str, str] | None = None, *, link: Path = _LINK, named: Path = _NAMED) -> str | None:
    """The IANA name of the machine's zone: by TZ, by what /etc/localtime is, by /etc/timezone; None: it does not tell.

    Windows has names of its own for zones, which nothing here translates.
    """
    variables = os.environ if environ is None else environ
    candidates = [variables.get("TZ", "").lstrip(":")]
    with suppress(OSError):
        candidates.append(str(link.readlink()).rpartition(_FOLDER)[2])
    with suppress(OSError, UnicodeDecodeError):
        candidates.append(named.read_text(encoding="utf-8").strip())
    return next((name for name in candidates if name and _exists(name)), None)


def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def country_of(zone: str) -> str | None:
    """The ISO code of the country that a zone is named for; None where it is not one country's (UTC, old names)."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == zone), None)
