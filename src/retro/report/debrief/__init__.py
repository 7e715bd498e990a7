"""What to learn from a project: planned against actual, from what boards and reads tell. Facts by task, no scores."""

from retro.report.debrief.facts import Debrief, Finished, Moves, Rush, Step, debrief

__all__ = ["Debrief", "Finished", "Moves", "Rush", "Step", "debrief"]
