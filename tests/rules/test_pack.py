"""The packs as a whole: what every pack keeps, and their pages."""

from pathlib import Path

from retro import registry
from retro.lint.families import FAMILIES, family
from retro.lint.pages import documents
from retro.model import Severity
from retro.testing.rule_suite import RulePackSuite

CHECKOUT = Path(__file__).resolve().parents[2]


class TestPractices(RulePackSuite):
    """The practices of backward planning."""

    package = "retro_practices"

    def test_families_are_those_of_the_catalogue(self) -> None:
        """Their order decides which remark of a task is shown."""
        assert {family(rule.code) for rule in self.rules} <= set(FAMILIES)


class TestDcma(RulePackSuite):
    """Schedule quality."""

    package = "retro_dcma"

    def test_it_speaks_only_when_asked_to(self) -> None:
        """Off in the gentle and the standard profile, and never more than info in the strict one."""
        assert {rule.default for rule in self.rules} == {Severity.OFF}
        assert {rule.strict for rule in self.rules} == {Severity.INFO}


def test_pages_are_up_to_date() -> None:
    """The pages and the tables are what docstrings, options, examples and catalogues give."""
    stale = [
        place
        for place, text in documents(registry.rule_types()).items()
        if not (CHECKOUT / place).is_file() or (CHECKOUT / place).read_text("utf-8") != text
    ]
    assert not stale, f"run `make rules`: {stale}"


def test_no_page_outlives_its_rule() -> None:
    """Every page belongs to a rule."""
    codes = {rule.code for rule in registry.rule_types()}
    for folder in ("docs/rules", "docs/rules/fr"):
        pages = {path.stem for path in (CHECKOUT / folder).glob("*.md")} - {"README"}
        assert pages == codes, "run `make rules`"
