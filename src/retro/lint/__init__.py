"""Lint: rules in, findings out. Pure: the runner, selection, options, aggregation, and what every rule starts from."""

from retro.lint.counting import by_code, by_severity, reaches
from retro.lint.options import build_rules, parse_assignments
from retro.lint.profile import Profile
from retro.lint.rule import BaseRule
from retro.lint.runner import LintResult, RuleBug, lint
from retro.lint.settings import LintSettings, Override

__all__ = [
    "BaseRule",
    "LintResult",
    "LintSettings",
    "Override",
    "Profile",
    "RuleBug",
    "build_rules",
    "by_code",
    "by_severity",
    "lint",
    "parse_assignments",
    "reaches",
]
