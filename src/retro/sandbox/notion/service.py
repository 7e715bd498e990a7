"""What the look-alike does with one request, apart from HTTP: faults, token, version, limits, then the operation."""

import math
from collections.abc import Callable
from itertools import count
from uuid import NAMESPACE_URL, uuid5

from retro.sandbox.exchange import Reply, Request
from retro.sandbox.faults import Kind
from retro.sandbox.notion import refusals, routes
from retro.sandbox.notion.access import Document, Token, bearer
from retro.sandbox.notion.call import Call, Limits
from retro.sandbox.notion.orders import Orders
from retro.sandbox.notion.paging import SIZE_MOST
from retro.sandbox.notion.refusals import Refusal
from retro.sandbox.notion.state import NotionState
from retro.sandbox.pace import Window

VERSION = "2026-03-11"
"""The version of the interface whose shapes are served."""

_RETRY_AFTER = 1
_ERRORS = {
    Kind.BROKEN: ("internal_server_error", "Unexpected error occurred."),
    Kind.UNAVAILABLE: ("service_unavailable", "Notion is unavailable, please try again later."),
    Kind.TIMEOUT: ("gateway_timeout", "The request took too long. Ask for less at a time."),
    Kind.OVERLOADED: ("service_overload", "Notion is overloaded, please try again later."),
    Kind.CONFLICT: ("conflict_error", "Conflict occurred while saving. Please try again."),
}


class Service:
    """Answers requests out of a state. Not locked: the caller holds `state.lock`."""

    def __init__(self, state: NotionState, limits: Limits, ticks: Callable[[], float]) -> None:
        self.state = state
        self._limits = limits
        self._connection = Window(limits.connection, ticks)
        self._workspace = None if limits.workspace is None else Window(limits.workspace, ticks)
        self._number, self._queries = count(1), count(1)
        self._orders = Orders()

    def answer(self, request: Request, *, reads: bool) -> Reply:
        """Answer one request; `reads`: it changes nothing."""
        id_ = str(uuid5(NAMESPACE_URL, f"{self.state.seed}/{next(self._number)}"))
        headers = {"x-notion-request-id": id_}
        try:
            body = self._run(request, reads=reads)
            return Reply(status=200, body={**body, "request_id": id_}, headers=headers)
        except Refusal as refused:
            if refused.wait is not None:
                headers["Retry-After"] = str(refused.wait)
            return Reply(status=refused.status, body={**refused.body(), "request_id": id_}, headers=headers)

    def _run(self, request: Request, *, reads: bool) -> Document:
        if request.struck in _ERRORS:
            code, message = _ERRORS[request.struck]
            wait = _RETRY_AFTER if request.struck is Kind.OVERLOADED else None
            raise Refusal(int(request.struck), code, message, wait=request.retry_after or wait)
        token = self.state.tokens.get(bearer(request.authorization))
        if token is None or request.struck is Kind.INVALID:
            raise Refusal(401, "unauthorized", "API token is invalid.")
        self._check_version(request.headers.get("notion-version"))
        self._pace(request, token)
        if not isinstance(request.body, dict | None):
            raise Refusal(400, "invalid_json", "Error parsing JSON body.")
        if request.struck is Kind.REVOKED:
            raise refusals.not_found("object", request.path.rsplit("/", 1)[-1], self.state.users[token.bot])
        operation, named = routes.find(request.method, request.path)
        if not reads and (request.struck is Kind.READONLY or not token.write):
            raise refusals.restricted()
        if request.path.endswith("/query"):
            self._time_out(request.body or {})
        call = Call(
            state=self.state,
            token=token,
            limits=self._limits,
            pairs=request.pairs,
            body=request.body or {},
            orders=self._orders,
        )
        return operation(call, *named)

    def _time_out(self, body: Document) -> None:
        """Refuse as too slow every so many-th query, and those for too many rows."""
        every, size = self._limits.timeouts_every, body.get("page_size")
        too_many = isinstance(size, int) and self._limits.rows_in_time < size <= SIZE_MOST
        if too_many or (every and next(self._queries) % every == 0):
            code, message = _ERRORS[Kind.TIMEOUT]
            raise Refusal(int(Kind.TIMEOUT), code, message)

    def _check_version(self, version: str | None) -> None:
        if version is None:
            raise Refusal(400, "missing_version", f"Notion-Version header should be defined, for instance {VERSION!r}.")
        if version != VERSION:
            raise refusals.invalid(f"This look-alike speaks Notion-Version {VERSION} only, not {version}.")

    def _pace(self, request: Request, token: Token) -> None:
        if request.struck is Kind.LIMITED:
            raise refusals.limited(request.retry_after or _RETRY_AFTER, "connection_limit")
        standings = [(self._connection.standing(token.value), "connection_limit")]
        if self._workspace is not None:
            standings.append((self._workspace.standing(self.state.id), "workspace_limit"))
        for standing, reason in standings:
            if standing.exceeded:
                raise refusals.limited(math.ceil(standing.wait), reason)
        self._connection.count(token.value)
        if self._workspace is not None:
            self._workspace.count(self.state.id)
