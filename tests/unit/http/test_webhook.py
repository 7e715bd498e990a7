"""The webhook of a channel: a message is posted once, its address stays a secret, and each failure says what to do."""

import json
from collections.abc import Iterator

import httpx
import pytest

from retro.http.redact import redact
from retro.http.secret_address import SecretAddress
from retro.http.webhook import PATIENCE_SECONDS, Webhook
from retro.i18n import use
from retro.ports import ConfigurationError, SourceError, WriteUncertainError
from retro.testing.clock import SteppingClock

URL = "https://hooks.chat.example/services/T01234567/B01234567/s3cr3ts3cr3ts3cr3ts3cr3t"
Answer = httpx.Response | Exception


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use("en")
    yield
    use("fr")


def webhook(
    *answers: Answer, url: str = URL, clock: SteppingClock | None = None
) -> tuple[Webhook, list[httpx.Request]]:
    """A webhook that gives these answers, the last one for ever, and what it was sent."""
    left, sent = list(answers), list[httpx.Request]()

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        found = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(found, Exception):
            raise found
        return found

    transport = httpx.MockTransport(answer)
    address = SecretAddress(url, clock or SteppingClock(), where="[notify] slack", transport=transport)
    return Webhook(address), sent


@pytest.mark.parametrize("answer", [httpx.Response(200, text="ok"), httpx.Response(202)])
def test_a_message_is_posted_as_json(answer: httpx.Response) -> None:
    """Slack answers 200, a workflow of Teams 202."""
    hook, sent = webhook(answer)
    hook.post({"text": "Été « 1 »"})
    (request,) = sent
    assert (request.method, str(request.url)) == ("POST", URL)
    assert json.loads(request.content) == {"text": "Été « 1 »"}
    assert request.headers["content-type"] == "application/json; charset=utf-8"


def test_a_message_waits_for_its_turn() -> None:
    """Too many at once: nothing was done, and it is sent again after the wait that was asked for."""
    clock = SteppingClock()
    begun = clock.at
    hook, sent = webhook(httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(200, text="ok"), clock=clock)
    hook.post({})
    assert len(sent) == 2
    assert (clock.at - begun).total_seconds() >= 7


def test_a_channel_that_takes_nothing_for_long_is_an_error() -> None:
    """Nobody waits longer than the time that one message may take."""
    clock = SteppingClock()
    begun = clock.at
    hook, _sent = webhook(httpx.Response(429), clock=clock)
    with pytest.raises(SourceError):
        hook.post({})
    assert (clock.at - begun).total_seconds() <= PATIENCE_SECONDS


@pytest.mark.parametrize(
    "answer",
    [httpx.ReadTimeout("slow"), httpx.RemoteProtocolError("cut"), httpx.DecodingError("gzip"), httpx.Response(503)],
)
def test_an_uncertain_answer_is_not_tried_again(answer: Answer) -> None:
    """The message may stand in the channel: it is sent once, and a person is told to look."""
    hook, sent = webhook(answer)
    with pytest.raises(WriteUncertainError, match="may have been posted: look at the channel"):
        hook.post({})
    assert len(sent) == 1


def test_a_service_that_is_not_reached_posted_nothing() -> None:
    """Without a connection it is certain."""
    hook, sent = webhook(httpx.ConnectError("no"))
    with pytest.raises(SourceError, match="nothing was posted") as caught:
        hook.post({})
    assert not isinstance(caught.value, WriteUncertainError)
    assert caught.value.__cause__ is None
    assert len(sent) == 1


def test_what_is_no_address_is_refused_unseen() -> None:
    """Not even a parser of addresses makes anything of it: a sentence says so, without it."""
    with pytest.raises(ConfigurationError, match="https") as caught:
        webhook(httpx.Response(200), url="https://[s3cr3t")
    assert "s3cr3t" not in str(caught.value)


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_webhook_that_was_removed_is_named(status: int) -> None:
    """Slack: 403 invalid_token, 404 no_service, 410 channel_is_archived: another one is to be made."""
    hook, _sent = webhook(httpx.Response(status, text="no_service"))
    with pytest.raises(SourceError, match=rf"HTTP {status}.*nothing was posted.*Make another one"):
        hook.post({})


def test_a_refused_message_quotes_the_answer_without_its_secret() -> None:
    """What is wrong with it is in the answer, which may repeat the address."""
    hook, _sent = webhook(httpx.Response(400, text=f"invalid_blocks\n at {URL} " + "x" * 500))
    with pytest.raises(SourceError, match="invalid_blocks at •••") as caught:
        hook.post({})
    assert len(str(caught.value)) < 400


def test_a_success_that_is_none_is_told() -> None:
    """A connector of Teams says with 200 that nothing was delivered."""
    said = "Webhook message delivery failed with error: Microsoft Teams endpoint returned HTTP error 413"
    hook, _sent = webhook(httpx.Response(200, text=said))
    with pytest.raises(SourceError, match="returned HTTP error 413"):
        hook.post({})


def test_a_redirection_is_not_followed() -> None:
    """The message goes to the address that was given, and nowhere else."""
    hook, sent = webhook(httpx.Response(302, headers={"Location": "https://elsewhere.example/"}))
    with pytest.raises(SourceError):
        hook.post({})
    assert len(sent) == 1


@pytest.mark.parametrize(
    "answer",
    [
        httpx.ConnectError(URL),
        httpx.ReadTimeout(URL),
        httpx.DecodingError(URL),
        httpx.Response(404, text=URL),
        httpx.Response(400, text=URL),
        httpx.Response(500, text=URL),
    ],
)
def test_the_address_is_in_no_error(answer: Answer) -> None:
    """Whoever knows the address can write in the channel."""
    hook, _sent = webhook(answer)
    with pytest.raises(SourceError) as caught:
        hook.post({})
    assert "s3cr3t" not in str(caught.value)
    assert "[notify] slack" in str(caught.value)
    assert redact(f"POST {URL}") == "POST •••"


@pytest.mark.parametrize("url", ["http://hooks.example/services/0123456789ab", "hooks.example", "ftp://x/y", ""])
def test_an_address_in_the_clear_is_refused(url: str) -> None:
    """Only https and this machine are called, and the refusal does not show the address."""
    with pytest.raises(ConfigurationError) as caught:
        SecretAddress(url, SteppingClock(), where="[notify] slack")
    assert "0123456789ab" not in str(caught.value)
