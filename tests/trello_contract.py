"""Every request that reaches a Trello look-alike in a test, and every answer it gives, held against Trello's contract.

Where RETRO_ORACLES names the folder of the contracts (it holds `trello/check.py`), each test that provokes a request
which Trello's published interface lacks, or an answer of another shape, fails at its end with the list of faults.
Tests of the look-alike itself may ask for nonsense, as long as it is refused.
"""

import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from tests.contract_watch import FOLDER, OWN_TESTS, contract, fail_by

from retro.sandbox.exchange import Reply, Request
from retro.sandbox.trello import TrelloSandbox

_ID = r"[^/]+"
_SHAPES: tuple[tuple[str, str], ...] = (
    (rf"GET /members/{_ID}", "Member"),
    (rf"GET /members/{_ID}/boards", "Board"),
    (rf"GET /(members/{_ID}/tokens|tokens/{_ID})", "Token"),
    (rf"GET /boards/{_ID}", "Board"),
    (rf"GET /boards/{_ID}/cards(/\w+)?", "Card"),
    (rf"GET /boards/{_ID}/actions", "Action"),
    (rf"GET /boards/{_ID}/lists(/\w+)?", "TrelloList"),
    (rf"GET /boards/{_ID}/labels", "Label"),
    (rf"GET /boards/{_ID}/members", "Member"),
    (rf"GET /boards/{_ID}/memberships", "Memberships"),
    (rf"GET /boards/{_ID}/checklists", "Checklist"),
    (rf"GET /boards/{_ID}/customFields", "CustomField"),
    (rf"POST (/lists|/boards/{_ID}/lists)", "TrelloList"),
    (rf"(GET|PUT) /lists/{_ID}(/\w+)?", "TrelloList"),
    (rf"POST (/labels|/boards/{_ID}/labels)", "Label"),
    (rf"(GET|PUT) /labels/{_ID}", "Label"),
    (r"POST /cards", "Card"),
    (rf"(GET|PUT) /cards/{_ID}", "Card"),
    (rf"GET /cards/{_ID}/checklists", "Checklist"),
    (rf"PUT /cards/{_ID}/checkItem/{_ID}", "CheckItem"),
    (rf"POST /cards/{_ID}/idLabels", ""),
    (rf"GET /cards/{_ID}/customFieldItems", "CustomFieldItems"),
    (rf"PUT /cards/{_ID}/customField/{_ID}/item", "CustomFieldItems"),
    (rf"PUT /cards/{_ID}/customFields", "CustomFieldItems"),
    (rf"GET /cards/{_ID}/actions", "Action"),
    (rf"POST /cards/{_ID}/actions/comments", "Action"),
    (r"POST /customFields", "CustomField"),
    (rf"(GET|PUT) /actions/{_ID}", "Action"),
    (rf"DELETE /(cards|customFields|actions|labels|cards/{_ID}/idLabels)/{_ID}", ""),
)
"""What an answer (or each entry of one that is a list) is, by method and path; "": nothing that the contract tells."""
_COMPILED = tuple((re.compile(form), shape) for form, shape in _SHAPES)


@dataclass(slots=True)
class Exchange:
    """One request as it came, and what was made of it; `status` is 0 where it never reached the service."""

    method: str
    path: str
    query: dict[str, str]
    raw: bytes
    status: int = 0
    answer: str = ""


