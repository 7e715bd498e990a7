"""Take the pictures of the READMEs again: the demo's page in each language, 1440 by 900, light.

python docs/take_pictures.py      # needs the tools of `make setup`, and chromium (CHROMIUM may name another)
"""  # noqa: INP001 - a script beside the pictures that it takes

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"
PICTURES = {"en": "view.png", "fr": "view.fr.png"}
NOW = "2026-11-23T09:00:00+01:00"
"""So that a picture changes only where the page did."""


def retro(*words: object, folder: Path) -> None:
    """Run a command, or stop."""
    command = [sys.executable, "-m", "retro.cli", "--no-progress", "-q", "--now", NOW, *map(str, words)]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own interpreter


def main() -> None:
    """Run the demo in each language, and photograph what its page shows first."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("There is no chromium here.")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--headless", "--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, color_scheme="light")
        for lang, picture in PICTURES.items():
            retro("--lang", lang, "demo", "--dir", lang, folder=folder)
            page.goto((folder / lang / "retro.html").as_uri())
            page.screenshot(path=IMAGES / picture)
        browser.close()


if __name__ == "__main__":
    main()
