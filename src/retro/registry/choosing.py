"""Which connector a source or a file belongs to, or why none does."""

from collections.abc import Mapping
from pathlib import Path

from retro.i18n import text as _
from retro.i18n.reasons import reason
from retro.ports import ConfigurationError, ConnectorPack, UnreadableError

_HEAD = 65_536
"""Bytes of a file that are looked at to tell what it is."""


def pack_named(kind: str, packs: Mapping[str, ConnectorPack], where: str) -> ConnectorPack:
    """The pack of a kind. Raises ConfigurationError, which says `where`."""
    if kind not in packs:
        raise ConfigurationError(
            _('this version of retro cannot read "{kind}" sources yet.', kind=kind),
            where=where,
            remedy=_("It reads: {kinds}.", kinds=", ".join(sorted(packs))),
        )
    return packs[kind]


def pack_of(path: Path, packs: Mapping[str, ConnectorPack]) -> ConnectorPack:
    """The tool that a file comes from, told by its content. Raises UnreadableError."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except FileNotFoundError as error:
        raise UnreadableError(_("there is no such file."), where=str(path), remedy=_("Check its name.")) from error
    except IsADirectoryError as error:
        raise UnreadableError(
            _("this is a folder."), where=str(path), remedy=_("Name the files in it that are to be read.")
        ) from error
    except OSError as error:
        raise UnreadableError(
            _("the file cannot be read ({reason}).", reason=reason(error)),
            where=str(path),
            remedy=_("Check its name and that you may read it."),
        ) from error
    if not head.strip():
        raise UnreadableError(
            _("the file is empty."), where=str(path), remedy=_("Export the board again and try that file.")
        )
    claims = [(found.confidence, kind) for kind, pack in packs.items() if (found := pack.recognise(head, path.name))]
    if not claims:
        raise UnreadableError(
            _("this is no file that retro knows."),
            where=str(path),
            remedy=_(
                "Give a Trello board's export, a Notion or other CSV file, an XLSX workbook, Microsoft Project's XML, "
                "or retro's own JSON."
            ),
        )
    return packs[max(claims)[1]]
