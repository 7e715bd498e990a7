"""The machine's time zone by its name, and the country it lies in."""

from pathlib import Path

from retro.run.machine_zone import country_of, machine_zone, zone_of_windows


def test_the_environment_goes_first(tmp_path: Path) -> None:
    """TZ names the zone; one that does not exist is passed over."""
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Europe/Paris")
    assert machine_zone({"TZ": ":America/Toronto"}, link=link, named=tmp_path / "none") == "America/Toronto"
    assert machine_zone({"TZ": "Nowhere/Land"}, link=link, named=tmp_path / "none") == "Europe/Paris"


def test_a_file_may_name_it(tmp_path: Path) -> None:
    """/etc/timezone is read where /etc/localtime is no link."""
    named = tmp_path / "timezone"
    named.write_text("Europe/Brussels\n")
    assert machine_zone({}, link=tmp_path / "none", named=named) == "Europe/Brussels"


def test_a_machine_that_does_not_tell(tmp_path: Path) -> None:
    """Without any of these there is no name, and none is made up."""
    assert machine_zone({}, link=tmp_path / "none", named=tmp_path / "none") is None


def test_countries() -> None:
    """A zone lies in one country, or in none."""
    assert (country_of("Europe/Paris"), country_of("America/Toronto"), country_of("UTC")) == ("FR", "CA", None)


def test_zones_of_windows() -> None:
    """What its registry calls a zone has an IANA name, whatever language Windows speaks; another name has none."""
    assert zone_of_windows("Romance Standard Time") == "Europe/Paris"
    assert zone_of_windows("Eastern Standard Time") == "America/New_York"
    assert zone_of_windows("GMT Standard Time") == "Europe/London"
    assert (zone_of_windows(""), zone_of_windows("Heure de Paris")) == ("", "")
