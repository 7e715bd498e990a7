"""Settings that would have no effect are refused at once, with where they stand and what to do."""

from collections.abc import Iterator

import pytest

from retro.config.load import parse
from retro.config.unsupported import refuse_unsupported
from retro.i18n import use
from retro.ports import ConfigurationError


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use("en")
    yield
    use("fr")


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('[notify]\nslack = { env = "SLACK_URL" }', "[notify]"),
    ],
)
def test_what_comes_later_is_refused(line: str, key: str) -> None:
    """A key of the contract that does nothing yet is named rather than passed over."""
    with pytest.raises(ConfigurationError) as caught:
        refuse_unsupported(parse(f"{line}\n", "retro.toml"), "retro.toml")
    assert caught.value.where == f"retro.toml: {key}"
