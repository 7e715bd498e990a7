"""What the doctor found, for people and for scripts."""

from datetime import UTC, datetime
from io import StringIO

from rich.console import Console

from retro.i18n import use
from retro.model.check import Check, Topic, fault, remark
from retro.report.doctor_text import draw
from retro.report.json_doctor import document

CHECKS = (
    fault(Topic.SOURCES, "nobody \x1b[31mthere", code=3, subject="base", remedy="look"),
    Check(topic=Topic.CONFIGURATION, said="fine"),
    remark(Topic.BOARDS, "odd", subject="contenus", remedy="mend"),
)


def drawn(*, encoding: str = "utf-8", everything: bool = True, lang: str = "en") -> str:
    """The report as text."""
    use(lang)
    file = StringIO()
    console = Console(file=file, width=80, markup=False, highlight=False)
    if encoding != "utf-8":
        console = Console(file=_Narrow(file), width=80, markup=False, highlight=False)  # type: ignore[arg-type]  # a stream
    draw(CHECKS, console, everything=everything)
    return file.getvalue()


class _Narrow:
    """A stream that holds plain letters only."""

    encoding = "ascii"

    def __init__(self, file: StringIO) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write what ASCII holds."""
        return self._file.write(text.encode("ascii").decode())

    def flush(self) -> None:
        """Nothing waits."""


def test_topics_in_order_with_words() -> None:
    """The configuration comes before sources and boards; a word stands beside every sign, the remedy below."""
    text = drawn()
    assert text.index("Configuration") < text.index("Sources") < text.index("Boards")
    assert "✗ fault  base: nobody there" in text
    assert "→ look" in text
    assert "\x1b" not in text
    assert text.rstrip().endswith("1 fault · 1 thing to look at · 1 in order")


def test_quiet_shows_what_is_not_in_order() -> None:
    """What is in order is only counted."""
    assert "fine" not in drawn(everything=False)


def test_plain_letters_where_the_console_has_no_others() -> None:
    """Signs become letters, and nothing fails."""
    assert "x fault" in drawn(encoding="ascii")


def test_french() -> None:
    """Headings and words are in the language in use."""
    assert "Tableaux" in drawn(lang="fr")
    assert "défaut" in drawn(lang="fr")


def test_json() -> None:
    """Version 1, with what is unknown as null."""
    found = document(CHECKS, now=datetime(2026, 11, 23, 9, tzinfo=UTC), zone_name="Europe/Paris", lang="en")
    assert (found["version"], found["now"]) == (1, "2026-11-23T10:00:00+01:00")
    assert found["summary"] == {"ok": 1, "remark": 1, "fault": 1}
    assert found["checks"][1] == {
        "topic": "configuration",
        "subject": None,
        "verdict": "ok",
        "said": "fine",
        "remedy": None,
    }
