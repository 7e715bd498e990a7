"""The message before a meeting: for each person the few links that they are to see to until then."""

from retro.report.reminders.block import Block, blocks
from retro.report.reminders.message import messages, written

__all__ = ["Block", "blocks", "messages", "written"]
