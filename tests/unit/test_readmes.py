"""README.md and README.fr.md say the same: the same headings, commands, settings, links and rows, in the same order."""

import tomllib
from collections import Counter
from typing import Any

from tests.readme_pages import ENGLISH, FRENCH

from retro.config.load import parse

_IN_FRENCH = {
    "README.fr.md": "README.md",
    "docs/rules/fr/README.md": "docs/rules/README.md",
    "docs/images/view.fr.png": "docs/images/view.png",
}
"""Pages and pictures of which there is a French one, and theirs in English."""


def test_the_same_headings() -> None:
    """As many of each level, in the same order."""
    assert ENGLISH.levels == FRENCH.levels
    assert len(ENGLISH.levels) > 10


def test_the_same_commands() -> None:
    """Word for word, in blocks and in sentences; only what they are said to do is translated."""
    assert ENGLISH.commands == FRENCH.commands
    assert ENGLISH.mentioned == FRENCH.mentioned
    assert len(ENGLISH.commands) > 15


def test_the_same_names_between_backticks() -> None:
    """Keys, files and options are the same; a line for a card is written in the page's language."""

    def told(codes: list[str]) -> Counter[str]:
        return Counter(code for code in codes if not code.startswith(("retro:", "retro :")))

    assert told(ENGLISH.codes) == told(FRENCH.codes)


def _bare(text: str) -> Any:
    """Settings without the names that people give to things."""

    def without(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: without(each) for key, each in value.items() if key != "name"}
        return [without(each) for each in value] if isinstance(value, list) else value

    return without(tomllib.loads(text))


def test_the_same_settings() -> None:
    """Every piece of retro.toml is one that retro reads, and differs in names only."""
    english, french = ENGLISH.blocks("toml"), FRENCH.blocks("toml")
    assert [_bare(text) for text in english] == [_bare(text) for text in french]
    for page in (english, french):
        parse("\n".join(page), "retro.toml")


def test_the_same_links() -> None:
    """In the same order, each to the page of its language where there is one."""
    french = [_IN_FRENCH.get(link, link) for link in FRENCH.links]
    english = ["README.md" if link == "README.fr.md" else link for link in ENGLISH.links]
    assert english == french


def test_the_same_shape() -> None:
    """As many paragraphs, rows of tables and steps in each part: nothing is told in one language only."""

    def shape(text: str) -> list[list[str]]:
        parts = text.split("\n## ")
        return [[block.lstrip()[:1] for block in part.split("\n\n") if not block[:1].isalpha()] for part in parts]

    def rows(text: str) -> int:
        return sum(line.startswith("|") for line in text.splitlines())

    assert list(map(len, shape(ENGLISH.text))) == list(map(len, shape(FRENCH.text)))
    assert rows(ENGLISH.text) == rows(FRENCH.text) > 0
