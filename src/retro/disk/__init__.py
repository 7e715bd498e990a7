"""Files of people and of retro: written whole or not at all, also where another program keeps them to itself."""

from retro.disk.names import nameable
from retro.disk.refusals import full, refusal, remedy
from retro.disk.whole import patiently, put_whole

__all__ = ["full", "nameable", "patiently", "put_whole", "refusal", "remedy"]
