"""STA: status."""
