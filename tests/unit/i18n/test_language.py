"""Which language the machine speaks, as far as it is one of ours."""

import pytest

from retro.i18n.catalogue import language_of_environment, language_of_windows

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


@pytest.mark.parametrize(
    ("values", "language"),
    [
        (("", "", "fr_FR.UTF-8"), "fr"),
        (("", "en_GB.UTF-8", "fr_FR.UTF-8"), "en"),
        (("fr_CA", "en_GB.UTF-8", "en_US"), "fr"),
        (("C.UTF-8", "", "fr_FR.UTF-8"), None),
        (("", "", "de_DE.UTF-8"), None),
        (("", "", ""), None),
    ],
)
def test_variables(monkeypatch: pytest.MonkeyPatch, values: tuple[str, ...], language: str | None) -> None:
    """The strongest variable that is set decides, also for a language that is not ours."""
    monkeypatch.setattr("sys.platform", "linux")
    for name, value in zip(VARIABLES, values, strict=True):
        monkeypatch.setenv(name, value)
    assert language_of_environment() == language


@pytest.mark.parametrize(
    ("number", "language"),
    [(0x040C, "fr"), (0x0C0C, "fr"), (0x080C, "fr"), (0x0409, "en"), (0x0809, "en"), (0x0407, None), (0, None)],
)
def test_windows(number: int, language: str | None) -> None:
    """There no variable tells: French of France, Canada or Belgium is French, English of anywhere English."""
    assert language_of_windows(number) == language
