"""The registry: every name imports, and what it names fits its port."""

from typing import TYPE_CHECKING

from retro import registry

if TYPE_CHECKING:
    from retro.ports import ConnectorPack, Rule


def test_every_connector_loads() -> None:
    """Each shipped connector imports and offers a pack."""
    packs: dict[str, ConnectorPack] = registry.connector_packs()
    assert set(packs) >= set(registry.CONNECTORS)
    assert all(pack.recognise(b"", "empty") is None for pack in packs.values())


def test_every_rule_loads() -> None:
    """Each shipped rule imports, makes itself with its defaults, and no code stands twice."""
    types = registry.rule_types()
    rules: list[Rule] = [each() for each in types]
    codes = [rule.code for rule in rules]
    assert len(codes) == len(set(codes)) == 19
