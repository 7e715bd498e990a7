"""What `retro lint --fix` and `--diff` are asked for, and what of it may be asked for together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated

import typer

from retro.cli import asking
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retro.cli.session import Session

Fix = Annotated[
    bool, typer.Option("--fix", help=_("Mend what can be mended safely; asks first. Of files, a copy is written."))
]
Unsafe = Annotated[
    bool,
    typer.Option("--unsafe-fixes", help=_("With --fix or --diff: fixes that may change what is meant, too.")),
]
Diff = Annotated[bool, typer.Option("--diff", help=_("Show what would be mended, old → new; nothing is written."))]
Force = Annotated[bool, typer.Option("--force", help=_("With --fix or --diff: also what an undo took back."))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """What the command line asks for. `option` are rules' options (`-x`)."""

    fix: bool
    unsafe: bool
    diff: bool
    force: bool
    yes: bool
    output: Path | None
    paths: Sequence[Path]
    end: str | None
    option: Sequence[str]
    aside: bool
    """Whether standard output holds a document, so that all is told on standard error."""

    @property
    def wanted(self) -> bool:
        """Whether anything is to be mended or shown."""
        return self.fix or self.diff

    @property
    def sends(self) -> bool:
        """Whether boards are written."""
        return self.fix and not self.diff and not self.paths

    @property
    def with_unsafe(self) -> Mending:
        """The same, and unsafe fixes too."""
        return replace(self, unsafe=True)

    def check(self, session: Session) -> None:
        """Refuse what cannot be meant, before anything is read. Raises ConfigurationError."""
        from retro.ports import ConfigurationError

        if not self.wanted:
            for name, given in (("--unsafe-fixes", self.unsafe), ("--force", self.force), ("--yes", self.yes)):
                if given:
                    raise ConfigurationError(
                        _("{option} says how to fix, and nothing is to be fixed.", option=name),
                        where=name,
                        remedy=_("Add --diff to see the fixes, or --fix to make them."),
                    )
        if self.output is not None and not (self.fix and self.paths and not self.diff):
            raise ConfigurationError(
                _("-o names the copy of a file that --fix mends."),
                where=str(self.output),
                remedy=_("`retro lint plan.xlsx --fix -o mended.xlsx`; reports go to files by --format FORMAT=FILE."),
            )
        if self.sends and session.options.offline:
            raise ConfigurationError(
                _("a fix looks at the boards first: it cannot be made offline."),
                where="--offline",
                remedy=_("Use --diff to see the fixes."),
            )
        if self.sends and not self.yes and not asking.may_ask():
            raise ConfigurationError(
                _("--fix asks before it writes, and nobody is at a terminal."),
                where="--fix",
                remedy=_("Use --diff to see the fixes, or --yes to make them without asking."),
            )
