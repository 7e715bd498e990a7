"""GRA: grain."""
