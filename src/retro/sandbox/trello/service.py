"""What the look-alike does with one request, apart from HTTP: faults, credentials, limits, then the operation."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from retro.sandbox.exchange import Reply, Request
from retro.sandbox.faults import Kind
from retro.sandbox.pace import Rate, Standing, Window
from retro.sandbox.trello import refusals, routes
from retro.sandbox.trello.access import Token, credentials
from retro.sandbox.trello.state import State

_REFUSALS_MOST = 200
_MEMBERS = "/1/members/"
_ERRORS = {
    Kind.BROKEN: "Internal Server Error",
    Kind.UNAVAILABLE: "Service Unavailable",
    Kind.TIMEOUT: "Gateway Timeout",
    Kind.OVERLOADED: "Site is overloaded",
    Kind.CONFLICT: "Conflict",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Trello's published limits, to be made smaller in tests; `retry_after` sends that header with a 429."""

    token: Rate = field(default_factory=lambda: Rate(100, 10))
    key: Rate = field(default_factory=lambda: Rate(300, 10))
    members: Rate = field(default_factory=lambda: Rate(100, 900))
    """Of `/1/members/{id}` alone; its boards are exempt."""
    retry_after: int | None = None


class Service:
    """Answers requests out of a state. Not locked: the caller holds `state.lock`."""

    def __init__(self, state: State, limits: Limits, ticks: Callable[[], float]) -> None:
        self.state = state
        self._limits = limits
        self._token, self._key, self._members = (Window(r, ticks) for r in (limits.token, limits.key, limits.members))
        self._refused = Window(Rate(_REFUSALS_MOST, limits.key.seconds), ticks)

    def answer(self, request: Request) -> Reply:
        """Answer one request."""
        if request.struck in _ERRORS:
            return Reply(status=int(request.struck), body={"message": _ERRORS[request.struck], "error": "ERROR"})
        headers: dict[str, str] = {}
        try:
            token = self._authenticate(request)
            headers = self._pace(request, token)
            return Reply(status=200, body=self._run(request, token), headers=headers)
        except _Limited as refused:
            return Reply(status=refused.status, body=refused.body, headers=refused.headers)
        except refusals.Refusal as refused:
            return Reply(status=refused.status, body=refused.body, headers=headers)

    def _run(self, request: Request, token: Token) -> Any:
        operation, named = routes.find(request.method, request.path)
        if request.method != "GET" and (request.struck is Kind.READONLY or not token.write):
            raise refusals.forbidden()
        if not isinstance(request.body, dict | None):
            raise refusals.Refusal(400, "Error parsing body")
        # Credentials are no parameters; the JSON body goes over the query.
        query = {name: value for name, value in request.query.items() if name not in {"key", "token"}}
        params = {**query, **(request.body or {})}
        return operation(routes.Call(state=self.state, token=token, query=query, params=params), *named)

    def _authenticate(self, request: Request) -> Token:
        key, value = credentials(request.authorization, request.query)
        if key != self.state.key:
            raise refusals.Refusal(401, "invalid key")
        token = self.state.tokens.get(value)
        if token is None:
            raise refusals.Refusal(401, "invalid token" if value else "unauthorized permission requested")
        return token

    def _pace(self, request: Request, token: Token) -> dict[str, str]:
        key, value = self.state.key, token.value
        by_token, by_key = self._token.standing(value), self._key.standing(key)
        member = request.path.startswith(_MEMBERS) and request.path.count("/") == _MEMBERS.count("/")
        by_member = self._members.standing(value) if member else None
        stormed = self._refused.standing(key).exceeded
        who = "KEY" if stormed or by_key.exceeded else "TOKEN"
        slow = by_token.exceeded or (by_member is not None and by_member.exceeded)
        if request.struck is Kind.LIMITED or who == "KEY" or slow:
            self._refused.count(key)
            headers = _headers(by_token, by_key)
            if self._limits.retry_after is not None:
                headers["Retry-After"] = str(self._limits.retry_after)
            raise _Limited(refusals.limited(who), headers)
        if by_member is not None:
            self._members.count(value)
        return _headers(self._token.count(value), self._key.count(key))


class _Limited(refusals.Refusal):
    """One request too many, with the headers that say where the caller stands."""

    def __init__(self, refusal: refusals.Refusal, headers: dict[str, str]) -> None:
        super().__init__(refusal.status, refusal.body)
        self.headers = headers


def _headers(by_token: Standing, by_key: Standing) -> dict[str, str]:
    out: dict[str, str] = {}
    for who, standing in (("token", by_token), ("key", by_key)):
        out[f"x-rate-limit-api-{who}-interval-ms"] = str(round(standing.rate.seconds * 1000))
        out[f"x-rate-limit-api-{who}-max"] = str(standing.rate.most)
        out[f"x-rate-limit-api-{who}-remaining"] = str(standing.remaining)
    return out
