"""Profiles: how loud each rule speaks, from a gentle start to a strict plan."""

from enum import StrEnum

from retro.model import Severity
from retro.ports import Rule


class Profile(StrEnum):
    """`douce`: essentials as in the table, the rest at most info. `standard`: the table.

    `stricte`: warnings are errors, and rules speak that are off elsewhere and have a `strict` severity.
    """

    DOUCE = "douce"
    STANDARD = "standard"
    STRICTE = "stricte"


def milder(one: Severity, other: Severity) -> Severity:
    """The one that matters less."""
    return max(one, other, key=lambda severity: severity.rank)


def profile_severity(rule: Rule, profile: Profile, said: Severity | None = None) -> Severity:
    """What a profile makes of a rule, or of its findings of the severity `said`; before the rule's own option."""
    own = said or rule.default
    if profile is Profile.DOUCE:
        return milder(own, rule.soft)
    if profile is Profile.STRICTE:
        if own is Severity.OFF:
            return rule.strict
        return Severity.ERROR if own is Severity.WARNING else own
    return own


def effective_severity(
    rule: Rule, profile: Profile, *, asked_for: bool, mandatory: bool, said: Severity | None = None
) -> Severity:
    """The rule's own option, else the profile's severity (for its findings of the severity `said`).

    A rule that is off and was asked for by its code speaks at info. A mandatory rule cannot be switched off.
    """
    given = profile_severity(rule, profile, said)
    if rule.severity is not None and not (mandatory and rule.severity is Severity.OFF):
        return rule.severity
    if given is Severity.OFF and (asked_for or mandatory):
        return Severity.INFO
    return given
