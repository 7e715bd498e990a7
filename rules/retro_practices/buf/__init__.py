"""BUF: margin."""
