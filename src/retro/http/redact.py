"""Keeping secrets out of words: every secret that is registered reads as `•••` in logs, errors and addresses."""

import logging
import threading
import traceback
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit, urlunsplit

MASK = "•••"
_SHORTEST = 4
"""Shorter texts are no secrets, and masking them would mask words."""

_SECRET_LENGTH = 8
"""Shorter parts of an address are words of it, not its secret."""

_lock = threading.Lock()
_secrets: list[str] = []
"""Longest first, so that a secret that contains another goes whole."""


def register(*secrets: str) -> None:
    """Mask these from now on, as they are and as they stand in an address; also in every log record."""
    install()
    found = {form for secret in secrets for form in (secret, quote(secret, safe=""), quote_plus(secret))}
    with _lock:
        known = {*_secrets, *(secret for secret in found if len(secret) >= _SHORTEST)}
        _secrets[:] = sorted(known, key=lambda secret: (-len(secret), secret))


def register_address(address: str) -> None:
    """Mask an address that is a secret, and those parts of it that give it away; what is none is masked whole."""
    try:
        parts = urlsplit(address)
    except ValueError:
        register(address)
        return
    if not parts.netloc and not parts.path:
        return  # a scheme alone, which stands in every other address as well
    tail = urlunsplit(("", "", parts.path.strip("/"), parts.query, ""))
    # apprise has a token where others have a host (tgram://TOKEN/…); a host has a dot, or is this machine.
    bot = parts.netloc if parts.scheme not in ("http", "https") and "." not in parts.netloc else ""
    pieces = (tail, parts.path.strip("/").rpartition("/")[2], parts.query, parts.password or "", bot)
    register(address, *(piece for piece in pieces if len(piece) >= _SECRET_LENGTH))


def redact(text: str) -> str:
    """The text with every registered secret masked."""
    for secret in tuple(_secrets):
        if secret in text:
            text = text.replace(secret, MASK)
    return text


class RedactingFilter(logging.Filter):
    """Masks secrets in a log record: its message, and its traceback, which becomes text."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, masked."""
        record.msg, record.args = redact(record.getMessage()), None
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            record.exc_info = None
        if record.exc_text:
            record.exc_text = redact(record.exc_text)
        if record.stack_info:
            record.stack_info = redact(record.stack_info)
        return True


def install() -> None:
    """Mask every log record of the process as it is made, whichever logger and handler it goes through."""
    make = logging.getLogRecordFactory()
    if getattr(make, "redacts", False):
        return
    redacting = RedactingFilter()

    def factory(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = make(*args, **kwargs)
        redacting.filter(record)
        return record

    factory.redacts = True  # type: ignore[attr-defined]  # a mark, so that a second call changes nothing
    logging.setLogRecordFactory(factory)
