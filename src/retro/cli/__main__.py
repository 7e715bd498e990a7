"""`python -m retro.cli`: the same as the `retro` command."""

from retro.cli import main

main()
