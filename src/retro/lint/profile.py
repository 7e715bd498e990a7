"""Profiles: how loud each rule speaks, from a gentle start to a strict plan."""

from enum import StrEnum

from retro.model import Severity
from retro.ports import Rule


class Profile(StrEnum):
    """`douce`: essentials as in the table, the rest at most info. `standard`: the table. `stricte`: no warnings."""

    DOUCE = "douce"
    STANDARD = "standard"
    STRICTE = "stricte"


def milder(one: Severity, other: Severity) -> Severity:
    """The one that matters less."""
    return max(one, other, key=lambda severity: severity.rank)


def profile_severity(rule: Rule, profile: Profile) -> Severity:
    """What a profile makes of a rule, before its own `severity` option."""
    if profile is Profile.DOUCE:
        return milder(rule.default, rule.soft)
    if profile is Profile.STRICTE and rule.default is Severity.WARNING:
        return Severity.ERROR
    return rule.default


def effective_severity(rule: Rule, profile: Profile, *, asked_for: bool, mandatory: bool) -> Severity:
    """The rule's own option, else the profile's severity.

    A rule that is off and was asked for by its code speaks at info. A mandatory rule cannot be switched off.
    """
    given = profile_severity(rule, profile)
    if rule.severity is not None and not (mandatory and rule.severity is Severity.OFF):
        return rule.severity
    if given is Severity.OFF and (asked_for or mandatory):
        return Severity.INFO
    return given
