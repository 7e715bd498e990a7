"""Names in the cells of a people's column: one or several, of persons or of teams."""

import re
from collections.abc import Iterable

from retro.i18n.words import fold, says_no_owner
from retro.model import Owner, OwnerKind
from retro.tables.table import Cell
from retro_files.cells import text_of

_BETWEEN = re.compile(r"\s*[;&\n|]\s*|\s+/\s+|(?<=\w)/(?=\w)|\s+(?:et|and)\s+|\s*\+\s*", re.IGNORECASE)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_COLLECTIVE = re.compile(
    r"(?:l'|la |le |les )?(?:equipe|team|tous|toutes|tout le monde|all|everyone|everybody|service|departement"
    r"|department|agence|agency|comite|committee|prestataire|prestataires|pole)(?!\w)"
)
_TEAM_HEADING = re.compile(r"(?<!\w)(?:team|equipe|pole|service|departement|department)s?(?!\w)")
_FULL = 2
"""Words of a full name, at least."""


class People:
    """Reads the people of one column.

    A comma divides names where every part is a full name, where there are more than two, where each part stands
    alone elsewhere in the column, or where somebody stands before a comma here and after one there. `Durand, Camille`
    is else left whole, as text: who knows the people will judge.

    Args:
        source: the prefix of owners' keys.
        heading: the column's; one of teams holds no persons.
        cells: all cells of the column.
    """

    def __init__(self, source: str, heading: str, cells: Iterable[Cell] = ()) -> None:
        self._source = source
        self._known: dict[str, tuple[Owner, ...]] = {}
        self._teams = _TEAM_HEADING.search(fold(heading)) is not None
        parts = [part for text in {text_of(cell) for cell in cells} for part in _BETWEEN.split(text)]
        self._alone = frozenset(fold(part) for part in parts if part and "," not in part)
        pairs = [tuple(fold(name) for name in part.split(",")) for part in parts if part.count(",") == 1]
        # No family name stands after the comma here and before it there: such a column lists people.
        self._lists = not {pair[0].strip() for pair in pairs}.isdisjoint(pair[1].strip() for pair in pairs)

    def owners(self, cell: Cell, email: str = "") -> tuple[Owner, ...]:
        """Everyone whom a cell names, once each; `email` is the address of the one where there is one."""
        owners = self._read(text_of(cell))
        if len(owners) == 1 and owners[0].email is None and _EMAIL.fullmatch(email):
            return (Owner(owners[0].key, owners[0].name, owners[0].kind, email),)
        return owners

    def _read(self, text: str) -> tuple[Owner, ...]:
        if text in self._known:
            return self._known[text]
        found: dict[str, Owner] = {}
        for part in _BETWEEN.split("" if says_no_owner(text) else text):
            for name in self._names(part):
                if not says_no_owner(name):
                    owner = self._owner(name)
                    found.setdefault(owner.key, owner)
        self._known[text] = tuple(found.values())
        return self._known[text]

    def _names(self, part: str) -> list[str]:
        names = [name.strip() for name in part.split(",") if name.strip()]
        divided = (
            len(names) > _FULL
            or all(len(name.split()) >= _FULL or "@" in name for name in names)
            or all(fold(name) in self._alone for name in names)
            or self._lists
        )
        return names if divided else [part.strip()]

    def _owner(self, text: str) -> Owner:
        address = _EMAIL.search(text)
        name = _EMAIL.sub(" ", text).strip(" <>()") if address else text
        name = " ".join((name or text).split())
        unsure = self._teams or "," in name or _COLLECTIVE.match(fold(name)) is not None
        kind = OwnerKind.TEXT if unsure else OwnerKind.PERSON
        return Owner(f"{self._source}:{fold(name) or name}", name, kind, address[0] if address else None)
