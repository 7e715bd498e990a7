"""`retro connect`: click by click to a token, tried before it is kept."""

from retro.cli.connect.command import register

__all__ = ["register"]
