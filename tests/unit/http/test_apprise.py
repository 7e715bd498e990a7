"""Channels of other kinds: what apprise is asked, and what is said where it is not there or fails."""

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from retro.http.apprise import OtherChannels
from retro.http.redact import redact
from retro.i18n import use
from retro.ports import ConfigurationError, WriteUncertainError

ADDRESS = "mailto://lea:motdepasse@mail.example"


class Apprise:
    """What apprise does as far as it is asked: knows mail, and takes what it is told to."""

    takes = True
    posted: list[dict[str, str]]

    def __init__(self) -> None:
        Apprise.posted = []

    def add(self, address: str) -> bool:
        """Whether it knows the kind of an address."""
        return address.startswith("mailto://")

    def notify(self, **message: str) -> bool:
        """Whether every channel took the message."""
        Apprise.posted.append(message)
        return Apprise.takes


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use("en")
    yield
    use("fr")


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library is there."""
    library = ModuleType("apprise")
    library.Apprise = Apprise  # type: ignore[attr-defined]  # a module made for the test
    monkeypatch.setitem(sys.modules, "apprise", library)
    monkeypatch.setattr(Apprise, "takes", True)


@pytest.mark.usefixtures("installed")
def test_a_message_is_text() -> None:
    """Title and lines go as text, which apprise escapes; blank lines and comments are no addresses, secrets masked."""
    OtherChannels(f"# équipe\n\n{ADDRESS}\n", where="[notify] others").post("Point", "<b>Salon</b>")
    assert Apprise.posted == [{"title": "Point", "body": "<b>Salon</b>", "body_format": "text"}]
    assert redact(f"to {ADDRESS}, motdepasse") == "to •••, •••"


@pytest.mark.usefixtures("installed")
def test_tokens_are_masked_wherever_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one in the place of a host; a scheme alone is none, and what no parser takes is masked whole."""
    monkeypatch.setattr(Apprise, "add", lambda _self, _address: True)
    OtherChannels("tgram://987654321:bottokenbottoken/42\ndiscord://\nmailto://lea:a[b@x", where="[notify] others")
    assert (
        redact("https://api.telegram.example/bot987654321:bottokenbottoken/") == "https://api.telegram.example/bot•••/"
    )
    assert redact("discord:// mailto://lea:a[b@x") == "discord:// •••"


@pytest.mark.usefixtures("installed")
def test_a_channel_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others may have the message: nothing is sent again."""
    monkeypatch.setattr(Apprise, "takes", False)
    with pytest.raises(WriteUncertainError, match="the others have it"):
        OtherChannels(ADDRESS, where="[notify] others").post("Point", "x")
    assert len(Apprise.posted) == 1


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("addresses", "said"), [(f"{ADDRESS}\nnope", "number 2"), ("# none", "no address")])
def test_addresses_that_are_none_are_refused(addresses: str, said: str) -> None:
    """Which one it is, is told by its number alone."""
    with pytest.raises(ConfigurationError, match=said) as caught:
        OtherChannels(addresses, where="[notify] others")
    assert "nope" not in str(caught.value)


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install is told before anything is read."""
    monkeypatch.setitem(sys.modules, "apprise", None)
    with pytest.raises(ConfigurationError, match=r"retroplan\[notify\]"):
        OtherChannels(ADDRESS, where="[notify] others")
