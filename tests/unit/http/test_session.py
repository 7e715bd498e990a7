"""The session of libraries built on requests: where it sends, how often, and what its errors tell."""

import re
import traceback

import pytest
import requests
import responses
from responses import matchers

from retro.http.address import check_base_url
from retro.http.session import PacedSession
from retro.http.watch import Watch
from retro.ports import ConfigurationError, SourceError, WriteUncertainError
from retro.testing.clock import SteppingClock

API = "https://api.service.example"
SECRET = "the-token"  # noqa: S105 - made up


def session(base_url: str = "", clock: SteppingClock | None = None) -> PacedSession:
    """A session of a made-up service."""
    return PacedSession(service="Service", replaces=API, base_url=base_url, watch=Watch(clock or SteppingClock()))


@responses.activate
def test_the_base_url_stands_in_for_the_built_in_one() -> None:
    """A call to the address that a library has built in goes to the configured one."""
    found = responses.get("http://127.0.0.1:8077/1/boards", json=[])
    assert session("http://127.0.0.1:8077/").get(f"{API}/1/boards").json() == []
    assert found.call_count == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://api.service.example",
        "http://127.0.0.1.evil.example",
        "http://localhost@evil.example",
        "ftp://127.0.0.1",
        "http://",
        "https://",
        "api.service.example",
        "http://[::1",
    ],
)
def test_a_token_goes_to_https_or_loopback_only(url: str) -> None:
    """Any other base URL is a configuration error, before anything is sent."""
    with pytest.raises(ConfigurationError):
        check_base_url(url)


@pytest.mark.parametrize("url", ["https://api.example", "http://127.0.0.1:9", "http://[::1]:9", "http://localhost:9/"])
def test_https_and_loopback_are_taken(url: str) -> None:
    """Https anywhere and http on this machine are taken, without a last slash."""
    assert check_base_url(url) == url.rstrip("/")


def test_other_hosts_are_refused() -> None:
    """An address outside of the service is not called at all."""
    with pytest.raises(ConfigurationError):
        session().get("https://elsewhere.example/1")


@responses.activate
def test_redirects_are_not_followed() -> None:
    """A redirect is an answer: the token goes nowhere else."""
    responses.get(f"{API}/1", status=302, headers={"Location": "https://evil.example/"})
    other = responses.get("https://evil.example/", json={})
    assert session().get(f"{API}/1", headers={"Authorization": "secret"}).status_code == 302
    assert other.call_count == 0


@responses.activate
def test_calls_are_counted_with_their_retries_and_timed() -> None:
    """Every request that went out counts, and none goes without a time-out."""
    match = [matchers.request_kwargs_matcher({"timeout": (10.0, 60.0)})]
    responses.get(f"{API}/1", status=503, match=match)
    responses.get(f"{API}/1", json={}, match=match)
    paced = session()
    paced.get(f"{API}/1")
    assert paced.calls == 2


@responses.activate
@pytest.mark.parametrize("error", [requests.ConnectionError("x"), requests.ReadTimeout("x")])
def test_a_dead_network_is_a_source_error(error: Exception) -> None:
    """After a few tries the source is unreachable, and neither error nor traceback holds the request's token."""
    responses.get(f"{API}/1", body=error)
    with pytest.raises(SourceError) as caught:
        session().get(f"{API}/1", headers={"Authorization": SECRET})
    assert not isinstance(caught.value, WriteUncertainError)
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert not re.search(SECRET, "".join(traceback.format_exception(caught.value)))


@responses.activate
def test_a_write_without_an_answer_is_uncertain() -> None:
    """A creation whose connection drops is sent once, and may have happened."""
    found = responses.post(f"{API}/1", body=requests.ConnectionError("x"))
    with pytest.raises(WriteUncertainError):
        session().post(f"{API}/1")
    assert found.call_count == 1
