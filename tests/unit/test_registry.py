"""The registry: every name imports, and what it names fits its port."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from retro import registry
from retro.config.load import Configuration, parse
from retro.ports import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retro.ports import ConnectorPack, Rule


def test_every_connector_loads() -> None:
    """Each shipped connector imports and offers a pack."""
    packs: Mapping[str, ConnectorPack] = registry.connector_packs()
    assert set(packs) >= set(registry.CONNECTORS)
    assert all(pack.recognise(b"", "empty") is None for pack in packs.values())


def test_every_rule_loads() -> None:
    """Each shipped rule imports, makes itself with its defaults, and no code stands twice."""
    types = registry.rule_types()
    rules: list[Rule] = [each() for each in types]
    codes = [rule.code for rule in rules]
    assert len(codes) == len(set(codes)) > 90


def of_board(kind: str, line: str) -> Configuration:
    """A configuration of one board with a line of its own."""
    text = f'[sources.s]\nkind = "{kind}"\n[boards.b]\nsource = "s"\n{line}\n'
    return Configuration(parse(text, "retro.toml"), Path("retro.toml"))


@pytest.mark.parametrize(
    ("kind", "places"),
    [("trello", ("field", "comment", "label")), ("notion", ("field", "comment")), ("file", ("field",))],
)
def test_remarks_stand_where_a_tool_has_room(kind: str, places: tuple[str, ...]) -> None:
    """A place that a tool does not have is refused, naming the line and the places that it has."""
    for place in ("field", "comment", "label"):
        configuration = of_board(kind, f'warnings = "{place}"')
        if place in places:
            registry.check_boards(configuration)
            continue
        with pytest.raises(ConfigurationError) as caught:
            registry.check_boards(configuration)
        assert caught.value.where == "retro.toml: [boards.b] warnings"
        assert caught.value.remedy.endswith(f"{', '.join(places)}.")


def test_columns_are_of_tools_that_have_some() -> None:
    """Columns are refused on a board of cards, and taken on a database."""
    registry.check_boards(of_board("notion", 'columns = { due = "x" }'))
    with pytest.raises(ConfigurationError, match=r"\[boards\.b\]"):
        registry.check_boards(of_board("trello", 'columns = { due = "x" }'))
