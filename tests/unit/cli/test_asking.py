"""Questions at a terminal: how they end, and which answers count."""

from collections.abc import Iterator
from typing import Any

import pytest

from retro.cli.asking import agreed, ask, choice
from retro.i18n import use


class Person:
    """Answers in order; remembers what stood on the screen before each answer."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.seen: list[str] = []

    def prompt(self, question: str, *, default: str = "", prompt_suffix: str = "", **_more: Any) -> str:
        """As typer asks: Enter stands for the default."""
        self.seen.append(question + prompt_suffix)
        return self.answers.pop(0) or default


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    yield
    use("en")


def _sits(monkeypatch: pytest.MonkeyPatch, *answers: str) -> Person:
    person = Person(*answers)
    monkeypatch.setattr("typer.prompt", person.prompt)
    return person


@pytest.mark.parametrize(
    ("answer", "default", "meant"),
    [
        ("o", False, True),
        ("Oui", False, True),
        ("y", False, True),
        ("yes ", False, True),
        ("n", True, False),
        ("NON", True, False),
        ("no", True, False),
        ("", False, False),
        ("", True, True),
    ],
)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_yes_and_no(
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    answer: str,
    default: bool,  # noqa: FBT001 - a case's own fact
    meant: bool,  # noqa: FBT001 - a case's own fact
) -> None:
    """Yes and no count in either language, whatever the terminal speaks; Enter is the answer that is shown big."""
    use(lang)
    person = _sits(monkeypatch, answer)
    assert agreed("Write?", default=default) is meant
    assert person.seen == [
        f"Write? {({'fr': '[o/N] ', 'en': '[y/N] '} if not default else {'fr': '[O/n] ', 'en': '[Y/n] '})[lang]}"
    ]


def test_what_is_neither_is_asked_again(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Another word is no consent: the question comes again, in French words."""
    use("fr")
    person = _sits(monkeypatch, "peut-être", "ok", "o")
    assert agreed("Écrire\u00a0?")
    assert len(person.seen) == 3
    assert capsys.readouterr().out.count("pour oui") == 2


def test_how_a_question_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A colon, with its blank in French; nothing after a question mark."""
    person = _sits(monkeypatch, " a ", "b", "c")
    assert ask("Paste it") == "a"
    use("fr")
    assert ask("Collez-le") == "b"
    assert ask("Lequel\u00a0?") == "c"
    assert person.seen == ["Paste it: ", "Collez-le\u00a0: ", "Lequel\u00a0? "]


def test_a_number_out_of_the_list_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither 0, a number too many, a superscript nor a word chooses; Enter takes the one that is offered."""
    _sits(monkeypatch, "0", "3", "²", "un", "")
    assert choice("Which board?", ["One", "Two"], default=1) == 1
    assert capsys.readouterr().out.count("A number from 1 to 2") == 4
