"""What speaks against making the cards of a new plan on a board, and what a person should know before."""

from collections.abc import Iterator

from retro.i18n import plural
from retro.i18n import text as _
from retro.model import Guard, Task
from retro.sync.decide.new_cards import Found, NewCards

_NAMED = 3
"""Cards that are named where there are more."""


def guards_of(new: NewCards, *, where_guests_see: bool, force: bool) -> tuple[Guard, ...]:
    """Reasons as sentences; those that hold the board keep every card from being made.

    `where_guests_see`: the board's configuration lets retro write although people outside the team see it.
    """
    return tuple(_reasons(new, where_guests_see=where_guests_see, force=force))


def _reasons(new: NewCards, *, where_guests_see: bool, force: bool) -> Iterator[Guard]:
    key = new.board.key
    if new.to_make and new.board.guests_see is True and not where_guests_see:
        said = _(
            "People outside the team see this board. Let it be with `write_where_guests_see = true` in its "
            "configuration, or insist with --force."
        )
        yield Guard(board=key, reason=said, held=not force)
    if new.to_make and new.unsure:
        said = _("Not all of this board could be read: cards that none was seen of may be there. --force makes them.")
        yield Guard(board=key, reason=said, held=not force)
    if new.strangers:
        said = plural(
            "{count} open card has the title of a task of this plan: {titles}. Is it another plan? Then --force makes "
            "this one beside it; to move a plan to another day, move the due date of its launch.",
            "{count} open cards have titles of tasks of this plan: {titles}. Is it another plan? Then --force makes "
            "this one beside it; to move a plan to another day, move the due date of its launch.",
            len(new.strangers),
            titles=_titles(new.strangers),
        )
        yield Guard(board=key, reason=said)
    if new.gone:
        said = plural(
            "{count} card that was made is no longer on the board; it is not made again without --force.",
            "{count} cards that were made are no longer on the board; they are not made again without --force.",
            len(new.gone),
        )
        yield Guard(board=key, reason=said, held=False)
    alike = [task for task, how in new.there.values() if how is Found.ALIKE]
    if alike:
        said = plural(
            "{count} card with the same title and due date is there already: {titles}. It is not made again.",
            "{count} cards with the same titles and due dates are there already: {titles}. They are not made again.",
            len(alike),
            titles=_titles(alike),
        )
        yield Guard(board=key, reason=said, held=False)


def _titles(tasks: tuple[Task, ...] | list[Task]) -> str:
    shown = [_("“{name}”", name=task.title) for task in tasks[:_NAMED]]
    return ", ".join([*shown, "…"] if len(tasks) > _NAMED else shown)
