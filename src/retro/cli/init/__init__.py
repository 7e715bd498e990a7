"""`retro init`: the dialogue over what was discovered, and the configuration that comes of it."""

from retro.cli.init.command import register

__all__ = ["register"]
