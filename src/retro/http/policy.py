"""What is asked again, when, and how often: one policy for every service, whichever library makes the call.

Reads and idempotent writes are asked again after 429, 5xx, time-outs, and connections or answers that break off; a
creation only after a 429, which says that nothing was done. `Retry-After` is honoured whole. All waits are on the
run's watch. Before a write is sent after a wait, its line looks again (`Line.looking`).
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, retry_if_result, stop_after_attempt

from retro.http.headers import exhausted_window, retry_after
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

Hold = Callable[[float, Mapping[str, str]], bool]
"""Told what an answer asks to wait, and its headers; True: whoever sends next waits, the caller need not."""
Again = Callable[[int | None, float], None]
"""Told of a repetition: the status that asks for it (None: no whole answer came), and the seconds waited before it."""


def _never(_answer: object) -> bool:
    return False


def _not_held(_seconds: float, _headers: Mapping[str, str]) -> bool:
    return False


def _unheard(_status: int | None, _seconds: float) -> None:
    pass


class Retries(Generic[AnswerT]):
    """Asks again within a run's deadline.

    Args:
        watch: waits, and knows the deadline.
        dropped: the exceptions by which the library tells of time-outs and dropped connections.
        window: seconds to wait after a 429 that does not say how long.
        attempts: how often one request is sent at most.
        hopeless: tells the answers that stay the same however long one waits, whatever their status.
        torn: tells the answers that are not whole: they count as dropped connections.
        hold: told of the waits that a service asks for, so that others wait as well.
    """

    def __init__(
        self,
        watch: Watch,
        dropped: tuple[type[Exception], ...],
        *,
        window: float = 10.0,
        attempts: int = 5,
        hopeless: Callable[[AnswerT], bool] = _never,
        torn: Callable[[AnswerT], bool] = _never,
        hold: Hold = _not_held,
    ) -> None:
        self._watch = watch
        self._dropped = dropped
        self._window = window
        self._attempts = attempts
        self._hopeless = hopeless
        self._torn = torn
        self._hold = hold

    def call(
        self, send: Callable[[], AnswerT], method: str, *, repeatable: bool | None = None, again: Again = _unheard
    ) -> AnswerT:
        """Send until there is an answer worth having; the last answer where there is none.

        `repeatable` tells whether a second sending changes nothing more, where the method does not tell it rightly;
        `again` is told of each repetition.

        Raises:
            SourceError: the next wait would pass the deadline.
            Exception: one of `dropped`, that of the last attempt.
        """
        retry: retry_base = retry_if_result(self._refused)
        if method.upper() in _IDEMPOTENT if repeatable is None else repeatable:
            retry = retry_if_result(self._passing) | retry_if_exception_type(self._dropped)

        def tell(state: RetryCallState) -> None:
            seconds = state.upcoming_sleep
            self._watch.ask(seconds)
            again(self._status(state), seconds)

        retrying = Retrying(
            retry=retry,
            wait=self._pause,
            before_sleep=tell,
            sleep=self._watch.sleep,
            stop=stop_after_attempt(self._attempts),
            retry_error_callback=self._given_up,
        )
        return retrying(send)

    def _refused(self, answer: AnswerT) -> bool:
        return answer.status_code == TOO_MANY and not self._hopeless(answer)

    def _passing(self, answer: AnswerT) -> bool:
        return (answer.status_code in _AGAIN and not self._hopeless(answer)) or self._torn(answer)

    def _pause(self, state: RetryCallState) -> float:
        doubled = min(float(2 ** (state.attempt_number - 1)), _LONGEST_PAUSE)
        if state.outcome is None or state.outcome.failed:
            return doubled
        answer: AnswerT = state.outcome.result()
        told = retry_after(answer.headers)
        if told is None and answer.status_code == TOO_MANY:
            told = exhausted_window(answer.headers) or self._window
        if told is None:
            return doubled
        # Longer each time, whatever is told: who refuses again and again without a wait is not to be stormed.
        wait = max(told, doubled)
        return 0.0 if self._hold(wait, answer.headers) else wait

    def _status(self, state: RetryCallState) -> int | None:
        if state.outcome is None or state.outcome.failed:
            return None
        answer: AnswerT = state.outcome.result()
        return answer.status_code if answer.status_code in _AGAIN else None

    def _given_up(self, state: RetryCallState) -> AnswerT | None:
        """The last answer, or the exception that stood in its place. Others wait for what it asks for all the same."""
        self._pause(state)
        return state.outcome.result() if state.outcome is not None else None
