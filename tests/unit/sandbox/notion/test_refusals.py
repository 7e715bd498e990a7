"""Who is refused, and in which words; limits, and faults on demand."""

from typing import TYPE_CHECKING

import httpx
import pytest
from notion_client import APIResponseError

from retro.sandbox.notion import DatabaseBuilder, Limits, NotionSandbox, Rate

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.unit.sandbox.notion.conftest import Connect, World


def test_without_a_token(world: "World") -> None:
    """No token and an unknown one are refused alike."""
    for header in (None, "Bearer ntn_faux", "Basic x"):
        answer = world.ask("GET", "/users/me", Authorization=header)
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")


def test_without_a_version(world: "World") -> None:
    """A request without a version is refused, and so is a version of other shapes."""
    missing = world.ask("GET", "/users/me", Notion_Version=None)
    assert (missing.status_code, missing.json()["code"]) == (400, "missing_version")
    old = world.ask("GET", "/users/me", Notion_Version="2022-06-28")
    assert (old.status_code, old.json()["code"]) == (400, "validation_error")


def test_every_answer_has_an_id(world: "World") -> None:
    """Answers and refusals carry an id of the request, in the header and in the body, another one each time."""
    answers = [world.ask("GET", path) for path in ("/users/me", "/users/me", "/rien")]
    ids = [answer.headers["x-notion-request-id"] for answer in answers]
    assert len(set(ids)) == 3
    assert [answer.json()["request_id"] for answer in answers] == ids


def test_what_is_not_shared_is_not_found(world: "World") -> None:
    """A database that is not shared, its pages and one that does not exist are told in the same words."""
    secret = DatabaseBuilder("Secret", world.state, shared=False)
    page = secret.page("Confidentiel")
    calls: list[Callable[[], object]] = [
        lambda: world.client.databases.retrieve(database_id=secret.id),
        lambda: world.client.data_sources.query(data_source_id=secret.source),
        lambda: world.client.pages.retrieve(page_id=page.id),
        lambda: world.client.databases.retrieve(database_id="0" * 32),
    ]
    for call in calls:
        with pytest.raises(APIResponseError, match=r"Could not find \w+ with ID: .* shared with your") as caught:
            call()
        assert (caught.value.status, caught.value.code) == (404, "object_not_found")
        assert caught.value.additional_data == {"integration_id": world.client.users.me()["id"]}


def test_what_is_no_id(world: "World") -> None:
    """What cannot be an id is refused before anything is looked for."""
    with pytest.raises(APIResponseError, match="should be a valid uuid"):
        world.client.pages.retrieve(page_id="ma-page")


def test_a_token_that_may_only_read(world: "World", connect: "Connect") -> None:
    """It reads and queries all that the other one does, and every write of it is refused."""
    reader = connect(world.sandbox, world.sandbox.read_token)
    assert len(reader.data_sources.query(data_source_id=world.base.source)["results"]) == 2
    writes: list[Callable[[], object]] = [
        lambda: reader.pages.update(page_id=world.brief.id, properties={}),
        lambda: reader.pages.create(parent={"data_source_id": world.base.source}, properties={}),
        lambda: reader.data_sources.update(data_source_id=world.base.source, properties={}),
        lambda: reader.comments.create(parent={"page_id": world.brief.id}, rich_text=[]),
    ]
    for write in writes:
        with pytest.raises(APIResponseError) as caught:
            write()
        assert (caught.value.status, caught.value.code) == (403, "restricted_resource")
    assert world.sandbox.writes() == 0


