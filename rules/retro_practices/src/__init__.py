"""SRC: the sources and retro itself."""
