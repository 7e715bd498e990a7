"""RIT: the ritual."""
