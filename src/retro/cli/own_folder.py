"""Where a machine keeps what is a user's own, beside every project."""

from pathlib import Path

import typer


def own_folder() -> Path:
    """The folder of retro among the user's settings, as this system has it; it need not be there."""
    return Path(typer.get_app_dir("retro"))
