"""The families of rules, in the order in which their remarks matter to a reader."""

from functools import cache

from retro.model import Finding

FAMILIES = ("END", "DEL", "OWN", "DEP", "BUF", "STA", "NAM", "DAT", "RIT", "GRA", "CEN", "CAP", "SRC")


def family(code: str) -> str:
    """The letters of a code: `OWN` of `OWN101`."""
    return code.rstrip("0123456789")


@cache
def code_order(code: str) -> tuple[int, str]:
    """Sort key of codes: their family's place (families of other packs come last), then the code itself."""
    name = family(code)
    return (FAMILIES.index(name) if name in FAMILIES else len(FAMILIES), code)


def finding_order(finding: Finding) -> tuple[int, tuple[int, str], str, str, str, str]:
    """Sort key of findings: severity, family, code, then what they are about; never the order of the input."""
    return (
        finding.severity.rank,
        code_order(finding.code),
        finding.board or "",
        finding.subject,
        finding.field or "",
        finding.detail,
    )
