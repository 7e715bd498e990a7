"""CAP: capacity."""
