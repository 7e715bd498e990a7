"""Write back without treading on anyone: decide first, as data; then journal, check, write, acknowledge.

`decide` and `guards` are pure. `journal` remembers, `apply` acts; nothing else in retro writes to a board.
"""
