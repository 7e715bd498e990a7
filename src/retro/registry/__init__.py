"""The one list of what is shipped, and how the parts of a run are built from a configuration.

A name maps to a function that imports, so that nothing loads before it is needed. Third-party connectors and rules
join through the entry-point groups `retro.connectors` and `retro.rules`.
"""

from retro.registry.connectors import (
    CONNECTORS,
    account_of,
    check_boards,
    connector_packs,
    guides,
    handle_of,
    kind_of_address,
    live,
    needed_secrets,
)
from retro.registry.opening import open_account, open_files, open_ledger, open_mirror, open_sources
from retro.registry.rule_packs import RULE_PACKS, rule_types, rules

__all__ = [
    "CONNECTORS",
    "RULE_PACKS",
    "account_of",
    "check_boards",
    "connector_packs",
    "guides",
    "handle_of",
    "kind_of_address",
    "live",
    "needed_secrets",
    "open_account",
    "open_files",
    "open_ledger",
    "open_mirror",
    "open_sources",
    "rule_types",
    "rules",
]
