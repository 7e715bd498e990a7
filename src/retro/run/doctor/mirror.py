"""The central base of `retro mirror`: is it there, can it hold what it is to hold, what does it hold now."""

from collections.abc import Collection, Iterator, Mapping

from retro.i18n import plural
from retro.i18n import text as _
from retro.i18n.row_fields import ORDER, names
from retro.model import Board
from retro.model.check import Check, Topic, remark
from retro.report.untrusted import printable
from retro.sync.decide.rows import Found

SUBJECT = "[mirror]"
_OWN = "retro_"


def of_base(
    base: Board, found: Found, made: Mapping[str, str], *, applied: Collection[str], lang: str
) -> Iterator[Check]:
    """The base as it was read, with the rows `found` in it, against what the state remembers.

    `made` are the columns that retro made in it, `applied` the keys of boards in which somebody let retro write,
    `lang` is the workspace's language.
    """
    read = plural(
        "the central base “{base}” was read: {count} row of retro's.",
        "the central base “{base}” was read: {count} rows of retro's.",
        len(found.rows),
        base=printable(base.name),
    )
    yield Check(topic=Topic.BOARDS, said=read, subject=SUBJECT)
    columns = names(lang)
    remembered = {field.removeprefix(_OWN) for field, id_ in made.items() if id_}
    there, gone = {*base.own_fields}, [own for own in ORDER if own in remembered - {*base.own_fields}]
    for own in gone:
        yield remark(
            Topic.BOARDS,
            _("“{field}”, which retro made, is not in the central base any more.", field=columns[own]),
            subject=SUBJECT,
            remedy=_("It stays away; `retro mirror --force` makes it again."),
        )
    missing = [columns[own] for own in ORDER if own not in there and own not in gone]
    if not missing and not gone:
        yield Check(topic=Topic.BOARDS, said=_("the central base has all its columns."), subject=SUBJECT)
    elif missing and there:
        said = _("columns that the next `retro mirror` makes: {columns}.", columns=", ".join(missing))
        yield Check(topic=Topic.BOARDS, said=said, subject=SUBJECT)
    if found.twice:
        yield remark(
            Topic.BOARDS,
            plural(
                "{count} row is a copy of another: the first of the two is kept in step.",
                "{count} rows are copies of others: the first of each is kept in step.",
                found.twice,
            ),
            subject=SUBJECT,
            remedy=_("Delete the copies in the tool."),
        )
    if base.guests_see:
        yield remark(
            Topic.BOARDS,
            _("guests or the public see the central base, which shows the tasks of every board."),
            subject=SUBJECT,
            remedy=_("Keep it where only the team can see it; until then nothing is written there without `--force`."),
        )
    if base.key not in applied and not found.rows:
        yield remark(
            Topic.BOARDS,
            _("nothing was written in the central base yet."),
            subject=SUBJECT,
            remedy=_("Look at `retro mirror --dry-run`, then `retro mirror`."),
        )
