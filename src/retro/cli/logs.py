"""What `-vv` adds: the log records of retro and of the libraries that make its requests, on standard error."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from retro.cli.failures import tell
from retro.http.redact import install

_LOGGERS = ("retro", "retro_trello", "retro_notion", "urllib3", "httpx")
"""Not httpcore, which tells every header, nor the ledger's library, which tells what boards hold."""


class _Told(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        tell(self.format(record))


@contextmanager
def logs() -> Iterator[None]:
    """Show the records, secrets masked, while this is entered."""
    install()
    handler = _Told()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(level)