@dataclass(slots=True)
class Watch:
    """Notes the exchanges of every Trello look-alike of this process."""

    exchanges: list[Exchange] = field(default_factory=list)
    requests: int = 0
    """Requests that were held against the contract so far."""
    answers: int = 0
    """Answers that were."""
    _current: threading.local = field(default_factory=threading.local)

    def attach(self, patch: pytest.MonkeyPatch) -> None:
        """Stand between HTTP and the service, in every look-alike that is made from now on."""
        handle, answer = TrelloSandbox.handle, TrelloSandbox.answer

        def handled(box: TrelloSandbox, method: str, target: str, headers: Mapping[str, str], raw: bytes) -> Any:
            parts = urlsplit(target)
            query = dict(parse_qsl(parts.query, keep_blank_values=True))
            self._current.exchange = exchange = Exchange(method, parts.path, query, raw)
            self.exchanges.append(exchange)
            reply = handle(box, method, target, headers, raw)
            if reply is not None:
                exchange.status = reply.status
            return reply

        def answered(box: TrelloSandbox, request: Request) -> Reply:
            reply = answer(box, request)
            exchange: Exchange = self._current.exchange
            exchange.status = reply.status  # its answer may yet be lost
            # Made into text while nobody can change the documents in it.
            exchange.answer = json.dumps(reply.body)
            return reply

        patch.setattr(TrelloSandbox, "handle", handled)
        patch.setattr(TrelloSandbox, "answer", answered)

    def faults(self, test: str) -> list[str]:
        """What the exchanges since the last call had wrong."""
        taken, self.exchanges = self.exchanges, []
        found = [f"{each.method} {each.path}: {fault}" for each in taken for fault in self._faults_of(each, test)]
        return list(dict.fromkeys(found))

    def _faults_of(self, each: Exchange, test: str) -> Iterator[str]:
        on_purpose = test.startswith(OWN_TESTS)
        path = each.path.removeprefix("/1")
        # Credentials in a query pass Trello, and so must pass its look-alike; only a connector must not send them.
        query = {name: value for name, value in each.query.items() if not on_purpose or name not in {"key", "token"}}
        if not (on_purpose and 400 <= each.status < 500):
            self.requests += 1
            try:
                body = json.loads(each.raw) if each.raw else None
            except ValueError:
                yield "the body is no JSON"
                return
            yield from contract("trello").request_errors(each.method, path, query, body)
        if 200 <= each.status < 300:
            self.answers += 1
            document = json.loads(each.answer)
            if path == "/batch":
                for url, one in zip(re.split(r",(?=/)", query["urls"]), document, strict=True):
                    if "200" in one:
                        yield from contract("trello").request_errors("GET", url)
                        yield from _answer_faults(f"GET {urlsplit(url).path}", one["200"])
            else:
                yield from _answer_faults(f"{each.method} {path}", document)


def _answer_faults(route: str, document: Any) -> Iterator[str]:
    shape = next((shape for form, shape in _COMPILED if form.fullmatch(route)), None)
    if shape is None:
        yield "answered, though the contract tells no shape for it: tests/trello_contract.py has the list"
    elif shape:
        for one in document if isinstance(document, list) else [document]:
            yield from (f"answer, {fault}" for fault in _document_faults(shape, one))


def _document_faults(shape: str, document: Any) -> Iterator[str]:
    """The faults of a document: of what it nests, entry by entry, and of the rest.

    Tests serve the same boards again and again: an entry that was seen before is not held against the contract twice.
    """
    rest = document
    if isinstance(document, dict):
        nested = {name: kind for name, kind in _nested(shape).items() if isinstance(document.get(name), list)}
        rest = {**document, **{name: [] for name in nested}}
        for name, kind in nested.items():
            for one in document[name]:
                yield from _faults_of_part(kind, json.dumps(one))
    yield from _faults_of_part(shape, json.dumps(rest))


@cache
def _faults_of_part(shape: str, text: str) -> tuple[str, ...]:
    return tuple(f"{shape}{fault}" for fault in contract("trello").errors(shape, json.loads(text)))


@cache
def _nested(shape: str) -> dict[str, str]:
    """The lists in a document of this shape whose entries have a shape of their own, as the contract says."""
    properties = contract("trello").spec()["components"]["schemas"][shape].get("properties", {})
    listed = {name: each["items"].get("$ref", "") for name, each in properties.items() if each.get("type") == "array"}
    return {name: ref.rpartition("/")[2] for name, ref in listed.items() if ref and not ref.endswith("/TrelloID")}


@pytest.fixture(scope="session")
def trello_watch() -> Iterator[Watch | None]:
    """The watch over this process; None where no contract is at hand."""
    if not FOLDER:
        yield None
        return
    watch = Watch()
    with pytest.MonkeyPatch.context() as patch:
        watch.attach(patch)
        yield watch


@pytest.fixture(autouse=True)
def _kept_to_the_contract(request: pytest.FixtureRequest, trello_watch: Watch | None) -> Iterator[None]:
    """Fail the test whose requests, or their answers, Trello's contract does not take."""
    yield
    if trello_watch is None or not trello_watch.exchanges:
        return
    before = (trello_watch.requests, trello_watch.answers)
    faults = trello_watch.faults(request.node.nodeid)
    counted = (trello_watch.requests - before[0], trello_watch.answers - before[1])
    request.node.user_properties.append(("trello contract", counted))
    fail_by("not in Trello's contract", request.node.nodeid, faults)


def summary(reports: list[Any]) -> str:
    """How much was held against the contract, in words; "" where nothing was."""
    counted = [tuple(value) for each in reports for name, value in each.user_properties if name == "trello contract"]
    if not counted:
        return ""
    requests, answers = (sum(each) for each in zip(*counted, strict=True))
    return f"Trello's contract: {requests} requests and {answers} answers of {len(counted)} tests were held against it"
