"""Pages of rules."""

from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case, a_task, bad, case, on
from retro.lint.pages import HEADINGS, documents, options, page, sections
from retro.model import Finding, Severity, Template
from retro.ports import Context


class Late(BaseRule):
    """A task of the past.

    What it says:
        It was due
        before.

    Why:
        Because.

    How to fix it in Notion:
        There.

    How to fix it in Trello:
        Here.
    """

    code: ClassVar[str] = "DAT999"
    name: ClassVar[str] = "late"
    french_name: ClassVar[str] = "tardive"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("was due on {due}")
    good: ClassVar[tuple[Case, ...]] = (case("In time.", a_task("Flyer", due=date(2027, 3, 1))),)
    bad: ClassVar[tuple[Bad, ...]] = (
        bad(case("Too late.", a_task("Poster", due=date(2026, 3, 1))), on("Poster", due=date(2026, 3, 1))),
    )

    days: int = Field(default=3, description="How many.")

    def check(self, context: Context) -> Iterator[Finding]:
        """Compare."""
        for task in self.base(context):
            if task.due is not None and context.day(task.due) < context.today:
                yield self.on_task(task, {"due": task.due})


def test_a_docstring_is_read_by_its_headings() -> None:
    """Each heading's text is one paragraph, the opening sentence stands alone."""
    told = sections(Late)
    assert told[""] == "A task of the past."
    assert told["What it says"] == "It was due before."
    assert tuple(told)[1:] == HEADINGS


def test_options_are_listed_own_ones_first() -> None:
    """Name, default and meaning of each option, then those of every rule; "most" has a meaning where it aggregates."""
    assert [name for name, _, _ in options(Late)] == ["days", "severity", "aggregate"]
    assert options(Late)[0] == ("days", 3, "How many.")


class Many(Late):
    """The same, of which one finding may stand for many."""

    many: ClassVar[Template | None] = Template("{count} of {base} were due")

    share: float = Field(default=0.2, description="Of another share.")


def test_a_rule_that_may_aggregate_shows_what_most_means() -> None:
    """Share and threshold stand on its page, as its own where it gives them a meaning of its own."""
    assert [name for name, _, _ in options(Many)] == ["share", "days", "severity", "aggregate", "threshold"]
    assert ("share", 0.2, "Of another share.") in options(Many)


def test_a_page_shows_examples_with_what_the_rule_really_says() -> None:
    """The sentence on the page is produced by running the rule on its example."""
    text = page(Late)
    assert text.startswith("# DAT999 late\n")
    assert "> was due on 1 Mar 2026" in text
    assert text.index("✗ Too late.") < text.index("✓ In time.")


def test_documents_hold_a_page_a_rule_and_the_table() -> None:
    """Places are relative to a checkout, and the table links to the page."""
    made = documents([Late])
    assert set(made) == {
        "docs/rules/DAT999.md",
        "docs/rules/README.md",
        "docs/rules/fr/DAT999.md",
        "docs/rules/fr/README.md",
        "rules/README.md",
    }
    assert "[DAT999](../docs/rules/DAT999.md)" in made["rules/README.md"]
