"""What a scheduled run is given of a terminal's variables, and what it is told to lack."""

from retro.config.load import parse
from retro.run.scheduler.surroundings import carried, missing, secrets_of

_SETTINGS = """
version = 1
[sources.a]
kind = "trello"
key = { env = "TRELLO_KEY" }
token = { command = ["pass", "show", "x"] }
[sources.b]
kind = "notion"
token = { keyring = "retro/notion" }
[sync]
health_url = { env = "HEALTH" }
"""
_TERMINAL = {
    "TRELLO_KEY": "SECRET",
    "HEALTH": "https://secret.example",
    "PATH": "/opt/homebrew/bin:/usr/bin",
    "https_proxy": "http://proxy.example:3128",
    "HTTP_PROXY": "http://lea:SECRET@proxy.example",
    "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus",
    "EDITOR": "vi",
}


def test_no_secret_is_carried() -> None:
    """The way to the network, to programs and to the keyring goes with it; nothing secret does."""
    secrets = secrets_of(parse(_SETTINGS, "here"))
    assert carried(secrets, _TERMINAL, scheduler="cron", system="linux") == {
        "PATH": "/opt/homebrew/bin:/usr/bin",
        "https_proxy": "http://proxy.example:3128",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/user/1000/bus",
    }
    assert "DBUS_SESSION_BUS_ADDRESS" not in carried(secrets, _TERMINAL, scheduler="systemd", system="linux")
    assert carried(secrets, _TERMINAL, scheduler="schtasks", system="win32") == {}


def test_a_secret_named_as_a_proxy() -> None:
    """A variable that a secret is kept in is carried under no name."""
    settings = parse(_SETTINGS.replace('"HEALTH"', '"https_proxy"'), "here")
    assert "https_proxy" not in carried(secrets_of(settings), _TERMINAL, scheduler="cron", system="linux")


def test_what_is_missing_is_told() -> None:
    """Each secret that is kept in a variable, and each proxy with a password, has its sentence without its value."""
    told = list(missing(secrets_of(parse(_SETTINGS, "here")), _TERMINAL, system="linux"))
    assert [sentence.split(":")[0] for sentence in told] == ["[sources.a] key", "[sync] health_url", "HTTP_PROXY"]
    assert "TRELLO_KEY" in told[0]
    assert "SECRET" not in "".join(told)
