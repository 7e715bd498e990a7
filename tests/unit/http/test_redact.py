"""Secrets appear in no log record, no exception and no address."""

import io
import logging
from collections.abc import Iterator

import pytest

from retro.http import redact

TOKEN = "ATTA0123/token+value"  # noqa: S105 - made up


@pytest.fixture(autouse=True)
def _secret() -> Iterator[None]:
    """The token is registered for one test."""
    held = list(redact._secrets)
    redact.register(TOKEN)
    yield
    redact._secrets[:] = held


def logged(error: BaseException | None = None) -> str:
    """What a handler writes of a record that holds the token in its message, arguments and traceback."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(redact.RedactingFilter())
    logger = logging.Logger("test")  # noqa: LOG001 - one that nothing else shares
    logger.addHandler(handler)
    logger.error("GET /1/boards?token=%s", TOKEN, exc_info=error)
    return out.getvalue()


def test_text_and_addresses() -> None:
    """A secret is masked as it is and as it stands in an address."""
    assert redact.redact(f"x {TOKEN} y") == "x ••• y"
    assert redact.redact("?token=ATTA0123%2Ftoken%2Bvalue&x=1") == "?token=•••&x=1"


def test_short_texts_are_no_secrets() -> None:
    """An empty or tiny secret masks nothing."""
    redact.register("", "ab")
    assert redact.redact("abracadabra") == "abracadabra"


def test_a_secret_inside_another_goes_whole() -> None:
    """The longer of two nested secrets is masked first."""
    redact.register(f"{TOKEN}-longer")
    assert redact.redact(f"{TOKEN}-longer") == "•••"


def test_log_records() -> None:
    """A record's message is masked whether the secret is in its text or its arguments."""
    assert logged() == "GET /1/boards?token=•••\n"


def test_tracebacks() -> None:
    """A traceback in a record is masked, causes included."""
    error = RuntimeError(f"failed with {TOKEN}")
    error.__cause__ = ValueError(TOKEN)
    found = logged(error)
    assert TOKEN not in found
    assert "RuntimeError: failed with •••" in found


def test_install_masks_every_logger() -> None:
    """Once installed, records of any logger are masked before a handler sees them; twice is once."""
    factory = logging.getLogRecordFactory()
    try:
        redact.install()
        installed = logging.getLogRecordFactory()
        redact.install()
        assert logging.getLogRecordFactory() is installed
        record = logging.getLogger("any").makeRecord("any", logging.INFO, "f", 1, "key %s", (TOKEN,), None)
        assert record.getMessage() == "key •••"
    finally:
        logging.setLogRecordFactory(factory)
