"""`retro new`: a first plan from a template, as a file or as cards of a board."""

from retro.cli.new.command import register

__all__ = ["register"]
