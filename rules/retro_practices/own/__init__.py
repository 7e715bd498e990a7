"""OWN: one owner a task."""
