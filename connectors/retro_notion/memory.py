"""What was settled of the columns before: known by their ids whatever they are called now, and missed when gone."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from retro.i18n import text as _
from retro.model import ColumnChange, ColumnUse, How
from retro.model.mapping import repair
from retro.ports import ColumnsChangedError
from retro_notion.payload import Column
from retro_notion.synonyms import accepted, heading, roles, table
from retro_notion.ties import Use


class Memory:
    """The mapping of the last read, held against the columns of now.

    Args:
        known: how the columns were understood.
        team: the columns of now, retro's own apart.
        where: what the board is called in the configuration.
    """

    def __init__(self, known: Iterable[ColumnUse], team: Sequence[Column], where: str) -> None:
        self._known = [each for each in known if each.id and each.role in roles() and each.role != "title"]
        self._team = team
        self._by_id = {column.id: column for column in team}
        self._where = where
        self._missed: list[ColumnUse] = []
        self.knows_estimates = any(each.role == "estimate" and each.how is not How.CONFIGURED for each in self._known)
        """Whether estimates were found by their headings, so that there may be more of them."""

    def told(self, role: str, wanted: str, found: Column | None) -> Column | None:
        """The column that the same words of the configuration meant before; None: `found` is to be looked at.

        A column that has taken its name since is what the words mean now.
        """
        known = self._configured(role, wanted)
        if known is None or _took_over(found, known):
            return None
        column = self._by_id.get(known.id)
        return column if column is not None and column.type == known.type else None

    def lost(self, role: str, wanted: str, found: Column | None) -> bool:
        """Whether the column that these words meant is not what it was, and `found` none that took its name: missed."""
        known = self._configured(role, wanted)
        if known is None or _took_over(found, known):
            return False
        now = self._by_id.get(known.id)
        if now is not None and now.type == known.type:
            return False
        self._missed.append(known)
        return True

    def held(self, overrides: Mapping[str, str], taken: AbstractSet[str]) -> list[Use]:
        """The uses that were settled without the configuration, and of which it says nothing since."""
        uses = []
        for known in self._known:
            if known.role in overrides or known.how is How.CONFIGURED or known.id in taken:
                continue
            column = self._by_id.get(known.id)
            if column is not None and column.type == known.type:
                uses.append(Use(known.role, column, known.how, known.told))
            else:
                self._missed.append(known)
        return uses

    def check(self, taken: AbstractSet[str]) -> None:
        """Raise ColumnsChangedError where something is missed; `taken` are the columns that hold something."""
        if not self._missed:
            return
        changes = tuple(self._change(known, taken) for known in self._missed)
        raise ColumnsChangedError(
            _joined(map(_sentence, changes)),
            changes,
            where=self._where,
            remedy=_(
                "Say under `[boards…]` which column it is now, for instance: columns = {columns}; "
                "the empty name takes none.",
                columns=repair(changes),
            ),
        )

    def _configured(self, role: str, wanted: str) -> ColumnUse | None:
        told = (each for each in self._known if each.role == role and each.how is How.CONFIGURED)
        return next((each for each in told if each.told == wanted), None)

    def _change(self, known: ColumnUse, taken: AbstractSet[str]) -> ColumnChange:
        now = self._by_id.get(known.id)
        free = [column for column in self._team if column.id not in taken]
        fit = [column for column in free if column.type in accepted(known.role) and _likely(column, known)]
        # The one that took its name is the likeliest.
        fit.sort(key=lambda column: (heading(column.name) != heading(known.name), column.name))
        return ColumnChange(
            role=known.role,
            name=now.name if now is not None else known.name,
            was=known.type,
            now=now.type if now is not None else "",
            instead=tuple(column.name for column in fit),
        )


def _took_over(found: Column | None, known: ColumnUse) -> bool:
    return found is not None and found.id != known.id and found.type in accepted(known.role)


def _likely(column: Column, known: ColumnUse) -> bool:
    """Whether a column may well have taken another's place: of its type or name, or of a name that says the role."""
    names = {heading(known.name), *(table()[known.role][1] if known.role in table() else ())}
    return column.type == known.type or heading(column.name) in names


def _joined(sentences: Iterable[str]) -> str:
    """Sentences in a row; the first one stands behind the name of a place."""
    first, *others = sentences
    return " ".join((first, *(other[:1].upper() + other[1:] for other in others)))


def _sentence(change: ColumnChange) -> str:
    facts = {"column": change.name, "role": change.role}
    if not change.now:
        return _('the column "{column}", which is read as `{role}`, is gone.', **facts)
    return _(
        'the column "{column}", which is read as `{role}`, is of type {now} now: it was {was}.',
        **facts,
        now=change.now,
        was=change.was,
    )
