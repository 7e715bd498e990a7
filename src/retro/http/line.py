"""One source's line to its service: every request paced, retried and told of, whichever library makes the call."""

import logging
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Generic, Protocol

from retro.http.pacer import Pacer, Passage
from retro.http.policy import TOO_MANY, AnswerT, Retries
from retro.http.watch import Watch
from retro.ports import UNHEARD, Traffic

_log = logging.getLogger(__name__)

_LOOKS = 3
"""Where every look is followed by another wait, the last one has to do."""


class Look(Protocol):
    """Looks again at what a write is about, and raises where the write is not to be sent."""

    def __call__(self, *, perhaps: bool) -> None:
        """`perhaps`: an earlier sending of the write may have been done."""
        ...


class _Thread(threading.local):
    """What concerns one thread: others may be reading another board."""

    calls = 0
    look: Look | None = None
    waited = False
    """Whether something was asked again since `Line.seen`."""


def _never(_answer: object) -> bool:
    return False


class Line(Generic[AnswerT]):
    """Sends the requests of one source.

    Args:
        watch: the run's time.
        dropped: the exceptions by which the library tells of time-outs and dropped connections.
        pacers: asked before every request, repetitions included; in the same order by all that share one.
        window: seconds to wait after a 429 that does not say how long.
        traffic: told of every request.
        hopeless: tells the answers that stay the same however long one waits, whatever their status.
        torn: tells the answers that are not whole.
    """

    def __init__(
        self,
        watch: Watch,
        dropped: tuple[type[Exception], ...],
        *,
        pacers: Sequence[Pacer] = (),
        window: float = 10.0,
        traffic: Traffic = UNHEARD,
        hopeless: Callable[[AnswerT], bool] = _never,
        torn: Callable[[AnswerT], bool] = _never,
    ) -> None:
        self._own = _Thread()
        self._watch = watch
        self._dropped = dropped
        self._pacers = tuple(pacers)
        self._traffic = traffic
        self._retries: Retries[AnswerT] = Retries(
            watch, dropped, window=window, hopeless=hopeless, torn=torn, hold=self._hold
        )

    @property
    def calls(self) -> int:
        """Requests that this thread has sent, repetitions included."""
        return self._own.calls

    @contextmanager
    def looking(self, look: Look) -> Iterator[None]:
        """While it is entered, look again before a write of this thread goes out after a wait.

        A wait is what follows a refusal, an error or a lost answer, of whichever request since `seen`, and what a
        service asks for; not the pace of every day.
        """
        self._own.look = look
        try:
            yield
        finally:
            self._own.look = None

    def seen(self) -> None:
        """What this thread is about to write on was read just now."""
        self._own.waited = False

    def ask(
        self,
        send: Callable[[], AnswerT],
        method: str,
        path: str,
        *,
        repeatable: bool | None = None,
        writes: bool = False,
    ) -> AnswerT:
        """Send by the policy (see `Retries.call`); `path` says what is asked for, without the query.

        `writes`: whoever is `looking` looks again before it is sent after a wait.

        Raises:
            SourceError: the run's time is over, or would be before the service lets retro go on.
            Exception: one of `dropped`, that of the last attempt; what a look raises.
        """
        look = self._own.look if writes else None

        def again(status: int | None, seconds: float) -> None:
            pause = f" in {seconds:.1f} s" if seconds else ""  # else the pacers make it wait
            _log.debug("%s %s: %s, again%s", method, path, status or "no whole answer", pause)
            self._own.waited = True
            self._traffic.again(method, path, status)
            if seconds:
                self._traffic.waited(method, path, paced=0.0, told=seconds)

        def once() -> AnswerT:
            return self._once(send, method, path)

        sending = once if look is None else self._after_a_look(once, look)
        return self._retries.call(sending, method, repeatable=repeatable, again=again)

    def _after_a_look(self, once: Callable[[], AnswerT], look: Look) -> Callable[[], AnswerT]:
        perhaps = False

        def sending() -> AnswerT:
            nonlocal perhaps
            for _time in range(_LOOKS):
                if not self._own.waited and not any(pacer.shut for pacer in self._pacers):
                    break
                look(perhaps=perhaps)
            try:
                answer = once()
            except self._dropped:
                perhaps = True
                raise
            perhaps = perhaps or answer.status_code != TOO_MANY  # which says that nothing was done
            return answer

        return sending

    def _once(self, send: Callable[[], AnswerT], method: str, path: str) -> AnswerT:
        self._watch.ask()
        passages = self._pass(method, path)
        self._own.calls += 1
        self._traffic.sent(method, path)
        answer = send()
        _log.debug("%s %s: %s", method, path, answer.status_code)
        for pacer, passage in zip(self._pacers, passages, strict=True):
            if (left := pacer.heed(answer.headers, passage)) is not None:
                self._traffic.left(left)
        return answer

    def _pass(self, method: str, path: str) -> list[Passage]:
        """Pass every pacer at one moment: none has counted the request before the last lets it go."""
        with ExitStack() as held:
            waits = [held.enter_context(pacer.room(self._watch)) for pacer in self._pacers]
            passages = [pacer.count(waited) for pacer, waited in zip(self._pacers, waits, strict=True)]
        paced, told = (sum(seconds) for seconds in zip(*waits, strict=True)) if waits else (0.0, 0.0)
        if paced or told:
            _log.debug("%s %s: waited %.1f s", method, path, paced + told)
            self._traffic.waited(method, path, paced=paced, told=told)
        return passages

    def _hold(self, seconds: float, headers: Mapping[str, str]) -> bool:
        """Let nobody pass where a service asks to wait: those that it names, else all."""
        named = [pacer for pacer in self._pacers if pacer.blamed(headers)]
        for pacer in named or self._pacers:
            pacer.hold(seconds)
        return bool(self._pacers)
