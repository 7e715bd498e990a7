"""How a ledger of an older retro becomes one of today; run by `retro.store.migrate`."""
