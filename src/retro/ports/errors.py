"""Errors that people can do something about. Each carries facts; the command line finds the words.

`what` says what happened, `where` the place (a file, a board, a key of the configuration), `remedy` what to do.
All three are sentences already in the user's language, made with the catalogue where the error is raised.
"""

from retro.model import ColumnChange


class RetroError(Exception):
    """An expected failure. Never shown as a traceback."""

    exit_code = 2

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.remedy = remedy

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        return f"{place}{self.what}" + (f" {self.remedy}" if self.remedy else "")


class ConfigurationError(RetroError):
    """The configuration, an option or a secret is wrong: nothing was done."""


class UnreadableError(RetroError):
    """A PATH that is no board, empty, or broken."""


class ReadOnlyError(RetroError):
    """The token may read but not write: nothing was written."""


class SourceError(RetroError):
    """A source could not be read (refused, not found, unreachable): its last snapshot stands, stale.

    Args:
        status: the HTTP status of the answer; None where there was none.
        whole: the source as a whole cannot be asked for now (no connection, a revoked token, the run's time is
            over): whoever has more to ask of it leaves it be.
    """

    exit_code = 3

    def __init__(
        self, what: str, *, where: str = "", remedy: str = "", status: int | None = None, whole: bool = False
    ) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.status = status
        self.whole = whole


class ColumnsChangedError(SourceError):
    """Columns that a board's mapping rests on are gone or of another type: reading it otherwise would be guessing.

    `columns` says which, for the rule that tells people.
    """

    def __init__(self, what: str, columns: tuple[ColumnChange, ...], *, where: str = "", remedy: str = "") -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.columns = columns


class LockedError(RetroError):
    """Another run holds the state."""

    exit_code = 5


class StaleRevisionError(RetroError):
    """A task changed between the plan and the write: it is left alone."""

    def __init__(self, task: str) -> None:
        super().__init__(task)
        self.task = task


class OwnFieldsRefusedError(SourceError):
    """A board takes no values in some fields of retro's own (`retro_latest`…), though it has them: none was written.

    `fields` says which; the rest of what was asked may well be taken without them.
    """

    def __init__(self, what: str, fields: tuple[str, ...], *, where: str = "", remedy: str = "") -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.fields = fields


class WriteUncertainError(SourceError):
    """A write was sent and no answer came: it may have happened. The journal settles it by reading back."""
