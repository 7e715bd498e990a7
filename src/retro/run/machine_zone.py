"""The time zone of this machine by its name, as far as the system tells it, and the country that it lies in."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_LINK = Path("/etc/localtime")
_NAMED = Path("/etc/timezone")
_FOLDER = "zoneinfo/"


def machine_zone(environ: Mapping[str, str] | None = None, *, link: Path = _LINK, named: Path = _NAMED) -> str | None:
    """The IANA name of the machine's zone; None: it does not tell.

    By TZ, by what /etc/localtime is, by /etc/timezone; on Windows by the name of its own that the registry has.
    """
    variables = os.environ if environ is None else environ
    candidates = [variables.get("TZ", "").lstrip(":")]
    with suppress(OSError):
        candidates.append(str(link.readlink()).rpartition(_FOLDER)[2])
    with suppress(OSError, UnicodeDecodeError):
        candidates.append(named.read_text(encoding="utf-8").strip())
    with suppress(OSError):
        candidates.append(zone_of_windows(_in_registry()))
    return next((name for name in candidates if name and _exists(name)), None)


def zone_of_windows(name: str) -> str:
    """The IANA name of the zone that Windows calls so ("Romance Standard Time" is Europe/Paris); "" for any other."""
    from babel.core import get_global  # noqa: PLC0415 - slow to load, and two commands need it

    return str(get_global("windows_zone_mapping").get(name, ""))


def _in_registry() -> str:
    """What Windows calls the machine's zone; "" elsewhere. Raises OSError."""
    if sys.platform != "win32":
        return ""
    import winreg  # noqa: PLC0415 - Windows has it alone

    place = r"SYSTEM\CurrentControlSet\Control\TimeZoneInformation"
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
        return str(winreg.QueryValueEx(key, "TimeZoneKeyName")[0]).partition("\0")[0]


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
