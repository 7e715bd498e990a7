"""The pages of the project lead somewhere: every link to a file of its own has its target."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted({*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")})

_LINK = re.compile(r"\]\(([^()#\s]+)(?:#[^()\s]*)?\)")
_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_have_targets(page: Path) -> None:
    """A page that links to a file that is not there is mended with the change that took it away."""
    targets = _LINK.findall(_CODE.sub("", page.read_text("utf-8")))
    here = [target for target in targets if "://" not in target and not target.startswith("mailto:")]
    assert not [target for target in here if not (page.parent / target).exists()]
