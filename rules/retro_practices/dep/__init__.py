"""DEP: dependencies."""
