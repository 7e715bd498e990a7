"""What Trello answers when it refuses, and what people are told."""

import pytest
import responses

from retro.http.pacer import Pacers
from retro.ports import ReadOnlyError, RetroError, SourceError, WriteUncertainError
from retro.testing.clock import SteppingClock
from retro_trello.account import account
from retro_trello.client import Client
from retro_trello.errors import TooLargeError, refused
from retro_trello.settings import SourceSettings

KEY, TOKEN = "k" * 32, "ATTA" + "t" * 60


def client() -> Client:
    """A client of the address that py-trello has built in."""
    clock = SteppingClock()
    return account(SourceSettings(id="equipe", key=KEY, token=TOKEN), clock=clock, pacers=Pacers(clock))


@pytest.mark.parametrize(
    ("status", "answer", "writing", "kind"),
    [
        (401, "invalid token", False, SourceError),
        (401, "invalid token", True, SourceError),
        (401, "invalid key", True, SourceError),
        (401, "unauthorized permission requested", False, SourceError),
        (401, "unauthorized card permission requested", True, ReadOnlyError),
        (403, "Too many checklists", False, TooLargeError),
        (403, "Custom Fields are not enabled on this board.", True, SourceError),
        (404, "The requested resource was not found.", False, SourceError),
        (429, "", False, SourceError),
        (403, "unauthorized", False, SourceError),
        (403, "Too many checklists", True, SourceError),
        (429, '{"error":"API_TOO_MANY_CARDS_REQUESTED","message":"…"}', False, TooLargeError),
        (449, "", False, TooLargeError),
        (504, "", False, TooLargeError),
        (504, "", True, WriteUncertainError),
        (500, "", True, WriteUncertainError),
        (400, "invalid value for due", True, SourceError),
    ],
)
def test_every_refusal_has_words_and_a_place(
    status: int, answer: str, kind: type[RetroError], *, writing: bool
) -> None:
    """Reads become SourceErrors, writes that were refused ReadOnlyErrors, writes that may have happened uncertain."""
    error = refused(status, answer, "sources.equipe", writing=writing)
    assert type(error) is kind
    assert error.what
    assert error.where == "sources.equipe"
    assert error.exit_code == (2 if kind is ReadOnlyError else 3)


def test_an_answer_is_quoted_short_and_clean() -> None:
    """Of an unknown refusal the beginning is shown, on one line, without control characters."""
    error = refused(418, f"tea\x1b[31m\npot {'x' * 500}", "s", writing=False)
    assert "tea [31m pot" in error.what
    assert len(error.what) < 250


@responses.activate
def test_the_credentials_stand_in_the_header_only() -> None:
    """The Authorization header holds key and token; the address holds neither."""
    responses.get("https://api.trello.com/1/members/me/boards", json=[])
    assert client().my_boards() == []
    (call,) = responses.calls
    assert call.request.headers["Authorization"] == f'OAuth oauth_consumer_key="{KEY}", oauth_token="{TOKEN}"'
    assert TOKEN not in str(call.request.url)


@responses.activate
@pytest.mark.parametrize("body", ["<html>Connexion au portail</html>", "", "[1]", '"x"'])
def test_a_page_in_between_is_told(body: str) -> None:
    """An answer that is no JSON document comes from something else than Trello."""
    responses.get("https://api.trello.com/1/boards/AbCd1234", body=body)
    with pytest.raises(SourceError) as caught:
        client().board("AbCd1234")
    assert caught.value.status is None
    assert caught.value.__context__ is None


@responses.activate
def test_a_page_in_answer_to_a_write_is_uncertain() -> None:
    """Whether a write reached Trello cannot be told from a page of something else."""
    responses.put("https://api.trello.com/1/cards/5f", body="<html>")
    with pytest.raises(WriteUncertainError):
        client().update_card("5f", {"due": None})


@responses.activate
def test_a_redirect_is_no_answer() -> None:
    """A redirect is refused with its status, and nobody else gets the token."""
    responses.get("https://api.trello.com/1/boards/AbCd1234", status=302, headers={"Location": "https://evil.example"})
    other = responses.get("https://evil.example", json={})
    with pytest.raises(SourceError) as caught:
        client().board("AbCd1234")
    assert caught.value.status == 302
    assert other.call_count == 0


@pytest.mark.parametrize(
    ("status", "answer", "whole"),
    [
        (401, "invalid token", True),
        (401, "expired token", True),
        (401, "invalid key", True),
        (429, "Rate limit exceeded", True),
        (401, "unauthorized permission requested", False),
        (403, "Too many checklists", False),
        (404, "not found", False),
        (503, "", False),
    ],
)
def test_what_ends_the_whole_source(status: int, answer: str, *, whole: bool) -> None:
    """A key or token that nobody knows, or a limit that outlasts every wait, is every board's; the rest is not."""
    error = refused(status, answer, "sources.equipe", writing=False)
    assert isinstance(error, SourceError)
    assert error.whole is whole


@responses.activate
def test_too_many_cards_is_no_rate_limit() -> None:
    """A 429 that says that the answer would be too large is not waited for: it is told at once, as what it is."""
    body = {"error": "API_TOO_MANY_CARDS_REQUESTED", "message": "…"}
    found = responses.get("https://api.trello.com/1/boards/AbCd1234", status=429, json=body)
    with pytest.raises(TooLargeError) as caught:
        client().board("AbCd1234")
    assert (caught.value.status, found.call_count) == (429, 1)
