"""Every request that reaches a Notion look-alike in a test, and every answer it gives, held against Notion's types.

Where RETRO_ORACLES names the folder of the contracts (it holds `notion/check.py`), each test that provokes a body which
the official client's types do not take, or an answer of another shape, fails at its end with the list of faults. Tests
of the look-alike itself may ask for nonsense, as long as it is refused. Of many alike answers in one test the first
ones are looked at, and then every so many-th.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.contract_watch import FOLDER, OWN_TESTS, contract, fail_by

from retro.sandbox.exchange import Reply, Request
from retro.sandbox.notion import NotionSandbox

_FIRST, _THEN_EVERY = 8, 25

_ID = r"[^/]+"
SHAPES: tuple[tuple[str, str, str], ...] = (
    (r"GET /v1/users/me", "", "User"),
    (r"GET /v1/users", "", "UserList"),
    (rf"GET /v1/users/{_ID}", "", "User"),
    (r"POST /v1/search", "SearchBody", "SearchResult"),
    (rf"GET /v1/databases/{_ID}", "", "Database"),
    (rf"GET /v1/data_sources/{_ID}", "", "DataSource"),
    (rf"PATCH /v1/data_sources/{_ID}", "UpdateDataSourceBody", "DataSource"),
    (rf"POST /v1/data_sources/{_ID}/query", "QueryDataSourceBody", "QueryResult"),
    (r"POST /v1/pages", "CreatePageBody", "Page"),
    (rf"GET /v1/pages/{_ID}", "", "Page"),
    (rf"PATCH /v1/pages/{_ID}", "UpdatePageBody", "Page"),
    (rf"GET /v1/pages/{_ID}/properties/{_ID}", "", "PropertyItem"),
    (r"GET /v1/comments", "", "CommentList"),
    (r"POST /v1/comments", "CreateCommentBody", "Comment"),
    (rf"GET /v1/comments/{_ID}", "", "Comment"),
    (rf"PATCH /v1/comments/{_ID}", "UpdateCommentBody", "Comment"),
    (rf"DELETE /v1/comments/{_ID}", "", "Comment"),
    (r"GET /v1/views", "", ""),
    (rf"GET /v1/views/{_ID}", "", "View"),
)
"""By method and path: what the body of a request is, and what its answer; "": nothing that the types tell."""
_COMPILED = tuple((re.compile(form), body, answer) for form, body, answer in SHAPES)
_ERROR = {"object", "status", "code", "message", "request_id"}
"""What every refusal says."""


@dataclass(slots=True)
class Exchange:
    """One request as the service got it, and its answer as text."""

    method: str
    path: str
    body: Any
    status: int
    answer: str


@dataclass(slots=True)
class NotionWatch:
    """Notes the exchanges of every Notion look-alike of this process."""

    exchanges: list[Exchange] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)

    def attach(self, patch: pytest.MonkeyPatch) -> None:
        """Stand before the service, in every look-alike that is made from now on."""
        answer = NotionSandbox.answer

        def answered(box: NotionSandbox, request: Request) -> Reply:
            reply = answer(box, request)
            route = re.sub(r"[0-9a-f-]{32,36}", "…", f"{request.method} {request.path}")
            self.seen[route] += 1
            if self.seen[route] <= _FIRST or self.seen[route] % _THEN_EVERY == 0:
                # Made into text while nobody can change the documents in it.
                text = json.dumps(reply.body)
                self.exchanges.append(Exchange(request.method, request.path, request.body, reply.status, text))
            return reply

        patch.setattr(NotionSandbox, "answer", answered)

    def faults(self, test: str) -> list[str]:
        """What the exchanges since the last call had wrong."""
        taken, self.exchanges = self.exchanges, []
        self.seen.clear()
        found = [f"{each.method} {each.path}: {fault}" for each in taken for fault in _faults_of(each, test)]
        return list(dict.fromkeys(found))


def _faults_of(each: Exchange, test: str) -> Iterator[str]:
    refused = each.status >= 400
    document = json.loads(each.answer)
    if refused and not (isinstance(document, dict) and document.keys() >= _ERROR):
        yield "a refusal of another shape"
    if refused and test.startswith(OWN_TESTS):
        return
    row = next((row for row in _COMPILED if row[0].fullmatch(f"{each.method} {each.path}")), None)
    if row is None:
        yield "no known operation: tests/notion_contract.py has the list"
        return
    _form, body, answer = row
    if body:
        yield from (f"body, {body}{fault}" for fault in contract("notion").errors(body, each.body or {}))
    elif each.body:
        yield "a body where none is taken"
    if answer and not refused:
        yield from (f"answer, {answer}{fault}" for fault in contract("notion").errors(answer, document))


@pytest.fixture(scope="session")
def notion_watch() -> Iterator[NotionWatch | None]:
    """The watch over this process; None where no contract is at hand."""
    if not FOLDER:
        yield None
        return
    watch = NotionWatch()
    with pytest.MonkeyPatch.context() as patch:
        watch.attach(patch)
        yield watch


@pytest.fixture(autouse=True)
def _kept_to_notions_types(request: pytest.FixtureRequest, notion_watch: NotionWatch | None) -> Iterator[None]:
    """Fail the test whose requests, or their answers, Notion's types do not take."""
    yield
    if notion_watch is None or not notion_watch.exchanges:
        return
    faults = notion_watch.faults(request.node.nodeid)
    fail_by("not in Notion's types", request.node.nodeid, faults)
