"""One person's week: what is theirs, who waits for them, whom they wait for, what they are to begin soon."""

from retro.report.week.mine import Asked, Mine, Saved, SeenMove, Todo, Weeks

__all__ = ["Asked", "Mine", "Saved", "SeenMove", "Todo", "Weeks"]
