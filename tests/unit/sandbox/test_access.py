"""Who is let in, and how the look-alike turns the others away."""

from typing import TYPE_CHECKING

import pytest

from retro.sandbox.trello import BoardBuilder

if TYPE_CHECKING:
    from tests.unit.sandbox.conftest import Connect, World


def test_wrong_credentials(world: "World", connect: "Connect") -> None:
    """A wrong key and a wrong token are told apart, in plain text."""
    for client, text in (
        (connect(world.sandbox, key="0" * 32), "invalid key"),
        (connect(world.sandbox, token="0" * 64), "invalid token"),
    ):
        answer = client.get("/members/me")
        assert (answer.status_code, answer.text) == (401, text)
        assert answer.headers["Content-Type"].startswith("text/plain")


def test_a_read_token_reads_only(world: "World", connect: "Connect") -> None:
    """A token of scope read is refused every write and nothing is changed."""
    reader = connect(world.sandbox, token=world.sandbox.read_token)
    assert reader.get(f"/cards/{world.brief.id}").status_code == 200
    answer = reader.put(f"/cards/{world.brief.id}", {"name": "x"})
    assert (answer.status_code, answer.text) == (401, "unauthorized permission requested")
    assert world.brief.document["name"] == "[SEO] Brief"
    assert world.sandbox.writes() == 0


def test_credentials_in_the_query_work_but_are_flagged(world: "World") -> None:
    """Trello takes key and token in the query; the log flags such a request and masks the values."""
    world.client.session.headers.clear()
    answer = world.client.get("/members/me", key=world.sandbox.key, token=world.sandbox.token)
    access = world.sandbox.log.since(0)[-1]
    assert answer.status_code == 200
    assert access.leaked
    assert access.query == {"key": "***", "token": "***"}


def test_a_header_leaks_nothing(world: "World") -> None:
    """A request with the Authorization header is not flagged."""
    world.client.get("/members/me")
    assert not world.sandbox.log.since(0)[-1].leaked


@pytest.mark.parametrize(
    ("path", "status"),
    [("/boards/" + "0" * 24, 404), ("/boards/AbCdEfGh", 404), ("/boards/x", 400), ("/nulle/part", 404)],
)
def test_what_is_not_there(world: "World", path: str, status: int) -> None:
    """An unknown board, a malformed id and an unknown route are refused, each in its way."""
    assert world.client.get(path).status_code == status


def test_boards_of_others(world: "World") -> None:
    """A private board is closed to who is no member; a public one can be read, not written."""
    other = BoardBuilder("Ailleurs", world.board.state)
    card = other.list("x").card("y")
    other.document["memberships"].clear()
    assert world.client.get(f"/boards/{other.id}").text == "unauthorized permission requested"
    other.document["prefs"]["permissionLevel"] = "public"
    assert world.client.get(f"/boards/{other.id}").status_code == 200
    assert world.client.put(f"/cards/{card.id}", {"name": "z"}).status_code == 401


def test_boards_of_the_organisation(world: "World") -> None:
    """A board visible to the organisation opens to its members alone."""
    other = BoardBuilder("Maison", world.board.state, visibility="org")
    other.document["memberships"].clear()
    me = world.board.state.members[world.client.get("/members/me").json()["id"]]
    assert world.client.get(f"/boards/{other.id}").status_code == 401
    me["idOrganizations"] = [world.board.state.organization]
    assert world.client.get(f"/boards/{other.id}").status_code == 200


def test_comments_can_be_switched_off(world: "World") -> None:
    """Where the board's preferences say so nobody comments."""
    world.board.document["prefs"]["comments"] = "disabled"
    assert world.client.post(f"/cards/{world.brief.id}/actions/comments", {"text": "x"}).status_code == 401


def test_a_body_that_is_no_json(world: "World") -> None:
    """A broken body is refused, not taken for an empty one."""
    url = f"{world.sandbox.url}/1/cards/{world.brief.id}"
    assert world.client.session.put(url, data="{", timeout=5).status_code == 400


def test_a_long_query_is_refused(world: "World") -> None:
    """Long texts do not pass in the query, as with Trello's proxies: they belong in the body."""
    assert world.client.put(f"/cards/{world.brief.id}", desc="d" * 9000).status_code == 414
