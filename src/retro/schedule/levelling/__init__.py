"""Levelling: advised dates moved earlier until nobody works on two things at once. Pure, deterministic by seed."""
