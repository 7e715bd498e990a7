"""Who learns of a nightly run besides the person at the terminal: a health check, a metrics file, a JSON summary.

Neither of the first two changes how the run ends: what goes wrong there is a warning.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from retro.cli.failures import code_of, tell
from retro.cli.output import put
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from retro.cli.session import Session
    from retro.http.health import HealthCheck, Signal
    from retro.model.run_summary import RunSummary, Trouble

_READABLE = 0o644
"""Of the metrics file: an exporter under another account reads it, and it holds names and figures only."""


class Aftermath:
    """Of one `retro sync`. Raises ConfigurationError where the health check's address cannot be found or called.

    `counts` is false for a run that is none to the outside: a dry one, or one that reads nothing.
    """

    def __init__(self, session: Session, formats: Sequence[tuple[str, Path | None]], *, counts: bool) -> None:
        self.session = session
        self.began = session.now
        self._files = [file for name, file in formats if name == "json"]
        self._counts = counts
        self._health = _health(session) if counts else None

    @contextmanager
    def following(self) -> Iterator[None]:
        """Tell of a run that an error ends; one that another run stands in the way of is none."""
        from retro.ports import LockedError, RetroError
        from retro.run.summary import cut_short

        try:
            yield
        except (typer.Exit, LockedError):
            raise
        except BaseException as error:
            finished = self.session.now
            summary = cut_short(error, command="sync", started=self.began, finished=finished, code=code_of(error))
            with suppress(RetroError):  # of a file for the summary: the run's own error is what matters
                for warning in self.tell(summary).warnings:
                    tell(f"retro: {warning.where}: {warning.what} {warning.remedy}")
            raise

    def begins(self) -> None:
        """Tell that the run has the state to itself. Checks that know no beginning are no matter."""
        from retro.http.health import Signal
        from retro.ports import SourceError

        if self._health is not None:
            with suppress(SourceError):
                self._health.send(Signal.START)

    def tell(self, summary: RunSummary) -> RunSummary:
        """Tell whoever wants to know; the summary, with a warning for each that could not be told."""
        from retro.http.health import Signal
        from retro.report import json_run
        from retro.report.document import dumps
        from retro.report.run_text import signal

        warnings: list[Trouble] = []
        if self._counts:
            warnings += self._measure(summary)
            warnings += self._ping(Signal.SUCCESS if summary.well else Signal.FAIL, signal(summary))
        summary = replace(summary, warnings=tuple(warnings))
        zone = self.session.settings.workspace.timezone
        for file in self._files:
            put(dumps(json_run.document(summary, zone_name=zone, lang=self.session.lang)), file)
        return summary

    def _ping(self, signal: Signal, words: str) -> Iterator[Trouble]:
        from retro.model.run_summary import Trouble
        from retro.ports import SourceError

        if self._health is None:
            return
        try:
            self._health.send(signal, words)
        except SourceError as error:
            yield Trouble(
                where=error.where,
                what=error.what,
                remedy=_("The run itself is not touched by that; check the address."),
            )

    def _measure(self, summary: RunSummary) -> Iterator[Trouble]:
        from retro.disk import put_whole, refusal
        from retro.model.run_summary import Trouble
        from retro.report import prometheus

        configuration = self.session.configuration
        if not configuration.settings.sync.metrics:
            return
        path = configuration.folder / configuration.settings.sync.metrics
        try:
            before = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
            # An exporter takes every `*.prom` of the folder, at any moment: never half of one.
            text = prometheus.render(summary, before)
            put_whole(text.encode("utf-8", "replace"), path, mode=_READABLE, sleep=self.session.clock.sleep)
        except OSError as error:
            yield Trouble(
                where=f"[sync] metrics, {path}",
                what=refusal(error),
                remedy=_("Make its folder, or give your account the right to write there."),
            )


def _health(session: Session) -> HealthCheck | None:
    reference = session.settings.sync.health_url
    if not reference:
        return None
    from retro.http.health import HealthCheck
    from retro.http.secret_address import SecretAddress

    where = f"{session.configuration.path}: [sync] health_url"
    url = reference.resolve(where, session.configuration.folder)
    traffic = session.meter.of("health_url")
    return HealthCheck(SecretAddress(url, session.clock, where="[sync] health_url", traffic=traffic))
