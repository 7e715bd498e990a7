"""The pages that a person is sent to, opened where the machine has a browser to show."""

from __future__ import annotations

import os
import sys


def open_page(address: str) -> bool:
    """Open an address in the browser; whether one could be asked to. A browser that fills the terminal is none."""
    import webbrowser

    shown = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    if sys.platform not in ("win32", "darwin") and not any(os.environ.get(name) for name in shown):
        return False
    try:
        return webbrowser.open(address)
    except (webbrowser.Error, OSError):
        return False
