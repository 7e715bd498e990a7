"""Each board: was it found, who sees it, how is it read, can it hold what it is asked to hold."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from retro.config.shape import BoardSection
from retro.i18n import plural
from retro.i18n import text as _
from retro.i18n.own_fields import name_of
from retro.i18n.words import category_guess, informative_section
from retro.model import Board, Category, How, StatusOrigin, Task
from retro.model.check import Check, Topic, remark
from retro.ports import Capabilities
from retro.report.mapping_words import columns_in_words
from retro.report.toml_text import literal
from retro.report.untrusted import printable

_SHOWN = 6
_OWN = "retro_"


def of_board(board: Board, tasks: Sequence[Task], section: BoardSection | None, tool: Capabilities) -> Iterator[Check]:
    """A board that was read; `section` is what the configuration says of it, `tool` what its tool can do."""
    alias = board.alias or board.name
    counted = [task for task in tasks if task.counts]
    read = plural(
        "“{board}” was read: {count} task.",
        "“{board}” was read: {count} tasks.",
        len(counted),
        board=printable(board.name),
    )
    yield Check(topic=Topic.BOARDS, said=read, subject=alias)
    yield from _visitors(alias, board, section, tool)
    yield from _statuses(alias, board, counted)
    yield from _columns(alias, board)
    for warning in board.warnings:
        yield remark(Topic.BOARDS, printable(warning), subject=alias)
    if section is not None and section.write:
        for field, why in sorted(board.own_cannot.items()):
            if field in section.write.own:
                yield remark(Topic.BOARDS, why, subject=alias)


def of_memory(
    board: Board,
    section: BoardSection,
    made: Mapping[str, str],
    *,
    applied: Collection[str],
    refused: Collection[str],
    lang: str,
) -> Iterator[Check]:
    """A board against what the state remembers of it.

    `made` are the fields of retro's own that were made on it, `applied` and `refused` keys of boards whose first
    apply was done, and that refused to be given fields; `lang` is the workspace's language.
    """
    alias = board.alias or board.name
    if not section.write:
        return
    held = {*board.own_fields, *board.own_in}
    for field in sorted(made):
        own = field.removeprefix(_OWN)
        if made[field] and own not in held:
            yield remark(
                Topic.BOARDS,
                _("“{field}”, which retro made, is not on the board any more.", field=name_of(own, lang)),
                subject=alias,
                remedy=_("The next `retro apply` makes it again; to do without, take it out of `write`."),
            )
    if board.key in refused:
        yield remark(
            Topic.BOARDS,
            _("the board refused to be given fields of retro's own."),
            subject=alias,
            remedy=_(
                'Once its plan allows them: `retro apply --force --board {board}`; or `warnings = "comment"`.',
                board=alias,
            ),
        )
    if board.key not in applied:
        yield remark(
            Topic.BOARDS,
            _("nothing was written on this board yet: `retro sync` only shows what it would do."),
            subject=alias,
            remedy=_("Look at `retro plan --board {board}`, then `retro apply --board {board}`.", board=alias),
        )


def _visitors(alias: str, board: Board, section: BoardSection | None, tool: Capabilities) -> Iterator[Check]:
    if board.guests_see is None:
        if not tool.visibility_told:
            said = _("whether guests see the board is not told by the tool; it counts as the team's own.")
            yield Check(topic=Topic.BOARDS, said=said, subject=alias)
        return
    if not board.guests_see:
        yield Check(topic=Topic.BOARDS, said=_("only the team sees the board."), subject=alias)
        return
    said = _("guests or the public see the board.")
    if section is None or not section.write or section.write_where_guests_see:
        yield Check(topic=Topic.BOARDS, said=said, subject=alias)
    else:
        remedy = _("Nothing is written there until it has `write_where_guests_see = true`.")
        yield remark(Topic.BOARDS, said, subject=alias, remedy=remedy)


def _statuses(alias: str, board: Board, counted: Iterable[Task]) -> Iterator[Check]:
    """Lists and options that are only assumed to mean to do."""
    assumed = Counter(
        task.status.raw
        for task in counted
        if task.status.raw and task.status.origin is StatusOrigin.INFERRED and not informative_section(task.status.raw)
    )
    if not assumed:
        if board.sections:
            said = _("every list and status is known by its name or by the configuration.")
            yield Check(topic=Topic.BOARDS, said=said, subject=alias)
        return
    names = [name for name, _count in assumed.most_common(_SHOWN)]
    meant: dict[str, list[str]] = {"todo": [], "doing": [], "done": []}
    for name in names:
        meant.setdefault(category_guess(name) or Category.TODO, []).append(name)
    yield remark(
        Topic.BOARDS,
        plural(
            "{names} ({count} task): not known, read as to do.",
            "{names} ({count} tasks): not known, read as to do.",
            assumed.total(),
            names=", ".join(_("“{name}”", name=printable(name)) for name in names)
            + (", …" if len(assumed) > _SHOWN else ""),
        ),
        subject=alias,
        remedy=_(
            "Say what they mean, for example: {line}",
            line=f"status = {literal({each.value: meant[each] for each in Category if each in meant})}",
        ),
    )


def _columns(alias: str, board: Board) -> Iterator[Check]:
    """How columns are understood; those that were taken for want of another are worth a look."""
    if board.mapping:
        said = _("columns as they are read: {columns}.", columns=columns_in_words(board.mapping))
        yield Check(topic=Topic.BOARDS, said=said, subject=alias)
    alone = [use for use in board.mapping if use.how is How.ALONE]
    if alone:
        pins = {use.role: f"id:{use.id}" if use.id else use.name for use in alone}
        yield remark(
            Topic.BOARDS,
            _("taken for being the only column of its type: {columns}.", columns=columns_in_words(alone)),
            subject=alias,
            remedy=_("If that is right, pin it: {line}", line=f"columns = {literal(pins)}"),
        )
