"""retro.toml: its shape, how it is found and read, and where secrets come from."""
