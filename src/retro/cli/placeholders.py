"""What stands in the help for a value: NAME in English is NOM in French, as the examples below an option have it."""

import re

from retro.i18n import text as _

_WORD = re.compile(r"[A-Z]{2,}")


def placeholder(metavar: str) -> str:
    """The words in capitals of a metavar in the language in use; what has to be typed as it is stays."""
    words = _words()
    return _WORD.sub(lambda found: words.get(found[0], found[0]), metavar)


def _words() -> dict[str, str]:
    """Those that are not the same in both languages."""
    return {
        "NAME": _("NAME"),
        "FILE": _("FILE"),
        "PATH": _("PATH"),
        "SHARE": _("SHARE"),
        "RUN": _("RUN"),
        "BOARD": _("BOARD"),
        "TASK": _("TASK"),
        "PERSON": _("PERSON"),
        "MODEL": _("MODEL"),
        "ADDRESS": _("ADDRESS"),
        "TITLE": _("TITLE"),
        "WORK": _("WORK"),
        "DAYS": _("DAYS"),
        "SPEC": _("SPEC"),
        "SEVERITY": _("SEVERITY"),
        "SECONDS": _("SECONDS"),
        "ROLE": _("ROLE"),
        "PROJECT": _("PROJECT"),
        "FROM": _("FROM"),
        "TO": _("TO"),
        "VALUE": _("VALUE"),
        "KEY": _("KEY"),
        "FOLDER": _("FOLDER"),
        "DIR": _("DIR"),
    }
