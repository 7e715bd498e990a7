"""How a token stands is said in words: rights, and days left."""

from datetime import UTC, datetime, timedelta

import pytest

from retro.model.check import Verdict
from retro.ports import Standing
from retro.run.doctor.standing import of_standing

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def said(standing: Standing, *, writes: bool = False) -> str:
    """Every sentence, the remarks marked."""
    found = of_standing("equipe", standing, now=NOW, zone=UTC, writes=writes)
    return " ".join(("! " if check.verdict is Verdict.REMARK else "") + check.said for check in found)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (12, "! the token expires in 12 days, on 5 Dec 2026."),
        (1, "! the token expires in 1 day, on 24 Nov 2026."),
        (300, "the token expires in 300 days"),
    ],
)
def test_days_left(days: int, words: str) -> None:
    """What ends within a month is remarked."""
    assert words in said(Standing(expiry_told=True, expires=NOW + timedelta(days=days)))


def test_what_is_not_told_is_not_made_up() -> None:
    """Rights and term that the tool does not tell are said to be not told."""
    assert said(Standing(name="Léa")).count("not told") == 2
    assert "never expires" in said(Standing(expiry_told=True))


def test_several_tokens() -> None:
    """Where the answer may mean several tokens, the earliest end is told with that doubt."""
    words = said(Standing(expiry_told=True, expires=NOW + timedelta(days=5), candidates=3))
    assert "one of the 3 tokens" in words
    assert "differ in what they may do" in words


def test_a_token_that_may_only_read() -> None:
    """It is enough, but for boards that are to be written to."""
    assert "! " not in said(Standing(may_write=False))
    assert "! the token may only read" in said(Standing(may_write=False), writes=True)
    assert "may read and write" in said(Standing(may_write=True))
