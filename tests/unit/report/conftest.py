"""What the tests of reports share: the marketing team's Monday, and the language."""

from collections.abc import Iterator
from io import BytesIO, TextIOWrapper

import pytest
from rich.console import Console
from tests import marketing_team

from retro.i18n import current_language, use
from retro.model import Assessment


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    """French is the language, and what it was before comes back."""
    before = current_language()
    use("fr")
    yield
    use(before)


@pytest.fixture(scope="session")
def team() -> Assessment:
    """The assessment of one Monday morning."""
    return marketing_team.team()


class Screen:
    """A terminal that remembers what was printed on it."""

    def __init__(self, width: int = 80, encoding: str = "utf-8") -> None:
        self._encoding = encoding
        self._bytes = BytesIO()
        self._target = TextIOWrapper(self._bytes, encoding=encoding, newline="")
        self.console = Console(file=self._target, width=width, force_terminal=False, color_system=None)

    @property
    def text(self) -> str:
        """Everything printed so far. A character that the encoding does not hold would have failed on its way."""
        self._target.flush()
        return self._bytes.getvalue().decode(self._encoding)

    @property
    def lines(self) -> list[str]:
        """The same, line by line."""
        return self.text.splitlines()


@pytest.fixture
def screen() -> type[Screen]:
    """A terminal of any width."""
    return Screen
