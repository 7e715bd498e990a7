"""Options of rules, from a command line and from a configuration."""

from collections.abc import Iterator
from typing import ClassVar, Literal

import pytest
from pydantic import Field

from retro.i18n import use
from retro.lint import BaseRule, build_rules, parse_assignments
from retro.model import Finding, Severity, Template
from retro.ports import ConfigurationError, Context


class Optioned(BaseRule):
    """A rule with an option of every kind."""

    code: ClassVar[str] = "DAT901"
    name: ClassVar[str] = "optioned"
    french_name: ClassVar[str] = "optionnée"
    default: ClassVar[Severity] = Severity.WARNING
    template: ClassVar[Template] = Template("never said")

    share: float = Field(default=0.2, ge=0, le=1)
    times: int = 2
    exact: bool = False
    mode: Literal["one", "two"] = "one"
    words: tuple[str, ...] = ()

    def check(self, context: Context) -> Iterator[Finding]:
        """Say nothing."""
        return iter(())


class Other(Optioned):
    """A second rule."""

    code: ClassVar[str] = "DAT902"
    name: ClassVar[str] = "other"


def built(*assignments: str) -> Optioned:
    """The first rule after `-x` options."""
    rule = build_rules([Optioned, Other], ("-x", parse_assignments(assignments)))[0]
    assert isinstance(rule, Optioned)
    return rule


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Messages are compared in English."""
    use("en")
    yield
    use("fr")


def test_words_of_a_command_line_become_typed_values() -> None:
    """Text is read as the option's type: number, truth, choice, list, severity."""
    rule = built(
        "DAT901:share=0.5",
        "dat901:times=3",
        "DAT901:exact=true",
        "DAT901:mode=two",
        "DAT901:words=a, b",
        "DAT901:severity=info",
        "DAT901:aggregate=false",
    )
    assert (rule.share, rule.times, rule.exact, rule.mode, rule.words) == (0.5, 3, True, "two", ("a", "b"))
    assert (rule.severity, rule.aggregate) == (Severity.INFO, False)


def test_a_value_may_hold_colons_and_equal_signs() -> None:
    """Only the first colon and the first equal sign divide."""
    assert parse_assignments(["DAT901:words=a:b=c"]) == {"DAT901": {"words": "a:b=c"}}


def test_the_command_line_wins_over_the_configuration_option_by_option() -> None:
    """Later sources replace single options and leave the others of a rule alone."""
    rule, other = build_rules(
        [Optioned, Other],
        ("retro.toml: [lint] rules", {"DAT901": {"share": 0.5, "times": 7}}),
        ("-x", {"DAT901": {"share": "0.1"}}),
    )
    assert isinstance(rule, Optioned)
    assert (rule.share, rule.times) == (0.1, 7)
    assert other == Other()


@pytest.mark.parametrize(
    ("assignment", "where", "said"),
    [
        ("DAT901", "-x", "CODE:option=value"),
        ("DAT901:share", "-x", "CODE:option=value"),
        (":share=1", "-x", "CODE:option=value"),
        ("DAT903:share=1", "-x", "DAT90"),
        ("DAT:share=1", "-x", "DAT901"),
        ("DAT901:shaer=1", "-x", "share"),
        ("DAT901:zzzzzz=1", "-x", "aggregate, exact, mode, severity, share, threshold, times, words"),
        ("DAT901:share=2", "-x", "≤ 1"),
        ("DAT901:share=much", "-x", "a number"),
        ("DAT901:times=1.5", "-x", "a whole number"),
        ("DAT901:exact=perhaps", "-x", "true or false"),
        ("DAT901:mode=three", "-x", "one, two"),
        ("DAT901:severity=loud", "-x", "error, warning, info, off"),
    ],
)
def test_mistakes_name_the_place_and_the_remedy(assignment: str, where: str, said: str) -> None:
    """A wrong code, option or value is an error of the configuration that says where and what would be right."""
    with pytest.raises(ConfigurationError) as refused:
        built(assignment)
    assert refused.value.where == where
    assert said in refused.value.remedy


def test_a_mistake_in_the_configuration_names_its_own_place() -> None:
    """The place is the one where the wrong value was written, not the last one read."""
    with pytest.raises(ConfigurationError) as refused:
        build_rules([Optioned], ("retro.toml", {"DAT901": {"share": "x"}}), ("-x", {"DAT901": {"times": "3"}}))
    assert refused.value.where == "retro.toml"
