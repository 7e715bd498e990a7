"""Tokens that expire, and what their owner learns about them."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from retro.sandbox.trello import State

if TYPE_CHECKING:
    from tests.unit.sandbox.conftest import Connect, World


def test_an_expiring_token_says_when(world: "World") -> None:
    """The owner's tokens name the day on which each expires, null for never; their values are not told."""
    state = world.board.state
    owner = next(iter(state.members))
    state.add_token(owner, write=False, expires=world.watch.now() + timedelta(days=30))
    answer = world.client.get("/members/me/tokens")
    assert {one["dateExpires"] for one in answer.json()} == {None, "2027-02-03T09:00:00.000Z"}
    assert {one["permissions"][0]["write"] for one in answer.json()} == {True, False}
    assert not any(token in answer.text for token in state.tokens)


def test_a_token_is_refused_when_its_time_is_over(world: "World", connect: "Connect") -> None:
    """The day comes, and every request is answered 401 in plain text."""
    expires = world.watch.now() + timedelta(days=1)
    token = world.board.state.add_token(next(iter(world.board.state.members)), expires=expires)
    client = connect(world.sandbox, token=token.value)
    assert client.get("/members/me").status_code == 200
    world.watch.sleep(86_400)
    answer = client.get("/members/me")
    assert (answer.status_code, answer.text) == (401, "expired token")
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_the_tokens_of_others(world: "World") -> None:
    """Nobody is told about the tokens of another member."""
    lea = world.board.member("Léa Martin")
    assert world.client.get(f"/members/{lea['id']}/tokens").status_code == 401
    assert world.client.get("/members/nobody/tokens").status_code == 404


def test_a_token_in_a_path_is_masked(world: "World") -> None:
    """A token asked for by its value is told, and flagged in the log, which does not have the value."""
    answer = world.client.get(f"/tokens/{world.sandbox.token}")
    access = world.sandbox.log.since(0)[-1]
    assert answer.json()["dateExpires"] is None
    assert access.leaked
    assert access.path == "/1/tokens/***"
    assert world.client.get("/tokens/" + "0" * 64).status_code == 404


def test_a_saved_token_still_expires(world: "World", tmp_path: Path) -> None:
    """The day of a token's end outlives the file that keeps the state, which has no token in it."""
    expires = world.watch.now() + timedelta(days=1)
    token = world.board.state.add_token(next(iter(world.board.state.members)), expires=expires)
    world.board.state.save(tmp_path / "state.json")
    again = State.load(tmp_path / "state.json", now=world.watch.now)
    assert again.tokens[token.value] == token
    assert token.value not in (tmp_path / "state.json").read_text("utf-8")
