"""What is asked again, when, and how often: one policy for every service, whichever library makes the call.

Reads and idempotent writes are asked again after 429, 5xx, time-outs and dropped connections; a creation only
after a 429, which says that nothing was done. `Retry-After` is honoured whole. All waits are on the run's watch.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Protocol, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, retry_if_result, stop_after_attempt

from retro.http.watch import Watch

if TYPE_CHECKING:
    from tenacity.retry import retry_base

TOO_MANY = 429
_AGAIN = frozenset({TOO_MANY, 500, 502, 503, 504, 529})
_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE"})
_LONGEST_PAUSE = 30.0


class Answer(Protocol):
    """What the policy looks at in an answer; those of requests and httpx both have it."""

    @property
    def status_code(self) -> int:
        """The HTTP status."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers, found whatever their case."""
        ...


AnswerT = TypeVar("AnswerT", bound=Answer)


class Retries:
    """Asks again within a run's deadline.

    Args:
        watch: waits, and knows the deadline.
        dropped: the exceptions by which the library tells of time-outs and dropped connections.
        window: seconds to wait after a 429 that does not say how long.
        attempts: how often one request is sent at most.
    """

    def __init__(
        self, watch: Watch, dropped: tuple[type[Exception], ...], *, window: float = 10.0, attempts: int = 5
    ) -> None:
        self._watch = watch
        self._dropped = dropped
        self._window = window
        self._attempts = attempts

    def call(self, send: Callable[[], AnswerT], method: str, *, repeatable: bool | None = None) -> AnswerT:
        """Send until there is an answer worth having; the last answer where there is none.

        `repeatable` tells whether a second sending changes nothing more, where the method does not tell it rightly.

        Raises:
            SourceError: the next wait would pass the deadline.
            Exception: one of `dropped`, that of the last attempt.
        """
        again: retry_base = retry_if_result(lambda answer: answer.status_code == TOO_MANY)
        if method.upper() in _IDEMPOTENT if repeatable is None else repeatable:
            again = retry_if_result(lambda answer: answer.status_code in _AGAIN)
            again = again | retry_if_exception_type(self._dropped)
        retrying = Retrying(
            retry=again,
            wait=self._pause,
            sleep=self._watch.sleep,
            stop=stop_after_attempt(self._attempts),
            retry_error_callback=_last,
        )
        return retrying(send)

    def _pause(self, state: RetryCallState) -> float:
        doubled = min(float(2 ** (state.attempt_number - 1)), _LONGEST_PAUSE)
        if state.outcome is None or state.outcome.failed:
            return doubled
        answer: Answer = state.outcome.result()
        told = retry_after(answer.headers)
        if told is not None:
            return told
        if answer.status_code == TOO_MANY:
            return exhausted_window(answer.headers) or self._window
        return doubled


def _last(state: RetryCallState) -> object:
    """The last answer, or the exception that stood in its place."""
    return state.outcome.result() if state.outcome is not None else None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that `Retry-After` asks for, given as such or as a date; None where it does not say."""
    value = headers.get("Retry-After", "").strip()
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    until, sent = _instant(value), _instant(headers.get("Date", ""))
    return max(0.0, (until - sent).total_seconds()) if until is not None and sent is not None else None


def exhausted_window(headers: Mapping[str, str]) -> float | None:
    """The longest window, in seconds, that `x-rate-limit-…` headers show as used up; None where none is."""
    windows = [0.0]
    for name, value in headers.items():
        lead, found, _end = name.lower().rpartition("-remaining")
        if not found or not lead.startswith("x-rate-limit-") or value.strip() != "0":
            continue
        interval = headers.get(f"{lead}-interval-ms", "")
        if interval.strip().isdigit():
            windows.append(int(interval) / 1000)
    return max(windows) or None


def _instant(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