def test_without_the_capability_to_read_users(world: "World", connect: "Connect") -> None:
    """People are ids alone and cannot be listed; without that of addresses they have none."""
    blind = connect(world.sandbox, world.state.add_connection("Aveugle", users=False).value)
    page = blind.pages.retrieve(page_id=world.brief.id)
    assert [sorted(one) for one in page["properties"]["Responsable"]["people"]] == [["id", "object"]]
    with pytest.raises(APIResponseError) as caught:
        blind.users.list()
    assert (caught.value.status, caught.value.code) == (403, "restricted_resource")
    nameless = connect(world.sandbox, world.state.add_connection("Sans adresses", emails=False).value)
    (lea,) = nameless.pages.retrieve(page_id=world.brief.id)["properties"]["Responsable"]["people"]
    assert (lea["name"], lea["person"]) == ("Léa Martin", {})


def test_without_the_capability_to_comment(world: "World", connect: "Connect") -> None:
    """Comments are neither read nor written."""
    mute = connect(world.sandbox, world.state.add_connection("Muette", comments=False).value)
    with pytest.raises(APIResponseError) as caught:
        mute.comments.list(block_id=world.brief.id)
    assert caught.value.status == 403


def test_guests_are_read_but_not_listed(world: "World") -> None:
    """A guest is nobody that is listed, and somebody by id; lists of people come in pages."""
    guest = world.base.person("Prestataire", guest=True)
    first = world.client.users.list(page_size=2)
    rest = world.client.users.list(start_cursor=first["next_cursor"])
    names = [one["name"] for one in (*first["results"], *rest["results"])]
    assert "Léa Martin" in names
    assert "Prestataire" not in names
    assert world.client.users.retrieve(user_id=guest["id"])["name"] == "Prestataire"
    with pytest.raises(APIResponseError, match="Could not find user"):
        world.client.users.retrieve(user_id=world.brief.id)


def test_requests_in_a_wrong_shape(world: "World") -> None:
    """A body that is no JSON, no object or holds a strange key, and a route that does not exist, are refused."""
    headers = {"Authorization": f"Bearer {world.sandbox.token}", "Notion-Version": "2026-03-11"}
    url = f"{world.sandbox.url}/v1/pages/{world.brief.id}"
    broken = world.http.patch(url, content="{", headers=headers)
    assert (broken.status_code, broken.json()["code"]) == (400, "invalid_json")
    assert world.ask("PATCH", f"/pages/{world.brief.id}", []).json()["code"] == "invalid_json"
    strange = world.ask("PATCH", f"/pages/{world.brief.id}", {"propreties": {}})
    assert "body.propreties should be not present" in strange.json()["message"]
    nowhere = world.ask("GET", "/rien")
    assert (nowhere.status_code, nowhere.json()["code"]) == (400, "invalid_request_url")


def test_the_limit_of_a_connection(world: "World", connect: "Connect") -> None:
    """One request too many is refused with the seconds to wait and the reason; another connection is not."""
    with NotionSandbox(world.state, limits=Limits(connection=Rate(2, 60))) as sandbox:
        client, other = connect(sandbox), connect(sandbox, sandbox.read_token)
        client.users.me()
        world.watch.sleep(10)
        client.users.me()
        with pytest.raises(APIResponseError) as caught:
            client.users.me()
        other.users.me()
        world.watch.sleep(50)
        client.users.me()
    assert (caught.value.status, caught.value.code) == (429, "rate_limited")
    assert caught.value.headers["Retry-After"] == "50"
    assert caught.value.additional_data == {"rate_limit_reason": "connection_limit"}


