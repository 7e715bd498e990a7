"""Help and misuse in the person's language, whatever the environment's locale says."""

import re
from collections.abc import Callable

import pytest

from retro.cli.app import build, run
from retro.i18n import use

Said = Callable[..., str]
TYPERS_OWN = (
    "Usage: ",
    "Commands",
    "Show this message",
    "[required]",
    "[default",
    "[env var",
    "<bool>",
    "<list",
    "<path>",
    "<str>",
    "COMMAND [",
)
OURS_IN_CAPITALS = re.compile(r"(?<![\w$./-])(NAME|FILE|PATH|BOARD|PERSON|PROJECT|SEVERITY|KEY|DIR|MODEL|TASK)\b")


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Said:
    """What `retro` says in French on a machine whose locale is English."""
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("COLUMNS", "120")
    use("en")
    build()  # what is made once, at import, is English for every other test of this process
    use("fr")

    def said(*arguments: str) -> str:
        run(["--lang", "fr", *arguments])
        shown = capsys.readouterr()
        return shown.out + shown.err

    return said


def commands() -> list[tuple[str, ...]]:
    """Every command there is, and every group of commands."""
    import typer  # noqa: PLC0415 - for this only

    def below(command: object, path: tuple[str, ...]) -> list[tuple[str, ...]]:
        children = getattr(command, "commands", {})
        return [path, *(each for name, child in children.items() for each in below(child, (*path, name)))]

    return below(typer.main.get_command(build()), ())


def test_no_help_page_mixes_languages(french: Said) -> None:
    """Nothing that typer says by itself is English on a French help page, nor are the words that stand for values."""
    for path in commands():
        page = french(*path, "--help")
        assert "Usage : retro" in page, path
        assert "Montrer cette aide et sortir." in page, path
        assert not [words for words in TYPERS_OWN if words in page], path
        frame = "\n".join(line for line in page.splitlines() if line.lstrip().startswith(("│ -", "Usage")))
        assert not OURS_IN_CAPITALS.search(frame), path


def test_english_help_stays_english(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The same page in English has the names that the documentation has."""
    use("en")
    monkeypatch.setenv("COLUMNS", "120")
    run(["--lang", "en", "undo", "--help"])
    page = capsys.readouterr().out
    assert "Usage: retro undo [OPTIONS] RUN" in page
    assert "[required]" in page
    assert "Show this help and leave." in page


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("vew",), "la commande vew n’existe pas. Vouliez-vous dire « view » ?"),
        (("view", "--opne"), "l’option --opne n’existe pas. Vouliez-vous dire « --open » ?"),
        (("view", "--end"), "l’option --end attend une valeur."),
        (("view", "--open=3"), "l’option --open ne prend pas de valeur."),
        (("undo",), "il manque EXÉCUTION."),
        (("rule", "OWN101", "OWN102"), "la commande n’attend pas cela : OWN102."),
        (("sandbox", "--port", "abc"), "--port : un nombre entier est attendu. Il va de 0 à 65535."),
        (("schedule", "--margin", "beaucoup"), "--margin : un nombre est attendu. Il va de 0 à 10."),
        (("lint", "--max-warnings", "-1"), "--max-warnings : un nombre entier est attendu. Il vaut au moins 0."),
    ],
)
def test_misuse_is_told_in_the_language(arguments: tuple[str, ...], sentence: str, french: Said) -> None:
    """What is missing, unknown or too much is said in one sentence of that language, with the help that tells more."""
    where = f"retro {arguments[0]}" if arguments != ("vew",) else "retro"
    assert french(*arguments).splitlines() == [f"retro: {sentence}", f"Voir `{where} --help`."]
