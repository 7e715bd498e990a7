"""Options that several commands share, with their help."""

from pathlib import Path
from typing import Annotated

import typer

from retro.i18n import text as _

Paths = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[PATH]…", help=_("Files to read instead of the configured boards: exports, CSV, XLSX.")),
]
End = Annotated[str | None, typer.Option("--end", metavar="DATE", help=_("The date that cannot move: 2027-03-01."))]
FailOn = Annotated[
    str | None,
    typer.Option("--fail-on", metavar="SEVERITY", help=_("Leave with 1 on remarks: error, warning, info or never.")),
]
Boards = Annotated[
    list[str] | None, typer.Option("--board", metavar="BOARD", help=_("Only this board; may be repeated."))
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=_("Ask nothing."))]
Output = Annotated[Path | None, typer.Option("-o", "--output", metavar="FILE", help=_("Write to this file."))]
