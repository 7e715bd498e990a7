"""CEN: centralisation."""
