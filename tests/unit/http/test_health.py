"""The health check: what is called, how often, and that its address stays a secret."""

import logging

import httpx
import pytest

from retro.http.health import PATIENCE_SECONDS, HealthCheck, Signal
from retro.http.redact import redact
from retro.http.secret_address import SecretAddress
from retro.ports import ConfigurationError, SourceError
from retro.testing.clock import SteppingClock

URL = "https://hc.example/ping/0b8f6c1e-7a55-4c38-9f0e-2f1de51c0a11"
Answer = httpx.Response | Exception


def check(*answers: Answer, url: str = URL, clock: SteppingClock | None = None) -> tuple[HealthCheck, list[str]]:
    """A check that gets these answers, the last one for ever, and the calls that it makes."""
    left, called = list(answers), list[str]()

    def answer(request: httpx.Request) -> httpx.Response:
        called.append(f"{request.method} {request.url} {request.content.decode()}")
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return found

    where = "[sync] health_url"
    transport = httpx.MockTransport(answer)
    return HealthCheck(SecretAddress(url, clock or SteppingClock(), where=where, transport=transport)), called


@pytest.mark.parametrize(("signal", "behind"), [(Signal.SUCCESS, ""), (Signal.START, "/start"), (Signal.FAIL, "/fail")])
def test_each_signal_has_its_address(signal: Signal, behind: str) -> None:
    """Success is the address itself; start and failure are told behind it, before what stands after a `?`."""
    health, called = check(httpx.Response(200, text="OK"))
    health.send(signal, "exit 0, 3 writes")
    assert called == [f"POST {URL}{behind} exit 0, 3 writes"]
    health, called = check(httpx.Response(200, text="OK"), url=f"{URL}/?create=1")
    health.send(signal)
    assert called == [f"POST {URL}{behind}?create=1 "]


@pytest.mark.parametrize("first", [httpx.Response(503), httpx.Response(429), httpx.ReadTimeout("slow")])
def test_a_passing_failure_is_tried_again(first: Answer) -> None:
    """The one policy of retries holds here too."""
    clock = SteppingClock()
    health, called = check(first, httpx.Response(200), clock=clock)
    health.send(Signal.SUCCESS)
    assert len(called) == 2


@pytest.mark.parametrize(
    "answer", [httpx.ConnectError("no"), httpx.ReadTimeout("slow"), httpx.Response(503), httpx.Response(404)]
)
def test_a_check_that_is_not_there_is_an_error_soon(answer: Answer) -> None:
    """Whatever is in the way ends within the time that a bystander may take, in words without the address."""
    clock = SteppingClock()
    begun = clock.at
    health, _called = check(answer, clock=clock)
    with pytest.raises(SourceError) as caught:
        health.send(Signal.FAIL)
    assert (clock.at - begun).total_seconds() <= PATIENCE_SECONDS
    assert caught.value.__cause__ is None
    assert "hc.example" not in str(caught.value)
    assert "[sync] health_url" in str(caught.value)


@pytest.mark.parametrize("url", ["http://hc.example/ping/0123456789ab", "hc.example", "ftp://x/y", "", "https://"])
def test_an_address_in_the_clear_is_refused(url: str) -> None:
    """Only https and this machine are called, and the refusal does not show the address."""
    with pytest.raises(ConfigurationError) as caught:
        check(httpx.Response(200), url=url)
    assert "0123456789ab" not in str(caught.value)
    SecretAddress("http://127.0.0.1:8000/ping/0123456789ab", SteppingClock())


def test_a_scheme_alone_is_no_secret() -> None:
    """An address of which nothing was pasted but its beginning leaves the other addresses readable."""
    with pytest.raises(ConfigurationError):
        check(httpx.Response(200), url="https://")
    assert redact("https://trello.com/b/AbCd1234") == "https://trello.com/b/AbCd1234"


@pytest.mark.parametrize("form", [URL, f"{URL}/fail", "/ping/0b8f6c1e-7a55-4c38-9f0e-2f1de51c0a11/start"])
def test_the_address_is_masked_everywhere(form: str, caplog: pytest.LogCaptureFixture) -> None:
    """Once a check is made, neither the address nor what makes it secret is in any log record."""
    health, _called = check(httpx.Response(200))
    with caplog.at_level(logging.DEBUG):
        health.send(Signal.SUCCESS)
        logging.getLogger("anybody").warning("asking %s", form)
    said = "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "anybody" in said
    assert "0b8f6c1e" not in said
    assert "0b8f6c1e" not in redact(form)


def test_words_of_an_address_are_not_masked() -> None:
    """A short part of the address is a word like any other, not a secret to be masked in every sentence."""
    SecretAddress("https://kuma.example/api/ok", SteppingClock())
    assert redact("api ok") == "api ok"
