"""The session of libraries built on requests: where it sends, how often, and what its errors tell."""

import re
import socket
import traceback
from datetime import UTC, datetime
from typing import Any

import pytest
import requests
import responses
from responses import matchers
from urllib3 import HTTPConnectionPool
from urllib3.exceptions import ReadTimeoutError

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


@responses.activate
@pytest.mark.parametrize(
    "torn",
    [
        {"body": '{"id": "x", "cards": [{"id"'},
        {"body": "<html>login</html>"},
        {"body": requests.exceptions.ChunkedEncodingError("half")},
        {"body": requests.exceptions.ContentDecodingError("odd")},
    ],
    ids=["cut", "page", "half", "coding"],
)
def test_an_answer_that_breaks_off_is_asked_for_again(torn: dict[str, Any]) -> None:
    """Half an answer to a read, however it is cut, is like none: the read is sent again."""
    responses.get(f"{API}/1", **torn)
    responses.get(f"{API}/1", json={"id": "x"})
    paced = session()
    assert paced.get(f"{API}/1").json() == {"id": "x"}
    assert paced.calls == 2


@responses.activate
def test_half_an_answer_to_a_write_is_uncertain() -> None:
    """A creation whose answer breaks off is sent once, and may have happened."""
    found = responses.post(f"{API}/1", body=requests.exceptions.ChunkedEncodingError("half"))
    with pytest.raises(WriteUncertainError) as caught:
        session().post(f"{API}/1")
    assert found.call_count == 1
    assert not caught.value.whole


@responses.activate
def test_a_body_without_json_is_given_back_in_the_end() -> None:
    """What stays no JSON is the caller's to judge; a refusal or an empty success needs none."""
    responses.get(f"{API}/page", body="<html>")
    responses.get(f"{API}/refused", status=404, body="gone")
    responses.delete(f"{API}/gone", status=204)
    paced = session()
    assert paced.get(f"{API}/page").text == "<html>"
    assert paced.calls == 5
    assert (paced.get(f"{API}/refused").status_code, paced.delete(f"{API}/gone").status_code) == (404, 204)
    assert paced.calls == 7


def test_nobody_there_is_the_whole_sources_failure() -> None:
    """Without a connection the error holds for everything else of the source; a connection that breaks off does not."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SourceError) as caught:
        session(f"http://127.0.0.1:{port}").get(f"{API}/1")
    assert caught.value.whole


@responses.activate
@pytest.mark.parametrize(
    ("error", "whole"),
    [
        (requests.ConnectTimeout("x"), True),
        (requests.exceptions.SSLError("x"), True),
        (requests.exceptions.ProxyError("x"), True),
        (requests.ReadTimeout("x"), False),
        (requests.ConnectionError(ReadTimeoutError(HTTPConnectionPool("x"), "/", "slow")), False),
        (requests.ConnectionError("reset"), False),
    ],
    ids=repr,
)
def test_what_ends_a_source_and_what_ends_a_board(error: Exception, *, whole: bool) -> None:
    """No connection ends the source; a slow or broken answer may be one huge board's alone."""
    responses.get(f"{API}/1", body=error)
    with pytest.raises(SourceError) as caught:
        session().get(f"{API}/1")
    assert caught.value.whole is whole


@responses.activate
def test_a_hopeless_refusal_is_told_at_once() -> None:
    """What the service's text shows never to change is not waited for."""
    responses.get(f"{API}/1", status=429, body="API_TOO_MANY")
    clock = SteppingClock()
    paced = PacedSession(
        service="Service", replaces=API, watch=Watch(clock), hopeless=lambda _status, text: "TOO_MANY" in text
    )
    assert paced.get(f"{API}/1").status_code == 429
    assert clock.slept == []


@responses.activate
def test_the_last_answers_date_is_kept() -> None:
    """When a service answered is known by its own clock; an answer without a date leaves it unknown."""
    responses.get(f"{API}/1/boards", json=[], headers={"Date": "Mon, 11 Jan 2027 05:30:00 GMT"})
    responses.get(f"{API}/1/cards", json=[])
    paced = session()
    paced.get(f"{API}/1/boards")
    assert paced.answered == datetime(2027, 1, 11, 5, 30, tzinfo=UTC)
    paced.get(f"{API}/1/cards")
    assert paced.answered is None
