"""What the look-alike does with one request, apart from HTTP: faults, credentials, limits, then the operation."""

from collections.abc import Callable
from typing import Any

from retro.sandbox.exchange import Reply, Request
from retro.sandbox.faults import Kind
from retro.sandbox.pace import Rate, Standing, Window
from retro.sandbox.trello import refusals, routes
from retro.sandbox.trello.access import Token, credentials
from retro.sandbox.trello.call import Call
from retro.sandbox.trello.limits import Limits
from retro.sandbox.trello.state import State

_REFUSALS_MOST = 200
"""More refusals than that in one window, and everything is refused."""
_MEMBERS = "/1/members/"
_ERRORS = {
    Kind.BROKEN: "Internal Server Error",
    Kind.UNAVAILABLE: "Service Unavailable",
    Kind.TIMEOUT: "Gateway Timeout",
    Kind.OVERLOADED: "Site is overloaded",
    Kind.CONFLICT: "Conflict",
}


class Service:
    """Answers requests out of a state. Not locked: the caller holds `state.lock`."""

    def __init__(self, state: State, limits: Limits, ticks: Callable[[], float]) -> None:
        self.state = state
        self._limits = limits
        self._token, self._key, self._members = (Window(r, ticks) for r in (limits.token, limits.key, limits.members))
        self._refused = Window(Rate(_REFUSALS_MOST + 1, limits.key.seconds), ticks)

    def answer(self, request: Request) -> Reply:
        """Answer one request."""
        if request.struck in _ERRORS:
            body = {"message": _ERRORS[request.struck], "error": "ERROR"}
            return Reply(status=int(request.struck), body=body, headers=_retry(request.retry_after))
        headers: dict[str, str] = {}
        try:
            token = self._authenticate(request)
            headers = self._pace(request, token)
            return Reply(status=200, body=self._run(request, token), headers=headers)
        except _Limited as refused:
            return Reply(status=refused.status, body=refused.body, headers={**headers, **refused.headers})
        except refusals.Refusal as refused:
            return Reply(status=refused.status, body=refused.body, headers=headers)

    def _run(self, request: Request, token: Token) -> Any:
        self._suffer(request)
        operation, named = routes.find(request.method, request.path)
        if request.method != "GET" and (request.struck is Kind.READONLY or not token.write):
            raise refusals.forbidden()
        if not isinstance(request.body, dict | None):
            raise refusals.Refusal(400, "Error parsing body")
        # Credentials are no parameters; the JSON body goes over the query.
        query = {name: value for name, value in request.query.items() if name not in {"key", "token"}}
        params = {**query, **(request.body or {})}
        call = Call(state=self.state, token=token, limits=self._limits, query=query, params=params)
        return operation(call, *named)

    def _suffer(self, request: Request) -> None:
        if request.struck is Kind.REVOKED:
            raise refusals.forbidden()
        if request.struck is Kind.MANY_CHECKLISTS:
            raise refusals.too_many_checklists()
        if request.struck is Kind.OVERSIZED:
            raise refusals.oversized()
        if request.struck is Kind.MANY_CARDS:
            raise _Limited(refusals.too_many_cards(self._limits.too_large), _retry(request.retry_after))

    def _authenticate(self, request: Request) -> Token:
        key, value = credentials(request.authorization, request.query)
        if key != self.state.key:
            raise refusals.Refusal(401, "invalid key")
        token = self.state.tokens.get(value)
        if token is None or request.struck is Kind.INVALID:
            raise refusals.Refusal(401, "invalid token" if value else "unauthorized permission requested")
        if token.expires is not None and self.state.now() >= token.expires:
            raise refusals.expired()
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
            wait = self._limits.retry_after if request.retry_after is None else request.retry_after
            raise _Limited(refusals.limited(who), {**_headers(by_token, by_key), **_retry(wait)})
        if by_member is not None:
            self._members.count(value)
        return _headers(self._token.count(value), self._key.count(key))


class _Limited(refusals.Refusal):
    """One request too many, with the headers that say where the caller stands."""

    def __init__(self, refusal: refusals.Refusal, headers: dict[str, str]) -> None:
        super().__init__(refusal.status, refusal.body)
        self.headers = headers


def _retry(seconds: int | None) -> dict[str, str]:
    return {} if seconds is None else {"Retry-After": str(seconds)}


def _headers(by_token: Standing, by_key: Standing) -> dict[str, str]:
    out: dict[str, str] = {}
    for who, standing in (("token", by_token), ("key", by_key)):
        out[f"x-rate-limit-api-{who}-interval-ms"] = str(round(standing.rate.seconds * 1000))
        out[f"x-rate-limit-api-{who}-max"] = str(standing.rate.most)
        out[f"x-rate-limit-api-{who}-remaining"] = str(standing.remaining)
    return out
