"""The nightly run by whatever scheduler the machine has: files for it, its commands, and what became of the runs."""
