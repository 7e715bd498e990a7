"""Faults on demand: how they are written, and what each does to a request."""

import json
from typing import TYPE_CHECKING

import pytest
import requests

from retro.sandbox.faults import Fault, Faults, Kind, Strike
from retro.sandbox.trello import Limits, Rate, TrelloSandbox

if TYPE_CHECKING:
    from tests.unit.sandbox.conftest import Connect, World


@pytest.mark.parametrize(
    ("spec", "fault"),
    [
        ("429:3+retry", Fault(kind=Kind.LIMITED, left=3, retry_after=1)),
        ("429+retry=20@PUT", Fault(kind=Kind.LIMITED, left=1, retry_after=20, method="PUT")),
        ("503:2+html+retry=7", Fault(kind=Kind.UNAVAILABLE, left=2, html=True, retry_after=7)),
        ("revoked+after=5@GET/1/boards/", Fault(kind=Kind.REVOKED, after=5, method="GET", path="/1/boards/")),
        ("toomany", Fault(kind=Kind.MANY_CHECKLISTS, left=1)),
    ],
)
def test_specifications(spec: str, fault: Fault) -> None:
    """A specification says kind, number, options and place."""
    assert Fault.parse(spec) == fault


@pytest.mark.parametrize(
    "spec",
    [
        "revoked:3",
        "invalid:1",
        "drop:1+retry",
        "429:1+html",
        "500:1+html=2",
        "slow:1+after=2",
        "429:1+after",
        "429:1+later=3",
        "429:1+retry=x",
        "half:0.5",
    ],
)
def test_wrong_specifications(spec: str) -> None:
    """An option that its kind does not have, or that lacks its number, raises."""
    with pytest.raises(ValueError, match=r".*"):
        Fault.parse(spec)


def test_a_service_has_its_own_faults() -> None:
    """A fault that a service cannot have is refused when it is put in force, not passed over in silence."""
    with pytest.raises(ValueError, match="toomany"):
        Faults("429", "toomany", kinds=frozenset({Kind.LIMITED}))


def test_a_fault_waits_for_its_turn() -> None:
    """`after` lets requests pass first, and a lasting fault never ends."""
    faults = Faults("revoked+after=2")
    assert [faults.strike("GET", "/x").kind for _ in range(5)] == [None, None, *[Kind.REVOKED] * 3]
    assert Faults("429+retry=9").strike("GET", "/x") == Strike(0.0, Kind.LIMITED, 9)


def test_one_too_many_with_and_without_retry_after(world: "World") -> None:
    """A refusal names the seconds to wait where it is told to, and none by itself."""
    world.sandbox.faults.add("429:1", "429:1+retry=20")
    answers = [world.client.get("/members/me") for _ in range(3)]
    assert [one.status_code for one in answers] == [429, 429, 200]
    assert [one.headers.get("Retry-After") for one in answers] == [None, "20", None]
    assert answers[0].json()["error"] == "API_TOKEN_LIMIT_EXCEEDED"


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_errors_as_proxies_send_them(world: "World", status: int) -> None:
    """A proxy's page is HTML, can say when to come back, and nothing is done."""
    world.sandbox.faults.add(f"{status}:1+html+retry=5")
    answer = world.client.put(f"/cards/{world.brief.id}", {"name": "x"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
    assert answer.headers["Retry-After"] == "5"
    assert f"<title>{status} " in answer.text
    assert world.brief.document["name"] == "[SEO] Brief"


@pytest.mark.parametrize("status", [500, 503, 504])
def test_errors_of_the_service_itself(world: "World", status: int) -> None:
    """Without the option the service's own error is JSON."""
    world.sandbox.faults.add(f"{status}:1")
    answer = world.client.get("/members/me")
    assert (answer.status_code, answer.json()["error"]) == (status, "ERROR")


@pytest.mark.parametrize(
    ("fault", "status", "text"),
    [
        ("toomany:1", 403, "Too many checklists"),
        ("449:1", 449, "Retry With"),
        ("toolarge:1", 429, '{"error":"API_TOO_MANY_CARDS_REQUESTED","message":"Rate limit exceeded"}'),
    ],
)
def test_answers_that_would_be_too_large(world: "World", fault: str, status: int, text: str) -> None:
    """Trello refuses what is too large in three ways, and then takes the next request."""
    world.sandbox.faults.add(fault)
    path = f"/boards/{world.board.id}"
    answer = world.client.get(path)
    assert (answer.status_code, answer.text) == (status, text)
    assert world.client.get(path).status_code == 200


@pytest.mark.parametrize(
    ("fault", "text"), [("revoked", "unauthorized permission requested"), ("invalid", "invalid token")]
)
def test_what_is_lost_in_mid_run(world: "World", fault: str, text: str) -> None:
    """After one good request the permission, or the token, is gone for that path and for good."""
    world.sandbox.faults.add(f"{fault}+after=1@GET/1/boards/")
    path = f"/boards/{world.board.id}"
    assert world.client.get(path).status_code == 200
    for _ in range(3):
        answer = world.client.get(path)
        assert (answer.status_code, answer.text) == (401, text)
        assert answer.headers["Content-Type"].startswith("text/plain")
    assert world.client.get("/members/me").status_code == 200


def test_half_an_answer(world: "World") -> None:
    """The whole length is announced and half of it sent, before the connection closes; the write was done."""
    world.sandbox.faults.add("half:1")
    url = f"{world.sandbox.url}/1/cards/{world.brief.id}"
    with world.client.session.put(url, json={"name": "x"}, timeout=5, stream=True) as answer:
        announced = int(answer.headers["Content-Length"])
        received: list[bytes] = []
        with pytest.raises(requests.exceptions.ChunkedEncodingError):
            received.extend(answer.iter_content(1))
    assert len(received) == announced // 2
    assert world.brief.document["name"] == "x"
    assert not world.sandbox.log.since(0)[-1].answered
    assert world.client.get(f"/cards/{world.brief.id}").json()["name"] == "x"


def test_json_that_ends_too_early(world: "World") -> None:
    """The answer is whole for HTTP and its JSON is not; the connection stays good."""
    world.sandbox.faults.add("truncated:1")
    path = f"/cards/{world.brief.id}"
    answer = world.client.get(path)
    assert answer.status_code == 200
    assert len(answer.content) == int(answer.headers["Content-Length"])
    with pytest.raises(json.JSONDecodeError):
        json.loads(answer.text)
    assert world.client.get(path).json()["name"] == "[SEO] Brief"


def test_the_lock_out_begins_after_two_hundred_refusals(world: "World", connect: "Connect") -> None:
    """Two hundred refusals of one token leave the key's others alone; one more shuts all of them out for the window."""
    with TrelloSandbox(world.board.state, limits=Limits(token=Rate(1, 10))) as sandbox:
        writer, reader = connect(sandbox), connect(sandbox, token=sandbox.read_token)
        path = f"/cards/{world.brief.id}"
        statuses = [writer.get(path).status_code for _ in range(201)]
        good = reader.get(path)
        world.watch.sleep(1)
        writer.get(path)
        shut = [client.get(path) for client in (reader, writer)]
        world.watch.sleep(10)
        again = [client.get(path).status_code for client in (reader, writer)]
    assert statuses == [200] + [429] * 200
    assert good.status_code == 200
    assert [one.json()["error"] for one in shut] == ["API_KEY_LIMIT_EXCEEDED"] * 2
    assert again == [200, 200]
