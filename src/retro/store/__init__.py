"""The state of a workspace: one folder with the ledger, the history of snapshots, and the lock.

Import `retro.store.ledger` and `retro.store.lock` where they are used: SQLAlchemy is slow to load.
"""
