"""What Notion answers when it refuses, and what people are told."""

import httpx
import pytest

from retro.http.pacer import Pacers
from retro.http.redact import MASK, redact
from retro.i18n import use
from retro.ports import ConfigurationError, ReadOnlyError, RetroError, SourceError, WriteUncertainError
from retro.testing.clock import SteppingClock
from retro_notion.account import account
from retro_notion.client import Client, effect
from retro_notion.errors import not_shared, refused
from retro_notion.settings import SourceSettings

TOKEN = "ntn_" + "t" * 46


def client(token: str = TOKEN, url: str = "https://api.notion.com") -> Client:
    """A client of an address."""
    clock = SteppingClock()
    return account(SourceSettings(id="base", token=token, base_url=url), clock=clock, pacers=Pacers(clock))


@pytest.mark.parametrize(
    ("status", "code", "writing", "kind"),
    [
        (401, "unauthorized", False, SourceError),
        (403, "restricted_resource", False, SourceError),
        (403, "restricted_resource", True, ReadOnlyError),
        (403, "", True, WriteUncertainError),
        (403, "", False, SourceError),
        (404, "object_not_found", False, SourceError),
        (404, "object_not_found", True, SourceError),
        (400, "validation_error", True, SourceError),
        (400, "validation_error", False, SourceError),
        (409, "conflict_error", True, SourceError),
        (429, "rate_limited", False, SourceError),
        (500, "internal_server_error", True, WriteUncertainError),
        (502, "", False, SourceError),
        (529, "", False, SourceError),
        (302, "", False, SourceError),
    ],
)
def test_every_refusal_has_words_and_a_place(status: int, code: str, kind: type[RetroError], *, writing: bool) -> None:
    """Reads become SourceErrors, writes that were refused ReadOnlyErrors, writes that may have happened uncertain."""
    error = refused(status, code, "message", "sources.base", writing=writing)
    assert type(error) is kind
    assert error.what
    assert error.where == "sources.base"


def test_a_missing_share_is_told_in_both_languages() -> None:
    """The click that mends it, in the language of whoever reads it."""
    assert "•••" in not_shared("x").remedy
    assert "Connections" in not_shared("x").remedy
    use("fr")
    assert "•••" in not_shared("x").remedy
    assert "Connexions" in not_shared("x").remedy
    assert "partagée" in not_shared("x").what


def test_a_page_is_no_database() -> None:
    """Notion's sentence for a page's address becomes what to do about it."""
    said = "Provided ID x is a page, not a database. Use the retrieve page API instead."
    assert isinstance(refused(400, "validation_error", said, "x", writing=False), ConfigurationError)


@pytest.mark.parametrize("token", ["", " ", "deux mots", "accentué-éé", "a\nb"])
def test_a_token_that_cannot_be_one_is_refused(token: str) -> None:
    """Before any request, and without showing it."""
    with pytest.raises(ConfigurationError) as raised:
        client(token)
    assert raised.value.where == "sources.base.token"


def test_a_token_goes_to_https_only() -> None:
    """Another address is refused, and the token is masked wherever it might be shown."""
    with pytest.raises(ConfigurationError):
        client(url="http://api.notion.com")
    assert redact(f"x {TOKEN} y") == f"x {MASK} y"


def test_the_version_and_the_token_stand_in_headers() -> None:
    """Every request names the API's version that this connector was written for."""
    made = client()
    headers = made._http.headers
    assert headers["Notion-Version"] == "2026-03-11"
    assert headers["Authorization"] == f"Bearer {TOKEN}"
    assert str(made._http.base_url) == "https://api.notion.com/v1/"
    assert TOKEN not in repr(SourceSettings(token=TOKEN))
    made.close()


def test_an_address_with_its_version_is_the_same() -> None:
    """`…/v1` as pasted from a documentation is taken off."""
    made = client(url="https://proxy.example/notion/v1/")
    assert made._http.base_url == httpx.URL("https://proxy.example/notion/v1/")
    made.close()


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/v1/pages/x", "READS"),
        ("POST", "/v1/data_sources/x/query", "READS"),
        ("POST", "/v1/search", "READS"),
        ("PATCH", "/v1/pages/x", "REPEATABLE"),
        ("PATCH", "/v1/data_sources/x", "ONCE"),
        ("POST", "/v1/pages", "ONCE"),
        ("POST", "/v1/comments", "ONCE"),
    ],
)
def test_what_a_request_does(method: str, path: str, name: str) -> None:
    """Queries and searches read though they are posted; a page's own values may be written twice, columns not."""
    assert effect(method, path).name == name


@pytest.mark.parametrize(
    ("status", "code", "whole"),
    [(401, "unauthorized", True), (429, "rate_limited", True), (404, "object_not_found", False), (503, "", False)],
)
def test_what_ends_the_whole_source(status: int, code: str, *, whole: bool) -> None:
    """A token that is refused, or a limit that outlasts every wait, holds for every base; the rest does not."""
    error = refused(status, code, "message", "sources.base", writing=False)
    assert isinstance(error, SourceError)
    assert error.whole is whole
