"""The httpx client: what is sent again, what is not, and what nobody gets to see."""

from typing import Any

import httpx
import pytest

from retro.http.client import Effect, NotJsonError, PacedClient
from retro.http.pacer import Pacer
from retro.http.watch import Watch
from retro.ports import ConfigurationError, SourceError, WriteUncertainError
from retro.testing.clock import SteppingClock

Answer = httpx.Response | Exception


def client(*answers: Answer, effect: Effect = Effect.READS, deadline: float | None = None) -> PacedClient:
    """A client that gets these answers, the last one for ever."""
    left = list(answers)

    def answer(_request: httpx.Request) -> httpx.Response:
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return found

    clock = SteppingClock()
    return PacedClient(
        service="Notion",
        base_url="https://api.example",
        effect=lambda _method, _path: effect,
        pacers=(Pacer(Watch(clock), (5, 2000)),),
        watch=Watch(clock, deadline),
        where="sources.base",
        transport=httpx.MockTransport(answer),
    )


def json() -> httpx.Response:
    """A success."""
    return httpx.Response(200, json={"object": "page"})


HTML = "<html>login</html>"


@pytest.mark.parametrize(
    "first",
    [
        httpx.Response(429, headers={"Retry-After": "90"}),
        httpx.Response(529),
        httpx.Response(502, text=HTML),
        httpx.Response(504),
        httpx.Response(200, text=HTML),
        httpx.ConnectError("refused"),
        httpx.RemoteProtocolError("gone"),
        httpx.ReadTimeout("slow"),
    ],
)
@pytest.mark.parametrize("effect", [Effect.READS, Effect.REPEATABLE])
def test_what_changes_nothing_more_is_sent_again(first: Answer, effect: Effect) -> None:
    """Refusals for now, breakdowns, pages instead of JSON, time-outs and dropped connections are asked again."""
    http = client(first, json(), effect=effect)
    assert http.post("https://api.example/v1/query").json() == {"object": "page"}
    assert http.calls == 2


@pytest.mark.parametrize(
    ("first", "kind"),
    [(httpx.ReadTimeout("slow"), WriteUncertainError), (httpx.Response(200, text=HTML), NotJsonError)],
)
def test_a_creation_is_sent_once(first: Answer, kind: type[Exception]) -> None:
    """What might be made twice is not sent twice, unless the service says that it did nothing."""
    http = client(first, json(), effect=Effect.ONCE)
    with pytest.raises(kind):
        http.post("https://api.example/v1/pages")
    assert http.calls == 1
    refused = client(httpx.Response(429, headers={"Retry-After": "1"}), json(), effect=Effect.ONCE)
    assert refused.post("https://api.example/v1/pages").is_success


def test_a_breakdown_of_a_creation_is_given_back() -> None:
    """A 500 to a creation is the caller's to judge."""
    http = client(httpx.Response(500), json(), effect=Effect.ONCE)
    assert http.post("https://api.example/v1/pages").status_code == 500


def test_a_read_that_never_comes_is_a_source_error() -> None:
    """After all attempts: words, a place, and no request within reach."""
    http = client(httpx.ConnectError("refused"))
    with pytest.raises(SourceError) as raised:
        http.get("https://api.example/v1/pages/1")
    assert not isinstance(raised.value, WriteUncertainError)
    assert raised.value.where == "sources.base"
    assert raised.value.__cause__ is raised.value.__context__ is None
    assert http.calls == 5


def test_retry_after_is_honoured_whole_within_the_deadline() -> None:
    """A wait of more than a minute is waited; one beyond the deadline is not begun."""
    assert (
        client(httpx.Response(429, headers={"Retry-After": "300"}), json()).get("https://api.example/v1/x").is_success
    )
    with pytest.raises(SourceError):
        client(httpx.Response(429, headers={"Retry-After": "300"}), json(), deadline=200).get(
            "https://api.example/v1/x"
        )


def test_redirects_are_given_back() -> None:
    """A token follows nobody to another place."""
    http = client(httpx.Response(302, headers={"Location": "https://elsewhere.example"}))
    assert http.get("https://api.example/v1/x").status_code == 302
    assert http.calls == 1


@pytest.mark.parametrize("url", ["http://api.example", "ftp://api.example", "", "https://"])
def test_a_token_goes_to_https_or_this_machine_only(url: str) -> None:
    """Any other address is refused before anything is sent."""
    with pytest.raises(ConfigurationError):
        PacedClient(service="Notion", base_url=url, effect=lambda _m, _p: Effect.READS, watch=Watch(SteppingClock()))


@pytest.mark.parametrize(("base", "trusts"), [("https://api.example", True), ("http://127.0.0.1:8080", False)])
def test_proxies_are_for_other_machines(base: str, *, trusts: bool) -> None:
    """The environment's proxy is not asked on the way to this machine."""
    watch = Watch(SteppingClock())
    http = PacedClient(service="Notion", base_url=base, effect=lambda _m, _p: Effect.READS, watch=watch)
    assert http.trust_env is trusts
    http.close()


@pytest.mark.parametrize(("base", "checks"), [("HTTPS://api.example", True), ("http://127.0.0.1:8080", False)])
def test_certificates_are_checked_wherever_there_are_any(
    base: str, *, checks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every https address is checked against the world's certificates; only plain http does not read them."""
    asked: list[object] = []
    real = httpx.HTTPTransport.__init__

    def noted(transport: httpx.HTTPTransport, **named: Any) -> None:
        asked.append(named["verify"])
        real(transport, **named)

    monkeypatch.setattr(httpx.HTTPTransport, "__init__", noted)
    monkeypatch.setenv("NO_PROXY", "*")
    watch = Watch(SteppingClock())
    PacedClient(service="Notion", base_url=base, effect=lambda _m, _p: Effect.READS, watch=watch).close()
    assert asked == [checks]


@pytest.mark.parametrize(
    ("error", "whole"),
    [
        (httpx.ConnectError("refused"), True),
        (httpx.ConnectTimeout("nobody"), True),
        (httpx.ReadTimeout("slow"), False),
        (httpx.RemoteProtocolError("gone"), False),
    ],
)
def test_what_ends_a_source_and_what_ends_a_board(error: Exception, *, whole: bool) -> None:
    """No connection ends the source; a slow or broken answer may be one huge base's alone."""
    with pytest.raises(SourceError) as raised:
        client(error).get("https://api.example/v1/x")
    assert raised.value.whole is whole
