"""`retro nightly`: the run that the system starts by itself."""

from retro.cli.nightly.command import register

__all__ = ["register"]
