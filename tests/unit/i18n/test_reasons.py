"""Why the system refused is told in the reader's language."""

import errno
from collections.abc import Iterator

import pytest

from retro.i18n import use
from retro.i18n.reasons import reason


@pytest.fixture
def french() -> Iterator[None]:
    """The reader's language."""
    use("fr")
    yield
    use("en")


@pytest.mark.usefixtures("french")
def test_usual_refusals_are_french_to_a_french_reader() -> None:
    """The system's English words are not repeated where there are better ones."""
    assert reason(FileNotFoundError(errno.ENOENT, "No such file or directory")) == "ce fichier ou dossier n’existe pas"
    assert reason(PermissionError(errno.EACCES, "Permission denied")) == "accès refusé"


def test_rare_refusals_keep_the_words_of_the_system() -> None:
    """What no list holds is told all the same."""
    assert reason(OSError(errno.ENOTCONN, "Transport endpoint is not connected")) == (
        "Transport endpoint is not connected"
    )
    assert reason(OSError("no number at all")) == "no number at all"
