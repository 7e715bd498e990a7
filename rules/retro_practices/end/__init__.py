"""END: the date that cannot move."""
