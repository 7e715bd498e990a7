"""The command line: words for people, options, and exit codes. The only room that prints.

`main` settles the language before any command module loads, since help texts are made at import.
"""

import sys

from retro.cli.ending import Ending
from retro.cli.language import settle
from retro.i18n import use


def main() -> None:
    """Run `retro` with the process's arguments, and leave with its exit code."""
    ending = Ending()
    use(settle(sys.argv[1:]))
    from retro.cli.app import run

    ending.leave(run(sys.argv[1:]))
