"""Public holidays of a country by year, with what firms make of them: bridging days and the solidarity day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_TUESDAY, _THURSDAY = 1, 3


def public_holidays(country: str, subdivision: str, years: Iterable[int]) -> frozenset[date]:
    """Public holidays by ISO codes ("FR", "6AE"); without a country there are none.

    Raises:
        ValueError: the country or its subdivision is not known.
    """
    return frozenset().union(*(_of_year(country, subdivision, year) for year in years))


def subdivisions_of(country: str) -> tuple[str, ...]:
    """The codes of a country's parts that have holidays of their own, with their names; none for an unknown country."""
    import holidays  # noqa: PLC0415 - 60 ms, and `retro --help` needs none

    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return ()
    names: dict[str, str] = {}
    for name, code in known.subdivisions_aliases.items():
        names[code] = max(names.get(code, ""), name, key=len)
    return tuple(f"{code} ({names[code]})" if code in names else code for code in known.subdivisions)


@lru_cache(maxsize=4096)
def _of_year(country: str, subdivision: str, year: int) -> frozenset[date]:
    if not country:
        return frozenset()
    import holidays  # noqa: PLC0415 - 60 ms, and `retro --help` needs none

    try:
        return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=year))
    except NotImplementedError as error:
        place = f"{country}-{subdivision}" if subdivision else country
        parts = subdivisions_of(country) if subdivision else ()
        known = f" Known parts of {country}: {', '.join(parts)}." if parts else ""
        raise ValueError(f"No public holidays are known for “{place}”.{known}") from error


@lru_cache(maxsize=4096)
def _names_of_year(country: str, subdivision: str, year: int, lang: str) -> Mapping[date, str]:
    if not country:
        return {}
    import holidays  # noqa: PLC0415 - 60 ms, and `retro --help` needs none

    known = holidays.country_holidays(country, subdiv=subdivision or None)
    spoken = [each for each in known.supported_languages if each.split("_")[0] == lang]
    # A country whose holidays have no names in that language says them in its own.
    found = holidays.country_holidays(
        country, subdiv=subdivision or None, years=year, language=spoken[0] if spoken else known.default_language
    )
    return {day: name.replace("'", "’") for day, name in found.items()}


@dataclass(frozen=True)
class HolidaySource:
    """Holidays of any year, asked year by year, since boards may be in any year.

    `bridges_off`: a Monday before and a Friday after a holiday are off too. `whit_monday_worked` is the French
    "journée de solidarité" (law 2004-626) and concerns France only.
    """

    country: str = ""
    subdivision: str = ""
    bridges_off: bool = False
    whit_monday_worked: bool = False

    def __call__(self, year: int) -> frozenset[date]:
        """Days off of one year. Raises `ValueError` for an unknown country or subdivision."""
        if not self.bridges_off:
            return self._plain(year)
        # A bridge may lie in the year beside that of its holiday: 1 January on a Tuesday.
        near = [*self._plain(year - 1), *self._plain(year), *self._plain(year + 1)]
        bridges = {bridge for holiday in near if (bridge := _bridge(holiday)) is not None and bridge.year == year}
        return self._plain(year) | bridges

    def name(self, day: date, lang: str) -> str:
        """What a holiday is called, in a language ("fr", "en") where its country knows it, else in the country's own.

        "" for any other day: a bridge is no holiday, nor is a Whit Monday that is worked.
        """
        if day not in self._plain(day.year):
            return ""
        return _names_of_year(self.country, self.subdivision, day.year, lang).get(day, "")

    def _plain(self, year: int) -> frozenset[date]:
        days = _of_year(self.country, self.subdivision, year)
        if self.whit_monday_worked and self.country == "FR":
            days -= _whit_monday(year)
        return days


def _bridge(holiday: date) -> date | None:
    if holiday.weekday() == _TUESDAY:
        return holiday - timedelta(days=1)
    if holiday.weekday() == _THURSDAY:
        return holiday + timedelta(days=1)
    return None


@lru_cache(maxsize=512)
def _whit_monday(year: int) -> frozenset[date]:
    import holidays  # noqa: PLC0415 - 60 ms, and `retro --help` needs none

    return frozenset(holidays.country_holidays("FR", years=year, language="fr").get_named("Lundi de Pentecôte"))
