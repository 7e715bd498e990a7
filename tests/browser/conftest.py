"""Debian's chromium, headless, and the marketing team's page in it."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from tests import marketing_team

from retro.i18n import current_language, use
from retro.model import Assessment
from retro.report.html import render

ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; without chromium they are skipped."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("Debian's chromium is not installed (CHROMIUM may name another).")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def team() -> Assessment:
    """The assessment of one Monday morning."""
    return marketing_team.team()


@dataclass
class Visit:
    """An open page, and what it asked of the network and told the console."""

    page: Page
    requests: list[str] = field(default_factory=list[str])
    complaints: list[str] = field(default_factory=list[str])

    def shown(self, selector: str) -> int:
        """How many elements are visible."""
        return sum(element.is_visible() for element in self.page.locator(selector).all())


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Open the page of an assessment: `script` off, another `width`, a `scheme`, a `fragment`, as the test asks."""
    before = current_language()
    contexts = []

    def opened(
        assessment: Assessment, *, script: bool = True, width: int = 1440, scheme: str = "light", fragment: str = ""
    ) -> Visit:
        use("fr")
        file = tmp_path / "plan.html"
        file.write_text(render(assessment), encoding="utf-8")
        context = browser.new_context(
            java_script_enabled=script,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        contexts.append(context)
        visit = Visit(context.new_page())
        visit.page.on("request", lambda request: visit.requests.append(request.url))
        visit.page.on("console", lambda message: visit.complaints.append(message.text))
        visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
        visit.page.goto(file.as_uri() + fragment)
        return visit

    yield opened
    for context in contexts:
        context.close()
    use(before)
