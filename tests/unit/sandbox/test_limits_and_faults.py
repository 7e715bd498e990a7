"""Rate limits and faults on demand."""

from typing import TYPE_CHECKING

import pytest
import requests

from retro.sandbox.faults import Fault, Faults, Kind, Strike
from retro.sandbox.trello import Limits, Rate, TrelloSandbox

if TYPE_CHECKING:
    from tests.unit.sandbox.conftest import Connect, World


def test_the_limit_of_a_token(world: "World", connect: "Connect") -> None:
    """One request too many is refused in Trello's words, and passes when the window has moved on."""
    with TrelloSandbox(world.board.state, limits=Limits(token=Rate(3, 10))) as sandbox:
        client = connect(sandbox)
        left = [client.get("/members/me").headers["x-rate-limit-api-token-remaining"] for _ in range(3)]
        refused = client.get("/members/me")
        world.watch.sleep(10)
        again = client.get("/members/me")
    assert left == ["2", "1", "0"]
    assert refused.status_code == 429
    assert refused.json() == {"error": "API_TOKEN_LIMIT_EXCEEDED", "message": "Rate limit exceeded"}
    assert refused.headers["x-rate-limit-api-token-max"] == "3"
    assert refused.headers["x-rate-limit-api-key-interval-ms"] == "10000"
    assert "Retry-After" not in refused.headers
    assert again.status_code == 200


def test_the_limit_of_a_key(world: "World", connect: "Connect") -> None:
    """Two tokens of one key share the key's limit."""
    with TrelloSandbox(world.board.state, limits=Limits(key=Rate(2, 10), retry_after=7)) as sandbox:
        writer, reader = connect(sandbox), connect(sandbox, token=sandbox.read_token)
        answers = [client.get("/members/me") for client in (writer, reader, writer)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert answers[-1].json()["error"] == "API_KEY_LIMIT_EXCEEDED"
    assert answers[-1].headers["Retry-After"] == "7"


def test_members_have_a_limit_of_their_own(world: "World", connect: "Connect") -> None:
    """`/members/{id}` is counted over a longer window, from which its boards are exempt."""
    with TrelloSandbox(world.board.state, limits=Limits(members=Rate(1, 900))) as sandbox:
        client = connect(sandbox)
        statuses = [client.get(path).status_code for path in ("/members/me", "/members/me", "/members/me/boards")]
    assert statuses == [200, 429, 200]


def test_refusals_and_errors_on_demand(world: "World") -> None:
    """The next two requests are refused, the one after fails, then all is well; nothing was written meanwhile."""
    world.sandbox.faults.add("429:2", "500:1")
    path = f"/cards/{world.brief.id}"
    statuses = [world.client.put(path, {"name": f"v{turn}"}).status_code for turn in range(4)]
    assert statuses == [429, 429, 500, 200]
    assert world.brief.document["name"] == "v3"
    assert world.sandbox.writes() == 1


def test_a_dropped_connection_does_nothing(world: "World") -> None:
    """`drop` closes the connection before anything is done."""
    world.sandbox.faults.add("drop:1")
    with pytest.raises(requests.ConnectionError):
        world.client.put(f"/cards/{world.brief.id}", {"name": "x"})
    assert world.brief.document["name"] == "[SEO] Brief"
    assert world.sandbox.writes() == 0


def test_a_lost_answer_hides_a_write_that_was_done(world: "World") -> None:
    """`lost` does the write, then closes the connection; reads are not touched by it."""
    world.sandbox.faults.add("lost:1")
    assert world.client.get(f"/cards/{world.brief.id}").status_code == 200
    with pytest.raises(requests.ConnectionError):
        world.client.put(f"/cards/{world.brief.id}", {"name": "x"})
    assert world.brief.document["name"] == "x"
    assert world.sandbox.writes() == 1
    assert not world.sandbox.log.since(0)[-1].answered


def test_read_only_on_demand(world: "World") -> None:
    """`readonly` refuses every write and lets reads pass, until it is lifted."""
    world.sandbox.faults.add("readonly")
    path = f"/cards/{world.brief.id}"
    assert [world.client.put(path, {"name": "x"}).status_code for _ in range(3)] == [401, 401, 401]
    assert world.client.get(path).status_code == 200
    world.sandbox.faults.clear()
    assert world.client.put(path, {"name": "x"}).status_code == 200


def test_a_slow_answer_still_comes(world: "World") -> None:
    """`slow` delays an answer past an impatient client's timeout."""
    world.sandbox.faults.add("slow:0.3@GET/1/members")
    with pytest.raises(requests.ReadTimeout):
        world.client.session.get(f"{world.sandbox.url}/1/members/me", timeout=(5, 0.05))
    assert world.client.get(f"/cards/{world.brief.id}").status_code == 200


def test_faults_strike_where_they_are_told_to() -> None:
    """Method and path narrow a fault, and it can wait for a few requests to pass."""
    faults = Faults("500:1@PUT/1/cards/.*/item", Fault(kind=Kind.DROP, left=1, after=1))
    assert faults.strike("PUT", "/1/cards/x") == Strike()
    assert faults.strike("PUT", "/1/cards/x/customField/y/item") == Strike(kind=Kind.BROKEN)
    assert faults.strike("GET", "/1/cards/x") == Strike(kind=Kind.DROP)
    assert faults.strike("GET", "/1/cards/x") == Strike()


@pytest.mark.parametrize("spec", ["", "418:1", "429:x", "readonly:3", "drop:1@get", "slow:1s", "500:1.5"])
def test_wrong_specifications_are_refused(spec: str) -> None:
    """A specification that means nothing raises, so that a typing mistake is not taken for good weather."""
    with pytest.raises(ValueError, match=r".*"):
        Fault.parse(spec)


def test_a_stopped_sandbox_answers_nobody(world: "World", connect: "Connect") -> None:
    """Connections that a client kept alive are closed when the sandbox stops."""
    with TrelloSandbox(world.board.state) as sandbox:
        client = connect(sandbox)
        url = f"{sandbox.url}/1/members/me"
        assert client.session.get(url, timeout=5).status_code == 200
    with pytest.raises(requests.ConnectionError):
        client.session.get(url, timeout=5)
    with pytest.raises(RuntimeError):
        _ = sandbox.url
