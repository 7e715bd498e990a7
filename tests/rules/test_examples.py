"""Every rule against its own examples."""

import pytest

from retro.lint import BaseRule
from retro.lint.examples import Bad, Case
from retro.lint.pages import found
from retro_practices import RULES

TYPES = [load() for load in RULES.values()]
GOOD = [pytest.param(rule, case, id=f"{rule.code}: {case.says}") for rule in TYPES for case in rule.good]
BAD = [pytest.param(rule, bad, id=f"{rule.code}: {bad.case.says}") for rule in TYPES for bad in rule.bad]


@pytest.mark.parametrize(("rule", "case"), GOOD)
def test_a_good_example_is_silent(rule: type[BaseRule], case: Case) -> None:
    """A rule says nothing of its good examples."""
    assert found(rule, case) == []


@pytest.mark.parametrize(("rule", "bad"), BAD)
def test_a_bad_example_is_told_exactly(rule: type[BaseRule], bad: Bad) -> None:
    """A rule says of its bad examples exactly the findings that they expect: subject, facts, detail, fix."""
    said = found(rule, bad.case)
    assert [(each.subject, dict(each.params), each.detail, each.assumed) for each in said] == [
        (each.subject, dict(each.params), each.detail, each.assumed) for each in bad.findings
    ]
    assert [each.fix.new if each.fix else None for each in said] == [each.fix for each in bad.findings]
    assert {(each.code, each.name, each.field) for each in said} == {(rule.code, rule.name, rule.field)}


@pytest.mark.parametrize("rule", TYPES, ids=lambda rule: rule.code)
def test_every_rule_has_examples_on_both_sides(rule: type[BaseRule]) -> None:
    """At least two good and two bad examples a rule."""
    assert len(rule.good) >= 2
    assert len(rule.bad) >= 2


@pytest.mark.parametrize(("rule", "bad"), BAD)
def test_a_declared_fix_is_what_examples_propose(rule: type[BaseRule], bad: Bad) -> None:
    """A rule that proposes changes says so, and whether they are safe."""
    fixes = [each.fix for each in found(rule, bad.case) if each.fix]
    assert {("safe" if fix.safe else "unsafe") for fix in fixes} <= {rule.fixes}