def test_the_limit_of_the_workspace(world: "World", connect: "Connect") -> None:
    """All connections of a workspace share a limit, whose wait may be over a minute."""
    with NotionSandbox(world.state, limits=Limits(workspace=Rate(1, 300))) as sandbox:
        connect(sandbox).users.me()
        with pytest.raises(APIResponseError) as caught:
            connect(sandbox, sandbox.read_token).users.me()
    assert caught.value.headers["Retry-After"] == "300"


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        ("429:1", 429, "rate_limited"),
        ("500:1", 500, "internal_server_error"),
        ("503:1", 503, "service_unavailable"),
        ("504:1", 504, "gateway_timeout"),
        ("529:1", 529, "service_overload"),
        ("409:1", 409, "conflict_error"),
        ("readonly", 403, "restricted_resource"),
    ],
)
def test_faults_on_demand(world: "World", fault: str, status: int, code: str) -> None:
    """A fault is answered with its status and code, and nothing is done; afterwards all is well."""
    world.sandbox.faults.add(fault)
    body = {"properties": {"Canal": {"select": {"name": "SEO"}}}}
    answer = world.ask("PATCH", f"/pages/{world.brief.id}", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert ("Retry-After" in answer.headers) is (status in {429, 529})
    assert world.value(world.brief, "Canal") is None
    world.sandbox.faults.clear()
    assert world.ask("PATCH", f"/pages/{world.brief.id}", body).status_code == 200


@pytest.mark.parametrize(
    ("fault", "status", "code"), [("revoked", 404, "object_not_found"), ("invalid", 401, "unauthorized")]
)
def test_what_is_lost_in_mid_run(world: "World", fault: str, status: int, code: str) -> None:
    """After one good request a page is shared no more, or the token is withdrawn, and nothing brings it back."""
    world.sandbox.faults.add(f"{fault}+after=1@PATCH")
    body = {"properties": {"Canal": {"select": {"name": "SEO"}}}}
    answers = [world.ask("PATCH", f"/pages/{world.brief.id}", body) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, status, status]
    assert answers[-1].json()["code"] == code


def test_a_refusal_says_how_long_to_wait(world: "World") -> None:
    """A fault can name the seconds of Retry-After; those that only Trello has are refused."""
    world.sandbox.faults.add("429:1+retry=30", "503:1+retry=60")
    answers = [world.ask("GET", "/users/me") for _ in range(2)]
    assert [(one.status_code, one.headers["Retry-After"]) for one in answers] == [(429, "30"), (503, "60")]
    with pytest.raises(ValueError, match="toolarge"):
        world.sandbox.faults.add("toolarge:1")


def test_half_an_answer(world: "World") -> None:
    """`half` closes the connection inside an answer, and `truncated` cuts its JSON."""
    world.sandbox.faults.add("half:1", "truncated:1")
    with pytest.raises(httpx.RemoteProtocolError):
        world.ask("GET", "/users/me")
    with pytest.raises(ValueError, match=r".*"):
        world.ask("GET", "/users/me").json()
    assert world.ask("GET", "/users/me").status_code == 200


def test_the_page_of_a_proxy(world: "World") -> None:
    """502 is a page of HTML without the id of a request."""
    world.sandbox.faults.add("502:1")
    answer = world.ask("GET", "/users/me")
    assert (answer.status_code, answer.headers["Content-Type"]) == (502, "text/html; charset=utf-8")
    assert "x-notion-request-id" not in answer.headers
    assert world.ask("GET", "/users/me").status_code == 200


def test_a_lost_answer_hides_a_write_that_was_done(world: "World") -> None:
    """`lost` does the write and closes the connection; a query, though posted, is not touched by it."""
    world.sandbox.faults.add("lost:1")
    world.client.data_sources.query(data_source_id=world.base.source)
    with pytest.raises(httpx.RemoteProtocolError):
        world.write(world.brief, Canal={"select": {"name": "SEO"}})
    assert world.value(world.brief, "Canal")["name"] == "SEO"
    assert world.sandbox.writes() == 1


def test_a_dropped_connection_does_nothing(world: "World") -> None:
    """`drop` closes the connection before anything is done."""
    world.sandbox.faults.add("drop:1@PATCH/v1/pages")
    with pytest.raises(httpx.RemoteProtocolError):
        world.write(world.brief, Canal={"select": {"name": "SEO"}})
    assert world.value(world.brief, "Canal") is None


def test_tokens_appear_nowhere(world: "World") -> None:
    """Neither the access log nor a token's own text shows a token."""
    world.client.users.me()
    told = repr(world.sandbox.log.since(0)) + repr(world.state.tokens[world.sandbox.token])
    assert world.sandbox.token not in told
