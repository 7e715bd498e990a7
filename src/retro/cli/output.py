"""Where a command's result goes: standard output, or files; and what severity makes it fail."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from retro.cli.failures import BUG, FINDINGS, tell
from retro.i18n import text as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.console import Console

    from retro.model import Assessment
    from retro.run.assess import Assessed

_LEVELS = ("error", "warning", "info")
_PAGE = 100
"""Characters of a line of text in a file, which has no screen to fit on."""


def console(*, quiet: bool = False, aside: bool = False) -> Console:
    """Standard output, or standard error (`aside`), as rich draws on it; board text is never read as markup."""
    from rich.console import Console

    return Console(stderr=aside, markup=False, highlight=False, emoji=False, quiet=quiet, soft_wrap=False)


@contextmanager
def page(file: Path | None, *, quiet: bool = False) -> Iterator[Console]:
    """The same for what is drawn as text: standard output, or a file, which has lines of one width and no colours."""
    if file is None:
        yield console(quiet=quiet)
        return
    from io import StringIO

    from rich.console import Console

    drawn = StringIO()
    yield Console(file=drawn, markup=False, highlight=False, emoji=False, width=_PAGE, color_system=None)
    put(drawn.getvalue(), file)


def formats(given: Sequence[str] | None, known: Iterable[str], *, draws: bool = False) -> list[tuple[str, Path | None]]:
    """`FORMAT` or `FORMAT=FILE`, as often as given; `text` where none is.

    `draws`: whether the command puts its text in a file where one is named (`page`); others speak as they go.

    Raises:
        ConfigurationError: there is no such format, or text that is only ever spoken should go to a file.
    """
    from retro.ports import ConfigurationError

    chosen = []
    names = list(known)
    for each in given or ["text"]:
        name, _equals, file = each.partition("=")
        if name not in names:
            raise ConfigurationError(
                _('"{name}" is no format of this command.', name=name),
                where="--format",
                remedy=_("There are: {names}.", names=", ".join(names)),
            )
        if name == "text" and file and not draws:
            raise ConfigurationError(
                _("this command puts its text at the terminal, and in no file."),
                where=f"--format {each}",
                remedy=_("Name another format, or send what it says to a file: > {file}", file=file),
            )
        chosen.append((name, Path(file) if file else None))
    return chosen


def put(text: str | Iterable[str], file: Path | None) -> None:
    """Text, whole or in pieces that end with a line, to a file or to standard output."""
    from retro.disk import put_whole, refusal, remedy
    from retro.ports import ConfigurationError

    if file is None:
        if isinstance(text, str):
            text = [text if text.endswith("\n") else f"{text}\n"]
        for piece in text:
            typer.echo(piece, nl=False)
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        put_whole((piece.encode() for piece in ([text] if isinstance(text, str) else text)), file)
    except OSError as error:
        raise ConfigurationError(
            refusal(error),
            where=str(file),
            remedy=remedy(error, _("Close it where it is open, or name another.")),
        ) from error


def level(given: str | None, configured: str) -> str:
    """The `--fail-on` in force. Raises ConfigurationError for a word that is no severity."""
    from retro.ports import ConfigurationError

    chosen = given or configured
    if chosen not in (*_LEVELS, "never"):
        raise ConfigurationError(
            _('"{name}" is no severity.', name=chosen),
            where="--fail-on",
            remedy=_("There are: {names}.", names="error, warning, info, never"),
        )
    return chosen


def failing(assessment: Assessment, fail_on: str) -> list[int]:
    """Exit code 1 where a finding is at or above `fail_on`."""
    if fail_on == "never":
        return []
    bad = _LEVELS[: _LEVELS.index(fail_on) + 1]
    return [FINDINGS] if any(finding.severity.value in bad for finding in assessment.findings) else []


def tell_bugs(assessed: Assessed) -> list[int]:
    """Rules that crashed, one line each on standard error; exit code 70 where there are any."""
    for bug in assessed.bugs:
        tell(
            _(
                "retro: the rule {code} failed: {error!r}. The others ran. Please report it.",
                code=bug.code,
                error=bug.error,
            )
        )
    return [BUG] if assessed.bugs else []


def placed(name: str, output: Path | None, *, single: bool) -> Path:
    """Where a file of that name goes: to `-o`, a file or a folder that is there, else into the working directory.

    Raises ConfigurationError where several files (not `single`) would become one.
    """
    from retro.ports import ConfigurationError

    if output is None:
        return Path(name)
    if output.is_dir():
        return output / name
    if not single:
        raise ConfigurationError(
            _("several files would be written here."), where="-o", remedy=_("Name a folder that is there.")
        )
    return output
